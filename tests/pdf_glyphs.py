"""Where the letters of a page stand, read from the PDF itself: for tests of what may not move."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, TypeAlias

import pikepdf

# Font, code, x and y in points from the lower left corner.
Glyph: TypeAlias = tuple[str, int, float, float]
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_Matrix: TypeAlias = tuple[float, float, float, float, float, float]


def glyphs(pdf: bytes) -> list[set[Glyph]]:
    """The letters of each page, with simple fonts as pdfTeX writes them, to half a point."""
    with pikepdf.open(BytesIO(pdf)) as read:
        return [
            {(font, code, round(2 * x) / 2, round(2 * y) / 2) for font, code, x, y in _of(page)}
            for page in read.pages
        ]


def _of(page: pikepdf.Page) -> Iterator[Glyph]:
    fonts: Any = page.obj.Resources.get("/Font", {})
    widths = {name: ([float(w) for w in font.Widths], int(font.FirstChar)) for name, font in fonts.items()}
    names = {name: str(font.BaseFont) for name, font in fonts.items()}
    whole, saved = _IDENTITY, list[_Matrix]()
    line, at = _IDENTITY, 0.0
    font, size = "", 0.0
    for instruction in pikepdf.parse_content_stream(page):
        given: list[Any] = list(instruction.operands)
        match str(instruction.operator):
            case "q":
                saved.append(whole)
            case "Q":
                whole = saved.pop()
            case "cm":
                whole = _times(_matrix(given), whole)
            case "BT":
                line, at = _IDENTITY, 0.0
            case "Td":
                line, at = _times((1.0, 0.0, 0.0, 1.0, float(given[0]), float(given[1])), line), 0.0
            case "Tm":
                line, at = _matrix(given), 0.0
            case "Tf":
                font, size = str(given[0]), float(given[1])
            case "TJ" | "Tj":
                for piece in given[0] if str(instruction.operator) == "TJ" else given:
                    if not isinstance(piece, pikepdf.String):
                        at -= float(piece) * size / 1000
                        continue
                    for code in bytes(piece):
                        place = _times((1.0, 0.0, 0.0, 1.0, at, 0.0), _times(line, whole))
                        yield names[font], code, place[4], place[5]
                        known, first = widths[font]
                        at += known[code - first] * size / 1000


def _matrix(given: list[Any]) -> _Matrix:
    a, b, c, d, e, f = (float(number) for number in given)
    return a, b, c, d, e, f


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        *(a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s),
        *(e * p + f * r + t, e * q + f * s + u),
    )
