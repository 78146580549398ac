"""Lines as NumPy code: matrix expressions with `@`, index forms with `np.einsum`.

A vector is an array of shape (n, 1), a row (1, n), a scalar a plain float. An index
form is an array with one axis for each free index, in their order. The code uses
`np`, and `math` where the error function occurs; sizes such as the m of `np.eye(m)`
are names that the code around it must give.
"""

from __future__ import annotations

import string

from gen.errors import InputError, input_error
from gen.language.dimension import Dim
from gen.language.index import Delta, Entry, Factor, Index, Letter, Order, Pair, Term
from gen.language.node import Node
from gen.language.notation import Line
from gen.language.numpy_functions import ATOM, MUL
from gen.language.numpy_node import Written, added, at, dim_code, node_code, scaled

_LETTERS = string.ascii_lowercase + string.ascii_uppercase


def numpy_code(line: Line, free: tuple[Letter, ...] = ()) -> str:
    """A line as one Python expression; `free` are the indices of an index form, in the order of the axes.

    Raises InputError `unsupported` for what has no such form: differentials,
    partial derivatives not carried out, functions that NumPy lacks.
    """
    if isinstance(line, Node):
        return node_code(line)[0]
    if not line:
        return f"np.zeros({_shape(free)})" if free else "0.0"
    return added([_term(term, free) for term in line])[0]


def _shape(free: tuple[Letter, ...]) -> str:
    dims = [dim_code(x.dim) for x in free]
    return f"({dims[0]},)" if len(dims) == 1 else f"({', '.join(dims)})"


def _term(term: Term, free: tuple[Letter, ...]) -> Written:
    scalars: list[Written] = []
    operands: list[tuple[Written, tuple[Letter, ...]]] = []
    for factor in term.factors:
        operand, axes = _factor(factor)
        if axes:
            operands.append((operand, axes))
        else:
            scalars.append(operand)
    seen = {x for _, axes in operands for x in axes}
    strange = seen.difference(free, term.bound)
    if strange:
        raise _unsupported(f"the index {min(x.name for x in strange)} is neither summed nor an axis")
    # A sum over an index that no factor has counts how often it runs.
    scalars += [(dim_code(x.dim), MUL if x.dim.names[1:] else ATOM) for x in term.bound if x not in seen]
    if not free and not operands:
        return scaled(term.coef, scalars)
    if not operands:
        return scaled(term.coef, scalars, f"np.ones({_shape(free)})")
    operands += [((f"np.ones({dim_code(x.dim)})", ATOM), (x,)) for x in free if x not in seen]
    if len(operands) == 1 and operands[0][1] in (free, free[::-1]):
        turned = operands[0][1] != free
        array = (at(operands[0][0], ATOM) + ".T", ATOM) if turned else operands[0][0]
        return scaled(term.coef, [*scalars, array])
    return scaled(term.coef, scalars, _einsum(operands, free))


def _einsum(operands: list[tuple[Written, tuple[Letter, ...]]], free: tuple[Letter, ...]) -> str:
    """The sum over every index that is not free, spelled with one letter for each index."""
    signs: dict[Letter, str] = {}
    for x in (*free, *(x for _, axes in operands for x in axes)):
        if x not in signs:
            wanted = x.name if x.name in _LETTERS and len(x.name) == 1 else ""
            unused = [c for c in wanted + _LETTERS if c not in signs.values()]
            if not unused:
                raise _unsupported("np.einsum has letters for 52 indices, and there are more")
            signs[x] = unused[0]
    places = ",".join("".join(signs[x] for x in axes) for _, axes in operands)
    arrays = ", ".join(text for (text, _), _ in operands)
    return f'np.einsum("{places}->{"".join(signs[x] for x in free)}", {arrays})'


def _factor(factor: Factor) -> tuple[Written, tuple[Letter, ...]]:
    """A factor as an array with named axes; a scalar has none."""
    if isinstance(factor, Delta):
        return _cut((f"np.eye({dim_code(factor.first.dim)})", ATOM), (factor.first, factor.second))
    if isinstance(factor, Order):
        return _cut((f"np.tri({dim_code(factor.first.dim)})", ATOM), (factor.first, factor.second))
    if not isinstance(factor, Entry):
        raise _unsupported("a partial derivative that is not carried out has no NumPy code")
    node, code = factor.node, node_code(factor.node)
    if node.is_scalar:
        return code, ()
    if (factor.row is None) != (node.rows.is_one) or (factor.col is None) != (node.cols.is_one):
        raise _unsupported("an entry without its index has no NumPy code")
    indices = tuple(x for x in (factor.row, factor.col) if x is not None)
    if len(indices) == 1 and not isinstance(indices[0], Pair):
        code = f"{at(code, ATOM)}{'[:, 0]' if factor.col is None else '[0]'}", ATOM
    return _cut(code, indices)


def _cut(code: Written, indices: tuple[Index, ...]) -> tuple[Written, tuple[Letter, ...]]:
    """Axes named; the axis of a compound index is cut into one for each letter."""
    letters = tuple(x for index in indices for x in _slow_first(index))
    if any(isinstance(index, Pair) for index in indices):
        sizes: list[Dim] = [x.dim for x in letters]
        return (f"{at(code, ATOM)}.reshape({', '.join(map(dim_code, sizes))})", ATOM), letters
    return code, letters


def _slow_first(index: Index) -> tuple[Letter, ...]:
    """In NumPy's order the axis that runs fastest comes last."""
    if isinstance(index, Letter):
        return (index,)
    return _slow_first(index.second) + _slow_first(index.first)


def _unsupported(message: str) -> InputError:
    return input_error("unsupported", message)
