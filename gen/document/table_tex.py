"""Tables and listings of notes as TeX: no wider than a line, and over several pages where they are long."""

from __future__ import annotations

from typing import TypeAlias

from gen.document.inline import Inline, plain
from gen.document.inline_tex import inline_tex
from gen.document.tex import Tex, escape

MOST_ROWS = 24  # of a table that is kept on one page; longer ones go on under their header
Row: TypeAlias = tuple[Inline, ...]
WIDEST = 60  # letters: a column with longer cells gets no larger share of a line
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
    """Columns that share a line by the lengths of their longest cells."""
    lengths = [min(WIDEST, max(4, *(len(plain(row[k])) for row in rows))) for k in range(len(rows[0]))]
    total = sum(lengths)
    return "".join(rf"{_WRAPPED}{{\TableShare{{{len(lengths)}}}{{{part}}}{{{total}}}}}" for part in lengths)


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
