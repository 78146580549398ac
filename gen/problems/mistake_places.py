"""What mistakes are made in: the terms that a rule gave, and places of a closed form."""

from __future__ import annotations

from collections.abc import Iterator

from gen.derivation.record import Rewritten
from gen.language.index import Entry, Factor, Partial, Term, Terms, factor_letters, substitute
from gen.language.node import Node


def terms_of(right: Rewritten) -> Terms:
    assert isinstance(right.new, tuple), "index rules give terms"
    return right.new


def instead(right: Rewritten, *terms: Term) -> Rewritten:
    """Other terms, with the reason a student who errs would give: that of the right rule."""
    return Rewritten(terms, right.because)


def nodes_in(term: Term) -> tuple[Node, ...]:
    """What the entries and partials of a term are of, in order."""
    return tuple([node for f in term.factors for node in _inside(f)])


def _inside(factor: Factor) -> Iterator[Node]:
    if isinstance(factor, Entry):
        yield factor.node
    elif isinstance(factor, Partial) and factor.inner is not None:
        yield factor.inner.node


def is_call(place: Factor | Term, *names: str) -> bool:
    """Is it the derivative of one of these functions?"""
    if not isinstance(place, Partial) or place.inner is None:
        return False
    node = place.inner.node
    return node.kind == "call" and node.name in names


def summed(*terms: Node) -> Node:
    """A sum with the shape of its first term."""
    return Node("sum", terms[0].rows, terms[0].cols, terms)


def is_eye(node: Node) -> bool:
    """Is it an identity matrix?"""
    return node.kind == "constant" and node.name == "eye"


def with_one_letter(term: Term) -> Term | None:
    """Two sums over the same range with one letter; None where there are no two such sums."""
    for k, second in enumerate(term.bound):
        for first in term.bound[:k]:
            # Two letters of one entry would only take a diagonal.
            together = any({first, second} <= set(factor_letters(f)) for f in term.factors)
            if first.dim == second.dim and not together:
                factors = tuple(substitute(f, {second.name: first}) for f in term.factors)
                return Term(term.coef, factors, tuple(x for x in term.bound if x != second))
    return None
