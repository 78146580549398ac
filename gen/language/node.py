"""Nodes of the matrix language: what a parsed expression is made of.

Every node is a matrix: a column vector is n × 1, a scalar 1 × 1. The
constructors here are faithful: they keep the author's factors in the author's
order and simplify nothing; `algebra` has the ones that bring to normal form.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final, Literal
from weakref import ReferenceType

from gen.language.dimension import ONE, Dim, triangle

Kind = Literal[
    "symbol",  # name, structure, domain
    "number",  # number
    "size",  # dims[0] used as a scalar
    "constant",  # name and dims: eye(n), ones(m,n), zeros(m,n), comm(m,n), dup(n), ...
    "sum",  # args
    "product",  # args: scalars and a conformable chain, in the author's order
    "hadamard",  # args, all of one shape
    "quotient",  # args (left, right); right is scalar unless elementwise
    "power",  # args (base, exponent); matrix or scalar power unless elementwise
    "transpose",  # args[0]
    "call",  # name, args
    "differential",  # args[0]: D(U)
]


NO_NAMES: frozenset[str] = frozenset()
NO_NUMBER = Fraction(0)
UNIT = Fraction(1)  # one object, so that products with it can be skipped by identity
MINUS = Fraction(-1)


@dataclass(slots=True)
class Parts:
    """A product as coefficient × scalars with their powers × chain of matrices."""

    coef: Final[Fraction]
    scalars: Final[tuple[tuple[Node, Fraction], ...]]
    chain: Final[tuple[Node, ...]]


@lru_cache(maxsize=1024)
def _alone(name: str) -> frozenset[str]:
    """The names below a symbol. Equal sets of names are one object: most comparisons then end at once."""
    return frozenset((name,))


@lru_cache(maxsize=4096)  # a class has few names, which stand together in every way
def _together(names: frozenset[str], more: frozenset[str]) -> frozenset[str]:
    return names | more


class Node:
    """One operation, its operands and its shape; equal by content, hashed once.

    `names` holds the symbols below it, so that "does it depend on X" costs nothing. A plain class
    whose fields are `Final`, since a frozen dataclass takes more than twice as long to make. The last
    three fields are notes of `product_parts`, `transposition` and `node_writer`: what they found once
    for the node, the texts with the two notations they are in. A transpose that holds its node is noted
    weakly: a cycle would stay in memory until Python looks for it.
    """

    __slots__ = (
        *("kind", "rows", "cols", "args", "name", "number", "dims", "elementwise", "structure", "domain"),
        *("is_scalar", "names", "code"),
        *("as_product", "as_transpose", "as_text", "__weakref__"),
    )

    def __init__(
        self,
        kind: Kind,
        rows: Dim,
        cols: Dim,
        args: tuple[Node, ...] = (),
        name: str = "",
        number: Fraction = NO_NUMBER,
        dims: tuple[Dim, ...] = (),
        elementwise: bool = False,
        structure: str | None = None,
        domain: str | None = None,
    ) -> None:
        self.kind: Final = kind
        self.rows: Final = rows
        self.cols: Final = cols
        self.args: Final = args
        self.name: Final = name
        self.number: Final = number
        self.dims: Final = dims
        self.elementwise: Final = elementwise
        self.structure: Final = structure
        self.domain: Final = domain
        self.is_scalar: Final = rows.is_one and cols.is_one  # 1 × 1
        # Shapes are left out: two nodes that share a code are compared whole.
        if args:
            first, last = args[0], args[-1]
            names = first.names
            code = hash((kind, name, elementwise, first.code, last.code))
            if last.names is not names and not last.names <= names:
                names = _together(names, last.names)
            if len(args) > 2:
                for a in args[1:-1]:
                    code = hash((code, a.code))
                    if a.names is not names and not a.names <= names:
                        names = _together(names, a.names)
        elif kind == "symbol":
            names = _alone(name)
            code = hash((kind, name))
        else:
            names = NO_NAMES
            # Numbers are hashed as a pair: hashing a Fraction is slow and most nodes hold none.
            code = hash((kind, name, dims, number.as_integer_ratio() if kind == "number" else None))
        self.names: Final[frozenset[str]] = names
        self.code: Final[int] = code
        self.as_product: Parts | None = None
        self.as_transpose: Node | ReferenceType[Node] | None = None
        self.as_text: tuple[object, tuple[str, int], object, tuple[str, int]] | None = None

    def __hash__(self) -> int:
        return self.code

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, Node)
            and self.code == other.code
            and self.kind == other.kind
            and self.name == other.name
            and self.args == other.args
            and (self.rows is other.rows or self.rows == other.rows)
            and (self.cols is other.cols or self.cols == other.cols)
            and (self.number is other.number or self.number == other.number)
            and self.dims == other.dims
            and self.elementwise == other.elementwise
            and self.structure == other.structure
            and self.domain == other.domain
        )

    def __repr__(self) -> str:
        what = self.name or self.number
        return f"Node({self.kind}, {what}, {self.rows.text()} x {self.cols.text()}, {self.args})"

    def __reduce__(self) -> tuple[object, ...]:
        """Made anew in another process: the hash of a text is another one there."""
        fields = (self.kind, self.rows, self.cols, self.args, self.name, self.number, self.dims)
        return Node, (*fields, self.elementwise, self.structure, self.domain)

    @property
    def is_vector(self) -> bool:
        """n × 1 with n other than 1."""
        return self.cols.is_one and not self.rows.is_one

    @property
    def is_row(self) -> bool:
        """1 × n with n other than 1."""
        return self.rows.is_one and not self.cols.is_one

    @property
    def is_square(self) -> bool:
        """Equal dimensions."""
        return self.rows is self.cols or self.rows == self.cols


def symbol(
    name: str, rows: Dim = ONE, cols: Dim = ONE, structure: str | None = None, domain: str | None = None
) -> Node:
    """A declared or inferred name."""
    return Node("symbol", rows, cols, name=name, structure=structure, domain=domain)


def number(value: int | Fraction) -> Node:
    """An exact number."""
    up, down = value.as_integer_ratio()
    if down == 1 and -2 <= up <= 9:
        return SMALL[up]
    return Node("number", ONE, ONE, number=Fraction(value) if isinstance(value, int) else value)


# Those that nearly every derivation makes, at the place of their value; the negative ones from behind.
SMALL: tuple[Node, ...] = tuple(
    [
        Node("number", ONE, ONE, number={0: NO_NUMBER, 1: UNIT, -1: MINUS}.get(value) or Fraction(value))
        for value in (*range(10), -2, -1)
    ]
)


def size(dim: Dim) -> Node:
    """A dimension used as a scalar, as in sum(x)/n."""
    return Node("size", ONE, ONE, dims=(dim,))


def constant(name: str, *dims: Dim) -> Node:
    """eye(n), ones(n), ones(m,n), zeros(m,n), comm(m,n), dup(n), elim(n), seldiag(n)."""
    rows, cols = constant_shape(name, dims)
    return Node("constant", rows, cols, name=name, dims=dims)


def constant_shape(name: str, dims: tuple[Dim, ...]) -> tuple[Dim, Dim]:
    """The shape of a constant matrix; dup, elim and seldiag carry it in their sizes."""
    if name == "eye":
        return dims[0], dims[0]
    if name in ("ones", "zeros"):
        return dims[0], (dims[1] if len(dims) > 1 else ONE)
    if name == "comm":
        return dims[0] * dims[1], dims[0] * dims[1]
    if name == "pi":
        return ONE, ONE
    if name == "dup":
        return dims[0] * dims[0], triangle(dims[0])
    if name == "elim":
        return triangle(dims[0]), dims[0] * dims[0]
    if name == "seldiag":
        return dims[0], dims[0] * dims[0]
    raise ValueError(f"no constant called {name}")


def add(*terms: Node) -> Node:
    """A sum in the author's order; sums inside it are taken apart."""
    if len(terms) == 1:
        return terms[0]
    for term in terms:
        if term.kind == "sum":
            terms = tuple([t for x in terms for t in (x.args if x.kind == "sum" else (x,))])
            break
    return Node("sum", terms[0].rows, terms[0].cols, terms)


def multiply(*factors: Node) -> Node:
    """A product in the author's order.

    A product inside it is taken apart, except a 1 × 1 product of matrices
    such as x'*A*x, which is one scalar factor.
    """
    if len(factors) == 1:
        return factors[0]
    nested = False
    first = last = None
    for factor in factors:
        if factor.kind == "product":
            nested = True
        if not factor.is_scalar:
            last = factor
            if first is None:
                first = factor
    if nested:
        factors = tuple([t for f in factors for t in (f.args if _opens(f) else (f,))])
    if first is None or last is None:
        return Node("product", ONE, ONE, factors)
    return Node("product", first.rows, last.cols, factors)


def _opens(factor: Node) -> bool:
    """Is it a product, and not one of matrices that is 1 × 1?"""
    if factor.kind != "product":
        return False
    return not factor.is_scalar or all(f.is_scalar for f in factor.args)


def negative(node: Node) -> Node:
    """-X, kept as the number -1 times X."""
    if node.kind == "number":
        return number(-node.number)
    return multiply(number(-1), node)


def hadamard(*factors: Node) -> Node:
    """An elementwise product of matrices of one shape."""
    if len(factors) == 1:
        return factors[0]
    flat = tuple([t for f in factors for t in (f.args if f.kind == "hadamard" else (f,))])
    return Node("hadamard", flat[0].rows, flat[0].cols, flat)


def quotient(left: Node, right: Node, *, elementwise: bool = False) -> Node:
    """X/a with a scalar a, or elementwise with a scalar on either side allowed."""
    big = right if elementwise and left.is_scalar else left
    return Node("quotient", big.rows, big.cols, args=(left, right), elementwise=elementwise)


def power(base: Node, exponent: Node, *, elementwise: bool = False) -> Node:
    """X^k of a square matrix or a scalar, or x.^a entry by entry."""
    return Node("power", base.rows, base.cols, args=(base, exponent), elementwise=elementwise)


def transposed(node: Node) -> Node:
    """X', as written; X'' stays as it is."""
    return Node("transpose", node.cols, node.rows, args=(node,))


def call(name: str, rows: Dim, cols: Dim, *args: Node) -> Node:
    """A function applied; the function's record says what the shape is."""
    return Node("call", rows, cols, args=args, name=name)


def differential(node: Node) -> Node:
    """D(X), the differential of an expression; it has the shape of X."""
    return Node("differential", node.rows, node.cols, args=(node,))
