"""Mistakes made where the closed form is written: each yields the wrong forms it leads to.

A form that does not fit together, or that is right after all, is dropped by whoever replays it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from gen.language.dimension import ONE
from gen.language.node import Node, call, constant, hadamard, multiply, number, transposed
from gen.language.product_parts import compose, parts
from gen.language.reduction_form import trace
from gen.language.transposition import flip
from gen.problems.reform import chain_of, each, mapped, parts_of, scaled


def forgotten_transpose(node: Node) -> Iterator[Node]:
    """Every transpose dropped; then all those of one matrix; then each alone."""

    turned = dict.fromkeys(n.args[0] for n in parts_of(node) if n.kind == "transpose")
    if turned:
        yield mapped(node, lambda n: n.args[0] if n.kind == "transpose" else n)
    if len(turned) > 1:
        yield from (_without_transposes_of(one, node) for one in turned)
    yield from each(node, ("transpose",), lambda n: iter(n.args))


def _without_transposes_of(matrix: Node, node: Node) -> Node:
    return mapped(node, lambda n: matrix if n.kind == "transpose" and n.args[0] == matrix else n)


def transposed_answer(node: Node) -> Iterator[Node]:
    """The transpose of the whole."""
    yield flip(node)


def transpose_too_many(node: Node) -> Iterator[Node]:
    """One factor of a product, or one matrix of a sum, transposed that should not be."""

    def turn(n: Node) -> Iterator[Node]:
        for k, a in enumerate(n.args):
            if not a.is_scalar and a.kind != "transpose" and parts(a).chain == (a,):
                turned = flip(a)
                # A beside Aᵀ made Aᵀ twice is a matrix taken to be symmetric.
                if turned not in n.args and _transposes(turned) > _transposes(a):
                    yield _with_argument(n, k, turned)

    yield from each(node, ("sum", "product"), turn)


def layouts_mixed(node: Node) -> Iterator[Node]:
    """One term of a sum, a product of matrices, in the other layout."""

    def turn(n: Node) -> Iterator[Node]:
        for k, a in enumerate(n.args):
            if not a.is_scalar and len(parts(a).chain) > 1:
                yield _with_argument(n, k, flip(a))

    yield from each(node, ("sum",), turn)


def _with_argument(node: Node, place: int, new: Node) -> Node:
    """A sum or a product with another argument at one place."""
    join = _sum if node.kind == "sum" else multiply
    return join(*node.args[:place], new, *node.args[place + 1 :])


def _transposes(node: Node) -> int:
    return sum(n.kind == "transpose" for n in parts_of(node))


def factors_commuted(node: Node) -> Iterator[Node]:
    """Two neighbours of a product in the wrong order."""

    def swap(n: Node) -> Iterator[Node]:
        scalars, chain = chain_of(n)
        for k in range(len(chain) - 1):
            yield multiply(*scalars, *chain[:k], chain[k + 1], chain[k], *chain[k + 2 :])

    yield from each(node, ("product",), swap)


def not_cycled(node: Node) -> Iterator[Node]:
    """The factors around the variable left in the order in which the trace has them."""

    def turn(n: Node) -> Iterator[Node]:
        scalars, chain = chain_of(n)
        for k in range(1, len(chain)):
            yield multiply(*scalars, *chain[k:], *chain[:k])

    yield from each(node, ("product",), turn)


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


def square_of_mask_lost(node: Node) -> Iterator[Node]:
    """M where M ∘ M stands."""

    def change(n: Node) -> Iterator[Node]:
        if _is_square_of_entries(n):
            yield n.args[0]

    yield from each(node, ("power",), change)


def symmetry_assumed(node: Node) -> Iterator[Node]:
    """Where a square matrix stands beside its transpose, both taken for the matrix, or for the transpose."""
    plain = {n for n in parts_of(node) if n.kind == "symbol"}
    turned = {n.args[0] for n in parts_of(node) if n.kind == "transpose"}
    both = {n for n in turned if n.is_square and n in _outside_transposes(node, plain)}
    if both:
        yield mapped(node, lambda n: n.args[0] if n.kind == "transpose" and n.args[0] in both else n)
        turned_too = {transposed(n): n for n in both}
        yield mapped(node, lambda n: _turned_once(n, turned_too))


def _turned_once(node: Node, both: Mapping[Node, Node]) -> Node:
    """Aᵀ for A, and Aᵀ for what has become (Aᵀ)ᵀ; `both` has A for every Aᵀ."""
    if node.kind == "transpose" and node.args[0] in both:
        return node.args[0]
    return transposed(node) if node in both.values() else node


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
            if _is_eye(left):
                return right
            if _is_eye(right):
                return left
        return n

    if any(_is_kron(n) for n in parts_of(node)):
        yield mapped(node, lose)


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


def ones_for_identity(node: Node) -> Iterator[Node]:
    """A matrix of ones where the identity belongs; a vector spread over all columns for a diagonal."""

    def change(n: Node) -> Iterator[Node]:
        if _is_eye(n):
            yield constant("ones", n.rows, n.cols)
        if n.kind == "call" and n.name == "diag" and n.args[0].is_vector:
            yield multiply(n.args[0], constant("ones", ONE, n.cols))

    yield from each(node, ("constant", "call"), change)


def trace_kept(node: Node) -> Iterator[Node]:
    """A trace around the answer, or around each of its factors."""
    if node.is_square and not node.is_scalar:
        yield trace(node)
        if node.kind == "product":
            scalars, chain = chain_of(node)
            if len(chain) > 1 and all(a.is_square for a in chain):
                yield multiply(*scalars, *[trace(a) for a in chain])


def scalar_factor_lost(node: Node) -> Iterator[Node]:
    """A scalar in front or below, such as det X or ‖x‖, left out."""
    whole = parts(node)
    for k in range(len(whole.scalars)):
        rest = whole.scalars[:k] + whole.scalars[k + 1 :]
        if rest or whole.chain:
            yield compose(whole.coef, rest, whole.chain)


def sign_lost(node: Node) -> Iterator[Node]:
    """The sign of the whole, then that of the terms that are taken away."""
    yield scaled(node, -1)

    def change(n: Node) -> Iterator[Node]:
        if any(parts(a).coef < 0 for a in n.args):
            yield _sum(*[scaled(a, -1) if parts(a).coef < 0 else a for a in n.args])

    yield from each(node, ("sum",), change)


def number_lost(node: Node) -> Iterator[Node]:
    """The whole number in front, or the one below, left out."""
    whole = parts(node)
    size = abs(whole.coef)
    if size != 1 and (whole.scalars or whole.chain):
        yield compose(whole.coef / size, whole.scalars, whole.chain)


def counted_twice(node: Node) -> Iterator[Node]:
    """A factor 2 that is not there."""
    whole = parts(node)
    yield compose(whole.coef * Fraction(2), whole.scalars, whole.chain) if whole.chain else scaled(node, 2)


def _outside_transposes(node: Node, among: set[Node]) -> set[Node]:
    """Those of the nodes that stand somewhere without a transpose directly around them."""
    if node.kind == "transpose":
        return set() if node.args[0] in among else _outside_transposes(node.args[0], among)
    here = {node} & among
    return here.union(*[_outside_transposes(a, among) for a in node.args])


def _sum(*terms: Node) -> Node:
    """A sum with the shape of its first term."""
    return Node("sum", terms[0].rows, terms[0].cols, terms)


def _is_square_of_entries(node: Node) -> bool:
    return node.kind == "power" and node.elementwise and node.args[1] == number(2)


def _is_kron(node: Node) -> bool:
    return node.kind == "call" and node.name == "kron"


def _is_eye(node: Node) -> bool:
    return node.kind == "constant" and node.name == "eye"
