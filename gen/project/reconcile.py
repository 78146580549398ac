"""The picture that shows how the tensor of one method is the matrix of another."""

from __future__ import annotations

from gen.derivation.components import Table, small_sizes, table
from gen.derivation.frame import inner_dims
from gen.derivation.result import Derivation
from gen.document.blocks import FlatteningBlock
from gen.document.breaking import width
from gen.document.flattening import flattening
from gen.document.tex import Tex
from gen.language.dimension import ONE
from gen.language.latex import dim_tex, latex, symbol_tex
from gen.language.node import Node
from gen.project.lines import frame_of

# In ems: a wider entry would run out of its cell.
WIDEST = 4.0
# A picture of more cells is no longer read.
MOST_CELLS = 48


def picture_of(index: Derivation, stacked: Derivation) -> FlatteningBlock | None:
    """The matrix of matrices beside its flattening; None where it would not be legible.

    `index` and `stacked` are the derivations of one problem by the index and the vec
    method. Value and variable must both be matrices.
    """
    p = index.problem
    if any(ONE in (node.rows, node.cols) for node in (p.expr, p.wrt)) or p.wrt.structure is not None:
        return None
    answer, jacobian = index.results.index, stacked.results.vec
    names = tuple(dict.fromkeys((*_names(index), *inner_dims(p.expr))))
    sizes = small_sizes(p.expr, p.wrt, names)
    if sizes is None or answer is None or jacobian is None or not isinstance(answer.line, tuple):
        return None
    f = frame_of(index)
    found = table(p.expr, f, answer.line, sizes, f.alphabet)
    cells = {
        (*cell.of_function, *cell.of_variable): Tex(cell.tex) for cell in found.cells if not cell.is_zero
    }
    if not cells or len(found.cells) > MOST_CELLS or any(width(tex) > WIDEST for tex in cells.values()):
        return None
    shown = ", ".join(f"${symbol_tex(name)} = {size}$" for name, size in sizes.items())
    value, variable = latex(index.value), latex(p.wrt)
    return flattening(
        (*found.f_shape, *found.x_shape),
        lambda i, k, q, r: cells.get((i, k, q, r)),
        _traced(found, cells),
        value=value,
        variable=variable,
        flat_name=Tex(latex(jacobian.line)),
        size_names=(_rows_tex(index.value), _rows_tex(p.wrt)),
        intro=Tex(
            rf"With {shown}: on the left the matrix whose elements are the matrices "
            rf"$\partial {value}_{{ik}}/\partial {variable}$, on the right the same {len(found.cells)} entries as "
            rf"the Jacobian of the stacked columns."
        ),
    )


def _names(derivation: Derivation) -> tuple[str, ...]:
    symbols = derivation.problem.symbols
    return tuple(name for s in symbols for dim in (s.rows, s.cols) for name in dim.names)


def _rows_tex(node: Node) -> str:
    return dim_tex(node.rows)


def _traced(found: Table, cells: dict[tuple[int, ...], Tex]) -> tuple[int, int, int, int]:
    """The entry to follow: one whose places in the two pictures differ as much as they can."""
    i, k, q, r = max(cells, key=lambda at: (at[1] != at[0], at[3] != at[2], at[1] + at[3], at[0]))
    return i, k, q, r
