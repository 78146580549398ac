"""The text of a page of a PDF, as its fonts say what their signs mean; for TeX's PDFs."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Dictionary, Name

# What a string shows: by byte, or by pairs of bytes for fonts with more signs than that.
Signs: TypeAlias = "dict[int, str] | dict[bytes, str]"
MARK = "FreeIndex"
_TOKEN = re.compile(
    rb"/FreeIndex\s*<<(?P<mark>[^>]*)>>\s*DP\b"
    rb"|/(?P<font>[^\s/\[\]()<>{}%]+)\s+[-+.\d]+\s+Tf\b"
    rb"|/(?P<form>[^\s/\[\]()<>{}%]+)\s+Do\b"
    rb"|\((?P<plain>(?:[^\\()]|\\.)*+)\)"
    rb"|<(?P<hex>[0-9A-Fa-f\s]*)>",
    re.DOTALL,
)
_MARK = re.compile(rb"/Code\s*\(([^()]*)\)\s*/Page\s+(\d+)")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r\n": b""}
_HEX = rb"\s*<([0-9A-Fa-f]+)>"
_PAIR, _TRIPLE = re.compile(_HEX * 2), re.compile(_HEX * 3)
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end(?:bfchar|bfrange)", re.DOTALL)
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_GLYPHS = {name: str(value) for value, name in enumerate(_DIGITS)} | {"hyphen": "-", "space": " "}


class PageReader:
    """Reads the pages of one PDF; what a font means is looked up once."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, int], Signs] = {}

    def read(self, page: pikepdf.Page) -> tuple[str, tuple[tuple[str, int], ...]]:
        """The text in the order it is drawn, without gaps; and the marks: whose page it is, and which."""
        marks: list[tuple[str, int]] = []
        resources = page.obj.get("/Resources", Dictionary())
        text = "".join(self._drawn(_content(page.obj), resources, marks, 0))
        return text.replace("\u2010", "-").replace("\u00ad", "-"), tuple(marks)

    def _drawn(self, content: bytes, resources: Any, marks: list[tuple[str, int]], depth: int) -> list[str]:
        out: list[str] = []
        fonts: dict[bytes, Signs] = {}
        signs: Signs = {}
        held: list[bytes] = []  # strings in one font are decoded together, which is much faster
        for token in _TOKEN.finditer(content):
            kind = token.lastgroup
            if kind == "plain":
                held.append(token["plain"])
                continue
            if held:
                out.append(_shown(_unescaped(b"".join(held)), signs))
                held = []
            if kind == "hex":
                digits = re.sub(rb"\s", b"", token["hex"])
                out.append(_shown(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()), signs))
            elif kind == "font":
                name = token["font"]
                if name not in fonts:
                    fonts[name] = self._signs(resources, name.decode("latin-1"))
                signs = fonts[name]
            elif kind == "mark":
                found = _MARK.search(token["mark"])
                marks.append((found[1].decode("latin-1"), int(found[2])) if found else ("", 0))
            elif depth < 8:
                form = resources.get("/XObject", Dictionary()).get(f"/{token['form'].decode('latin-1')}")
                if form is not None and form.get("/Subtype") == Name.Form:
                    inner = form.get("/Resources", resources)
                    out += self._drawn(form.read_bytes(), inner, marks, depth + 1)
        out.append(_shown(_unescaped(b"".join(held)), signs))
        return out

    def _signs(self, resources: Any, name: str) -> Signs:
        font = resources.get("/Font", Dictionary()).get(f"/{name}")
        if font is None:
            return {}
        key = font.objgen
        if key == (0, 0) or key not in self._fonts:
            self._fonts[key] = _meaning(font)
        return self._fonts[key]


def _content(page: Any) -> bytes:
    """The drawing of a page, in one piece."""
    contents = page.get("/Contents")
    if contents is None:
        return b""
    if isinstance(contents, pikepdf.Array):
        return b"\n".join(part.read_bytes() for part in contents)
    return bytes(contents.read_bytes())


def _meaning(font: Any) -> Signs:
    """What the codes of a font mean: its own table of Unicode, or else the names of its glyphs."""
    if "/ToUnicode" in font:
        table = _table(font.ToUnicode.read_bytes())  # the same in all files of a chunk
        if font.get("/Subtype") == Name.Type0:
            return table
        named = _named(font)
        return named | {int.from_bytes(code): text for code, text in table.items()}
    return _named(font)


def _named(font: Any) -> dict[int, str]:
    encoding = font.get("/Encoding")
    found: dict[int, str] = {}
    if not isinstance(encoding, Dictionary):
        return found
    at = 0
    for item in encoding.get("/Differences", ()):
        if isinstance(item, Name):
            name = str(item)[1:]
            found[at] = name if len(name) == 1 else _GLYPHS.get(name, "\ufffd")
            at += 1
        else:
            at = int(item)
    return found


@lru_cache(maxsize=256)
def _table(cmap: bytes) -> dict[bytes, str]:
    """The characters of a CMap; ranges with a list of strings are not made by TeX and not read."""
    found: dict[bytes, str] = {}
    for block in _BLOCK.finditer(cmap):
        if block[1] == b"bfchar":
            for code, text in _PAIR.findall(block[2]):
                found[bytes.fromhex(code.decode())] = _unicode(text)
            continue
        for low, high, text in _TRIPLE.findall(block[2]):
            start, base, digits = int(low, 16), int(text, 16), len(text)
            for step in range(min(int(high, 16) - start, 65535) + 1):
                code = (start + step).to_bytes(len(low) // 2)
                found[code] = _unicode(f"{base + step:0{digits}x}".encode())
    return found


def _unicode(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")


def _unescaped(text: bytes) -> bytes:
    return _ESCAPE.sub(_sign, text) if b"\\" in text else text


def _sign(match: re.Match[bytes]) -> bytes:
    what = match[1]
    return bytes([int(what, 8) & 255]) if what[:1].isdigit() else _LETTERS.get(what, what)


def _shown(data: bytes, signs: Any) -> str:
    """What a string shows; of a font without a table each byte is the sign it is in ASCII."""
    if signs and isinstance(next(iter(signs)), bytes):
        return "".join([signs.get(data[at : at + 2], "\ufffd") for at in range(0, len(data), 2)])
    return data.decode("latin-1").translate(signs)
