"""Functions of whole matrices and vectors: each one record."""

from __future__ import annotations

import numpy as np

from gen.language.function import Array, Fresh, Function
from gen.language.index import Delta, Entry, Index, Pair, Terms, one
from gen.language.node import (
    Node,
    call,
    hadamard,
    multiply,
    negative,
    number,
    power,
    quotient,
    transposed,
)
from gen.language.dimension import ONE


def _scalar_call(name: str, *args: Node) -> Node:
    return call(name, ONE, ONE, *args)


# --- definitions by indices -------------------------------------------------


def _trace_entry(args: tuple[Node, ...], row: Index | None, col: Index | None, fresh: Fresh) -> Terms:
    i = fresh(args[0].rows)
    return one(Entry(args[0], i, i), bound=(i,))


def _sum_entry(args: tuple[Node, ...], row: Index | None, col: Index | None, fresh: Fresh) -> Terms:
    i = None if args[0].rows == ONE else fresh(args[0].rows)
    k = None if args[0].cols == ONE else fresh(args[0].cols)
    return one(Entry(args[0], i, k), bound=[x for x in (i, k) if x is not None])


def _rowsum_entry(args: tuple[Node, ...], row: Index | None, col: Index | None, fresh: Fresh) -> Terms:
    k = fresh(args[0].cols)
    return one(Entry(args[0], row, k), bound=(k,))


def _colsum_entry(args: tuple[Node, ...], row: Index | None, col: Index | None, fresh: Fresh) -> Terms:
    i = fresh(args[0].rows)
    return one(Entry(args[0], i, col), bound=(i,))


def _diag_entry(args: tuple[Node, ...], row: Index | None, col: Index | None, fresh: Fresh) -> Terms:
    if args[0].cols != ONE:
        return one(Entry(args[0], row, row))
    if row is None or col is None:
        return one(Entry(args[0]))
    return one(Delta(row, col), Entry(args[0], row))


def _vec_entry(args: tuple[Node, ...], row: Index | None, col: Index | None, fresh: Fresh) -> Terms:
    inner = args[0]
    if inner.rows == ONE or inner.cols == ONE:
        return one(Entry(inner, None, row) if inner.rows == ONE else Entry(inner, row))
    if isinstance(row, Pair) and row.first.dim == inner.rows:
        return one(Entry(inner, row.first, row.second))
    assert row is not None
    j, k = fresh(inner.rows), fresh(inner.cols)
    return one(Delta(row, Pair(j, k)), Entry(inner, j, k), bound=(j, k))


def _kron_entry(args: tuple[Node, ...], row: Index | None, col: Index | None, fresh: Fresh) -> Terms:
    # Row (r, s) of A ⊗ B is row r of A, row s of B, and the row of B runs fastest.
    left, right = args
    rows, r_terms, r_bound = _split(row, right.rows, left.rows, fresh)
    cols, c_terms, c_bound = _split(col, right.cols, left.cols, fresh)
    entries = (Entry(left, rows[1], cols[1]), Entry(right, rows[0], cols[0]))
    return one(*r_terms, *c_terms, *entries, bound=(*r_bound, *c_bound))


def _split(
    index: Index | None, fast: object, slow: object, fresh: Fresh
) -> tuple[tuple[Index | None, Index | None], tuple[Delta, ...], tuple[Index, ...]]:
    """An axis of A ⊗ B as (index of B, index of A), with a delta where it must be cut in two."""
    if index is None:
        return (None, None), (), ()
    if slow == ONE:
        return (index, None), (), ()
    if fast == ONE:
        return (None, index), (), ()
    if isinstance(index, Pair) and index.first.dim == fast:
        return (index.first, index.second), (), ()
    a, b = fresh(fast), fresh(slow)
    return (a, b), (Delta(index, Pair(a, b)),), (a, b)


# --- differentials -----------------------------------------------------------


def _inverse_law(args: tuple[Node, ...], steps: tuple[Node, ...]) -> Node:
    inverse = call("inv", args[0].rows, args[0].cols, args[0])
    return negative(multiply(inverse, steps[0], inverse))


def _norm2_law(args: tuple[Node, ...], steps: tuple[Node, ...]) -> Node:
    return quotient(multiply(transposed(args[0]), steps[0]), _scalar_call("norm2", args[0]))


def _frobenius_law(args: tuple[Node, ...], steps: tuple[Node, ...]) -> Node:
    inner = _scalar_call("tr", multiply(transposed(args[0]), steps[0]))
    return quotient(inner, _scalar_call("normF", args[0]))


def _det_law(args: tuple[Node, ...], steps: tuple[Node, ...]) -> Node:
    inverse = call("inv", args[0].rows, args[0].cols, args[0])
    return multiply(_scalar_call("det", args[0]), _scalar_call("tr", multiply(inverse, steps[0])))


def _logdet_law(args: tuple[Node, ...], steps: tuple[Node, ...]) -> Node:
    inverse = call("inv", args[0].rows, args[0].cols, args[0])
    return _scalar_call("tr", multiply(inverse, steps[0]))


def _norm1_law(args: tuple[Node, ...], steps: tuple[Node, ...]) -> Node:
    signs = call("sign", args[0].rows, args[0].cols, args[0])
    return _scalar_call("sum", hadamard(signs, steps[0]))


def _softmax_law(args: tuple[Node, ...], steps: tuple[Node, ...]) -> Node:
    s = call("softmax", args[0].rows, args[0].cols, args[0])
    spread = hadamard(s, steps[0])
    return Node(
        "sum", s.rows, s.cols, args=(spread, negative(multiply(s, multiply(transposed(s), steps[0]))))
    )


def _logsumexp_law(args: tuple[Node, ...], steps: tuple[Node, ...]) -> Node:
    s = call("softmax", args[0].rows, args[0].cols, args[0])
    return multiply(transposed(s), steps[0])


# --- definitions by numbers ---------------------------------------------------


def _trace(a: Array) -> Array:
    return np.trace(a, axis1=-2, axis2=-1)[..., None, None]


def _sum(a: Array) -> Array:
    return a.sum(axis=(-2, -1), keepdims=True)


def _norm(a: Array) -> Array:
    return np.sqrt((a * a).sum(axis=(-2, -1), keepdims=True))


def _norm1(a: Array) -> Array:
    return np.where(a.real > 0, a, -a).sum(axis=(-2, -1), keepdims=True)


def _vec(a: Array) -> Array:
    return np.swapaxes(a, -1, -2).reshape(*a.shape[:-2], -1, 1)


def _diag(a: Array) -> Array:
    if a.shape[-1] == 1:
        return a * np.eye(a.shape[-2])
    return np.diagonal(a, axis1=-2, axis2=-1)[..., None]


def _kron(a: Array, b: Array) -> Array:
    out = np.einsum("...ij,...kl->...ikjl", a, b)
    rows, cols = a.shape[-2] * b.shape[-2], a.shape[-1] * b.shape[-1]
    return out.reshape(*out.shape[:-4], rows, cols)


def _det(a: Array) -> Array:
    return np.linalg.det(a)[..., None, None]


def _logdet(a: Array) -> Array:
    return np.log(_det(a))


def _softmax(a: Array) -> Array:
    e = np.exp(a)
    return e / e.sum(axis=-2, keepdims=True)


def _logsumexp(a: Array) -> Array:
    return np.log(np.exp(a).sum(axis=-2, keepdims=True))


def _well_conditioned(a: Array) -> bool:
    return bool(np.all(np.abs(np.linalg.det(a)) > 1e-2))


def _positive_determinant(a: Array) -> bool:
    return bool(np.all(np.linalg.det(a).real > 1e-2))


def _nonzero(a: Array) -> bool:
    return bool(np.all(np.abs(_norm(a)) > 1e-2))


def _no_zero_entry(a: Array) -> bool:
    return bool(np.all(np.abs(a.real) > 1e-2))


MATRIX_FUNCTIONS: tuple[Function, ...] = (
    Function(
        "tr",
        "the trace",
        ("n x n -> scalar",),
        r"\operatorname{{tr}}({0})",
        "the trace sums the diagonal entries",
        "Petersen & Pedersen, Matrix Cookbook (2012), eq. 99-101",
        _trace,
        entry=_trace_entry,
        example="tr(A*X*B)",
    ),
    Function(
        "sum",
        "the sum of all entries",
        ("m x n -> scalar",),
        r"\operatorname{{sum}}({0})",
        "the sum runs over every entry",
        "definition",
        _sum,
        entry=_sum_entry,
        example="sum(A*x)",
    ),
    Function(
        "inv",
        "the inverse",
        ("n x n -> n x n",),
        r"{0}^{{-1}}",
        "differentiating U⁻¹U = I gives dU⁻¹ = −U⁻¹ dU U⁻¹",
        "Matrix Cookbook (2012), eq. 59; Magnus & Neudecker (2019), 8.4",
        np.linalg.inv,
        law=_inverse_law,
        domain=_well_conditioned,
        example="tr(inv(X))",
    ),
    Function(
        "det",
        "the determinant",
        ("n x n -> scalar",),
        r"\det({0})",
        "Jacobi's formula: d det U = det U · tr(U⁻¹ dU)",
        "Matrix Cookbook (2012), eq. 46; Magnus & Neudecker (2019), 8.3",
        _det,
        law=_det_law,
        domain=_well_conditioned,
        example="det(X)",
    ),
    Function(
        "logdet",
        "the logarithm of the determinant",
        ("n x n -> scalar",),
        r"\log\det({0})",
        "d log det U = tr(U⁻¹ dU)",
        "Matrix Cookbook (2012), eq. 43; Magnus & Neudecker (2019), 8.3",
        _logdet,
        law=_logdet_law,
        domain=_positive_determinant,
        example="logdet(X)",
    ),
    Function(
        "norm1",
        "the sum of absolute values",
        ("m x n -> scalar",),
        r"\lVert {0}\rVert_1",
        "each |u| has slope sign(u) (undefined at 0)",
        "definition",
        _norm1,
        law=_norm1_law,
        domain=_no_zero_entry,
        example="norm1(A*x)",
    ),
    Function(
        "norm2",
        "the Euclidean norm",
        ("n -> scalar",),
        r"\lVert {0}\rVert_2",
        "differentiating ‖u‖² = uᵀu gives d‖u‖ = uᵀdu / ‖u‖",
        "Matrix Cookbook (2012), eq. 129",
        _norm,
        law=_norm2_law,
        domain=_nonzero,
        example="norm2(A*x - b)",
    ),
    Function(
        "normF",
        "the Frobenius norm",
        ("m x n -> scalar",),
        r"\lVert {0}\rVert_{{\mathrm F}}",
        "differentiating ‖U‖² = tr(UᵀU) gives d‖U‖ = tr(UᵀdU) / ‖U‖",
        "Matrix Cookbook (2012), section 2.5",
        _norm,
        law=_frobenius_law,
        domain=_nonzero,
        example="normF(X)",
    ),
    Function(
        "vec",
        "the stacked columns",
        ("m x n -> m*n",),
        r"\operatorname{{vec}}({0})",
        "vec stacks the columns: entry j,k becomes entry j + (k−1)m",
        "Magnus & Neudecker (2019), 2.4",
        _vec,
        entry=_vec_entry,
        example="sum(vec(X))",
    ),
    Function(
        "kron",
        "the Kronecker product",
        ("m x n, p x q -> m*p x n*q",),
        r"{0} \otimes {1}",
        "block r,s of A ⊗ B is A_rs B",
        "Magnus & Neudecker (2019), 2.2",
        _kron,
        entry=_kron_entry,
        example="kron(A, B)",
    ),
    Function(
        "diag",
        "the diagonal",
        ("n -> n x n", "n x n -> n"),
        r"\operatorname{{diag}}({0})",
        "diag puts a vector on the diagonal, or reads the diagonal of a matrix",
        "definition",
        _diag,
        entry=_diag_entry,
        example="diag(x)*A",
    ),
    Function(
        "rowsum",
        "the row sums",
        ("m x n -> m",),
        r"\operatorname{{rowsum}}({0})",
        "entry i is the sum of row i",
        "definition",
        lambda a: a.sum(axis=-1, keepdims=True),
        entry=_rowsum_entry,
        example="rowsum(X)",
    ),
    Function(
        "colsum",
        "the column sums",
        ("m x n -> 1 x n",),
        r"\operatorname{{colsum}}({0})",
        "entry k is the sum of column k",
        "definition",
        lambda a: a.sum(axis=-2, keepdims=True),
        entry=_colsum_entry,
        example="colsum(X)",
    ),
    Function(
        "softmax",
        "the softmax",
        ("n -> n",),
        r"\operatorname{{softmax}}({0})",
        "with s = softmax(u): ds = s ∘ du − s (sᵀdu)",
        "differentiating exp(u_i)/Σ exp(u_j)",
        _softmax,
        law=_softmax_law,
        example="softmax(x)",
    ),
    Function(
        "logsumexp",
        "the log of the sum of exponentials",
        ("n -> scalar",),
        r"\operatorname{{logsumexp}}({0})",
        "its slope is the softmax",
        "differentiating log Σ exp(u_j)",
        _logsumexp,
        law=_logsumexp_law,
        example="logsumexp(x)",
    ),
)
