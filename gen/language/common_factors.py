"""What all terms of a sum share: a number, scalars with powers, the first and the last factors."""

from __future__ import annotations

from fractions import Fraction

from gen.language.index import UNIT
from gen.language.node import Node, Parts


def common_scalars(live: list[Parts]) -> tuple[tuple[Node, Fraction], ...]:
    """What every term has: of a function that stands in all with a power of one sign, the smallest power."""
    out: list[tuple[Node, Fraction]] = []
    for base, exponent in live[0].scalars:
        powers = [exponent]
        for p in live[1:]:
            powers += [e for b, e in p.scalars if b == base][:1]
        if len(powers) < len(live):
            continue
        if all(e == exponent for e in powers):
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
    shortest = min(len(c) for c in chains)
    back = 0
    first, *others = chains
    while back < shortest and all(c[-1 - back] == first[-1 - back] for c in others):
        back += 1
    front = 0
    while front < shortest - back and all(c[front] == first[front] for c in others):
        front += 1
    return first[:front], first[len(first) - back :] if back else ()


def common_coefficient(live: list[Parts], shared: bool) -> Fraction:
    """The number in front of every term up to its sign; `shared`: something else is taken out as well."""
    first = live[0].coef
    if all(p.coef is UNIT for p in live):
        return UNIT
    size = abs(first)
    if (size == 1 and not shared) or not all(abs(p.coef) == size for p in live):
        return UNIT
    whole = first if first > 0 or all(p.coef < 0 for p in live) else size
    return UNIT if whole == 1 else whole
