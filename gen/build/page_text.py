"""The text of a page of a PDF, as its fonts say what their signs mean; for TeX's PDFs."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from gen.build.font_signs import Signs, plain, signs_of

MARK = "FreeIndex"
_DEEPEST = 64  # levels of the tree of pages
_NAME = rb"[^\s/\[\]()<>{}%]+"
_SHOWN = rb"[^\\()]*+(?:\\.[^\\()]*+)*+"
# Strings between which nothing changes the font, from inside the first bracket to inside the last: read
# together they are much faster.
_GAP = rb"\)[^()<>/\\]*+\("
_STRINGS = _SHOWN + rb"(?:" + _GAP + _SHOWN + rb")*+"
# Each choice begins with the sign that it needs, with no group around it: that makes a search twice as fast.
_TOKEN = re.compile(
    rb"/(?P<font>" + _NAME + rb")\s+[-+.\d]+\s+Tf\b(?:[^()<>/\\]*+\((?P<first>" + _STRINGS + rb")\))?"
    rb"|/FreeIndex\s*<<(?P<mark>[^>]*)>>\s*DP\b"
    rb"|/(?P<form>" + _NAME + rb")\s+Do\b"
    rb"|\((?P<more>" + _STRINGS + rb")\)"
    rb"|<(?P<hex>[0-9A-Fa-f\s]*)>",
    re.DOTALL,
)
_BETWEEN = re.compile(_GAP)
_MARK = re.compile(rb"/Code\s*\(([^()]*)\)\s*/Page\s+(\d+)")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r\n": b""}


class _Font:
    """A font of a document, with what was read in it: formulas say the same few signs again and again."""

    __slots__ = ("read", "signs")

    def __init__(self, signs: Signs) -> None:
        self.signs = signs
        self.read: dict[bytes, str] = {}

    def shown(self, strings: bytes) -> str:
        """What strings show together."""
        text = self.signs.text(_unescaped(strings))
        self.read[strings] = text
        return text


class PageReader:
    """Reads the pages of one PDF; what a font means is looked up once."""

    def __init__(self, signs: Callable[[Any], Signs] = signs_of) -> None:
        self._signs = signs
        self._fonts: dict[tuple[int, int], _Font] = {}

    def read(self, page: pikepdf.Page) -> tuple[str, tuple[tuple[str, int], ...]]:
        """The text in the order it is drawn, without gaps; and the marks: whose page it is, and which."""
        return self.drawn(_content(page.obj), resources_of(page.obj))

    def drawn(self, content: bytes, resources: Any) -> tuple[str, tuple[tuple[str, int], ...]]:
        """The same of what is drawn by some content, or by a part of it that begins with choosing a font."""
        marks: list[tuple[str, int]] = []
        text = "".join(self._drawn(content, resources, marks, 0))
        return plain(text), tuple(marks)

    def signs(self, resources: Any) -> list[Signs]:
        """The signs of all fonts that a page may use."""
        return [self._kept(font).signs for font in resources.get("/Font", Dictionary()).values()]

    def _drawn(self, content: bytes, resources: Any, marks: list[tuple[str, int]], depth: int) -> list[str]:
        out: list[str] = []
        fonts: dict[bytes, _Font] = {}
        font = _Font(Signs())
        for token in _TOKEN.finditer(content):
            name, first, mark, form, more, digits = token.groups()
            if name is not None:
                if name not in fonts:
                    fonts[name] = self._font(resources, name.decode("latin-1"))
                font = fonts[name]
                more = first
            if more is not None:
                out.append(font.read.get(more) or font.shown(more))
            elif digits is not None:
                digits = re.sub(rb"\s", b"", digits)
                out.append(font.signs.text(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())))
            elif mark is not None:
                found = _MARK.search(mark)
                marks.append((found[1].decode("latin-1"), int(found[2])) if found else ("", 0))
            elif form is not None and depth < 8:
                drawn = resources.get("/XObject", Dictionary()).get(f"/{form.decode('latin-1')}")
                if drawn is not None and drawn.get("/Subtype") == Name.Form:
                    inner = drawn.get("/Resources", resources)
                    out += self._drawn(drawn.read_bytes(), inner, marks, depth + 1)
        return out

    def _font(self, resources: Any, name: str) -> _Font:
        font = resources.get("/Font", Dictionary()).get(f"/{name}")
        return _Font(Signs()) if font is None else self._kept(font)

    def _kept(self, font: Any) -> _Font:
        key = font.objgen
        if key == (0, 0) or key not in self._fonts:
            self._fonts[key] = _Font(self._signs(font))
        return self._fonts[key]


def resources_of(page: Any) -> Any:
    """The fonts and forms that a page uses by name, of itself or of what it stands below."""
    for _ in range(_DEEPEST):
        if page is None or "/Resources" in page:
            break
        page = page.get("/Parent")
    return Dictionary() if page is None else page.get("/Resources", Dictionary())


def _content(page: Any) -> bytes:
    """The drawing of a page, in one piece."""
    contents = page.get("/Contents")
    if contents is None:
        return b""
    if isinstance(contents, pikepdf.Array):
        return b"\n".join(part.read_bytes() for part in contents)
    return bytes(contents.read_bytes())


def _unescaped(strings: bytes) -> bytes:
    """The codes of strings, the brackets between them and the backslashes taken away."""
    text = _BETWEEN.sub(b"", strings) if b")" in strings else strings
    return _ESCAPE.sub(_sign, text) if b"\\" in text else text


def _sign(match: re.Match[bytes]) -> bytes:
    what = match[1]
    return bytes([int(what, 8) & 255]) if what[:1].isdigit() else _LETTERS.get(what, what)
