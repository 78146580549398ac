"""The entries of a derivative as tables: written out, in blocks, and flattened."""

from __future__ import annotations

from gen.derivation.components import Cell, Table, table
from gen.derivation.components_method import sizes_of_components
from gen.derivation.derive import derive
from gen.derivation.frame import frame
from gen.derivation.result import Derivation
from gen.document.formula import Formula, Phrase, both, formula, phrase
from gen.document.naming import axes, stacked_partial_of
from gen.document.pen import Pen
from gen.document.web_blocks import Grid, GridCell, Grids
from gen.document.written import at, name, partial, row, size
from gen.errors import InputError

MOST_CELLS = 6  # rows or columns of a flattening that is still read at a glance


def component_table(d: Derivation) -> Table | None:
    """Every entry of the derivative at small sizes; None where that would be too large to read."""
    p = d.problem
    sizes = sizes_of_components(p.expr, p.wrt, p.symbols, p.sizes)
    if sizes is None or d.results.index is None or not isinstance(d.results.index.line, tuple):
        return None
    names = frame(p.expr, p.wrt, p.symbols, d.value.name, letters=p.letters)
    try:
        return table(p.expr, names, d.results.index.line, sizes, names.alphabet)
    except InputError:
        return None


def entries(d: Derivation, made: Table, pen: Pen) -> Grids:
    """The function, every entry written out."""
    cells = [GridCell(formula(terms, pen=pen), not terms) for _, terms in made.entries]
    grid = _grid((both(name(d.value), pen),), cells, made.f_shape[1], pen)
    return Grids(pen.words.filled("entries_of", name=d.value.name), (grid,))


def blocks(d: Derivation, made: Table, pen: Pen) -> Grids:
    """The matrix whose elements are matrices: one table for each entry of the function."""
    many = made.x_shape[0] * made.x_shape[1]
    grids = []
    for start in range(0, len(made.cells), many):
        group = made.cells[start : start + many]
        places = tuple(map(str, group[0].of_function))
        of = at(d.value.name, places) if places else name(d.value)
        cells = [_cell(cell, pen) for cell in group]
        caption = both(partial(of, name(d.problem.wrt)), pen)
        grids.append(_grid((caption,), cells, made.x_shape[1], pen))
    title = pen.words.filled("blocks_by", name=d.problem.wrt.name)
    return Grids(title, tuple(grids), made.f_shape[1])


def flattened(d: Derivation, pen: Pen) -> tuple[Grids, Phrase] | None:
    """The derivative with the columns of function and variable stacked, and what its headers say."""
    solved = d if d.results.index is not None else _by_index(d)
    p = solved.problem
    if max(axes(d.value), axes(p.wrt)) < 2 or axes(d.value) == 0:
        return None  # nothing is stacked that was not a column before
    if p.wrt.structure is not None or p.order != 1:
        return None
    made = component_table(solved)
    if made is None:
        return None
    # In the denominator layout a row belongs to an entry of the variable.
    turned = d.problem.layout == "denominator"
    known = {}
    for cell in made.cells:
        place = cell.of_function, cell.of_variable
        known[place[::-1] if turned else place] = _cell(cell, pen)
    down, across = (sorted({place[k] for place in known}, key=lambda at: at[::-1]) for k in (0, 1))
    if max(len(down), len(across)) > MOST_CELLS:
        return None
    rows = tuple((_header(at), tuple(known[at, by] for by in across)) for at in down)
    columns = tuple(_header(at) for at in across)
    words = pen.words
    of_rows, of_columns = (p.wrt, d.value) if turned else (d.value, p.wrt)
    down_are, across_are = (words.filled("entry_of", name=node.name) for node in (of_rows, of_columns))
    grid = Grid((both(stacked_partial_of(d), pen),), columns, rows, down_are, across_are)
    said = words.sentence(
        "flattened_words_sizes" if made.sizes else "flattened_words",
        sizes=row(tuple(size(*one) for one in made.sizes)),
        down=name(of_rows),
        across=name(of_columns),
    )
    return Grids(words["flattened"], (grid,)), phrase(said, pen)


def _by_index(d: Derivation) -> Derivation:
    p = d.problem
    symbols = d.to_json()["problem"]["symbols"]
    return derive(
        p.source,
        p.wrt.name,
        symbols=symbols,
        method="index",
        check=False,
        letters=p.letters,
        sizes=dict(p.sizes),
    )


def _header(at: tuple[int, ...]) -> str:
    return ",".join(map(str, at)) or "1"


def _cell(cell: Cell, pen: Pen) -> GridCell:
    return GridCell(formula(cell.value, pen=pen), cell.is_zero)


def _grid(caption: tuple[Formula, ...], cells: list[GridCell], across: int, pen: Pen) -> Grid:
    rows = [tuple(cells[k : k + across]) for k in range(0, len(cells), across)]
    numbered = tuple((str(k), row) for k, row in enumerate(rows, start=1))
    columns = tuple(str(k + 1) for k in range(across))
    return Grid(caption, columns, numbered, pen.words["grid_row"], pen.words["grid_column"])
