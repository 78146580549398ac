"""Where a line uses that entries sum to 1: those of probabilities, and those of a softmax."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gen.language.index import Entry, Letter, Terms, factor_letters
from gen.language.node import Node, number
from gen.language.reduction_form import total

_ONE = number(1)


def summed_to_one(terms: Terms) -> list[Node]:
    """The vectors whose only index is summed over and stands nowhere else, and whose entries sum to 1."""
    return list(dict.fromkeys(_summed(terms)))


def said_to_sum_to_one(nodes: Iterable[Node]) -> tuple[str | Node, ...]:
    """A clause for each."""
    words: tuple[str | Node, ...] = ()
    for node in nodes:
        words = (*words, *(("; ",) if words else ()), "the entries of ", node, " sum to 1")
    return words


def _summed(terms: Terms) -> Iterator[Node]:
    for term in terms:
        for factor in term.factors:
            if type(factor) is not Entry or not factor.node.is_vector:
                continue
            x = factor.row
            if type(x) is not Letter or x not in term.bound:  # a compound index is two letters
                continue
            elsewhere = any(x in factor_letters(f) for f in term.factors if f is not factor)
            if not elsewhere and total(factor.node) == _ONE:
                yield factor.node
