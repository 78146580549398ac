"""How the derivations of one question fit together, for screens: the picture, and the sentences about it."""

from __future__ import annotations

from gen.derivation.components import Cell
from gen.derivation.result import Derivation
from gen.document.flattening import rule_said, traced_said
from gen.document.formula import both, formula, phrase
from gen.document.pen import Pen
from gen.document.reconcile import drawable, fits_said, traced_entry
from gen.document.web_blocks import Grid, GridCell, Grids, WebPicture, WebText
from gen.document.written import at, expression, name, slanted
from gen.errors import InputError

Place = tuple[int, int]


def web_picture(derivations: tuple[Derivation, ...], pen: Pen) -> WebPicture | None:
    """The matrix of matrices and its flattening as tables; None where `picture_of` makes no picture."""
    found = drawable(derivations)
    if isinstance(found, InputError):
        return None
    words, solved, cells = pen.words, found.solved, found.cells()
    of, by = solved.value, solved.problem.wrt
    (rows, columns), (high, wide) = found.made.f_shape, found.made.x_shape
    traced = traced_entry(cells)
    letters = "".join(letter.name for letter in solved.free)
    turned = solved.problem.layout == "denominator"

    def cell(*place: int) -> GridCell:
        return _cell(cells[place], place == traced, pen)

    def block(i: int, k: int) -> Grid:
        caption = both(slanted(at(of.name, (f"{i}", f"{k}")), name(by)), pen)
        lines = tuple((f"{q}", tuple(cell(i, k, q, r) for r in _to(wide))) for q in _to(high))
        return Grid((caption,), tuple(map(str, _to(wide))), lines, words["grid_row"], words["grid_column"])

    of_value = [(i, k) for k in _to(columns) for i in _to(rows)]
    of_variable = [(q, r) for r in _to(wide) for q in _to(high)]
    down, across = (of_variable, of_value) if turned else (of_value, of_variable)
    of_rows, of_columns = (by, of) if turned else (of, by)
    flat = Grid(
        (both(expression(found.flat), pen),),
        tuple(map(_header, across)),
        tuple((_header(a), tuple(cell(*b, *a) if turned else cell(*a, *b) for b in across)) for a in down),
        words.filled("entry_of", name=of_rows.name),
        words.filled("entry_of", name=of_columns.name),
    )
    value = expression(cells[traced].value)
    sizes = of.rows, by.rows
    return WebPicture(
        words["same_numbers"],
        phrase(found.intro(words), pen),
        Grids(
            words["matrix_of_matrices"], tuple(block(i, k) for i in _to(rows) for k in _to(columns)), columns
        ),
        Grids(words["flattened_matrix"], (flat,)),
        phrase(rule_said(letters, sizes, turned, words), pen),
        phrase(traced_said(traced, (rows, high), (of.name, by.name), value, letters, turned, words), pen),
    )


def web_fitting(derivations: tuple[Derivation, ...], pen: Pen) -> WebText | None:
    """Which object each derivation ended in; None where `fitting` says nothing."""
    pen, said = fits_said(derivations, pen)
    return WebText(pen.words["fit"], tuple(phrase(one, pen) for one in said)) if said else None


def _to(last: int) -> range:
    return range(1, last + 1)


def _header(place: Place) -> str:
    return f"{place[0]},{place[1]}"


def _cell(found: Cell, traced: bool, pen: Pen) -> GridCell:
    return GridCell(formula(found.value, pen=pen), found.is_zero, traced)
