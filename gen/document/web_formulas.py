"""Lines of worked solutions as formulas of pages: whole, marked, with blanks, and those that are tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gen.derivation.record import Display, Grid, Line, Path
from gen.document.formula import Formula, both
from gen.document.mathml_words import BLANK, table_said
from gen.document.pen import Pen
from gen.document.tex_mathml import tex_formula
from gen.document.words import Written
from gen.document.written import continued, equation, expression
from gen.language.index import Terms
from gen.language.mathml import brackets
from gen.language.node import Node
from gen.language.notation import NOTHING, Notation
from gen.problems.worked import Answer

_ROOM = '<mspace width="0.5em"></mspace>'


def line_formula(line: Line, pen: Pen, marks: frozenset[Path] = NOTHING, *, marked: bool = False) -> Formula:
    """A line that goes on from the one above; what stands at `marks` is marked, or all of it."""
    made = _line(line, pen, marks)
    return _after(None, Formula(pen.mathml.mark(made.mathml), made.spoken) if marked else made, pen)


def first_formula(line: Line, pen: Pen, left: Written | None) -> Formula:
    """A line after what is on its left; without anything there it stands by itself."""
    made = _line(line, pen)
    return made if left is None else _after(left, made, pen)


def blank_formula(pen: Pen) -> Formula:
    """A line that is left out; nothing of it is told, not even its size."""
    return _after(None, Formula(_blank(pen), BLANK), pen)


def blanked_formula(line: Node | Terms, places: Sequence[Path], pen: Pen) -> Formula:
    """A line that goes on, with blanks in the place of what stands at `places`."""
    written = expression(line, frozenset(places))
    seen = replace(pen.mathml, mark=lambda inside: _blank(pen))
    heard = replace(pen.spoken, mark=lambda inside: BLANK)
    return _after(None, Formula(written(seen), written(heard)), pen)


def answer_formula(answer: Answer, pen: Pen) -> Formula:
    """An answer; one that is kept as words has no expression, only its TeX."""
    return tex_formula(answer.tex) if answer.line is None else _line(answer.line, pen)


def _blank(pen: Pen) -> str:
    # Browsers draw the border of a sign outside its room.
    return f'<mrow>{_ROOM}<mtext class="blank">{pen.words["blank"]}</mtext>{_ROOM}</mrow>'


def _after(left: Written | None, right: Formula, pen: Pen) -> Formula:
    def made(n: Notation, text: str) -> str:
        return continued(lambda _: text)(n) if left is None else equation(left, lambda _: text)(n)

    return Formula(made(pen.mathml, right.mathml), made(pen.spoken, right.spoken))


def _line(line: Line, pen: Pen, marks: frozenset[Path] = NOTHING) -> Formula:
    if not isinstance(line, Display):
        return both(expression(line, marks), pen)
    content = line.content
    if content is None:
        return tex_formula(line.latex)
    return _grid(content, pen) if isinstance(content, Grid) else both(expression(content), pen)


def _grid(grid: Grid, pen: Pen) -> Formula:
    """A table in brackets; one of a single entry is that entry."""
    rows = tuple(
        tuple(_grid(x, pen) if isinstance(x, Grid) else both(expression(x), pen) for x in row)
        for row in grid.rows
    )
    if len(rows) == len(rows[0]) == 1:
        return rows[0][0]
    cells = ("".join(f"<mtd>{cell.mathml}</mtd>" for cell in row) for row in rows)
    table = "".join(f"<mtr>{row}</mtr>" for row in cells)
    words = tuple(tuple(cell.spoken for cell in row) for row in rows)
    return Formula(brackets(f"<mtable>{table}</mtable>"), table_said(words))
