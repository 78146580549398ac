"""Constant matrices by numbers."""

from __future__ import annotations

import numpy as np

from gen.language.function import Array


def constant_value(name: str, dims: tuple[int, ...]) -> Array:
    """A constant matrix by numbers."""
    if name == "eye":
        return np.eye(dims[0], dtype=complex)
    if name == "pi":
        return np.full((1, 1), complex(np.pi))
    if name in ("ones", "zeros"):
        shape = (dims[0], dims[1] if len(dims) > 1 else 1)
        return np.full(shape, 1 + 0j if name == "ones" else 0j)
    if name == "comm":
        m, n = dims
        # comm(m,n)·vec(A) = vec(Aᵀ): row i·n+j (Aᵀ stacked) reads place j·m+i (A stacked).
        out = np.zeros((m * n, m * n), dtype=complex)
        for i in range(m):
            for j in range(n):
                out[i * n + j, j * m + i] = 1
        return out
    if name == "seldiag":
        (n,) = dims
        out = np.zeros((n, n * n), dtype=complex)
        for i in range(n):
            out[i, i * n + i] = 1
        return out
    if name in ("dup", "elim"):
        (n,) = dims
        below = [(i, j) for j in range(n) for i in range(j, n)]
        out = np.zeros((n * n, len(below)), dtype=complex)
        for k, (i, j) in enumerate(below):
            out[j * n + i, k] = 1
            if name == "dup":
                out[i * n + j, k] = 1
        return out if name == "dup" else out.T
    raise ValueError(name)
