"""Which entries of the variable an entry of the value depends on: the pattern of the derivative."""

from __future__ import annotations

from gen.document.derivative_entries import Tensor, tensor
from gen.document.drawing import Drawing, Label, Mark, Note, Wire
from gen.document.drawing_labels import room, symbol_label
from gen.document.figure_flattening import flat_name
from gen.document.figure_grid import DOT, HIGH, MOST_WIDE, UNIT, Grid, Value, cell_width
from gen.document.figure_request import FigureRequest
from gen.document.figure_words import listed, with_sizes
from gen.document.words import Words

MOST = 24  # entries of the value and of the variable
MANY = 12  # columns that have their names above them
_GAP = 2.0


def sparsity_figure(asked: FigureRequest) -> Drawing:
    """The value with one entry marked, the variable with the entries it depends on, and the whole pattern.

    A row of the pattern belongs to an entry of the value, a column to one of the variable, both stacked by
    columns, and in denominator layout the other way round; a dot stands where the derivative is not zero.
    Raises InputError.
    """
    t = tensor(asked, MOST)
    d, pen = t.derivation, asked.pen
    (rows, columns), (high, wide) = t.f_shape, t.x_shape
    full = frozenset(t.full())
    turned = asked.turned
    of_value, of_variable = (dict(zip(*side, strict=True)) for side in t.sides(pen, False))
    touched = {at: tuple(by for by in of_variable if (*at, *by) in full) for at in of_value}
    chosen = max(
        of_value,
        key=lambda at: (0 < len(touched[at]) < len(of_variable), bool(touched[at]), at[0] != at[1], at),
    )
    wide_of, wide_by = cell_width(of_value.values()), cell_width(of_variable.values())
    of = tuple(tuple(Value(of_value[i, k], (i, k) == chosen) for k in range(columns)) for i in range(rows))
    by = tuple(
        tuple(Value(of_variable[q, r], (q, r) in touched[chosen]) for r in range(wide)) for q in range(high)
    )
    (down, names_down), (across, names_across) = t.sides(pen, turned)
    beside = max(room(name, True) for name in names_down) / UNIT + 0.5
    many = len(across) > MANY
    column = HIGH if many else max(room(name, True) for name in names_across) / UNIT + 0.2

    def dot(value: tuple[int, int], variable: tuple[int, int]) -> Value:
        there = (*value, *variable) in full
        return Value(DOT if there else None, there and value == chosen)

    pattern = tuple(tuple(dot(b, a) if turned else dot(a, b) for b in across) for a in down)
    top = 1.9
    spread = columns * wide_of + _GAP + wide * wide_by
    under = spread + 1.3 + beside + len(across) * max(column, HIGH) > MOST_WIDE
    tallest = HIGH * max((rows, high) if under else (rows, high, len(down)))
    middle = top + tallest / 2
    value = Grid(0.3, middle - HIGH * rows / 2, of, wide_of)
    variable = Grid(value.left + value.width + _GAP, middle - HIGH * high / 2, by, wide_by)
    whole = Grid(
        0.3 + beside if under else variable.left + variable.width + 1.0 + beside,
        top + tallest + 2.2 if under else middle - HIGH * len(down) / 2,
        pattern,
        max(column, HIGH),
    )
    marks: list[Mark] = []
    for grid in (value, variable):
        plain = [mark for row in grid.rows for mark in row]
        kept = sum(v.marked for v in plain)
        cells = grid.cells()
        marks += [*cells, grid.frame(0, 0, len(grid.rows), len(grid.rows[0]))]
        marks += cells[len(cells) - kept :] if kept else ()
    marks += [*whole.cells(), whole.frame(0, 0, len(down), len(across))]
    line = (across if turned else down).index(chosen)
    marks.append(
        whole.frame(0, line, len(down), 1, thick=True)
        if turned
        else whole.frame(line, 0, 1, len(across), thick=True)
    )
    marks += whole.row_names(names_down, "left", -1 if turned else line)
    marks += () if many else whole.column_names(names_across, "above", line if turned else -1)
    title = flat_name(d.value, d.problem.wrt, pen, turned)
    titles: tuple[tuple[Grid, Label, float], ...] = (
        (value, symbol_label(d.value, pen), 0.2),
        (variable, symbol_label(d.problem.wrt, pen), 0.2),
        (whole, title, 0.8),
    )
    marks += [Note(g.left + g.width / 2, g.top - lift, label, "ink", "below") for g, label, lift in titles]
    start, end = value.left + value.width, variable.left
    marks.append(Wire(((end - 0.4, middle), (start + 0.4, middle)), "ink", arrow=True))
    right = max(
        variable.left + variable.width,
        whole.left + whole.width,
        whole.left + whole.width / 2 + room(title) / UNIT / 2,
    )
    words = asked.words
    depends = [of_variable[at].plain for at in touched[chosen]]
    said = _said(t, of_value[chosen].plain, depends, len(full), under, turned, words)
    return Drawing(
        words.filled("figure_sparsity_name", of=d.value.name, by=d.problem.wrt.name),
        right + 0.2,
        max(top + tallest, whole.top + whole.height) + 0.2,
        tuple(marks),
        with_sizes(said, t.sizes, words),
    )


def _said(
    t: Tensor, chosen: str, touched: list[str], full: int, under: bool, turned: bool, words: Words
) -> str:
    (rows, columns), (high, wide) = t.f_shape, t.x_shape
    of, by = t.derivation.value.name, t.derivation.problem.wrt.name
    if not touched:
        what = words.filled("figure_no_entry", by=by)
    elif len(touched) == high * wide:
        what = words.filled("figure_every_entry", by=by)
    else:
        what = listed(touched, words)
    below = words["figure_below" if under else "figure_beside"]
    stacked = ((of, rows * columns), (by, high * wide))
    (down, flat_rows), (across, flat_columns) = reversed(stacked) if turned else stacked
    return words.filled(
        "figure_sparsity",
        rows=rows,
        columns=columns,
        of=of,
        chosen=chosen,
        high=high,
        wide=wide,
        by=by,
        touched=what,
        below=below[:1].upper() + below[1:],
        flat_rows=flat_rows,
        flat_columns=flat_columns,
        down=down,
        across=across,
        line=words["figure_column" if turned else "figure_row"],
        full=full,
        count=rows * columns * high * wide,
    )
