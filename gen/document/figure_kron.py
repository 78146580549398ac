"""The block structure of a Kronecker product, with one entry followed to its two factors."""

from __future__ import annotations

from collections.abc import Iterator

from gen.derivation.derive import derive, read_expression
from gen.derivation.frame import inner_dims
from gen.document.drawing import Drawing, Label, Mark, Note
from gen.document.drawing_labels import expression, maths, room, words
from gen.document.figure_entries import entries_of, term_label, times
from gen.document.figure_grid import UNIT, Grid, Value, fitting_width, values
from gen.document.figure_request import FigureRequest, OptionError, checked_sizes, too_large
from gen.document.figure_words import number_word, with_sizes
from gen.document.words import Words
from gen.errors import Report, input_error
from gen.language.node import Node
from gen.language.terminal import terminal

MOST = 16  # rows or columns of the product
_SIGN = 1.3  # room of a sign between two matrices, in units
_UNDER = 0.9  # room of the line that says what is not drawn


def kron_figure(asked: FigureRequest) -> Drawing:
    """A, B and A ⊗ B as matrices of cells; every block of the product is framed.

    The Kronecker product of the expression itself, or of the stacked form of its derivative in the layout
    that is asked for where a variable is named; of several the one that is asked for, from left to right.
    Raises InputError where there is none, and OptionError where there are fewer.
    """
    product, whence, part = _product(asked)
    first, second = product.args
    names = tuple(name for name in inner_dims(product) if "(" not in name)
    sizes = {**_usual(first, second, names), **checked_sizes(asked.sizes, names)}
    (a, b), (c, d) = (_size(node, sizes) for node in (first, second))
    if max(a * c, b * d) > MOST:
        raise too_large(f"the product is a {a * c} by {b * d} matrix", MOST)
    of_first, of_second = entries_of(first, sizes), entries_of(second, sizes)
    every = [
        (i, j, k, h)
        for i in range(a)
        for j in range(b)
        for k in range(c)
        for h in range(d)
        if of_first[i][j] is not None and of_second[k][h] is not None
    ]
    i, j, k, h = max(every or [(0, 0, 0, 0)], key=lambda at: (len(set(at)), at))
    left = values(a, b, lambda r, s: term_label(of_first[r][s], asked.pen), (i, j))
    right = values(c, d, lambda r, s: term_label(of_second[r][s], asked.pen), (k, h))
    whole = values(
        a * c,
        b * d,
        lambda r, s: term_label(times(of_first[r // c][s // d], of_second[r % c][s % d]), asked.pen),
        (i * c + k, j * d + h),
    )
    height = max(a * c, a, c) * 0.9
    top, x = 1.0, 0.2
    marks: list[Mark] = []
    signs = (maths(r"\otimes", "⊗"), maths("=", "="), None)
    titles = tuple(expression(node, asked.pen) for node in (first, second, product))
    for rows, sign, title in zip((left, right, whole), signs, titles, strict=True):
        wide = _cell_width(rows)
        spare = max(0.0, room(title) / UNIT - wide * len(rows[0])) / 2
        grid = Grid(x + spare, top + (height - 0.9 * len(rows)) / 2, rows, wide)
        marks += [*grid.cells(), *_frames(grid, (c, d) if sign is None else (len(rows), len(rows[0])))]
        if sign is None:
            marks.append(grid.frame(i * c, j * d, c, d, thick=True))
        marks += grid.cells()[-1:]
        marks.append(Note(grid.left + grid.width / 2, grid.top - 0.2, title, "ink", "below"))
        x += grid.width + 2 * spare
        if sign is not None:
            marks.append(Note(x + _SIGN / 2, top + height / 2, sign))
            x += _SIGN
    value = term_label(times(of_first[i][j], of_second[k][h]), asked.pen)
    said = with_sizes(_said(product, (a, b, c, d), (i, j, k, h), value, asked.words), sizes, asked.words)
    name = asked.words.filled("figure_kron_name", product=terminal(product))
    bottom = top + height + 0.2
    if part is not None:
        bottom += _UNDER
        marks.append(Note(0.2, bottom - 0.2 - _UNDER / 3, part, "soft", "left", True))
        x = max(x, 0.2 + room(part, True) / UNIT)
    return Drawing(name, x + 0.2, bottom, tuple(marks), f"{said}{whence}")


def _cell_width(rows: tuple[tuple[Value, ...], ...]) -> float:
    """The width of the cells of one of the matrices, which may take half of the room: the product does."""
    return fitting_width((value.label for row in rows for value in row), lambda cell: 2 * cell * len(rows[0]))


def _frames(grid: Grid, block: tuple[int, int]) -> list[Mark]:
    high, wide = block
    return [
        grid.frame(r, c, high, wide)
        for r in range(0, len(grid.rows), high)
        for c in range(0, len(grid.rows[0]), wide)
    ]


def _product(asked: FigureRequest) -> tuple[Node, str, Label | None]:
    """The product, a sentence on its place in the derivative, and a line below where that is a sum."""
    source = asked.expression("kron(X', eye(2))")
    if not asked.variables():
        there = tuple(_products(read_expression(source, asked.symbols, ()).node))
        if not there:
            raise input_error(
                "unsupported",
                "there is no Kronecker product in this expression",
                hint="name a variable, :wrt: W, to draw that of its derivative",
            )
        return _chosen(there, asked), "", None
    variable = asked.variable("W")
    solved = derive(source, variable, symbols=asked.symbols, kind="vecjac", layout=asked.layout)
    line = None if solved.results.vec is None else solved.results.vec.line
    there = tuple(_products(line)) if isinstance(line, Node) else ()
    if not there or not isinstance(line, Node):
        said = f", which is {terminal(line)}" if line is not None else ""
        raise input_error("unsupported", f"there is no Kronecker product in the stacked derivative{said}")
    found = _chosen(there, asked)
    stacked = asked.words["figure_stacked_turned" if asked.turned else "figure_stacked"]
    parts = {"of": source, "by": variable, "stacked": stacked}
    if found is line:
        return found, asked.words.filled("figure_kron_whole", **parts), None
    if line.kind != "sum":
        return found, asked.words.filled("figure_kron_part", **parts, line=terminal(line)), None
    count = number_word(len(line.args), asked.words)
    said = asked.words.filled("figure_kron_term", **parts, line=terminal(line), count=count)
    return found, said, words(asked.words.filled("figure_kron_one_of", count=count))


def _products(node: Node) -> Iterator[Node]:
    """The Kronecker products of two matrices, from left to right; one inside another follows it."""
    if node.kind == "call" and node.name == "kron":
        yield node
    for arg in node.args:
        yield from _products(arg)


def _chosen(there: tuple[Node, ...], asked: FigureRequest) -> Node:
    if asked.product <= len(there):
        return there[asked.product - 1]
    shown = ", ".join(f"{n} is {terminal(product)}" for n, product in enumerate(there, start=1))
    many = "is one Kronecker product" if len(there) == 1 else f"are {len(there)} Kronecker products"
    report = Report("unsupported", f"there {many} here, and no number {asked.product}", "file", hint=shown)
    raise OptionError("product", report)


def _size(node: Node, sizes: dict[str, int]) -> tuple[int, int]:
    return node.rows.size(sizes), node.cols.size(sizes)


def _usual(first: Node, second: Node, names: tuple[str, ...]) -> dict[str, int]:
    """2 for every dimension, and 3 for the first one with which the product is not too large."""
    sizes = dict.fromkeys(names, 2)
    for name in names:
        trial = {**sizes, name: 3}
        (a, b), (c, d) = _size(first, trial), _size(second, trial)
        if a * c <= 8 and b * d <= 8:
            return trial
    return sizes


def _said(
    product: Node,
    shape: tuple[int, int, int, int],
    at: tuple[int, int, int, int],
    value: Label | None,
    words: Words,
) -> str:
    a, b, c, d = shape
    i, j, k, h = (n + 1 for n in at)
    first, second = (terminal(arg) for arg in product.args)
    return words.filled(
        "figure_kron",
        a=a,
        b=b,
        c=c,
        d=d,
        first=first,
        second=second,
        rows=a * c,
        columns=b * d,
        i=i,
        j=j,
        k=k,
        h=h,
        value=value.plain if value else "0",
        row=(i - 1) * c + k,
        column=(j - 1) * d + h,
    )
