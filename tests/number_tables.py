"""Functions and constants of the matrix language by numbers, written from the formats alone."""

from __future__ import annotations

from collections.abc import Callable
from math import erf as real_erf
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.complex128]

OPERATIONS: dict[str, Callable[[Array, Array], Array]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    ".*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "./": lambda a, b: a / b,
    "^": lambda a, b: a**b,
    ".^": lambda a, b: a**b,
}


def _sign(a: Array) -> Array:
    return np.asarray(np.where(a.real > 0, 1, -1), dtype=complex)


def _erf(a: Array) -> Array:
    """The real error function and its slope, which is all that the complex step needs."""
    real = np.array([real_erf(number) for number in a.real.flat]).reshape(a.shape)
    slope = 2 / np.sqrt(np.pi) * np.exp(-(a.real**2))
    return np.asarray(real + 1j * a.imag * slope, dtype=complex)


ELEMENTWISE: dict[str, Callable[[Array], Array]] = {
    **{n: getattr(np, n) for n in "exp log sin cos tan arcsin arccos arctan sinh cosh tanh sqrt".split()},
    "abs": lambda a: a * _sign(a),
    "sign": _sign,
    "step": lambda a: (_sign(a) + 1) / 2,
    "relu": lambda a: a * (_sign(a) + 1) / 2,
    "sigmoid": lambda a: np.asarray(1 / (1 + np.exp(-a))),
    "softplus": lambda a: np.log(1 + np.exp(a)),
    "erf": _erf,
    "gelu": lambda a: np.asarray(a * (1 + _erf(a / np.sqrt(2))) / 2),
}


def _vec(a: Array) -> Array:
    return a.reshape(-1, 1, order="F")


def _below(n: int) -> list[tuple[int, int]]:
    """The places on and below the diagonal, column by column."""
    return [(i, k) for k in range(n) for i in range(k, n)]


def _duplication(n: int) -> NDArray[Any]:
    out = np.zeros((n * n, n * (n + 1) // 2))
    for place, (i, k) in enumerate(_below(n)):
        out[i + k * n, place] = out[k + i * n, place] = 1
    return out


def _elimination(n: int) -> NDArray[Any]:
    return np.eye(n * n)[[i + k * n for i, k in _below(n)]]


def _commutation(m: int, n: int) -> NDArray[Any]:
    return np.eye(m * n)[[i + k * m for i in range(m) for k in range(n)]]


def _inv(a: Array) -> Array:
    """The inverse; of what rounding alone keeps from being singular there is none."""
    if np.all(np.isfinite(a)) and np.linalg.cond(a) > 1e12:
        raise np.linalg.LinAlgError
    return np.asarray(np.linalg.inv(a))


def _expm(a: Array) -> Array:
    term = total = np.eye(len(a), dtype=complex)
    for k in range(1, 60):
        term = term @ a / k
        total = total + term
    return total


def _softmax(a: Array, axis: int) -> Array:
    powers: Array = np.exp(a)
    total: Array = powers.sum(axis=axis, keepdims=True)
    return powers / total


CONSTANTS: dict[str, Callable[..., NDArray[Any]]] = {
    "eye": np.eye,
    "ones": lambda m, n=1: np.ones((m, n)),
    "zeros": lambda m, n=1: np.zeros((m, n)),
    "comm": _commutation,
    "dup": _duplication,
    "elim": _elimination,
    "seldiag": lambda n: np.eye(n * n)[:: n + 1],
}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "tr": np.trace,
    "det": np.linalg.det,
    "logdet": lambda a: np.log(np.linalg.det(a)),
    "inv": _inv,
    "adj": lambda a: np.linalg.det(a) * _inv(a),
    "expm": _expm,
    "norm1": lambda a: (a * _sign(a)).sum(),
    "norm2": lambda a: np.sqrt((a * a).sum()),
    "normF": lambda a: np.sqrt((a * a).sum()),
    "sum": np.sum,
    "rowsum": lambda a: a.sum(axis=1, keepdims=True),
    "colsum": lambda a: a.sum(axis=0, keepdims=True).T,
    "diag": lambda a: np.diagflat(a) if a.shape[1] == 1 else np.diag(a).reshape(-1, 1),
    "vec": _vec,
    "vech": lambda a: _elimination(len(a)) @ _vec(a),
    "tril": np.tril,
    "kron": np.kron,
    "softmax": lambda a: _softmax(a, 0),
    "softmaxrows": lambda a: _softmax(a, 1),
    "logsumexp": lambda a: np.log(np.exp(a).sum()),
}
