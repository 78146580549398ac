"""How the derivations of one question fit together: the picture, and the sentence about Xᵀ."""

from __future__ import annotations

from gen.derivation.components import table
from gen.derivation.components_method import sizes_of_components
from gen.derivation.frame import frame
from gen.derivation.result import Derivation
from gen.document.blocks import FlatteningBlock, TextBlock
from gen.document.breaking import width
from gen.document.flattening import flattening
from gen.document.tex import Tex
from gen.document.wording import line_tex, pen_for
from gen.language.dimension import ONE
from gen.language.latex import dim_tex, latex, shape_tex, symbol_tex
from gen.language.node import Node

CELL_ROOM = 3.2  # ems that an entry of the picture may take
MOST_CELLS = 6  # rows or columns of a flattening that is still read at a glance


def picture_of(derivations: tuple[Derivation, ...]) -> FlatteningBlock | None:
    """The matrix of matrices beside its flattening, for a matrix by a matrix.

    None where one of the two has no picture: no index form, too many entries, or
    entries too long for a cell.
    """
    solved = _tensor(derivations)
    if solved is None or solved.results.index is None or solved.results.vec is None:
        return None
    p = solved.problem
    sizes = sizes_of_components(p.expr, p.wrt, p.symbols)
    answer = solved.results.index.line
    if sizes is None or not isinstance(answer, tuple):
        return None
    names = frame(p.expr, p.wrt, p.symbols, solved.value.name)
    made = table(p.expr, names, answer, sizes, names.alphabet)
    cells = {(*cell.of_function, *cell.of_variable): cell for cell in made.cells}
    full = [at for at, cell in cells.items() if not cell.is_zero]
    rows, columns = made.f_shape[0] * made.f_shape[1], made.x_shape[0] * made.x_shape[1]
    if (
        not full
        or max(width(cell.tex) for cell in cells.values()) > CELL_ROOM
        or max(rows, columns) > MOST_CELLS
    ):
        return None
    said = ", ".join(f"${symbol_tex(name)}={size}$" for name, size in sizes.items())
    return flattening(
        (*made.f_shape, *made.x_shape),
        lambda i, k, q, r: None if cells[i, k, q, r].is_zero else Tex(cells[i, k, q, r].tex),
        _traced(full),
        value=symbol_tex(solved.value.name),
        variable=symbol_tex(p.wrt.name),
        flat_name=Tex(latex(solved.results.vec.line)),
        size_names=(dim_tex(solved.value.rows), dim_tex(p.wrt.rows)),
        intro=Tex(
            rf"With {said} the tensor, the matrix of matrices and the flattened matrix hold the same "
            rf"{len(cells)} entries in different places."
        ),
    )


def fitting(derivations: tuple[Derivation, ...], einstein: bool = True) -> TextBlock | None:
    """Which object each derivation ended in, and that they are one; None for fewer than two."""
    solved = _tensor(derivations)
    if solved is None or solved.results.index is None:
        return None
    methods = {d.method: d for d in derivations}
    of, by = symbol_tex(solved.value.name), symbol_tex(solved.problem.wrt.name)
    tensor = line_tex(solved.results.index.line, pen_for(einstein))
    lines = [
        Tex(
            rf"The tensor ${tensor}$ (${shape_tex(solved.results.index.shape)}$) is the derivative of ${of}$ "
            rf"by ${by}$, entry by entry."
        )
    ]
    vec = methods.get("vec", solved).results.vec
    if vec is not None and "vec" in methods:
        lines.append(
            Tex(
                rf"The matrix ${latex(vec.line)}$ (${shape_tex(vec.shape)}$) holds the same entries, "
                rf"the columns of ${of}$ and of ${by}$ stacked."
            )
        )
    back = methods.get("backprop")
    if back is not None and back.upstream is not None and back.results.matrix is not None:
        up = symbol_tex(back.upstream.name)
        lines.append(
            Tex(
                rf"Summed against ${up}$ the tensor gives ${latex(back.results.matrix.line)}$. What stands "
                rf"beside ${up}$ there is not the derivative of ${of}$: "
                rf"it is what that derivative does to ${up}$."
            )
        )
    return TextBlock("How they fit", tuple(lines), "How they fit") if len(lines) > 1 else None


def _tensor(derivations: tuple[Derivation, ...]) -> Derivation | None:
    """The index derivation of a matrix by a matrix, if it is among them."""
    for derivation in derivations:
        problem = derivation.problem
        if derivation.method == "index" and _is_matrix(derivation.value) and _is_matrix(problem.wrt):
            return derivation if problem.wrt.structure is None else None
    return None


def _is_matrix(node: Node) -> bool:
    return ONE not in (node.rows, node.cols)


def _traced(full: list[tuple[int, ...]]) -> tuple[int, int, int, int]:
    """An entry worth following: not zero, and with as many different indices as there are."""
    i, k, q, r = max(full, key=lambda at: (len(set(at)), at))
    return i, k, q, r
