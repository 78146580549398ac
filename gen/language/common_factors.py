"""What all terms of a sum share: a number, scalars with powers, the first and the last factors."""

from __future__ import annotations

from fractions import Fraction

from gen.language.index import UNIT
from gen.language.node import Node, Parts


def common_scalars(live: list[Parts]) -> tuple[tuple[Node, Fraction], ...]:
    """What every term has: of a function that stands in all with a power of one sign, the smallest power.

    No scalar stands twice in a term.
    """
    out: list[tuple[Node, Fraction]] = []
    first, *others = live
    if not first.scalars:
        return ()
    for base, exponent in first.scalars:
        powers = [exponent]
        equal = True
        for p in others:
            found = [e for b, e in p.scalars if b is base or b == base][:1]
            if not found:
                break
            equal = equal and (found[0] is exponent or found[0] == exponent)
            powers += found
        if len(powers) < len(live):
            continue
        if equal:
            out.append((base, exponent))
        elif base.args and all(e > 0 for e in powers):
            out.append((base, min(powers)))
    return tuple(out)


def without(
    scalars: tuple[tuple[Node, Fraction], ...], taken: tuple[tuple[Node, Fraction], ...]
) -> tuple[tuple[Node, Fraction], ...]:
    """The scalars of a term without those that have been taken out."""
    gone = dict(taken)
    return tuple([(b, e - gone[b] if b in gone else e) for b, e in scalars if gone.get(b) != e])


def common_ends(chains: list[tuple[Node, ...]]) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """The longest common front and then back of all chains, as far as the rest stays square or equal."""
    shortest = min(map(len, chains))
    if not shortest:
        return (), ()
    first, *others = chains
    back = _shared(first[::-1], [c[::-1] for c in others], shortest)
    front = _shared(first, others, shortest - back)
    return first[:front], first[len(first) - back :] if back else ()


def _shared(first: tuple[Node, ...], others: list[tuple[Node, ...]], most: int) -> int:
    """How many factors all chains begin with, at most so many."""
    for place in range(most):
        node = first[place]
        for other in others:
            if other[place] is not node and other[place] != node:
                return place
    return most


def common_coefficient(live: list[Parts], shared: bool) -> Fraction:
    """The number in front of every term up to its sign; `shared`: something else is taken out as well."""
    for p in live:
        if p.coef is UNIT:
            return UNIT
    first = live[0].coef
    size = abs(first)
    if (size == 1 and not shared) or not all(abs(p.coef) == size for p in live):
        return UNIT
    whole = first if first.numerator > 0 or all(p.coef.numerator < 0 for p in live) else size
    return UNIT if whole == 1 else whole
