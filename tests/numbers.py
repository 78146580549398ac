"""The value of a text, written from the formats alone.

Nothing of the program is used here, so that what the program prints can be held
against an evaluation it has had no part in. Matrices are complex arrays of two
axes, scalars have none; an index text gives an array with one axis a free index.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tests.number_tables import CONSTANTS, ELEMENTWISE, FUNCTIONS, OPERATIONS, Array

Tree: TypeAlias = tuple[Any, ...]

TOKEN = re.compile(
    r"\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z]\w*)|(\.\*|\./|\.\^|>=|[-+*/^()',\[\]]))"
)
STEP = 1e-30
DIFFERENCE = 1e-4


def value(
    text: str,
    env: Mapping[str, Any],
    sizes: Mapping[str, int] | None = None,
    *,
    indices: Mapping[str, int | str] | None = None,
    free: Sequence[str] = (),
) -> Array:
    """The value of a matrix expression, or of an index text with the free indices as axes.

    `env`: arrays (a vector is n × 1) and numbers by name; `sizes`: dimensions by
    name; `indices`: the range of every index, a number or a product of dimensions.
    In texts with D(...) the increment of X is called dX in `env`.
    """
    known = dict(sizes or {})
    ranges = {i: _size(r, known) for i, r in (indices or {}).items()}
    point = {name: np.asarray(v, dtype=complex) for name, v in env.items()}
    out = _Reader(known, ranges).read(_Parser(text).whole(), point)
    if not free:
        return out.array.reshape(()) if isinstance(out, _Indexed) else out
    letters = sorted(ranges)
    whole = np.broadcast_to(
        out.array if isinstance(out, _Indexed) else out,
        tuple(ranges[i] if i in free else 1 for i in letters),
    )
    order = [letters.index(i) for i in free] + [k for k, i in enumerate(letters) if i not in free]
    return whole.transpose(order).reshape(tuple(ranges[i] for i in free))


def _size(text: int | str, sizes: Mapping[str, int]) -> int:
    out = 1
    for part in str(text).split("*"):
        out *= int(part) if part.strip().isdigit() else sizes[part.strip()]
    return out


class _Parser:
    """Recursive descent over the grammar of FORMATS."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        at, text = 0, text.rstrip()
        while at < len(text):
            found = TOKEN.match(text, at)
            if not found:
                raise ValueError(f"bad character at {at} of {text!r}")
            kind = ("number", "name", "sign")[[g is not None for g in found.groups()].index(True)]
            self.tokens.append((kind, found[0].strip()))
            at = found.end()
        self.tokens.append(("end", ""))
        self.at = 0

    def whole(self) -> Tree:
        tree = self.sum()
        if self.tokens[self.at][0] != "end":
            raise ValueError(f"unexpected {self.tokens[self.at]}")
        return tree

    def sign(self, *signs: str) -> str | None:
        """The next token if it is one of these signs; it is then taken."""
        kind, word = self.tokens[self.at]
        if kind == "sign" and word in signs:
            self.at += 1
            return word
        return None

    def need(self, sign: str) -> None:
        if not self.sign(sign):
            raise ValueError(f"{sign} expected, not {self.tokens[self.at]}")

    def sum(self) -> Tree:
        tree = self.product()
        while sign := self.sign("+", "-"):
            tree = (sign, tree, self.product())
        return tree

    def product(self) -> Tree:
        tree = self.unary()
        while sign := self.sign("*", "/", ".*", "./"):
            tree = (sign, tree, self.unary())
        return tree

    def unary(self) -> Tree:
        return ("negative", self.unary()) if self.sign("-") else self.postfix()

    def postfix(self) -> Tree:
        tree = self.primary()
        while sign := self.sign("'", "^", ".^", "["):
            if sign == "'":
                tree = ("'", tree)
            elif sign == "[":
                tree = ("entry", tree, self.index_list())
            else:
                minus = self.sign("-")
                exponent = self.primary()
                tree = (sign, tree, ("negative", exponent) if minus else exponent)
        return tree

    def index_list(self) -> tuple[Any, ...]:
        out = [self.index()]
        while self.sign(","):
            out.append(self.index())
        self.need("]")
        return tuple(out)

    def index(self) -> Any:
        if self.sign("("):
            first = self.index()
            self.need(",")
            second = self.index()
            self.need(")")
            return (first, second)
        self.at += 1
        return self.tokens[self.at - 1][1]

    def primary(self) -> Tree:
        kind, word = self.tokens[self.at]
        if self.sign("("):
            tree = self.sum()
            self.need(")")
            return tree
        if self.sign("["):
            first = self.index()
            self.need(">=")
            second = self.index()
            self.need("]")
            return ("order", first, second)
        self.at += 1
        if kind == "number":
            return ("number", float(word))
        if kind != "name":
            raise ValueError(f"unexpected {word!r}")
        if word == "sum" and self.sign("["):
            letters = self.index_list()
            return ("total", letters, self.primary())
        if not self.sign("("):
            return ("name", word)
        args = [self.sum()]
        while self.sign(","):
            args.append(self.sum())
        self.need(")")
        return ("call", word, tuple(args))


Factors: TypeAlias = tuple[Array, ...]


@dataclass(frozen=True)
class _Indexed:
    """A value that depends on indices: one axis an index, in alphabetical order of all of them.

    It is a sum of `terms`, each a product of factors, and is worked out only where its array is
    needed: before it is summed it may depend on so many indices that no memory holds it.
    """

    terms: tuple[Factors, ...]

    @classmethod
    def of(cls, array: Array) -> _Indexed:
        """A value that is known."""
        return cls(((array,),))

    @property
    def array(self) -> Array:
        """The value, with every axis it depends on."""
        return np.asarray(reduce(np.add, [reduce(np.multiply, factors) for factors in self.terms]))

    @property
    def factors(self) -> Factors:
        """The value as one product."""
        return self.terms[0] if len(self.terms) == 1 else (self.array,)


def _summed(factors: Factors, sizes: Mapping[int, int]) -> Factors:
    """A product summed over axes of these sizes, one by one; for each, what depends on it is multiplied."""
    left = dict(sizes)
    while left:
        axis = min(left, key=lambda axis: _extent(factors, axis))
        size = left.pop(axis)
        apart = [f for f in factors if _depends(f, axis)]
        total = reduce(np.multiply, apart).sum(axis=axis, keepdims=True) if apart else np.asarray(size + 0j)
        factors = (*[f for f in factors if not _depends(f, axis)], total)
    return factors


def _depends(factor: Array, axis: int) -> bool:
    return factor.ndim > 0 and factor.shape[axis] != 1


def _extent(factors: Factors, axis: int) -> int:
    """How many numbers the product of all that depends on an axis has."""
    return math.prod(np.broadcast_shapes(*[f.shape for f in factors if _depends(f, axis)]))


Value: TypeAlias = Any  # an array (matrix or scalar) or _Indexed


class _Reader:
    """Values of trees; `ranges` are the sizes of the indices."""

    def __init__(self, sizes: Mapping[str, int], ranges: Mapping[str, int]) -> None:
        self.sizes = sizes
        self.ranges = ranges
        self.letters = sorted(ranges)

    def read(self, tree: Tree, env: Mapping[str, Array]) -> Value:
        kind = tree[0]
        if kind == "number":
            return np.asarray(tree[1], dtype=complex)
        if kind == "name":
            return env[tree[1]] if tree[1] in env else np.asarray(self.sizes[tree[1]], dtype=complex)
        if kind == "negative":
            inner = self.read(tree[1], env)
            return _negative(inner) if isinstance(inner, _Indexed) else -inner
        if kind == "'":
            inner = self.read(tree[1], env)
            return inner if inner.ndim == 0 else inner.T
        if kind == "entry":
            return self.entry(tree, env)
        if kind == "order":
            return _Indexed.of(np.asarray(self.place(tree[1]) >= self.place(tree[2]), dtype=complex))
        if kind == "total":
            body = self.read(tree[2], env)
            sizes = {self.letters.index(i): self.ranges[i] for i in tree[1]}
            terms = body.terms if isinstance(body, _Indexed) else ((body,),)
            return _Indexed(tuple(_summed(factors, sizes) for factors in terms))
        if kind == "call":
            return self.call(tree, env)
        return _binary(kind, self.read(tree[1], env), self.read(tree[2], env))

    def place(self, index: Any) -> NDArray[np.int64]:
        """The positions an index takes, along its own axis; of a pair the first runs fastest."""
        if isinstance(index, tuple):
            return self.place(index[0]) + self.extent(index[0]) * self.place(index[1])
        shape = [1] * len(self.letters)
        shape[self.letters.index(index)] = -1
        return np.arange(self.ranges[index]).reshape(shape)

    def extent(self, index: Any) -> int:
        return self.ranges[index] if isinstance(index, str) else self.extent(index[0]) * self.extent(index[1])

    def entry(self, tree: Tree, env: Mapping[str, Array]) -> Value:
        places = [self.place(i) for i in tree[2]]
        if tree[1] == ("name", "delta"):
            return _Indexed.of(np.asarray(places[0] == places[1], dtype=complex))
        base = self.read(tree[1], env)
        extents = tuple(self.extent(i) for i in tree[2])
        if extents != tuple(n for n in base.shape if n != 1):
            raise ValueError(f"indices {tree[2]} of extents {extents} for a shape {base.shape}")
        return _Indexed.of(base.reshape(extents)[tuple(places)])

    def call(self, tree: Tree, env: Mapping[str, Array]) -> Value:
        name, args = tree[1], tree[2]
        if name == "d":
            return self.partial(args[0], args[1], env)
        if name == "D":
            moved = {k: v + 1j * STEP * env["d" + k] if "d" + k in env else v for k, v in env.items()}
            return self.read(args[0], moved).imag / STEP + 0j
        values = [self.read(arg, env) for arg in args]
        if name in CONSTANTS:
            return CONSTANTS[name](*(round(float(v.real)) for v in values)).astype(complex)
        if name in ELEMENTWISE:
            return _with(ELEMENTWISE[name], values[0])
        out = FUNCTIONS[name](*(np.atleast_2d(v) for v in values))
        return _scalar(np.asarray(out, dtype=complex))

    def partial(self, body: Tree, by: Tree, env: Mapping[str, Array]) -> Value:
        """d(body, X[q,r]): by a complex step, or by differences when a derivative is inside."""
        name, places = (by[1][1], by[2]) if by[0] == "entry" else (by[1], ())
        nested = _contains_partial(body)
        step = DIFFERENCE if nested else 1j * STEP
        spots = list(np.ndindex(*(self.ranges[i] for i in places)))
        out = np.zeros((1,) * len(self.letters), dtype=complex)
        for spot in spots:
            slopes = []
            for sign in (1, -1) if nested else (1,):
                moved = env[name].copy()
                moved.flat[_flat(moved.shape, spot)] += sign * step
                inner = self.read(body, {**env, name: moved})
                slopes.append(inner.array if isinstance(inner, _Indexed) else inner)
            slope = (slopes[0] - slopes[1]) / (2 * step) if nested else slopes[0].imag / STEP + 0j
            here = np.asarray(True)
            for letter, position in zip(places, spot, strict=True):
                here = here & (self.place(letter) == position)
            out = out + slope * here
        return _Indexed.of(out)


def _contains_partial(tree: Any) -> bool:
    if not isinstance(tree, tuple):
        return False
    return tree[:2] == ("call", "d") or any(_contains_partial(part) for part in tree)


def _flat(shape: tuple[int, ...], spot: tuple[int, ...]) -> int:
    full = [n for n in shape if n != 1]
    return int(np.ravel_multi_index(spot, tuple(full))) if spot else 0


def _with(function: Callable[[Array], Array], inner: Value) -> Value:
    return _Indexed.of(function(inner.array)) if isinstance(inner, _Indexed) else function(inner)


def _negative(value: _Indexed) -> _Indexed:
    return _Indexed(tuple((-first, *rest) for first, *rest in value.terms))


def _scalar(array: Array) -> Array:
    return array.reshape(()) if array.size == 1 else array


def _binary(sign: str, a: Value, b: Value) -> Value:
    if isinstance(a, _Indexed) or isinstance(b, _Indexed):
        if any(not isinstance(v, _Indexed) and v.ndim for v in (a, b)):
            raise ValueError("a matrix stands where an entry should")
        left, right = (v if isinstance(v, _Indexed) else _Indexed.of(v) for v in (a, b))
        if sign == "+":
            return _Indexed(left.terms + right.terms)
        if sign == "-":
            return _Indexed(left.terms + _negative(right).terms)
        if sign == "*":
            return _Indexed((left.factors + right.factors,))
        if sign == "/":
            return _Indexed(((*left.factors, 1 / right.array),))
        return _Indexed.of(OPERATIONS[sign](left.array, right.array))
    if sign == "*":
        return a * b if 0 in (a.ndim, b.ndim) else _scalar(a @ b)
    if sign == "^" and a.ndim:
        return np.linalg.matrix_power(a, round(float(b.real)))
    if sign in ("+", "-") and a.shape != b.shape:
        raise ValueError(f"{sign} of shapes {a.shape} and {b.shape}")
    if sign in (".*", "./") and 0 not in (a.ndim, b.ndim) and a.shape != b.shape:
        raise ValueError(f"{sign} of shapes {a.shape} and {b.shape}")
    if sign == "/" and b.ndim:
        raise ValueError("/ by a matrix")
    return OPERATIONS[sign](a, b)
