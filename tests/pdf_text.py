"""The words of a PDF that TeX made, read from its pages by the maps its fonts bring along."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf

_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end(?:bfchar|bfrange)", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
_SIGNS = str.maketrans(
    {"\u2019": "'", "\u2018": "`", "\u201c": '"', "\u201d": '"', "\u00ad": "-", "\u2010": "-"}
)


def pdf_text(pdf: bytes) -> str:
    """What stands on all pages, without blanks; signs that fonts tell apart and people do not are one."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return "".join(map(page_text, document.pages))


def page_text(page: pikepdf.Page) -> str:
    """The same of one page."""
    shown: list[str] = []
    fonts = {name: _unicode(font) for name, font in page.obj.Resources.get("/Font", {}).items()}
    now: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator == "Tf":
            now = fonts[str(instruction.operands[0])]
        elif operator == "Tj":
            shown += (now.get(byte, "?") for byte in bytes(instruction.operands[0]))
        elif operator == "TJ":
            for piece in instruction.operands[0]:
                if isinstance(piece, pikepdf.String):
                    shown += (now.get(byte, "?") for byte in bytes(piece))
    return "".join("".join(shown).translate(_SIGNS).split())


def stands_in(value: str, text: str) -> bool:
    """Whether `value` stands in the text of a PDF, which may break it at the end of a line."""
    signs = "".join(value.translate(_SIGNS).split())
    return re.search("-?".join(re.escape(sign) for sign in signs), text) is not None


def _unicode(font: pikepdf.Object) -> dict[int, str]:
    """What each code of a font means."""
    found: dict[int, str] = {}
    for kind, body in _BLOCK.findall(font.ToUnicode.read_bytes()):
        words = [bytes.fromhex(word.decode()) for word in _HEX.findall(body)]
        if kind == b"bfchar":
            for code, text in zip(words[::2], words[1::2], strict=True):
                found[code[0]] = text.decode("utf-16-be")
        else:
            for low, high, text in zip(words[::3], words[1::3], words[2::3], strict=True):
                start = ord(text.decode("utf-16-be")) - low[0]
                found |= {code: chr(start + code) for code in range(low[0], high[0] + 1)}
    return found
