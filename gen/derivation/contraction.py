"""Contraction: a delta with a dummy index replaces it; like terms are then collected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

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
)
from gen.language.node import size

MOST_NAMED = 3  # deltas named one by one in a reason


def contract(term: Term) -> tuple[Term, Reason, tuple[int, ...]]:
    """A term with every delta used that can be; the reason; the factors that changed."""
    if _is_done(term):
        return term, (), ()
    factors: list[tuple[Factor, bool]] = [(f, False) for f in _split_pairs(term.factors)]
    bound = list(term.bound)
    words: list[str | Delta | Index] = []
    while True:
        found = _usable(factors, bound)
        if found is None:
            break
        place, dummy, other = found
        delta = factors.pop(place)[0]
        bound.remove(dummy)
        changes = {dummy: other}
        factors = [(substitute(f, changes), changed or dummy in factor_letters(f)) for f, changed in factors]
        factors = [(f, c) for f, c in factors if not _trivial(f)]
        factors = [(f, c) for pair, c in factors for f in _split_pairs((pair,))]
        assert isinstance(delta, Delta)
        words += ["; " if words else "", delta, " replaces ", dummy, " by ", other]
    kept = _without_repeated_deltas([x for x in factors if not _trivial(x[0])])
    touched = {x for f, _ in kept for x in factor_letters(f)}
    idle = [x for x in bound if x not in touched]
    sizes = [(Entry(size(x.dim)), True) for x in idle]
    bound = [x for x in bound if x in touched]
    whole = [*sizes, *kept]
    changed = tuple(k for k, (_, c) in enumerate(whole) if c)
    reason = _delta_words(words)
    if idle:
        reason = (
            *reason,
            "; " if reason else "",
            "the sum over ",
            idle[0],
            " has ",
            size(idle[0].dim),
            " equal terms",
        )
    return Term(term.coef, tuple(f for f, _ in whole), tuple(bound)), reason, changed


def _is_done(term: Term) -> bool:
    """No delta, and every dummy index in use: nothing to contract."""
    if any(isinstance(f, Delta) for f in term.factors):
        return False
    touched = {x for f in term.factors for x in factor_letters(f)}
    return touched.issuperset(term.bound)


def _delta_words(words: list[str | Delta | Index]) -> Reason:
    one = Fraction(1)
    if words.count(" replaces ") > MOST_NAMED:
        return ("each delta replaces a dummy index by its other index",)
    return tuple((Term(one, (w,)),) if isinstance(w, Delta) else w for w in words)


def _without_repeated_deltas(factors: list[tuple[Factor, bool]]) -> list[tuple[Factor, bool]]:
    """δ·δ = δ."""
    out: list[tuple[Factor, bool]] = []
    for f, changed in factors:
        if not (isinstance(f, Delta) and any(f == g for g, _ in out)):
            out.append((f, changed))
    return out


def _trivial(factor: Factor) -> bool:
    return isinstance(factor, Delta) and factor.first == factor.second


def _split_pairs(factors: tuple[Factor, ...]) -> list[Factor]:
    """δ of two compound indices of the same make is a product of two deltas."""
    out: list[Factor] = []
    for f in factors:
        if isinstance(f, Delta) and isinstance(f.first, Pair) and isinstance(f.second, Pair):
            a, b = f.first, f.second
            if a.first.dim == b.first.dim:
                out += _split_pairs((Delta(a.first, b.first), Delta(a.second, b.second)))
                continue
        out.append(f)
    return out


def _usable(factors: list[tuple[Factor, bool]], bound: list[Letter]) -> tuple[int, Letter, Index] | None:
    """The first delta one of whose indices is a dummy: (place, dummy, what replaces it)."""
    for place, (f, _) in enumerate(factors):
        if not isinstance(f, Delta) or f.first == f.second:
            continue
        for dummy, other in ((f.first, f.second), (f.second, f.first)):
            if isinstance(dummy, Letter) and dummy in bound and dummy not in letters(other):
                return place, dummy, other
    return None


def _contraction(term: Term, fresh: Fresh) -> Rewritten | None:
    if any(isinstance(f, Partial) for f in term.factors):
        return None
    new, reason, changed = contract(term)
    return None if new == term else Rewritten((new,), reason or ("a delta of equal indices is 1",), changed)


def collect(terms: Terms) -> Terms:
    """Like terms added up, terms with coefficient 0 dropped; the first one keeps its place."""
    if len(terms) == 1 and terms[0].coef != 0:
        return terms
    if len({_sketch(t) for t in terms}) == len(terms):
        return terms if all(t.coef is UNIT or t.coef != 0 for t in terms) else tuple(_live(terms))
    order: dict[object, int] = {}
    out: list[Term] = []
    for term in terms:
        key = _like(term)
        if key in order:
            k = order[key]
            out[k] = Term(out[k].coef + term.coef, out[k].factors, out[k].bound)
        else:
            order[key] = len(out)
            out.append(term)
    return tuple(_live(out))


def _live(terms: Iterable[Term]) -> list[Term]:
    return [t for t in terms if t.coef is UNIT or t.coef != 0]


def _sketch(term: Term) -> object:
    """A key without letters: where it differs, the terms cannot be alike; it is quick to make."""
    nodes = [f.node.code if isinstance(f, Entry) else 0 for f in term.factors]
    nodes.sort()
    return tuple(nodes), len(term.bound)


def _like(term: Term) -> object:
    """A key that two terms share when they differ by the names of dummies and the order of factors only."""
    factors = term.factors
    if term.bound:
        names: dict[Letter, Index] = {x: Letter(f"#{n}", x.dim) for n, x in enumerate(term.bound)}
        factors = tuple([substitute(f, names) for f in factors])
    return frozenset(Counter(factors).items()), tuple([x.dim for x in term.bound])


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
