"""The commutation matrix as a permutation: blocks, and one entry followed from vec(A) to vec(Aᵀ)."""

from __future__ import annotations

from gen.derivation.constants import constant_value
from gen.document.drawing import Drawing, Mark, Note, Wire
from gen.document.drawing_labels import maths, room, written
from gen.document.figure_grid import HIGH, UNIT, Grid, Value, cell_width, values
from gen.document.figure_request import FigureRequest, checked_sizes, too_large
from gen.document.written import applied, name, transposed
from gen.document.written import at as at_places
from gen.language.dimension import Dim, named
from gen.language.node import symbol

MOST = 12
_SIGN = 2.0


def commutation_figure(asked: FigureRequest) -> Drawing:
    """comm(m,n) vec(A) = vec(Aᵀ) for A m × n, 2 × 3 unless sizes are given; m·n at most MOST."""
    sizes = {"m": 2, "n": 3, **checked_sizes(asked.sizes, ("m", "n"))}
    m, n = sizes["m"], sizes["n"]
    if m * n > MOST:
        raise too_large(f"comm({m},{n}) is a {m * n} by {m * n} matrix", MOST)
    numbers = constant_value("comm", (m, n)).real
    stacked = [(i, j) for j in range(n) for i in range(m)]
    turned = [(i, j) for i in range(m) for j in range(n)]
    i, j = max(stacked, key=lambda at: (at[0] != at[1], at[1] - at[0], at))
    column, row = stacked.index((i, j)), turned.index((i, j))
    one = maths("1", "1")
    whole, pen = symbol("A", named("m"), named("n")), asked.pen
    names = {at: written(at_places("A", (f"{at[0] + 1}", f"{at[1] + 1}")), pen) for at in stacked}
    wide = cell_width(names.values())
    top = 1.2
    square = Grid(
        0.8, top, values(m * n, m * n, lambda r, c: one if numbers[r, c] else None, (row, column)), 1.0
    )
    marks: list[Mark] = [*square.cells()]
    marks += [square.frame(r, c, n, m) for r in range(0, m * n, n) for c in range(0, m * n, m)]
    marks += square.cells()[-1:]
    marks += square.row_names((maths(str(k + 1), str(k + 1)) for k in range(m * n)), "left", row)
    marks += square.column_names((maths(str(k + 1), str(k + 1)) for k in range(m * n)), "below", column)
    x = square.left + square.width + 0.6
    before = Grid(x, top, tuple((Value(names[at], at == (i, j)),) for at in stacked), wide)
    after = Grid(x + wide + _SIGN, top, tuple((Value(names[at], at == (i, j)),) for at in turned), wide)
    for grid, high in ((before, m), (after, n)):
        marks += [
            *grid.cells(),
            *(grid.frame(r, 0, high, 1) for r in range(0, m * n, high)),
            *grid.cells()[-1:],
        ]
    titles = (
        (square, written(lambda to: to.constant("comm", (Dim(m), Dim(n))), pen)),
        (before, written(applied("vec", name(whole)), pen)),
        (after, written(applied("vec", transposed(name(whole))), pen)),
    )
    marks += [Note(grid.left + grid.width / 2, top - 0.2, title, "ink", "below") for grid, title in titles]
    marks.append(Note(before.left + wide + _SIGN / 2, top - 0.2, maths("=", "="), "ink", "below"))
    start, end = before.cell(column, 0), after.cell(row, 0)
    marks.append(
        Wire(
            ((before.left + wide + 0.1, start[1]), (after.left - 0.1, end[1])), "mark", True, True, thick=True
        )
    )
    words = asked.words
    said = words.filled(
        "figure_commutation", m=m, n=n, count=m * n, i=i + 1, j=j + 1, row=row + 1, column=column + 1
    )
    right = max(after.left + wide, after.left + wide / 2 + room(titles[2][1]) / UNIT / 2)
    return Drawing(
        words.filled("figure_commutation_name", m=m, n=n),
        right + 0.2,
        top + m * n * HIGH + 0.7,
        tuple(marks),
        said,
    )
