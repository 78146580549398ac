"""Tables and listings of notes as TeX: no wider than a line, and over several pages where they are long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gen.document.inline import Inline, plain
from gen.document.inline_tex import inline_tex
from gen.document.tex import Tex, escape

MOST_ROWS = 24  # of a table that is kept on one page; longer ones go on under their header
# The words for how a column is set, by what the parser says of its cells.
ALIGN: Mapping[str, str] = MappingProxyType({"text-align:right": "right", "text-align:center": "centre"})
LINE = 84  # letters that stand in a line
FEWEST = 4  # letters that a column has room for
_WRAPPED = r">{\raggedright\arraybackslash}p"


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a table, and about how many letters wide it is."""

    tex: Tex
    letters: int


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
    natural, wrapped = "".join(word[0] for word in align), _shares((header, *rows))
    pieces = (rows[start : start + MOST_ROWS] for start in range(0, max(1, len(rows)), MOST_ROWS))
    return Tex(
        "\n".join(rf"\TableSet{{{natural}}}{{{wrapped}}}{{{_body(header, piece)}}}" for piece in pieces)
    )


def _cells(row: tuple[Inline, ...]) -> Row:
    return tuple(Cell(inline_tex(cell), len(plain(cell))) for cell in row)


def _body(header: Row, rows: tuple[Row, ...]) -> str:
    """Rules above, below and under the header, no others."""
    head = " & ".join(rf"{{\sffamily\bfseries {cell.tex}}}" for cell in header)
    lines = "\n".join(" & ".join(cell.tex for cell in row) + r"\\" for row in rows)
    return rf"\TableLine {head}\\\TableLine" + f"\n{lines}" + r"\TableLine"


def _shares(rows: tuple[Row, ...]) -> str:
    """Columns that share a line: short ones have the room of their longest cells, long ones what is left."""
    longest = [max(FEWEST, *(row[k].letters for row in rows)) + 2 for k in range(len(rows[0]))]
    parts = [0] * len(longest)
    left = LINE
    for done, k in enumerate(sorted(range(len(longest)), key=longest.__getitem__)):
        parts[k] = min(longest[k], max(1, left // (len(longest) - done)))
        left -= parts[k]
    total = sum(parts)
    return "".join(rf"{_WRAPPED}{{\TableShare{{{len(parts)}}}{{{part}}}{{{total}}}}}" for part in parts)


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
