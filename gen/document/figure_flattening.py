"""The derivative as a matrix of matrices beside its flattening, with one entry followed."""

from __future__ import annotations

from gen.document.derivative_entries import Tensor, entry_label, entry_name, tensor
from gen.document.drawing import Drawing, Label, Mark, Note, Wire
from gen.document.drawing_labels import expression, maths, room, written
from gen.document.figure_grid import HIGH, MOST_WIDE, UNIT, Grid, Value, fitting_width
from gen.document.figure_request import FigureRequest
from gen.document.figure_words import with_sizes
from gen.document.pen import Pen
from gen.document.words import Words
from gen.document.written import applied, name, slanted, transposed
from gen.language.node import Node
from gen.language.terminal import terminal

MOST = 12  # rows or columns of the flattened matrix
_GAP_X, _GAP_Y = 0.6, 1.0  # between blocks
_ARROW = 2.6


def flattening_figure(asked: FigureRequest) -> Drawing:
    """The blocks ∂F_ik/∂X on the left, ∂vec(F)/∂vec(X)ᵀ on the right, one entry marked in both.

    In denominator layout ∂vec(F)ᵀ/∂vec(X) is on the right, which has a row for each entry of X.
    """
    t = tensor(asked, MOST)
    d = t.derivation
    (rows, columns), (high, wide) = t.f_shape, t.x_shape
    full = t.full()
    traced = max(full or ((0, 0, 0, 0),), key=lambda at: (len(set(at)), at))
    of, by, pen = d.value, d.problem.wrt, asked.pen
    labels = {at: expression(t.cell(*at).value, pen) for at in full}

    def value(at: tuple[int, int, int, int]) -> Value:
        return Value(labels.get(at), at == traced)

    turned = asked.turned
    (down, names_down), (across, names_across) = t.sides(pen, turned)
    beside = max(room(one, True) for one in names_down) / UNIT + 0.5
    name_width = room(_block_name(of, by, (0, 0), t.f_shape, pen)) / UNIT + 0.2
    flat_least = max(room(one, True) for one in names_across) / UNIT + 0.2

    def sides(cell: float) -> tuple[float, float]:
        blocks = columns * (max(wide * cell, name_width) + _GAP_X) - _GAP_X
        return blocks, beside + len(across) * max(cell, flat_least)

    under = sum(sides(1.0)) + _ARROW > MOST_WIDE
    cell = fitting_width(
        labels.values(), lambda cell: max(sides(cell)) if under else sum(sides(cell)) + _ARROW
    )
    block_width = max(wide * cell, name_width)
    left_height = rows * (high * HIGH + _GAP_Y) - _GAP_Y
    right_height = len(down) * HIGH
    top = 2.0
    middle = top + (left_height if under else max(left_height, right_height)) / 2
    marks: list[Mark] = []
    for i in range(rows):
        for k in range(columns):
            x = 0.2 + k * (block_width + _GAP_X) + (block_width - wide * cell) / 2
            y = middle - left_height / 2 + i * (high * HIGH + _GAP_Y)
            block = tuple(tuple(value((i, k, q, r)) for r in range(wide)) for q in range(high))
            grid = Grid(x, y, block, cell)
            chosen = (i, k) == traced[:2]
            marks += [*grid.cells(), grid.frame(0, 0, high, wide)]
            marks += grid.cells()[-1:] if chosen else ()
            called = _block_name(of, by, (i, k), t.f_shape, pen)
            marks.append(
                Note(x + grid.width / 2, y - 0.15, called, "mark" if chosen else "soft", "below", True)
            )
    left_end = 0.2 + sides(cell)[0]
    vec = maths(r"\operatorname{vec}", "vec")
    if under:
        start, lower = 0.2 + beside, middle + left_height / 2
        x, flat_top = 0.8, lower + 3.2
        marks.append(Wire(((x, lower + 0.4), (x, lower + 1.7)), "ink", arrow=True))
        marks.append(Note(x + 0.3, lower + 1.0, vec, "soft", "left", True))
    else:
        start, flat_top = left_end + _ARROW + beside, middle - right_height / 2
        marks.append(Wire(((left_end + 0.4, middle), (left_end + _ARROW - 0.4, middle)), "ink", arrow=True))
        marks.append(Note(left_end + _ARROW / 2, middle - 0.25, vec, "soft", "below", True))
    cells = tuple(tuple(value((*b, *a) if turned else (*a, *b)) for b in across) for a in down)
    flat = Grid(start, flat_top, cells, max(cell, flat_least))
    at_row, at_column = (traced[2:], traced[:2]) if turned else (traced[:2], traced[2:])
    row, column = down.index(at_row), across.index(at_column)
    part = (high, rows) if turned else (rows, high)
    marks += flat.cells()
    marks += [
        flat.frame(r, c, *part) for r in range(0, len(down), part[0]) for c in range(0, len(across), part[1])
    ]
    marks += flat.cells()[-1:]
    marks += flat.row_names(names_down, "left", row)
    marks += flat.column_names(names_across, "above", column)
    title = flat_name(of, by, pen, turned)
    marks.append(Note(start + flat.width / 2, flat.top - 0.8, title, "ink", "below"))
    words = asked.words
    sides_said = (
        (words["figure_above"], words["figure_below"])
        if under
        else (words["figure_left"], words["figure_right"])
    )
    width = max(left_end, start + flat.width, start + flat.width / 2 + room(title) / UNIT / 2) + 0.2
    return Drawing(
        words.filled("figure_flattening_name", of=of.name, by=by.name),
        width,
        max(middle + left_height / 2, flat.top + flat.height) + 0.2,
        tuple(marks),
        with_sizes(_said(t, traced, (row, column), sides_said, turned, words), t.sizes, words),
    )


def _block_name(of: Node, by: Node, at: tuple[int, int], shape: tuple[int, int], pen: Pen) -> Label:
    return written(slanted(entry_name(of, at, shape), name(by)), pen)


def flat_name(of: Node, by: Node, pen: Pen, turned: bool = False) -> Label:
    """The name of the flattened derivative, of its transpose where it is `turned`.

    Vectors need no vec, and scalars no transpose.
    """
    f, x = (
        name(node) if node.rows.is_one or node.cols.is_one else applied("vec", name(node))
        for node in (of, by)
    )
    if turned:
        return written(slanted(f if of.is_scalar else transposed(f), x), pen)
    return written(slanted(f, x if by.is_scalar else transposed(x)), pen)


def _said(
    t: Tensor,
    traced: tuple[int, int, int, int],
    place: tuple[int, int],
    sides: tuple[str, str],
    turned: bool,
    words: Words,
) -> str:
    (rows, columns), (high, wide) = t.f_shape, t.x_shape
    of, by = t.derivation.value, t.derivation.problem.wrt
    stacked = ((of, rows * columns), (by, high * wide))
    (down, flat_rows), (across, flat_columns) = reversed(stacked) if turned else stacked
    i, k, q, r = (at + 1 for at in traced)
    first, second = sides
    return words.filled(
        "figure_flattening",
        first=first,
        second=second,
        then=second[:1].upper() + second[1:],
        rows=rows,
        columns=columns,
        high=high,
        wide=wide,
        of=of.name,
        by=by.name,
        count=len(t.table.cells),
        full=len(t.full()),
        flat_rows=flat_rows,
        flat_columns=flat_columns,
        down=down.name,
        across=across.name,
        of_entry=entry_label(of, traced[:2], t.f_shape).plain,
        by_entry=entry_label(by, traced[2:], t.x_shape).plain,
        value=terminal(t.cell(*traced).value) or "0",
        i=i,
        k=k,
        q=q,
        r=r,
        row=place[0] + 1,
        column=place[1] + 1,
    )
