"""Where a line uses that entries sum to 1: those of probabilities, and those of a softmax."""

from __future__ import annotations

from collections.abc import Iterable

from gen.language.index import Entry, Term, Terms, factor_letters
from gen.language.node import Node, number
from gen.language.reduction_form import total

_ONE = number(1)


def summed_to_one(terms: Terms) -> list[Node]:
    """The vectors whose only index is summed over and stands nowhere else, and whose entries sum to 1."""
    found: list[Node] = []
    for term in terms:
        if term.bound:
            found += _summed(term)
    return list(dict.fromkeys(found)) if len(found) > 1 else found


def said_to_sum_to_one(nodes: Iterable[Node]) -> tuple[str | Node, ...]:
    """A clause for each."""
    words: tuple[str | Node, ...] = ()
    for node in nodes:
        words = (*words, *(("; ",) if words else ()), "the entries of ", node, " sum to 1")
    return words


def _summed(term: Term) -> list[Node]:
    out: list[Node] = []
    for factor in term.factors:
        if type(factor) is not Entry:
            continue
        node = factor.node
        if node.kind == "symbol":
            if node.domain != "simplex":
                continue
        elif not _is_candidate(node):
            continue
        letters = factor_letters(factor)
        if len(letters) != 1:  # a compound index is two
            continue
        (x,) = letters
        if x not in term.bound or any(x in factor_letters(f) for f in term.factors if f is not factor):
            continue
        if total(node) == _ONE:
            out.append(node)
    return out


def _is_candidate(node: Node) -> bool:
    """May the entries sum to 1? Those of nearly every vector do not, and to add them up takes longer."""
    return node.is_vector and node.kind in ("call", "sum", "transpose")
