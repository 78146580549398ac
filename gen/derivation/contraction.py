"""Contraction: a delta with a dummy index replaces it; like terms are then collected."""

from __future__ import annotations

from collections.abc import Sequence

from gen.derivation.record import Reason, Rewritten, Rule
from gen.language.function import Fresh
from gen.language.index import (
    UNIT,
    Delta,
    Entry,
    Factor,
    Index,
    Letter,
    Pair,
    Partial,
    Term,
    Terms,
    factor_letters,
    letters,
    substitute,
    swapped,
)
from gen.language.node import NO_NUMBER, size

MOST_NAMED = 3  # deltas named one by one in a reason


def contract(term: Term) -> tuple[Term, Reason, tuple[int, ...]]:
    """A term with every delta used that can be; the reason; the factors that changed."""
    if is_contracted(term):
        return term, (), ()
    factors: list[tuple[Factor, bool]] = [(f, False) for f in _split_pairs(term.factors)]
    bound = list(term.bound)
    changes: dict[Letter, Index] = {}
    words: list[str | Delta | Index] = []
    while True:
        found = _usable(factors, bound)
        if found is None:
            break
        place, dummy, other = found
        delta = factors.pop(place)[0]
        assert isinstance(delta, Delta)
        words += ["; " if words else "", delta, " replaces ", dummy, " by ", other]
        bound.remove(dummy)
        change = {dummy: other}
        # Deltas are rewritten at once, for they decide what comes next; all else once, at the end.
        factors = _with_deltas_changed(factors, change)
        changes = {x: swapped(y, change) for x, y in changes.items()}
        changes[dummy] = other
    kept: list[tuple[Factor, bool]] = []
    for factor, changed in factors:
        if isinstance(factor, Delta):
            # A delta of equal indices is 1, and δ·δ = δ.
            if factor.first != factor.second and not any(factor == f for f, _ in kept):
                kept.append((factor, changed))
        else:
            new = substitute(factor, changes)
            kept.append((new, new is not factor))
    return _with_sizes(term, kept, bound, _delta_words(words))


def _with_sizes(
    term: Term, factors: list[tuple[Factor, bool]], bound: list[Letter], reason: Reason
) -> tuple[Term, Reason, tuple[int, ...]]:
    """The contracted term; a sum over an index that stands nowhere is a multiplication by its range."""
    touched = {x for f, _ in factors for x in factor_letters(f)}
    idle = [x for x in bound if x not in touched]
    if idle:
        bound = [x for x in bound if x in touched]
        factors = [*[(Entry(size(x.dim)), True) for x in idle], *factors]
        said = ("the sum over ", idle[0], " has ", size(idle[0].dim), " equal terms")
        reason = (*reason, "; " if reason else "", *said)
    places = tuple([k for k, (_, changed) in enumerate(factors) if changed])
    return Term(term.coef, tuple([f for f, _ in factors]), tuple(bound)), reason, places


def is_contracted(term: Term) -> bool:
    """No delta that could be used or left out, and every dummy index in use: nothing to contract."""
    deltas = [f for f in term.factors if isinstance(f, Delta)]
    for number, delta in enumerate(deltas):
        if _replacement(delta, term.bound) or delta.first == delta.second:
            return False
        if _halves(delta) or delta in deltas[:number]:
            return False
    if not term.bound:
        return True
    touched = {x for f in term.factors for x in factor_letters(f)}
    return touched.issuperset(term.bound)


def _delta_words(words: list[str | Delta | Index]) -> Reason:
    if words.count(" replaces ") > MOST_NAMED:
        return ("each delta replaces a dummy index by its other index",)
    return tuple((Term(UNIT, (w,)),) if isinstance(w, Delta) else w for w in words)


def _with_deltas_changed(
    factors: list[tuple[Factor, bool]], change: dict[Letter, Index]
) -> list[tuple[Factor, bool]]:
    """The factors with a letter replaced in the deltas; deltas of equal indices are left out."""
    out: list[tuple[Factor, bool]] = []
    for factor, changed in factors:
        if not isinstance(factor, Delta):
            out.append((factor, changed))
            continue
        new = substitute(factor, change)
        assert isinstance(new, Delta)
        if new.first != new.second:
            out += [(f, changed or new is not factor) for f in _split_pairs((new,))]
    return out


def _split_pairs(factors: tuple[Factor, ...]) -> list[Factor]:
    """δ of two compound indices of the same make is a product of two deltas."""
    out: list[Factor] = []
    for f in factors:
        halves = _halves(f) if isinstance(f, Delta) else None
        if halves is None:
            out.append(f)
        else:
            out += _split_pairs(halves)
    return out


def _halves(delta: Delta) -> tuple[Delta, Delta] | None:
    """The two deltas that a delta of compound indices is the product of."""
    a, b = delta.first, delta.second
    if isinstance(a, Pair) and isinstance(b, Pair) and a.first.dim == b.first.dim:
        return Delta(a.first, b.first), Delta(a.second, b.second)
    return None


def _usable(factors: list[tuple[Factor, bool]], bound: list[Letter]) -> tuple[int, Letter, Index] | None:
    """The first delta one of whose indices is a dummy: (place, dummy, what replaces it)."""
    for place, (factor, _) in enumerate(factors):
        if isinstance(factor, Delta):
            found = _replacement(factor, bound)
            if found is not None:
                return (place, *found)
    return None


def _replacement(delta: Delta, bound: Sequence[Letter]) -> tuple[Letter, Index] | None:
    """A dummy index of a delta and what it is replaced by."""
    first, second = delta.first, delta.second
    if isinstance(first, Letter) and first in bound and first not in letters(second):
        return first, second
    if isinstance(second, Letter) and second in bound and second not in letters(first):
        return second, first
    return None


def _contraction(term: Term, fresh: Fresh) -> Rewritten | None:
    for factor in term.factors:
        if isinstance(factor, Partial):
            return None
    new, reason, changed = contract(term)
    return None if new is term else Rewritten((new,), reason or ("a delta of equal indices is 1",), changed)


def collect(terms: Terms) -> Terms:
    """Like terms added up, terms with coefficient 0 dropped; the first one keeps its place.

    Where there is nothing to do, the terms are handed back as they came.
    """
    out = list(terms)
    if len(terms) > 1:
        places: dict[object, list[int]] = {}
        for place, term in enumerate(terms):
            among = places.setdefault(_sketch(term), [])
            for first in among:
                if _alike(out[first], term):
                    out[first] = Term(out[first].coef + term.coef, out[first].factors, out[first].bound)
                    out[place] = Term(NO_NUMBER, ())
                    break
            else:
                among.append(place)
    live = tuple([t for t in out if t.coef is UNIT or t.coef != 0])
    return terms if len(live) == len(terms) else live


def _sketch(term: Term) -> object:
    """A key without letters: where it differs, the terms cannot be alike; it is quick to make."""
    # The order of factors does not matter, so their codes are added.
    total = 0
    for f in term.factors:
        if isinstance(f, Entry):
            total += f.node.code
    return total, len(term.factors), len(term.bound)


def _alike(a: Term, b: Term) -> bool:
    """Do two terms differ by the names of dummies and the order of factors only?"""
    names: dict[Letter, Index] = {}
    for x, y in zip(b.bound, a.bound, strict=True):
        if x.dim != y.dim:
            return False
        names[x] = y
    left = list(a.factors)
    for f in b.factors:
        same = substitute(f, names) if names else f
        if same not in left:
            return False
        left.remove(same)
    return True


CONTRACTION = Rule(
    "contraction",
    "contraction",
    "Σ_j δ_jr A_j = A_r",
    "a delta leaves only the term in which its indices are equal",
    "definition of δ",
    "sum[j](delta[j,r]*X[j,k]) => X[r,k]",
    "key",
    "term",
    _contraction,
)
