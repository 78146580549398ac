"""How the derivations of one question fit together: the picture, and the sentence about Xᵀ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gen.derivation.components import LIMIT, Cell, Table, table
from gen.derivation.components_method import sizes_of_components
from gen.derivation.frame import frame
from gen.derivation.result import Derivation
from gen.document.blocks import FlatteningBlock, TextBlock
from gen.document.extent import width
from gen.document.flattening import flattening
from gen.document.pen import USUAL, Pen
from gen.document.tex import Tex
from gen.document.wording import sentence_tex
from gen.document.words import Sentence, Words
from gen.document.written import expression, name, row, shape, size
from gen.errors import InputError, Report, input_error
from gen.language.dimension import ONE
from gen.language.latex import sums_can_be_implied
from gen.language.node import Node
from gen.language.terminal import terminal

CELL_ROOM = 3.2  # ems that an entry of the picture may take
MOST_CELLS = 6  # rows or columns of a flattening that is still read at a glance


@dataclass(frozen=True, slots=True)
class Drawable:
    """What a picture is made of; `flat` is the matrix it is flattened to."""

    solved: Derivation
    sizes: dict[str, int]
    made: Table
    flat: Node

    def cells(self) -> dict[tuple[int, ...], Cell]:
        """The entries by their four indices."""
        return {(*cell.of_function, *cell.of_variable): cell for cell in self.made.cells}

    def intro(self, words: Words) -> Sentence:
        """What the pictures have in common."""
        return words.sentence(
            "picture_intro" if self.sizes else "picture_intro_fixed",
            sizes=row(tuple(size(*one) for one in self.sizes.items())),
            count=f"{len(self.made.cells)}",
        )


def why_no_picture(derivations: tuple[Derivation, ...]) -> Report | None:
    """What `picture_of` lacks; None where it makes a picture."""
    found = drawable(derivations)
    return found.report if isinstance(found, InputError) else None


def picture_of(derivations: tuple[Derivation, ...], pen: Pen = USUAL) -> FlatteningBlock | None:
    """The matrix of matrices beside its flattening, for a matrix by a matrix, with the sizes of the question.

    None where one of the two has no picture: no index form, too many entries, or entries too long for a cell.
    """
    found = drawable(derivations)
    if isinstance(found, InputError):
        return None
    solved, made, cells = found.solved, found.made, found.cells()
    p = solved.problem
    return flattening(
        (*made.f_shape, *made.x_shape),
        lambda i, k, q, r: None if cells[i, k, q, r].is_zero else Tex(pen.line(cells[i, k, q, r].value)),
        traced_entry(cells),
        value=solved.value.name,
        variable=p.wrt.name,
        flat_name=Tex(pen.line(found.flat)),
        size_names=(solved.value.rows, p.wrt.rows),
        intro=sentence_tex(found.intro(pen.words), pen),
        pen=pen,
        letters="".join(letter.name for letter in solved.free),
        layout=p.layout,
    )


def drawable(derivations: tuple[Derivation, ...]) -> Drawable | InputError:
    """What the picture is made of, or an error that names the first thing that is missing."""
    solved = _tensor(derivations)
    if solved is None:
        return _no_tensor_error(derivations)
    p, found = solved.problem, solved.results
    if found.index is None or not isinstance(found.index.line, tuple):
        return input_error(
            "unsupported", "this derivative has no form with indices", hint="leave the sizes out"
        )
    if found.vec is None or not isinstance(found.vec.line, Node):
        return input_error("unsupported", "this derivative has no stacked form", hint="leave the sizes out")
    sizes = sizes_of_components(p.expr, p.wrt, p.symbols, p.sizes)
    if sizes is None:
        return input_error(
            "too_large",
            f"the function or {p.wrt.name} has more than {LIMIT} entries",
            hint="smaller sizes, or none",
        )
    names = frame(p.expr, p.wrt, p.symbols, solved.value.name, letters=p.letters)
    made = table(p.expr, names, found.index.line, sizes, names.alphabet)
    rows, columns = made.f_shape[0] * made.f_shape[1], made.x_shape[0] * made.x_shape[1]
    if max(rows, columns) > MOST_CELLS:
        high, wide = (columns, rows) if p.layout == "denominator" else (rows, columns)
        return input_error(
            "too_large",
            f"the flattened matrix is {high} by {wide}, a picture has at most {MOST_CELLS} rows and columns",
            hint="smaller sizes, or none",
        )
    if all(cell.is_zero for cell in made.cells):
        return input_error(
            "unsupported", "every entry of this derivative is zero", hint="leave the sizes out"
        )
    longest = max(made.cells, key=lambda cell: width(cell.tex))
    if width(longest.tex) > CELL_ROOM:
        return input_error(
            "unsupported",
            f"an entry of this derivative is {terminal(longest.value)}, too long for a cell of the picture",
            hint="leave the sizes out; {figure} flattening has room for longer entries",
        )
    return Drawable(solved, sizes, made, found.vec.line)


def _no_tensor_error(derivations: tuple[Derivation, ...]) -> InputError:
    """Why there is no index derivation of a matrix by a matrix."""
    value, variable = derivations[0].value, derivations[0].problem.wrt
    if not (_is_matrix(value) and _is_matrix(variable)):
        return input_error(
            "unsupported",
            "only the derivative of a matrix by a matrix has a picture",
            hint="leave the sizes out",
        )
    if variable.structure is not None:
        return input_error(
            "unsupported",
            f"{variable.name} is {variable.structure}, and not all of its entries are free",
            hint="leave the sizes out",
        )
    return input_error(
        "unsupported", "the method index is not among the methods", hint=":methods: index, vec"
    )


def fitting(derivations: tuple[Derivation, ...], pen: Pen = USUAL) -> TextBlock | None:
    """Which object each derivation ended in, and that they are one; None for fewer than two."""
    pen, said = fits_said(derivations, pen)
    title = pen.words["fit"]
    return TextBlock(title, tuple(sentence_tex(x, pen) for x in said), title) if said else None


def fits_said(derivations: tuple[Derivation, ...], pen: Pen) -> tuple[Pen, tuple[Sentence, ...]]:
    """The sentences of `fitting`, none for fewer than two, and the pen that can write them."""
    solved = _tensor(derivations)
    if solved is None or solved.results.index is None:
        return pen, ()
    methods = {d.method: d for d in derivations}
    of, by = name(solved.value), name(solved.problem.wrt)
    found, words = solved.results.index, pen.words
    if isinstance(found.line, tuple):
        pen = pen.implying(sums_can_be_implied((found.line,)))
    lines = [
        words.sentence("fit_tensor", tensor=expression(found.line), shape=shape(found.shape), of=of, by=by)
    ]
    vec = methods.get("vec", solved).results.vec
    if vec is not None and "vec" in methods:
        lines.append(
            words.sentence("fit_vec", matrix=expression(vec.line), shape=shape(vec.shape), of=of, by=by)
        )
    back = methods.get("backprop")
    if back is not None and back.upstream is not None and back.results.matrix is not None:
        gradient = expression(back.results.matrix.line)
        lines.append(words.sentence("fit_backprop", upstream=name(back.upstream), gradient=gradient, of=of))
    return pen, tuple(lines) if len(lines) > 1 else ()


def _tensor(derivations: tuple[Derivation, ...]) -> Derivation | None:
    """The index derivation of a matrix by a matrix, if it is among them."""
    for derivation in derivations:
        problem = derivation.problem
        if derivation.method == "index" and _is_matrix(derivation.value) and _is_matrix(problem.wrt):
            return derivation if problem.wrt.structure is None else None
    return None


def _is_matrix(node: Node) -> bool:
    return ONE not in (node.rows, node.cols)


def traced_entry(cells: Mapping[tuple[int, ...], Cell]) -> tuple[int, int, int, int]:
    """An entry worth following: not zero, and with as many different indices as there are."""
    full = [at for at, cell in cells.items() if not cell.is_zero]
    i, k, q, r = max(full, key=lambda at: (len(set(at)), at))
    return i, k, q, r
