"""Some terms of a sum that share factors, as one term: 3*(C' + C)*z + b for 3*C'*z + 3*C*z + b."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from gen.language.common_factors import common_ends
from gen.language.node import Node, Parts
from gen.language.product_parts import parts
from gen.language.sum_form import plus
from gen.language.token_count import tokens

FEWEST = 3  # of two terms, what both share has been taken out already


def grouped(terms: Sequence[Node]) -> list[Node]:
    """The terms with groups of them joined, each in the place of its first, the largest saving first."""
    apart = [parts(t) for t in terms]
    whole = dict(enumerate(terms))
    left = list(whole)
    while True:
        most, chosen = 0, list[int]()
        for places in _candidates(apart, left):
            joined = plus(*[terms[k] for k in places])
            saved = sum([tokens(terms[k]) + 1 for k in places]) - 1 - tokens(joined)
            if saved > most:
                most, chosen = saved, places
                best = joined
        if not chosen:
            return [whole[k] for k in sorted(whole)]
        whole[chosen[0]] = best
        for k in chosen[1:]:
            del whole[k]
        left = [k for k in left if k not in chosen]


def _candidates(apart: list[Parts], left: list[int]) -> list[list[int]]:
    """The places of terms with the same scalars, and with the same scalars and first or last factor."""
    found: dict[Hashable, list[int]] = {}
    for k in left:
        p = apart[k]
        scalars = frozenset(p.scalars)
        if scalars:
            found.setdefault(scalars, []).append(k)
        if len(p.chain) > 1:
            found.setdefault((scalars, "first", p.chain[0]), []).append(k)
            found.setdefault((scalars, "last", p.chain[-1]), []).append(k)
    return [places for places in found.values() if len(places) > 1 and _is_plain([apart[k] for k in places])]


def _is_plain(terms: list[Parts]) -> bool:
    """Is at most one matrix of every term left in the bracket?

    X'*(A*X + X*A) would take a pattern apart that a reader sees in X'*A*X + X'*X*A.
    """
    front, back = common_ends([p.chain for p in terms])
    return all(len(p.chain) <= len(front) + len(back) + 1 for p in terms)
