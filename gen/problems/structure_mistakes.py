"""Mistakes about structure: entries that move together taken as free, symmetry assumed that is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gen.derivation.record import Rewritten
from gen.language.function import Fresh
from gen.language.index import Factor, Partial, Term
from gen.language.node import Node, transposed
from gen.problems.misconception import InRule, Misconception
from gen.problems.mistake_places import instead, terms_of
from gen.problems.mistake_sources import DIAGONALS, SYMMETRIC
from gen.problems.reform import mapped, parts_of

DELTAS = frozenset(("delta_substitution",))


def structure_forgotten(*structures: str) -> InRule:
    """The partial derivative by the entry alone: its mirror image, or the zeros, forgotten."""

    def apply(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
        structure = place.by.node.structure if isinstance(place, Partial) else None
        if structure not in structures:
            return None
        terms = terms_of(right)
        plain = Term(terms[0].coef, terms[0].factors[:2], terms[0].bound)
        return None if terms == (plain,) else instead(right, plain)

    return apply


def diagonal_counted_twice(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """δ_iq δ_jr + δ_ir δ_jq, also on the diagonal."""
    terms = terms_of(right)
    symmetric = isinstance(place, Partial) and place.by.node.structure == "symmetric"
    return instead(right, *terms[:2]) if symmetric and len(terms) == 3 else None


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


def _outside_transposes(node: Node, among: set[Node]) -> set[Node]:
    """Those of the nodes that stand somewhere without a transpose directly around them."""
    if node.kind == "transpose":
        return set() if node.args[0] in among else _outside_transposes(node.args[0], among)
    here = {node} & among
    return here.union(*[_outside_transposes(a, among) for a in node.args])


STRUCTURE: tuple[Misconception, ...] = (
    Misconception(
        "symmetric-as-free",
        "A symmetric variable treated as free",
        "The variable is symmetric, so its entries do not move alone: "
        "$S_{qr}$ and $S_{rq}$ change together. Put "
        r"$\partial S_{ij}/\partial S_{qr} = \delta_{iq}\delta_{jr} + \delta_{ir}\delta_{jq} "
        r"- \delta_{iq}\delta_{jr}\delta_{ij}$ where you wrote $\delta_{iq}\delta_{jr}$.",
        SYMMETRIC,
        DELTAS,
        in_rule=structure_forgotten("symmetric"),
    ),
    Misconception(
        "skew-as-free",
        "A skew-symmetric variable treated as free",
        "The variable is skew-symmetric, so its entries do not move alone: when $Z_{qr}$ grows, $Z_{rq}$ "
        "falls by as much. Put "
        r"$\partial Z_{ij}/\partial Z_{qr} = \delta_{iq}\delta_{jr} - \delta_{ir}\delta_{jq}$ where you "
        r"wrote $\delta_{iq}\delta_{jr}$.",
        SYMMETRIC,
        DELTAS,
        in_rule=structure_forgotten("skew"),
    ),
    Misconception(
        "diagonal-as-free",
        "A diagonal variable treated as free",
        "The entries off the diagonal are always 0: they do not move, and the derivative has zeros there. "
        r"Put $\partial D_{ij}/\partial D_{qr} = \delta_{iq}\delta_{jr}\delta_{ij}$ where you wrote "
        r"$\delta_{iq}\delta_{jr}$.",
        DIAGONALS,
        DELTAS,
        in_rule=structure_forgotten("diagonal"),
    ),
    Misconception(
        "triangular-as-free",
        "A triangular variable treated as free",
        "The entries above the diagonal are always 0: they do not move, and the derivative has zeros there. "
        r"$\partial L_{ij}/\partial L_{qr}$ is $\delta_{iq}\delta_{jr}$ only for $q \ge r$.",
        "the structure lost, as for symmetric variables: 10 of 145 questions",
        DELTAS,
        in_rule=structure_forgotten("lower"),
    ),
    Misconception(
        "diagonal-counted-twice",
        "Symmetric variable: the diagonal counted twice",
        "Off the diagonal a symmetric matrix shows each entry twice, on the diagonal once. The sum "
        r"$\delta_{iq}\delta_{jr} + \delta_{ir}\delta_{jq}$ counts diagonal entries twice: take away "
        r"$\delta_{iq}\delta_{jr}\delta_{ij}$.",
        SYMMETRIC,
        DELTAS,
        in_rule=diagonal_counted_twice,
    ),
    Misconception(
        "symmetry-assumed",
        "Symmetry of a constant matrix assumed",
        r"$A$ was not said to be symmetric, so $A$ and $A^{\mathsf T}$ stay different: the gradient of "
        r"$x^{\mathsf T} A x$ is $(A + A^{\mathsf T})x$, and it is $2Ax$ only for a symmetric $A$.",
        "symmetry of A assumed: 2 of 145 questions",
        in_form=symmetry_assumed,
    ),
)
