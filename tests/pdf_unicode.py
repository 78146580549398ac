"""Which glyphs a PDF shows, and which of them no program could copy or read aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pikepdf

_RANGES = re.compile(r"begin(bfchar|bfrange)(.*?)endbf(?:char|range)", re.DOTALL)
_WORD = re.compile(r"<([0-9A-Fa-f]*)>")
_ROW = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(<[0-9A-Fa-f]*>|\[[^\]]*\])")


def unmapped(data: bytes) -> list[str]:
    """Every glyph that is shown and has no letter in the ToUnicode of its font: `font: code`."""
    out: set[str] = set()
    with pikepdf.open(BytesIO(data)) as document:
        for page in document.pages:
            for font, codes in _shown(page.obj, page.obj):
                name = str(font.get("/BaseFont", "?"))
                if "/ToUnicode" not in font:
                    out.add(f"{name}: no ToUnicode")
                    continue
                known = _known(font["/ToUnicode"].read_bytes().decode("latin-1"))
                out |= {f"{name}: {code:x}" for code in codes if not known.get(code)}
    return sorted(out)


def _shown(holder: pikepdf.Object, page: pikepdf.Object) -> Iterator[tuple[pikepdf.Object, set[int]]]:
    """The fonts of a page or of a picture on it, each with the codes that are shown in it."""
    resources = holder.get("/Resources", page.get("/Resources", pikepdf.Dictionary()))
    fonts = resources.get("/Font", pikepdf.Dictionary())
    font: pikepdf.Object | None = None
    found: dict[str, tuple[pikepdf.Object, set[int]]] = {}
    for shown in pikepdf.parse_content_stream(holder):
        operands = list(shown.operands)
        match str(shown.operator):
            case "Tf":
                name = str(operands[0])
                font = fonts[name]
                found.setdefault(name, (font, set()))
                current = found[name]
            case "Tj" | "'" | '"':
                current[1].update(_codes(current[0], operands[-1]))
            case "TJ":
                for piece in operands[0]:
                    if isinstance(piece, pikepdf.String):
                        current[1].update(_codes(current[0], piece))
            case "Do":
                inner = resources["/XObject"][str(operands[0])]
                if inner.get("/Subtype") == "/Form":
                    yield from _shown(inner, page)
    yield from found.values()


def _codes(font: pikepdf.Object, text: pikepdf.Object) -> list[int]:
    raw = bytes(text)
    if font.get("/Subtype") == "/Type0":
        return [int.from_bytes(raw[k : k + 2]) for k in range(0, len(raw), 2)]
    return list(raw)


def _known(cmap: str) -> dict[int, str]:
    """What each code stands for in a ToUnicode table."""
    out: dict[int, str] = {}
    for kind, body in _RANGES.findall(cmap):
        if kind == "bfchar":
            words = _WORD.findall(body)
            out |= {int(code, 16): text for code, text in zip(words[::2], words[1::2], strict=True)}
            continue
        for first, last, texts in _ROW.findall(body):
            begin, end = int(first, 16), int(last, 16)
            several = _WORD.findall(texts)
            for k, code in enumerate(range(begin, end + 1)):
                text = several[k] if texts.startswith("[") else f"{int(several[0], 16) + k:04x}"
                out[code] = text
    return out
