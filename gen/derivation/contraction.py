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

FEW = 3  # terms that are compared one with one, without sketches of them
MOST_NAMED = 3  # deltas named one by one in the reason of a step
EACH: Reason = ("each delta replaces a dummy index by its other index",)
REPLACES = " replaces "
ONCE: Reason = ("where nothing else has the dummy index of a delta, the sum over it is 1",)


def contract(term: Term) -> tuple[Term, Reason, tuple[int, ...]]:
    """A term with every delta used that can be; the reason; the factors that changed.

    Where there is nothing to do, the term is handed back as it came. Deltas are used in order,
    each as the ones before it left it; the other factors are rewritten once, at the end.
    """
    free = False  # is there a delta that stays as it is, as long as it stands alone?
    for factor in term.factors:
        if type(factor) is Delta:
            if free or term.bound or not _is_plain(factor):
                break
            free = True
    else:
        if not term.bound or not _idle(term.factors, term.bound):
            return term, (), ()
    bound = list(term.bound)
    alone = False
    changes: dict[str, Index] = {}
    words: list[str | Terms | Index] = []
    rest: list[tuple[Factor, bool]] = []
    at_entries = _plain_indices(term.factors)
    for place, factor in enumerate(term.factors):
        if type(factor) is not Delta:
            rest.append((factor, False))
            continue
        for delta in _split(factor) if type(factor.first) is Pair else (factor,):
            left = _changed(delta, changes) if changes else delta
            for now in (left,) if type(left.first) is Letter else _split(left):
                found = replacement(now, bound)
                if found is None:
                    rest.append((now, now is not delta))
                    continue
                dummy, other = found
                if words:
                    words.append("; ")
                if dummy.name not in at_entries and _is_alone(
                    dummy, changes, rest, term.factors[place + 1 :]
                ):
                    alone = True
                    words += ["the sum over ", dummy, " of ", (Term(UNIT, (now,)),), " is 1"]
                else:
                    words += (Term(UNIT, (now,)),), REPLACES, dummy, " by ", other
                bound.remove(dummy)
                for x, y in changes.items():
                    if type(y) is not Letter or y.name == dummy.name:
                        changes[x] = swapped(y, {dummy.name: other})
                changes[dummy.name] = other
    reason: Reason = tuple(words)
    if len(changes) > MOST_NAMED:
        reason = (*EACH, "; ", *ONCE) if alone else EACH
    return _put_together(term, rest, bound, changes, reason)


def _plain_indices(factors: Sequence[Factor]) -> set[str]:
    """The names of the letters that stand in entries by themselves: nearly every dummy index is one."""
    names: set[str] = set()
    for f in factors:
        if type(f) is Entry:
            if type(f.row) is Letter:
                names.add(f.row.name)
            if type(f.col) is Letter:
                names.add(f.col.name)
    return names


def _is_alone(
    dummy: Letter,
    changes: dict[str, Index],
    kept: Sequence[tuple[Factor, bool]],
    behind: Sequence[Factor],
) -> bool:
    """Does a dummy index stand in no factor but its delta, neither itself nor by what it has replaced?

    The others are those that are kept, and those behind the delta.
    """
    names = [dummy.name, *[x for x, y in changes.items() if y is dummy or dummy in letters(y)]]
    others = [*behind, *[f for f, _ in kept]]
    return not any(x.name in names for f in others for x in factor_letters(f))


def named_or_each(said: Sequence[Reason]) -> Sequence[Reason]:
    """The pieces of a step's reason: many replacements, over all its terms, are said once for each delta."""
    if len(said) <= MOST_NAMED and EACH not in said:
        return said
    named = [part for part in said if part == EACH or (len(part) > 1 and part[1] == REPLACES)]
    if EACH not in named and len(named) <= MOST_NAMED:
        return said
    return (EACH, *[part for part in said if part not in named])


def _put_together(
    term: Term,
    rest: list[tuple[Factor, bool]],
    bound: list[Letter],
    changes: dict[str, Index],
    reason: Reason,
) -> tuple[Term, Reason, tuple[int, ...]]:
    """The contracted term; a sum over an index that stands nowhere is a multiplication by its range."""
    factors: list[Factor] = []
    changed: list[int] = []
    for factor, rewritten in rest:
        new = substitute(factor, changes) if changes else factor
        # A delta of equal indices is 1, and δ·δ = δ.
        if type(new) is Delta and (new.first == new.second or new in factors):
            continue
        if rewritten or new is not factor:
            changed.append(len(factors))
        factors.append(new)
    idle = _idle(factors, bound) if bound else []
    if idle:
        bound = [x for x in bound if x not in idle]
        changed = [*range(len(idle)), *(k + len(idle) for k in changed)]
        factors = [*[Entry(size(x.dim)) for x in idle], *factors]
        said = ("the sum over ", idle[0], " has ", size(idle[0].dim), " equal terms")
        reason = (*reason, "; " if reason else "", *said)
    elif not changes and tuple(factors) == term.factors:
        return term, (), ()
    return Term(term.coef, tuple(factors), tuple(bound)), reason, tuple(changed)


def _idle(factors: Sequence[Factor], bound: Sequence[Letter]) -> list[Letter]:
    """The dummy indices that stand nowhere."""
    out: list[Letter] = []
    for x in bound:
        for f in factors:
            # Nearly always the letter is found as it is.
            if type(f) is Entry and (f.row is x or f.col is x):
                break
        else:
            if not any(x in factor_letters(f) for f in factors):
                out.append(x)
    return out


def _is_plain(delta: Delta) -> bool:
    """Is it one of two different letters?"""
    first, second = delta.first, delta.second
    return type(first) is Letter and type(second) is Letter and first.name != second.name


def _changed(delta: Delta, changes: dict[str, Index]) -> Delta:
    first, second = delta.first, delta.second
    first = changes.get(first.name, first) if type(first) is Letter else swapped(first, changes)
    second = changes.get(second.name, second) if type(second) is Letter else swapped(second, changes)
    return delta if first is delta.first and second is delta.second else Delta(first, second)


def _split(delta: Delta) -> Sequence[Delta]:
    """δ of two compound indices of the same make is a product of two deltas."""
    a, b = delta.first, delta.second
    if type(a) is Pair and type(b) is Pair and a.first.dim == b.first.dim:
        return [*_split(Delta(a.first, b.first)), *_split(Delta(a.second, b.second))]
    return (delta,)


def replacement(delta: Delta, bound: Sequence[Letter]) -> tuple[Letter, Index] | None:
    """A dummy index of a delta and what it is replaced by."""
    first, second = delta.first, delta.second
    if type(first) is Letter and first in bound and not _stands_in(first, second):
        return first, second
    if type(second) is Letter and second in bound and not _stands_in(second, first):
        return second, first
    return None


def _stands_in(letter: Letter, index: Index) -> bool:
    return letter.name == index.name if type(index) is Letter else letter in letters(index)


def _contraction(term: Term, fresh: Fresh) -> Rewritten | None:
    new, reason, changed = contract(term)
    if new is term:
        return None
    for factor in term.factors:
        if type(factor) is Partial:
            return None
    return Rewritten((new,), reason or ("a delta of equal indices is 1",), changed)


def collect(terms: Terms) -> Terms:
    """Like terms added up, terms with coefficient 0 dropped; the first one keeps its place.

    Where there is nothing to do, the terms are handed back as they came.
    """
    if len(terms) == 1:
        return terms if terms[0].coef is UNIT or terms[0].coef else ()
    out, fewer, few = list(terms), False, len(terms) <= FEW
    all_places: list[int] = []
    places: dict[object, list[int]] = {}
    for place, term in enumerate(terms):
        if term.coef is not UNIT and not term.coef:
            fewer = True
        among = all_places if few else places.setdefault(_sketch(term), [])
        for first in among:
            if _alike(out[first], term):
                out[first] = Term(out[first].coef + term.coef, out[first].factors, out[first].bound)
                out[place] = Term(NO_NUMBER, ())
                fewer = True
                break
        else:
            among.append(place)
    return tuple([t for t in out if t.coef is UNIT or t.coef]) if fewer else terms


def _sketch(term: Term) -> object:
    """A key without letters: where it differs, the terms cannot be alike; it is quick to make."""
    # The order of factors does not matter, so their codes are added.
    total, bound = 0, term.bound
    for f in term.factors:
        if type(f) is Entry:
            total += f.node.code
            if bound and f.col is not None and f.row in bound:
                total += f.node.code
    return total, len(term.factors), len(bound)


def _alike(a: Term, b: Term) -> bool:
    """Do two terms differ by the names of dummies and the order of factors only?"""
    if len(a.factors) != len(b.factors) or len(a.bound) != len(b.bound):
        return False
    names: dict[str, Index] = {}
    for x, y in zip(b.bound, a.bound, strict=True):
        if x is not y:
            if x.dim != y.dim:
                return False
            names[x.name] = y
    left = list(a.factors)
    for f in b.factors:
        same, kind = substitute(f, names) if names else f, type(f)
        for place, other in enumerate(left):
            if other is same or (type(other) is kind and other == same):
                del left[place]
                break
        else:
            return False
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
    settles=True,
)
