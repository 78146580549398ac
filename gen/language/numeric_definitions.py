"""Definitions by numbers: arrays of shape (..., rows, cols), analytic, and where they are differentiable."""

from __future__ import annotations

import numpy as np

from gen.language.function import Array


def trace(a: Array) -> Array:
    return np.asarray(np.trace(a, axis1=-2, axis2=-1)[..., None, None])


def total(a: Array) -> Array:
    return np.asarray(a.sum(axis=(-2, -1), keepdims=True))


def norm(a: Array) -> Array:
    return np.asarray(np.sqrt((a * a).sum(axis=(-2, -1), keepdims=True)))


def norm1(a: Array) -> Array:
    return np.asarray(np.where(a.real > 0, a, -a).sum(axis=(-2, -1), keepdims=True))


def stacked(a: Array) -> Array:
    return np.asarray(np.swapaxes(a, -1, -2).reshape(*a.shape[:-2], -1, 1))


def diagonal_value(a: Array) -> Array:
    if a.shape[-1] == 1:
        return a * np.eye(a.shape[-2])
    return np.asarray(np.diagonal(a, axis1=-2, axis2=-1)[..., None])


def kron(a: Array, b: Array) -> Array:
    out = np.einsum("...ij,...kl->...ikjl", a, b)
    rows, cols = a.shape[-2] * b.shape[-2], a.shape[-1] * b.shape[-1]
    return np.asarray(out.reshape(*out.shape[:-4], rows, cols))


def det(a: Array) -> Array:
    return np.asarray(np.linalg.det(a)[..., None, None])


def logdet(a: Array) -> Array:
    return np.asarray(np.log(det(a)))


def softmax(a: Array) -> Array:
    e = np.exp(a)
    return np.asarray(e / e.sum(axis=-2, keepdims=True))


def logsumexp(a: Array) -> Array:
    return np.asarray(np.log(np.exp(a).sum(axis=-2, keepdims=True)))


def well_conditioned(a: Array) -> bool:
    return bool((np.abs(np.linalg.det(a)) > 0.2).all())


def positive_determinant(a: Array) -> bool:
    return bool((np.linalg.det(a).real > 0.2).all())


def nonzero(a: Array) -> bool:
    return bool((np.abs(norm(a)) > 1e-2).all())


def no_zero_entry(a: Array) -> bool:
    return bool((np.abs(a.real) > 1e-2).all())


def row_softmax(a: Array) -> Array:
    e = np.exp(a)
    return np.asarray(e / e.sum(axis=-1, keepdims=True))


def adjugate(a: Array) -> Array:
    return np.asarray(det(a) * np.linalg.inv(a))


def matrix_exponential(a: Array) -> Array:
    """Scaling and squaring of the Taylor series, which is analytic."""
    scaled = a / 256
    eye = np.eye(a.shape[-1])
    out = eye + scaled
    power = scaled
    for k in range(2, 16):
        power = power @ scaled / k
        out = out + power
    for _ in range(8):
        out = out @ out
    return np.asarray(out)
