"""Mistakes where entries are read as traces, Kronecker products and outer products."""

from __future__ import annotations

from collections.abc import Iterator

from gen.language.dimension import ONE
from gen.language.node import Node, call, multiply
from gen.language.reduction_form import trace
from gen.language.transposition import flip
from gen.problems.misconception import Misconception
from gen.problems.mistake_places import is_eye
from gen.problems.mistake_sources import HESSIANS, TRACES
from gen.problems.reform import chain_of, each, mapped, parts_of


def not_cycled(node: Node) -> Iterator[Node]:
    """The factors around the variable left in the order in which the trace has them."""

    def turn(n: Node) -> Iterator[Node]:
        scalars, chain = chain_of(n)
        for k in range(1, len(chain)):
            yield multiply(*scalars, *chain[k:], *chain[:k])

    yield from each(node, ("product",), turn)


def trace_kept(node: Node) -> Iterator[Node]:
    """A trace around the answer, or around each of its factors."""
    if node.is_square and not node.is_scalar:
        yield trace(node)
        if node.kind == "product":
            scalars, chain = chain_of(node)
            if len(chain) > 1 and all(a.is_square for a in chain):
                yield multiply(*scalars, *[trace(a) for a in chain])


def kron_swapped(node: Node) -> Iterator[Node]:
    """A ⊗ B for B ⊗ A, everywhere."""

    def swap(n: Node) -> Node:
        return call("kron", n.rows, n.cols, *n.args[::-1]) if _is_kron(n) else n

    if any(_is_kron(n) for n in parts_of(node)):
        yield mapped(node, swap)


def kron_identity_lost(node: Node) -> Iterator[Node]:
    """M for I ⊗ M or M ⊗ I."""

    def lose(n: Node) -> Node:
        if _is_kron(n):
            left, right = n.args
            if is_eye(left):
                return right
            if is_eye(right):
                return left
        return n

    yield mapped(node, lose)


def _is_kron(node: Node) -> bool:
    return node.kind == "call" and node.name == "kron"


def cross_term_lost(node: Node) -> Iterator[Node]:
    """A for A + Aᵀ."""

    def lose(n: Node) -> Iterator[Node]:
        if len(n.args) == 2 and flip(n.args[0]) == n.args[1]:
            yield from n.args

    yield from each(node, ("sum",), lose)


def inner_for_outer(node: Node) -> Iterator[Node]:
    """xᵀx for x xᵀ."""

    def change(n: Node) -> Iterator[Node]:
        scalars, chain = chain_of(n)
        if len(chain) == 2 and chain[0].cols == ONE and chain[0].rows == chain[1].cols:
            yield multiply(*scalars, chain[1], chain[0])

    yield from each(node, ("product",), change)


MATRIX_FORMS: tuple[Misconception, ...] = (
    Misconception(
        "trace-not-cycled",
        "Derivative of a trace not cycled",
        r"Before you read off the gradient, $\mathrm dX$ must stand at the end: "
        r"$\operatorname{tr}(A\,\mathrm dX\,B) = \operatorname{tr}(BA\,\mathrm dX)$, so the gradient is "
        r"$(BA)^{\mathsf T} = A^{\mathsf T} B^{\mathsf T}$. What stood before $\mathrm dX$ goes behind what "
        "stood after it.",
        TRACES,
        frozenset(("trace_index",)),
        in_form=not_cycled,
    ),
    Misconception(
        "trace-kept",
        "A trace kept in the answer",
        "A gradient by a matrix has an entry for each entry of the matrix. A trace is a single number: it is "
        r"there to find the gradient, as $\mathrm df = \operatorname{tr}(G^{\mathsf T}\mathrm dX)$, and $G$ "
        "is the answer.",
        TRACES,
        frozenset(("trace_index",)),
        in_form=trace_kept,
    ),
    Misconception(
        "kron-swapped",
        "The factors of ⊗ swapped",
        r"$\operatorname{vec}(AXB) = (B^{\mathsf T} \otimes A)\operatorname{vec}(X)$: what stands to the "
        r"right of $X$ comes first, transposed. $A \otimes B^{\mathsf T}$ has the same shape and other "
        "entries.",
        "vec taken too early: among 28 of 145 questions",
        in_form=kron_swapped,
    ),
    Misconception(
        "kron-identity-lost",
        "The identity of ⊗ left out",
        r"A derivative by a matrix has an entry for each pair of entries: for $\|AX - B\|^2$ the Hessian is "
        r"$2\,I \otimes A^{\mathsf T} A$, with a block $A^{\mathsf T} A$ for each column of $X$, not "
        r"$A^{\mathsf T} A$ alone.",
        HESSIANS,
        in_form=kron_identity_lost,
    ),
    Misconception(
        "cross-term-lost",
        "One of two mirrored terms kept",
        r"Where the variable stands on both sides of a matrix, each side is differentiated in turn: one "
        r"gives $A$, the other $A^{\mathsf T}$. The gradient of $x^{\mathsf T} A x$ is "
        r"$(A + A^{\mathsf T})\,x$, its Hessian $A + A^{\mathsf T}$. You kept one of the two.",
        HESSIANS,
        in_form=cross_term_lost,
    ),
    Misconception(
        "inner-for-outer",
        "An inner product for an outer product",
        r"$x^{\mathsf T} x$ is a number, $x x^{\mathsf T}$ a matrix. Write the entries: $x_q x_r$ has two "
        r"free indices, so it is entry $q,r$ of $x x^{\mathsf T}$.",
        "inner product where an outer product is needed: 4 of 145 questions",
        in_form=inner_for_outer,
    ),
)
