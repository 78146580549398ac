"""The components method: small sizes put in, every entry differentiated by every entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product as pairs
from math import prod

from gen.derivation.frame import Frame, axes
from gen.derivation.record import Display, Grid, Rule, Step
from gen.derivation.unfold import unfold
from gen.errors import input_error
from gen.language.catalogue import function_named
from gen.language.function import Fresh
from gen.language.index import Delta, Entry, Factor, Index, Letter, Order, Term, Terms, substitute
from gen.language.latex import LATEX, latex
from gen.language.node import Node
from gen.language.notation import Notation
from gen.language.terminal import terminal
from gen.language.token_count import tokens
from gen.language.writer import write

LIMIT = 12
MOST_SIGNS = 50_000  # beyond it nobody reads the tables, and writing them takes seconds
KNOWN = ("eye", "ones", "zeros")  # constants whose entries are 0 or 1


@dataclass(frozen=True, slots=True)
class Cell:
    """One entry of the tensor: where it stands (from 1; no axis, no number) and what it is."""

    of_function: tuple[int, ...]
    of_variable: tuple[int, ...]
    value: Terms

    @property
    def is_zero(self) -> bool:
        """Is it 0 for every X?"""
        return not self.value

    @property
    def tex(self) -> str:
        """In TeX."""
        return latex(self.value)


@dataclass(frozen=True, slots=True)
class Table:
    """All entries for small sizes: `entries` of the function, `cells` of its derivative."""

    sizes: tuple[tuple[str, int], ...]
    f_shape: tuple[int, int]
    x_shape: tuple[int, int]
    entries: tuple[tuple[tuple[int, ...], Terms], ...]
    cells: tuple[Cell, ...]


def small_sizes(
    expr: Node, variable: Node, names: tuple[str, ...], given: Iterable[tuple[str, int]] = ()
) -> dict[str, int] | None:
    """2 for every dimension, 3 for those of the function alone, so that shapes differ; None if too large.

    Dimensions have the sizes that are `given`.

    At most LIMIT entries in the function and in the variable.
    """
    chosen = {name: size for name, size in given if name in names}
    sizes = dict.fromkeys(names, 2) | chosen
    if not _fits(expr, variable, sizes):
        return None
    inside = {n for d in axes(variable) for n in d.names}
    for dim in axes(expr):
        for name in dim.names:
            trial = {**sizes, name: 3}
            if name not in inside and name not in chosen and _fits(expr, variable, trial):
                sizes = trial
    return sizes


def _fits(expr: Node, variable: Node, sizes: dict[str, int]) -> bool:
    return all(n.rows.size(sizes) * n.cols.size(sizes) <= LIMIT for n in (expr, variable))


def table(expr: Node, frame: Frame, answer: Terms, sizes: dict[str, int], fresh: Fresh) -> Table:
    """The function multiplied out, and the index form of its derivative at every place.

    Raises InputError (unsupported) where that would be too long to read.
    """
    form = _written_out(expr, frame.f_row, frame.f_col, fresh)
    f_letters, x_letters = frame.of_function, frame.of_variable
    if _signs(form, f_letters, sizes) + _signs(answer, f_letters + x_letters, sizes) > MOST_SIGNS:
        raise input_error(
            "unsupported",
            f"written out, the entries would take more than {MOST_SIGNS} signs",
            hint="the components method is for short expressions; try --method index",
        )
    entries = []
    cells: list[Cell] = []
    for at in _places(f_letters, sizes):
        entries.append((at, _concrete(form, dict(zip(f_letters, at, strict=True)), sizes)))
        for by in _places(x_letters, sizes):
            where = dict(zip((*f_letters, *x_letters), (*at, *by), strict=True))
            cells.append(Cell(at, by, _concrete(answer, where, sizes)))
    return Table(
        tuple(sizes.items()),
        (expr.rows.size(sizes), expr.cols.size(sizes)),
        (frame.variable.rows.size(sizes), frame.variable.cols.size(sizes)),
        tuple(entries),
        tuple(cells),
    )


def _written_out(expr: Node, row: Letter | None, col: Letter | None, fresh: Fresh) -> Terms:
    """Every product, sum and trace taken apart, constants too."""
    pending, done = [Term(Fraction(1), (Entry(expr, row, col),))], list[Term]()
    while pending:
        term = pending.pop(0)
        place = next((k for k, f in enumerate(term.factors) if _is_open(f)), None)
        if place is None:
            done.append(term)
            continue
        e = term.factors[place]
        assert isinstance(e, Entry)
        for summand in e.node.args if e.node.kind == "sum" else (e.node,):
            new = unfold(summand, e.row, e.col, fresh, lambda n: True)
            factors = (*term.factors[:place], *new.factors, *term.factors[place + 1 :])
            pending.append(Term(term.coef * new.coef, factors, term.bound + new.bound))
    return tuple(done)


def _is_open(factor: Factor) -> bool:
    """An entry of a sum or of anything else that has an index form."""
    if not isinstance(factor, Entry):
        return False
    node = factor.node
    if node.kind == "constant":
        return False
    if node.kind == "power":
        return not node.elementwise and not node.is_scalar
    if node.kind == "call":
        return function_named(node.name).entry is not None
    return node.kind in ("sum", "product", "hadamard", "transpose")


def _signs(terms: Terms, free: tuple[Letter, ...], sizes: dict[str, int]) -> int:
    """How many signs and names the terms have when numbers stand for all indices."""
    written = 0
    for term in terms:
        copies = prod(x.dim.size(sizes) for x in (*free, *term.bound))
        written += copies * sum(tokens(f.node) if isinstance(f, Entry) else 1 for f in term.factors)
    return written


def _places(letters: tuple[Letter, ...], sizes: dict[str, int]) -> list[tuple[int, ...]]:
    return list(pairs(*(range(1, x.dim.size(sizes) + 1) for x in letters)))


def _concrete(terms: Terms, where: dict[Letter, int], sizes: dict[str, int]) -> Terms:
    """Numbers put in for every index, sums written out, deltas decided."""
    out: list[Term] = []
    for term in terms:
        for inner in _places(term.bound, sizes):
            numbers = {**where, **dict(zip(term.bound, inner, strict=True))}
            changes = {x.name: Letter(str(k), x.dim) for x, k in numbers.items()}
            factors = [substitute(f, changes) for f in term.factors]
            if all(_holds(f, sizes) for f in factors):
                kept = tuple(f for f in factors if isinstance(f, Entry) and f.node.name not in KNOWN)
                out.append(Term(term.coef, kept))
    return tuple(out)


def _holds(factor: Factor, sizes: Mapping[str, int]) -> bool:
    """A delta or order of two numbers that is 1; any entry that is not zero for certain."""
    if isinstance(factor, Entry) and factor.node.name in KNOWN:
        if factor.node.name == "eye" and factor.row is not None and factor.col is not None:
            return position(factor.row, sizes) == position(factor.col, sizes)
        return factor.node.name != "zeros"
    if isinstance(factor, Delta):
        return position(factor.first, sizes) == position(factor.second, sizes)
    if isinstance(factor, Order):
        return position(factor.first, sizes) >= position(factor.second, sizes)
    return True


def position(index: Index, sizes: Mapping[str, int]) -> int:
    """The position, from 0, of an index whose letters are numbers; of a pair the first runs fastest."""
    if isinstance(index, Letter):
        return int(index.name) - 1
    return position(index.first, sizes) + index.first.dim.size(sizes) * position(index.second, sizes)


# --- the three lines -------------------------------------------------------------


def _never(node: Node, fresh: Fresh) -> None:
    """Applied by `component_steps`, which knows the sizes."""


MULTIPLY_OUT = Rule(
    "multiply_out",
    "expand",
    "every entry written with numbers for indices",
    "small sizes are put in and every entry is written out",
    "definition",
    "",
    "key",
    "line",
    _never,
)
DIFFERENTIATE_ENTRIES = Rule(
    "differentiate_entries",
    "expand",
    "∂F/∂X as a matrix of matrices: block i,k is ∂F_ik/∂X",
    "each entry of the function is differentiated by each entry of the variable",
    "definition",
    "",
    "key",
    "line",
    _never,
)


def component_steps(expr: Node, frame: Frame, t: Table) -> tuple[Step, ...]:
    """Two steps: the entries written out, and the matrix whose elements are matrices."""
    start = Display(latex(expr), terminal(expr), content=expr)
    sizes = ", ".join(f"{name} = {size}" for name, size in t.sizes)
    entries, cells = entry_grid(t), block_grid(t)
    written = Display(grid_tex(entries), _entries_terminal(t, frame), (("sizes", sizes),), entries)
    blocks = Display(grid_tex(cells), _blocks_terminal(t, frame), (("sizes", sizes),), cells)
    name = frame.variable
    count, by = len(t.entries), t.x_shape[0] * t.x_shape[1]
    return (
        Step(
            MULTIPLY_OUT,
            (),
            start,
            written,
            (f"with {sizes}: each entry written out",) if sizes else ("each entry written out",),
        ),
        Step(
            DIFFERENTIATE_ENTRIES,
            (),
            written,
            blocks,
            (f"{_counted(count)} differentiated by {_counted(by)} of ", name),
        ),
    )


def _counted(count: int) -> str:
    return "the only entry" if count == 1 else f"each of the {count} entries"


def grid_tex(grid: Grid, notation: Notation = LATEX) -> str:
    """A table as a bracketed matrix."""
    rows = [
        " & ".join([grid_tex(x, notation) if isinstance(x, Grid) else write(x, notation) for x in row])
        for row in grid.rows
    ]
    body = r" \\ ".join(rows)
    return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"


def entry_grid(t: Table) -> Grid:
    """The function, every entry written out."""
    return _grid([value for _, value in t.entries], t.f_shape[1])


def block_grid(t: Table) -> Grid:
    """The matrix whose elements are matrices: block (i,k) holds ∂F_ik/∂X."""
    size = t.x_shape[0] * t.x_shape[1]
    blocks = [t.cells[k : k + size] for k in range(0, len(t.cells), size)]
    return _grid([_grid([c.value for c in b], t.x_shape[1]) for b in blocks], t.f_shape[1])


def _grid(cells: Sequence[Terms | Grid], cols: int) -> Grid:
    return Grid(tuple(tuple(cells[k : k + cols]) for k in range(0, len(cells), cols)))


def _entries_terminal(t: Table, frame: Frame) -> str:
    lines = [f"{frame.value.name}{_places_text(at)} = {terminal(v)}" for at, v in t.entries]
    return "\n".join(lines)


def _places_text(at: tuple[int, ...]) -> str:
    return "_" + "".join(map(str, at)) if at else ""


def _blocks_terminal(t: Table, frame: Frame) -> str:
    size = t.x_shape[0] * t.x_shape[1]
    cols = t.x_shape[1]
    out: list[str] = []
    for start in range(0, len(t.cells), size):
        block = t.cells[start : start + size]
        shown = [terminal(c.value) for c in block]
        rows = [shown[k : k + cols] for k in range(0, len(shown), cols)]
        width = max(len(x) for row in rows for x in row)
        head = f"∂{frame.value.name}{_places_text(block[0].of_function)}/∂{frame.variable.name} = "
        for k, row in enumerate(rows):
            left, right = (
                ("⎡⎤" if k == 0 else "⎣⎦" if k == len(rows) - 1 else "⎢⎥") if len(rows) > 1 else "[]"
            )
            cells = "  ".join(x.ljust(width) for x in row)
            out.append((head if k == 0 else " " * len(head)) + f"{left}{cells}{right}")
    return "\n".join(out)
