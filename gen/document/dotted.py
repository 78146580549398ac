"""Matrices too wide for a page, with dots: the corners stay, and what lies between them is left out."""

from __future__ import annotations

import re

from gen.document.extent import width
from gen.document.tex import Tex

_EDGE = re.compile(r"\\begin\{pmatrix\}|\\end\{pmatrix\}")
_TOKEN = re.compile(
    r"\\begin\{[a-z]*matrix\}|\\end\{[a-z]*matrix\}|\\\\(?:\[[^\]]*\])?|\\.|[&{}]|[^\\&{}]+", re.DOTALL
)


def dotted(tex: Tex, room: float) -> Tex:
    r"""`tex` with its outermost matrices cut to their corners where it takes more than `room` ems.

    First the columns between the first and the last are left out, then the last one too. A formula that
    has room is as it was, and so is one without matrices.

    >>> dotted(Tex(r"\begin{pmatrix} a+b & b+c+d & d+e \\ f & g & h \end{pmatrix}"), 9.5)
    '\\begin{pmatrix} a+b & \\cdots & d+e \\\\ f & \\cdots & h \\end{pmatrix}'
    """
    if width(tex) <= room:
        return tex
    short = _each(tex, last=True)
    return short if width(short) <= room else _each(tex, last=False)


def _each(tex: Tex, last: bool) -> Tex:
    """`tex` with every outermost matrix cut; `last` where the last column stays."""
    out, at = "", 0
    depth, start = 0, 0
    for edge in _EDGE.finditer(tex):
        opens = edge[0].startswith(r"\begin")
        if opens and depth == 0:
            out, start = out + tex[at : edge.end()], edge.end()
        depth += 1 if opens else -1
        if not opens and depth == 0:
            out, at = out + _cut(tex[start : edge.start()], last), edge.start()
    return Tex(out + tex[at:])


def _cut(body: str, last: bool) -> str:
    """The rows of a matrix with dots in the place of columns; of more than three rows the ends stay."""
    rows = _rows(body)
    across = max(map(len, rows))
    if across < 2 or (across < 3 and last):
        return body
    kept = [[row[0], r"\cdots", *([row[-1]] if last else [])] for row in rows]
    if len(kept) > 3:
        dots = [r"\vdots", r"\ddots", *([r"\vdots"] if last else [])]
        kept = [kept[0], dots, kept[-1]]
    return " " + r" \\ ".join(" & ".join(row) for row in kept) + " "


def _rows(body: str) -> list[list[str]]:
    """The entries, row by row; matrices within entries stay whole."""
    rows, entry, depth = [[]], "", 0  # type: list[list[str]], str, int
    for token in _TOKEN.findall(body):
        depth += token.startswith((r"\begin", "{")) - token.startswith((r"\end", "}"))
        ends = depth == 0 and (token == "&" or token.startswith(r"\\"))
        if not ends:
            entry += token
            continue
        rows[-1].append(entry.strip())
        entry = ""
        if token != "&":
            rows.append([])
    rows[-1].append(entry.strip())
    return [row for row in rows if any(row)]
