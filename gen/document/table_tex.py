"""Tables and listings of notes as TeX: no wider than a line, and over several pages where they are long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from types import MappingProxyType

from gen.document.extent import width
from gen.document.inline import Expression, Inline, Maths, plain
from gen.document.inline_tex import inline_tex
from gen.document.tex import Tex, escape

MOST_ROWS = 24  # of a table that is kept on one page; longer ones go on under their header
# The words for how a column is set, by what the parser says of its cells.
ALIGN: Mapping[str, str] = MappingProxyType({"text-align:right": "right", "text-align:center": "centre"})
LINE = 88  # letters that stand in a line, about
WIDEST = 60  # letters: a column with longer cells gets no larger share of a line
FEWEST = 4  # letters that a column has room for
_LETTERS_OF_EM = 2
_BOLD = 1.3  # how much wider bold letters are
_WRAPPED = r">{\raggedright\arraybackslash}p"


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a table, about how many letters wide it is, and its longest word."""

    tex: Tex
    letters: int
    word: int


Row = tuple[Cell, ...]


def table_tex(
    header: tuple[Inline, ...], rows: tuple[tuple[Inline, ...], ...], align: tuple[str, ...]
) -> Tex:
    """A table of running text."""
    return cells_tex(_cells(header), tuple(map(_cells, rows)), align)


def cells_tex(header: Row, rows: tuple[Row, ...], align: tuple[str, ...]) -> Tex:
    """A table in pieces that each have a page to stand on.

    Its columns are as wide as their cells; where a line has no room for that, cells wrap.
    """
    natural, wrapped = "".join(word[0] for word in align), _shares((_bold(header), *rows))
    pieces = (rows[start : start + MOST_ROWS] for start in range(0, max(1, len(rows)), MOST_ROWS))
    return Tex(
        "\n".join(rf"\TableSet{{{natural}}}{{{wrapped}}}{{{_body(header, piece)}}}" for piece in pieces)
    )


def _cells(row: tuple[Inline, ...]) -> Row:
    return tuple(made_cell(inline_tex(cell), tuple(_pieces(cell))) for cell in row)


def made_cell(tex: Tex, pieces: tuple[tuple[str, bool], ...]) -> Cell:
    """A cell and what it is made of: words, and with True the TeX of formulas."""
    return Cell(tex, sum(length(*piece) for piece in pieces), max((longest(*p) for p in pieces), default=0))


def _bold(header: Row) -> Row:
    """The header with the room that bold letters take."""
    return tuple(Cell(c.tex, ceil(_BOLD * c.letters), ceil(_BOLD * c.word)) for c in header)


def _body(header: Row, rows: tuple[Row, ...]) -> str:
    """Rules above, below and under the header, no others."""
    head = " & ".join(rf"{{\sffamily\bfseries {cell.tex}}}" for cell in header)
    lines = "\n".join(" & ".join(cell.tex for cell in row) + r"\\" for row in rows)
    return rf"\TableLine {head}\\\TableLine" + f"\n{lines}" + r"\TableLine"


def _shares(rows: tuple[Row, ...]) -> str:
    """Columns that share a line: each has room for its longest word, the rest goes where cells are long."""
    columns = list(zip(*rows, strict=True))
    least = [max(FEWEST, *(cell.word for cell in column)) for column in columns]
    whole = [min(WIDEST, max(cell.letters for cell in column)) for column in columns]
    more = [max(0, w - one) for w, one in zip(whole, least, strict=True)]
    room = max(0, LINE - sum(least))
    parts = [one + room * m // max(1, sum(more)) for one, m in zip(least, more, strict=True)]
    count, total = len(parts), sum(parts)
    return "".join(
        rf"{_WRAPPED}{{\TableShare{{{count}}}{{{part}}}{{{total}}}{{{one}}}}}"
        for part, one in zip(parts, least, strict=True)
    )


def length(words: str, formula: bool) -> int:
    """About how many letters wide a piece of a cell is on one line; of a formula its TeX."""
    return ceil(_LETTERS_OF_EM * width(words)) if formula else len(words)


def longest(words: str, formula: bool) -> int:
    """The same of its longest part that stays on one line: a word, or a formula between two signs `=`."""
    parts = words.replace("=", "=\n").split("\n") if formula else words.split()
    return max((length(part, formula) for part in parts), default=0)


def _pieces(cell: Inline) -> Iterator[tuple[str, bool]]:
    """What a cell is made of: words, and the TeX of formulas."""
    for piece in cell:
        formula = isinstance(piece, Maths | Expression)
        yield (piece.tex if isinstance(piece, Maths | Expression) else plain((piece,))), formula


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
