"""The entries of a derivative as tables: written out, in blocks, and flattened."""

from __future__ import annotations

from gen.derivation.components import Cell, Table, table
from gen.derivation.components_method import sizes_of_components
from gen.derivation.derive import derive
from gen.derivation.frame import frame
from gen.derivation.result import Derivation
from gen.document.formula import Formula, Phrase, Written, both, formula, partial
from gen.document.naming import axes
from gen.document.web_blocks import Grid, GridCell, Grids
from gen.document.web_telling import stacked_partial_of
from gen.errors import InputError
from gen.language.notation import Notation

MOST_CELLS = 6  # rows or columns of a flattening that is still read at a glance


def component_table(d: Derivation) -> Table | None:
    """Every entry of the derivative at small sizes; None where that would be too large to read."""
    p = d.problem
    sizes = sizes_of_components(p.expr, p.wrt, p.symbols)
    if sizes is None or d.results.index is None or not isinstance(d.results.index.line, tuple):
        return None
    names = frame(p.expr, p.wrt, p.symbols, d.value.name, letters=p.letters)
    try:
        return table(p.expr, names, d.results.index.line, sizes, names.alphabet)
    except InputError:
        return None


def entries(d: Derivation, made: Table) -> Grids:
    """The function, every entry written out."""
    cells = [GridCell(formula(terms), not terms) for _, terms in made.entries]
    grid = _grid((both(lambda n: n.symbol(d.value.name)),), cells, made.f_shape[1])
    return Grids(f"Entries of {d.value.name}", (grid,))


def blocks(d: Derivation, made: Table) -> Grids:
    """The matrix whose elements are matrices: one table for each entry of the function."""
    size = made.x_shape[0] * made.x_shape[1]
    grids = []
    for start in range(0, len(made.cells), size):
        group = made.cells[start : start + size]
        of, by = _at(d.value.name, group[0].of_function), _at(d.problem.wrt.name, ())
        cells = [_cell(cell) for cell in group]
        grids.append(_grid((partial(of, by),), cells, made.x_shape[1]))
    return Grids(f"Blocks of the derivative by {d.problem.wrt.name}", tuple(grids), made.f_shape[1])


def flattened(d: Derivation) -> tuple[Grids, Phrase] | None:
    """The derivative with the columns of function and variable stacked, and what its headers say."""
    solved = d if d.results.index is not None else _by_index(d)
    p = solved.problem
    if max(axes(d.value), axes(p.wrt)) < 2 or axes(d.value) == 0:
        return None  # nothing is stacked that was not a column before
    if p.wrt.structure is not None or p.layout != "numerator" or p.order != 1:
        return None
    made = component_table(solved)
    if made is None:
        return None
    down = sorted({cell.of_function for cell in made.cells}, key=lambda at: at[::-1])
    across = sorted({cell.of_variable for cell in made.cells}, key=lambda at: at[::-1])
    if max(len(down), len(across)) > MOST_CELLS:
        return None
    known = {(cell.of_function, cell.of_variable): _cell(cell) for cell in made.cells}
    rows = tuple((_header(at), tuple(known[at, by] for by in across)) for at in down)
    of, by = d.value.name, p.wrt.name
    columns = tuple(_header(at) for at in across)
    grid = Grid((stacked_partial_of(d),), columns, rows, f"entry of {of}", f"entry of {by}")
    sizes = ", ".join(f"{name} = {size}" for name, size in made.sizes)
    words = (
        f"With {sizes}: " * bool(sizes),
        "one row for each entry of ",
        both(lambda n: n.symbol(of)),
        ", one column for each entry of ",
        both(lambda n: n.symbol(by)),
        ", counted down the columns.",
    )
    return Grids("The flattened derivative", (grid,)), words


def _by_index(d: Derivation) -> Derivation:
    p = d.problem
    symbols = d.to_json()["problem"]["symbols"]
    return derive(p.source, p.wrt.name, symbols=symbols, method="index", check=False, letters=p.letters)


def _header(at: tuple[int, ...]) -> str:
    return ",".join(map(str, at)) or "1"


def _cell(cell: Cell) -> GridCell:
    return GridCell(formula(cell.value), cell.is_zero)


def _grid(caption: tuple[Formula, ...], cells: list[GridCell], across: int) -> Grid:
    rows = [tuple(cells[k : k + across]) for k in range(0, len(cells), across)]
    numbered = tuple((str(k), row) for k, row in enumerate(rows, start=1))
    return Grid(caption, tuple(str(k + 1) for k in range(across)), numbered)


def _at(name: str, places: tuple[int, ...]) -> Written:
    def written(n: Notation) -> str:
        return n.entry(n.symbol(name), tuple(n.letter(str(place)) for place in places))

    return written
