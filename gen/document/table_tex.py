"""Tables and listings of notes as TeX: no wider than a line, and over several pages where they are long."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import TypeAlias

from gen.document.breaking import width
from gen.document.inline import Expression, Inline, Maths, Words, plain
from gen.document.inline_tex import inline_tex
from gen.document.tex import Tex, escape

MOST_ROWS = 24  # of a table that is kept on one page; longer ones go on under their header
Row: TypeAlias = tuple[Inline, ...]
WIDEST = 60  # letters: a column with longer cells gets no larger share of a line
LEAST = 4  # letters of the narrowest column
LETTERS = 88  # letters of a line of a table, about
_LETTERS_OF_EM = 2
_WRAPPED = r">{\raggedright\arraybackslash}p"


def table_tex(
    header: tuple[Inline, ...], rows: tuple[tuple[Inline, ...], ...], align: tuple[str, ...]
) -> Tex:
    """A table in pieces that each have a page to stand on.

    Its columns are as wide as their cells; where a line has no room for that, cells wrap.
    """
    natural, wrapped = "".join(word[0] for word in align), _shares((header, *rows))
    pieces = (rows[start : start + MOST_ROWS] for start in range(0, max(1, len(rows)), MOST_ROWS))
    return Tex(
        "\n".join(rf"\TableSet{{{natural}}}{{{wrapped}}}{{{_body(header, piece)}}}" for piece in pieces)
    )


def _body(header: Row, rows: tuple[Row, ...]) -> str:
    """Rules above, below and under the header, no others."""
    head = " & ".join(rf"{{\sffamily\bfseries {inline_tex(cell)}}}" for cell in header)
    lines = "\n".join(" & ".join(inline_tex(cell) for cell in row) + r"\\" for row in rows)
    return rf"\TableLine {head}\\\TableLine" + f"\n{lines}" + r"\TableLine"


def _shares(rows: tuple[Row, ...]) -> str:
    """Columns that share a line: each has room for its longest word, the rest goes where lines are long."""
    columns = list(zip(*rows, strict=True))
    least = [
        max(LEAST, *(max(map(_length, _unbroken(cell)), default=0) for cell in column)) for column in columns
    ]
    whole = [min(WIDEST, max(LEAST, *(_length(cell) for cell in column))) for column in columns]
    more = [max(0, w - one) for w, one in zip(whole, least, strict=True)]
    room = max(0, LETTERS - sum(least))
    parts = [one + room * m // max(1, sum(more)) for one, m in zip(least, more, strict=True)]
    total = sum(parts)
    count = len(parts)
    return "".join(
        rf"{_WRAPPED}{{\TableShare{{{count}}}{{{part}}}{{{total}}}{{{one}}}}}"
        for part, one in zip(parts, least, strict=True)
    )


def _length(cell: Inline) -> int:
    """About how many letters wide a cell is on one line."""
    return ceil(
        sum(
            _LETTERS_OF_EM * width(p.tex) if isinstance(p, Maths | Expression) else len(plain((p,)))
            for p in cell
        )
    )


def _unbroken(cell: Inline) -> Iterator[Inline]:
    """The parts of a cell that stay on one line: words, and formulas between their signs of equality."""
    for piece in cell:
        if isinstance(piece, Maths | Expression):
            *before, last = piece.tex.split("=")
            yield from ((Maths(Tex(part)),) for part in (*(f"{part}=" for part in before), last))
        else:
            yield from ((Words(word),) for word in plain((piece,)).split())


def listing_tex(text: str) -> Tex:
    """Lines as they were typed; a long one may be broken at its blanks."""
    lines = (_listing_line(line) for line in (text.replace("\t", "    ") or " ").split("\n"))
    return Tex(r"\ListingSet{" + "\\newline\n".join(lines) + "}")


def _listing_line(line: str) -> Tex:
    r"""Every blank as it was typed; those that begin a line stand behind an empty box, or TeX drops them.

    >>> _listing_line("  x  # y")
    '\\null ~~x\\ \\ \\#\\ y'
    """
    bare = line.lstrip(" ")
    words = "\\ ".join(escape(word) for word in bare.split(" "))
    return Tex(r"\null " + "~" * (len(line) - len(bare)) + words)
