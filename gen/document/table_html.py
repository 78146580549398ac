r"""Tables of this program's TeX, as `gen.document.table_tex` writes them, taken apart and set as HTML."""

from __future__ import annotations

import re

from markupsafe import Markup

from gen.document.tex import Tex
from gen.document.words import words_of

_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_PIECE = re.compile(r"(?P<end>\\\\)|(?P<next>&)|\$(?:[^$\\]|\\.)*\$|\\.|[^\\$&]+", re.DOTALL)
_HEAD = r"{\sffamily\bfseries "
_SET = {"l": "left", "r": "right", "c": "centre"}


def arguments(text: str, at: int, count: int) -> tuple[tuple[str, ...], int]:
    r"""So many arguments in braces from `at` on, and where they end.

    >>> arguments(r"{a{b}}{\}}c", 0, 2)
    (('a{b}', '\\}'), 10)
    """
    out: list[str] = []
    for _ in range(count):
        depth, start = 0, at
        for found in _BRACE.finditer(text, at):
            depth += (found[0] == "{") - (found[0] == "}")
            if depth == 0:
                at = found.end()
                break
        out.append(text[start + 1 : at - 1])
    return tuple(out), at


def cells_of(body: str) -> tuple[tuple[Tex, ...], ...]:
    r"""The rows of a table, the header first, without what sets them apart.

    >>> cells_of(r"\TableLine {\sffamily\bfseries $b&c$}\\\TableLine" + "\n" + r"\&\\\TableLine")
    (('$b&c$',), ('\\&',))
    """
    rows: list[list[str]] = [[""]]
    for found in _PIECE.finditer(body.replace(r"\TableLine", "")):
        if found["end"]:
            rows.append([""])
        elif found["next"]:
            rows[-1].append("")
        else:
            rows[-1][-1] += found[0]
    return tuple(tuple(_bare(cell) for cell in row) for row in rows[:-1])


def _bare(cell: str) -> Tex:
    text = cell.strip()
    return Tex(text[len(_HEAD) : -1] if text.startswith(_HEAD) else text)


def table_html(natural: str, rows: tuple[tuple[Markup, ...], ...], language: str) -> Markup:
    """A table with its header; `natural` has a letter a column: l, r or c."""
    sides = tuple(_SET[letter] for letter in natural)
    head, *body = (tuple(zip(row, sides, strict=True)) for row in rows)
    heads = Markup("").join(
        Markup('<th scope="col" class="{}">{}</th>').format(side, cell) if cell else Markup("<td></td>")
        for cell, side in head
    )
    lines = Markup("\n").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(Markup('<td class="{}">{}</td>').format(side, cell) for cell, side in row)
        )
        for row in body
    )
    return Markup(
        '<div class="scroll" tabindex="0" role="group" aria-label="{}">\n<table class="plain">\n'
        "<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>\n</div>"
    ).format(words_of(language)["table"], heads, lines)
