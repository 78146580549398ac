"""Which letter stands for what: capitals for matrices, small letters for vectors, Greek ones for scalars.

The letters of `OF_FUNCTION`, `OF_VARIABLE` and `BOUND` in `gen.derivation.letters` are indices; dimensions
and names avoid those that readers see most: i, k, q, r, j, l.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal


@dataclass(frozen=True, slots=True)
class Role:
    """What a name stands for, whether it is a matrix, a vector or a scalar, and its letters, best first."""

    name: str
    kind: Literal["matrix", "vector", "scalar", "dimension"]
    letters: tuple[str, ...]
    words: str


ROLES: tuple[Role, ...] = (
    Role("data", "matrix", ("X", "Y", "Z"), "data, one column an example"),
    Role("rows", "matrix", ("X", "Z", "Y"), "data, one row an example"),
    Role("weights", "matrix", ("W", "V", "U"), "weights of a layer"),
    Role("constant", "matrix", ("A", "B", "C", "D", "M", "N"), "a constant matrix"),
    Role("matrix", "matrix", ("X", "Y", "Z", "W", "V"), "a matrix variable"),
    Role("covariance", "matrix", ("S", "R", "Sigma"), "a covariance or precision matrix"),
    Role("precision", "matrix", ("P", "R", "Q"), "a precision matrix, the inverse of a covariance"),
    Role("queries", "matrix", ("Q",), "queries, one row a position"),
    Role("keys", "matrix", ("K",), "keys, one row a position"),
    Role("values", "matrix", ("V",), "values, one row a position"),
    Role("targets", "matrix", ("T", "Y", "Z"), "targets, one column an example"),
    Role("vector", "vector", ("x", "z", "v", "u"), "a vector variable"),
    Role("coefficients", "vector", ("w", "v", "u"), "coefficients"),
    Role("fixed", "vector", ("a", "b", "c", "d"), "a constant vector"),
    Role("direction", "vector", ("u", "v", "w"), "a constant vector beside others"),
    Role("observed", "vector", ("y", "t", "z"), "observations"),
    Role("bias", "vector", ("b", "c", "d"), "biases"),
    Role("mean", "vector", ("m", "u", "c"), "a mean"),
    Role("scalar", "scalar", ("alpha", "beta", "gamma", "tau"), "a scalar"),
    Role("penalty", "scalar", ("lambda", "mu", "rho"), "the weight of a penalty"),
    Role("dimension", "dimension", ("n", "m", "p", "d", "h"), "a dimension"),
)

ROLE_NAMED: Mapping[str, Role] = MappingProxyType({role.name: role for role in ROLES})
