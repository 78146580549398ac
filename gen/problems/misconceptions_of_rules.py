"""Mistakes made where a rule is applied: each makes what the right rule gives wrong, or gives None."""

from __future__ import annotations

from collections.abc import Iterator

from gen.derivation.contraction import contract
from gen.derivation.record import Rewritten
from gen.language.function import Fresh
from gen.language.index import (
    UNIT,
    Delta,
    Entry,
    Factor,
    Index,
    Letter,
    Partial,
    Term,
    Terms,
    factor_letters,
    substitute,
)
from gen.language.node import Node, multiply, size
from gen.problems.misconception import InRule


def delta_with_wrong_index(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """δ_ir δ_jq for δ_iq δ_jr."""
    if not isinstance(place, Partial) or place.inner is None or place.by.node.structure is not None:
        return None
    (i, j), (q, r) = (place.inner.row, place.inner.col), (place.by.row, place.by.col)
    if i is None or j is None or q is None or r is None:
        return None
    return _instead(right, Term(UNIT, (Delta(i, r), Delta(j, q))))


def structure_forgotten(*structures: str) -> InRule:
    """The partial derivative by the entry alone: its mirror image, or the zeros, forgotten."""

    def apply(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
        structure = place.by.node.structure if isinstance(place, Partial) else None
        if structure not in structures:
            return None
        terms = _terms(right)
        plain = Term(terms[0].coef, terms[0].factors[:2], terms[0].bound)
        return None if terms == (plain,) else _instead(right, plain)

    return apply


def diagonal_counted_twice(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """δ_iq δ_jr + δ_ir δ_jq, also on the diagonal."""
    terms = _terms(right)
    symmetric = isinstance(place, Partial) and place.by.node.structure == "symmetric"
    return _instead(right, *terms[:2]) if symmetric and len(terms) == 3 else None


def every_entry_changes(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """∂X_ij/∂X_qr = 1 for all entries."""
    terms = _terms(right)
    return _instead(right, Term(UNIT, ())) if terms[0].factors else None


def term_lost(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """Only the first factor that holds the variable is differentiated."""
    terms = _terms(right)
    return _instead(right, terms[0]) if len(terms) > 1 else None


def last_occurrence_missed(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """Of three or more factors with the variable the last is not differentiated."""
    terms = _terms(right)
    return _instead(right, *terms[:-1]) if len(terms) > 2 else None


def as_if_factors_commuted(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """n A^(n−1) ∂A for a power of a matrix: the first term, as many times as there are terms."""
    terms = _terms(right)
    nodes = {n for t in terms for n in _nodes(t)}
    if len(terms) < 2 or len(nodes) != 1 or any(len(_nodes(t)) != len(t.factors) for t in terms):
        return None
    return _instead(right, Term(terms[0].coef * len(terms), terms[0].factors, terms[0].bound))


def dummy_reused(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """One letter for two sums over the same range."""
    terms = _terms(right)
    if len(terms) != 1 or len(terms[0].factors) != 1:
        return None
    (outer,) = terms[0].factors
    if not isinstance(outer, Partial) or len(outer.body) != 1:
        return None
    (body,) = outer.body
    for k, second in enumerate(body.bound):
        for first in body.bound[:k]:
            # Two letters of one entry would only take a diagonal.
            together = any({first, second} <= set(factor_letters(f)) for f in body.factors)
            if first.dim == second.dim and not together:
                one_letter = {second: first}
                factors = tuple(substitute(f, one_letter) for f in body.factors)
                bound = tuple(x for x in body.bound if x != second)
                return _instead(right, Term(UNIT, (Partial((Term(body.coef, factors, bound),), outer.by),)))
    return None


def outer_lost(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """∂u for f′(u) ∂u, where the slope is one factor: of what has several, nobody loses all at once."""
    terms = _terms(right)
    if len(terms) != 1:
        return None
    (t,) = terms
    live = [f for f in t.factors if isinstance(f, Partial)]
    if len(live) != 1:
        return None
    kept = [*live, *[f for f in t.factors if _of_constant(f, live)]]
    lost = [f for f in t.factors if f not in kept]
    if not lost and t.coef == 1:
        return None
    slopes = sum(isinstance(f, Entry) and live[0].by.node.name in f.node.names for f in lost)
    if slopes > 1 or not set(t.bound) <= {x for f in kept for x in factor_letters(f)}:
        return None
    return _instead(right, Term(UNIT, tuple(f for f in t.factors if f in kept), t.bound))


def inner_lost(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """f′(u) for f′(u) ∂u: the derivative of u by the variable taken as δ, or as 1 for a scalar u."""
    out: list[Term] = []
    for t in _terms(right):
        live = [f for f in t.factors if isinstance(f, Partial)]
        if len(live) != 1 or live[0].inner is None or live[0].inner.node == live[0].by.node:
            return None
        (inner, by) = (live[0].inner, live[0].by)
        pairs = ((inner.row, by.row), (inner.col, by.col))
        deltas: list[Factor] = []
        for mine, its in pairs:
            if mine is not None and its is not None and mine.dim == its.dim:
                deltas.append(Delta(mine, its))
            elif mine is not None or (its is not None and deltas):
                return None
        at = t.factors.index(live[0])
        out.append(Term(t.coef, (*t.factors[:at], *deltas, *t.factors[at + 1 :]), t.bound))
    return _instead(right, *out) if out else None


def exponent_kept_above(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """u^(a−1) ∂u: the exponent does not come down."""
    terms = _terms(right)
    if all(abs(t.coef) == 1 for t in terms):
        return None
    return _instead(right, *[Term(t.coef / abs(t.coef), t.factors, t.bound) for t in terms])


def inverse_like_reciprocal(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """−X⁻² ∂X for −X⁻¹ ∂X X⁻¹."""
    terms = _terms(right)
    if not _is_call(place, "inv") or len(terms) != 1 or len(terms[0].factors) != 3:
        return None
    first, middle, last = terms[0].factors
    if not (isinstance(first, Entry) and isinstance(middle, Partial) and isinstance(last, Entry)):
        return None
    if middle.inner is None or not isinstance(last.row, Letter) or last.col is None:
        return None
    squared = Entry(multiply(first.node, last.node), first.row, first.col)
    changes: dict[Letter, Index] = {last.row: last.col}
    bound = tuple(x for x in terms[0].bound if x != last.row)
    return _instead(right, Term(terms[0].coef, (squared, substitute(middle, changes)), bound))


def inverse_without_sign(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """X⁻¹ ∂X X⁻¹, its minus lost."""
    if not _is_call(place, "inv"):
        return None
    return _instead(right, *[Term(-t.coef, t.factors, t.bound) for t in _terms(right)])


def softmax_as_elementwise(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """s ∘ ∂u, without the term that keeps the sum at 1."""
    terms = _terms(right)
    if not _is_call(place, "softmax", "softmaxrows") or len(terms) < 2:
        return None
    return _instead(right, terms[0])


def determinant_as_logdet(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """tr(X⁻¹ ∂X), without det X in front."""
    if not _is_call(place, "det"):
        return None
    out = [
        Term(t.coef, tuple(f for f in t.factors if not _is_scalar_call(f, "det")), t.bound)
        for t in _terms(right)
    ]
    return _instead(right, *out)


def norm_as_square(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """2 u ∂u for u ∂u/‖u‖."""
    if not _is_call(place, "norm2", "normF"):
        return None
    out: list[Term] = []
    for t in _terms(right):
        kept = tuple(f for f in t.factors if not (isinstance(f, Entry) and f.node.is_scalar))
        if len(kept) == len(t.factors):
            return None
        out.append(Term(t.coef * 2, kept, t.bound))
    return _instead(right, *out)


def norm_left_standing(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """‖u‖ kept in front of the derivative of ‖u‖²."""
    if not isinstance(place, Partial) or place.inner is None or place.inner.node.kind != "power":
        return None
    norm = Entry(place.inner.node.args[0])
    return _instead(right, *[Term(t.coef, (norm, *t.factors), t.bound) for t in _terms(right)])


def quotient_sign_lost(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """∂a/b + a ∂b/b², the minus lost."""
    terms = _terms(right)
    if all(t.coef > 0 for t in terms):
        return None
    return _instead(right, *[Term(abs(t.coef), t.factors, t.bound) for t in terms])


def wrong_place_replaced(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """The letter put in at the other index of an entry: the entry is read backwards."""
    out: list[Term] = []
    struck = False
    for t in _terms(right):
        factors: list[Factor] = []
        for k, f in enumerate(t.factors):
            if k in right.changed and isinstance(f, Entry) and _same_range(f):
                f, struck = Entry(f.node, f.col, f.row), True
            factors.append(f)
        out.append(Term(t.coef, tuple(factors), t.bound))
    return _instead(right, *out) if struck else None


def delta_erased(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """The delta taken for 1: its dummy index is not replaced, and the sum stays."""
    if not isinstance(place, Term):
        return None
    for k, f in enumerate(place.factors):
        if isinstance(f, Delta) and any(x in place.bound for x in (f.first, f.second)):
            return _instead(right, Term(place.coef, place.factors[:k] + place.factors[k + 1 :], place.bound))
    return None


def last_delta_erased(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """Every delta used but the last, which is taken for 1."""
    if not isinstance(place, Term):
        return None
    deltas = [k for k, f in enumerate(place.factors) if isinstance(f, Delta)]
    if len(deltas) < 2:
        return None
    last = place.factors[deltas[-1]]
    if not isinstance(last, Delta) or not any(x in place.bound for x in (last.first, last.second)):
        return None
    at = deltas[-1]
    rest, _, changed = contract(Term(place.coef, place.factors[:at] + place.factors[at + 1 :], place.bound))
    return Rewritten((rest,), right.because, changed)


def sum_kept(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """The dummy index replaced, and its sum kept: n equal terms."""
    terms = _terms(right)
    if not isinstance(place, Term) or len(terms) != 1:
        return None
    gone = [x for x in place.bound if x not in terms[0].bound]
    if not gone:
        return None
    (t,) = terms
    return _instead(right, Term(t.coef, (Entry(size(gone[0].dim)), *t.factors), t.bound))


def free_delta_lost(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """A delta of two free indices left out: the identity is lost."""
    out = [
        Term(t.coef, tuple(f for f in t.factors if not isinstance(f, Delta)), t.bound) for t in _terms(right)
    ]
    struck = any(len(a.factors) < len(b.factors) for a, b in zip(out, _terms(right), strict=True))
    return _instead(right, *out) if struck else None


def delta_trace_is_one(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """Σ_i δ_ii = 1 for n."""
    out: list[Term] = []
    struck = False
    for t in _terms(right):
        kept = tuple(f for f in t.factors if not (isinstance(f, Entry) and f.node.kind == "size"))
        struck = struck or len(kept) < len(t.factors)
        out.append(Term(t.coef, kept, t.bound))
    return _instead(right, *out) if struck else None


def _terms(right: Rewritten) -> Terms:
    assert isinstance(right.new, tuple), "index rules give terms"
    return right.new


def _instead(right: Rewritten, *terms: Term) -> Rewritten:
    """Other terms, with the reason a student who errs would give: that of the right rule."""
    return Rewritten(terms, right.because)


def _nodes(term: Term) -> tuple[Node, ...]:
    """What the entries and partials of a term are of, in order."""
    return tuple([node for f in term.factors for node in _inside(f)])


def _inside(factor: Factor) -> Iterator[Node]:
    if isinstance(factor, Entry):
        yield factor.node
    elif isinstance(factor, Partial) and factor.inner is not None:
        yield factor.inner.node


def _of_constant(factor: Factor, live: list[Partial]) -> bool:
    """Does it belong to the inner function: a factor without the variable?"""
    return (
        isinstance(factor, Entry)
        and not factor.node.is_scalar
        and live[0].by.node.name not in factor.node.names
    )


def _is_call(place: Factor | Term, *names: str) -> bool:
    if not isinstance(place, Partial) or place.inner is None:
        return False
    node = place.inner.node
    return node.kind == "call" and node.name in names


def _is_scalar_call(factor: Factor, name: str) -> bool:
    return isinstance(factor, Entry) and factor.node.kind == "call" and factor.node.name == name


def _same_range(entry: Entry) -> bool:
    return (
        entry.row is not None
        and entry.col is not None
        and entry.row.dim == entry.col.dim
        and entry.row != entry.col
    )
