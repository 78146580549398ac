"""Mistakes between matrix products, elementwise products and diagonals."""

from __future__ import annotations

from collections.abc import Iterator

from gen.language.dimension import ONE
from gen.language.node import Node, constant, hadamard, multiply, number
from gen.problems.misconception import Misconception
from gen.problems.mistake_places import is_eye
from gen.problems.mistake_sources import DIAGONALS, ELEMENTWISE
from gen.problems.reform import chain_of, each, mapped


def square_of_mask_lost(node: Node) -> Iterator[Node]:
    """M where M ∘ M stands."""

    def change(n: Node) -> Iterator[Node]:
        if _is_square_of_entries(n):
            yield n.args[0]

    yield from each(node, ("power",), change)


def _is_square_of_entries(node: Node) -> bool:
    return node.kind == "power" and node.elementwise and node.args[1] == number(2)


def product_as_elementwise(node: Node) -> Iterator[Node]:
    """A matrix product taken entry by entry."""

    def change(n: Node) -> Iterator[Node]:
        scalars, chain = chain_of(n)
        for k in range(len(chain) - 1):
            if chain[k].rows == chain[k + 1].rows and chain[k].cols == chain[k + 1].cols:
                yield multiply(*scalars, *chain[:k], hadamard(chain[k], chain[k + 1]), *chain[k + 2 :])

    yield from each(node, ("product",), change)


def elementwise_as_product(node: Node) -> Iterator[Node]:
    """An elementwise product taken as a matrix product."""

    def change(n: Node) -> Iterator[Node]:
        if n.kind == "hadamard":
            yield multiply(*n.args)
        if _is_square_of_entries(n) and n.is_square:
            yield multiply(n.args[0], n.args[0])

    yield from each(node, ("hadamard", "power"), change)


def diagonal_dropped(node: Node) -> Iterator[Node]:
    """v for diag(v), everywhere; then at one place."""

    def drop(n: Node) -> Iterator[Node]:
        if n.kind == "call" and n.name == "diag":
            yield n.args[0]

    yield mapped(node, lambda n: next(drop(n), n))
    yield from each(node, ("call",), drop)


def ones_for_identity(node: Node) -> Iterator[Node]:
    """A matrix of ones where the identity belongs; a vector spread over all columns for a diagonal."""

    def change(n: Node) -> Iterator[Node]:
        if is_eye(n):
            yield constant("ones", n.rows, n.cols)
        if n.kind == "call" and n.name == "diag" and n.args[0].is_vector:
            yield multiply(n.args[0], constant("ones", ONE, n.cols))

    yield from each(node, ("constant", "call"), change)


PRODUCTS: tuple[Misconception, ...] = (
    Misconception(
        "mask-not-squared",
        "An elementwise factor not squared",
        r"The factor multiplies once in the function and once more by the chain rule: $M \circ M$, which "
        r"is $M$ "
        "only if all its entries are 0 or 1.",
        ELEMENTWISE,
        in_form=square_of_mask_lost,
    ),
    Misconception(
        "elementwise-for-product",
        "A matrix product taken as elementwise",
        r"Look at the indices: $A_{ij}B_{jk}$ summed over $j$ is an entry of $AB$. Only $A_{ij}B_{ij}$, "
        r"with both "
        r"indices equal and nothing summed, is an entry of $A \circ B$.",
        ELEMENTWISE,
        in_form=product_as_elementwise,
    ),
    Misconception(
        "product-for-elementwise",
        "An elementwise product taken as a matrix product",
        r"Look at the indices: $A_{ij}B_{ij}$ with nothing summed is an entry of $A \circ B$. A matrix "
        r"product $AB$ "
        r"sums over an inner index.",
        ELEMENTWISE,
        in_form=elementwise_as_product,
    ),
    Misconception(
        "diag-dropped",
        "A diag dropped",
        r"$\operatorname{diag}(a)$ is a matrix with $a$ on its diagonal, $a$ itself a column of another "
        r"shape. Entry $i$ of $a \circ x$ changes with $x_i$ only, so its derivative by $x_q$ is "
        r"$a_i\delta_{iq}$, and $\delta_{iq}$ is what makes the diagonal.",
        DIAGONALS,
        in_form=diagonal_dropped,
    ),
    Misconception(
        "ones-for-identity",
        "Ones where a diagonal belongs",
        r"$\delta_{iq}$ is an entry of the identity, and $v_i\delta_{iq}$ one of $\operatorname{diag}(v)$: "
        r"everything "
        "off the diagonal is zero. You wrote a matrix whose entries are not.",
        ELEMENTWISE,
        in_form=ones_for_identity,
    ),
)
