"""Mistakes in the bookkeeping of the product rule, the quotient rule and the chain rule."""

from __future__ import annotations

from gen.derivation.record import Rewritten
from gen.language.function import Fresh
from gen.language.index import UNIT, Delta, Entry, Factor, Partial, Term, factor_letters
from gen.problems.misconception import Misconception
from gen.problems.mistake_places import instead, terms_of
from gen.problems.mistake_sources import BOOKKEEPING, SCALAR_RULES

CHAIN = frozenset(("elementwise_chain_rule", "power_rule", "chain_rule"))


def quotient_sign_lost(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """∂a/b + a ∂b/b², the minus lost."""
    terms = terms_of(right)
    if all(t.coef > 0 for t in terms):
        return None
    return instead(right, *[Term(abs(t.coef), t.factors, t.bound) for t in terms])


def term_lost(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """Only the first factor that holds the variable is differentiated."""
    terms = terms_of(right)
    return instead(right, terms[0]) if len(terms) > 1 else None


def last_occurrence_missed(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """Of three or more factors with the variable the last is not differentiated."""
    terms = terms_of(right)
    return instead(right, *terms[:-1]) if len(terms) > 2 else None


def outer_lost(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """∂u for f′(u) ∂u, where the slope is one factor: of what has several, nobody loses all at once."""
    terms = terms_of(right)
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
    return instead(right, Term(UNIT, tuple(f for f in t.factors if f in kept), t.bound))


def _of_constant(factor: Factor, live: list[Partial]) -> bool:
    """Does it belong to the inner function: a factor without the variable?"""
    return (
        isinstance(factor, Entry)
        and not factor.node.is_scalar
        and live[0].by.node.name not in factor.node.names
    )


def inner_lost(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """f′(u) for f′(u) ∂u: the derivative of u by the variable taken as δ, or as 1 for a scalar u."""
    out: list[Term] = []
    for t in terms_of(right):
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
    return instead(right, *out) if out else None


def exponent_kept_above(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """u^(a−1) ∂u: the exponent does not come down."""
    terms = terms_of(right)
    if all(abs(t.coef) == 1 for t in terms):
        return None
    return instead(right, *[Term(t.coef / abs(t.coef), t.factors, t.bound) for t in terms])


CALCULUS: tuple[Misconception, ...] = (
    Misconception(
        "quotient-sign-lost",
        "Quotient rule with a plus",
        r"$\mathrm d(a/b) = \mathrm da/b - a\,\mathrm db/b^2$: what comes from the denominator is taken "
        r"away.",
        SCALAR_RULES,
        frozenset(("quotient_rule",)),
        in_rule=quotient_sign_lost,
    ),
    Misconception(
        "product-rule-term-lost",
        "Product rule with one term lost",
        "The variable stands in several factors. Each is differentiated in turn while the others wait, and "
        "the "
        r"results are added: $\partial(ab) = \partial a\,b + a\,\partial b$. You differentiated only the "
        r"first.",
        BOOKKEEPING,
        frozenset(("product_rule",)),
        in_rule=term_lost,
    ),
    Misconception(
        "last-occurrence-missed",
        "One occurrence of the variable not differentiated",
        "Count how often the variable stands in the product: each time gives a term of the product rule. "
        "The last "
        "one is missing.",
        BOOKKEEPING,
        frozenset(("product_rule",)),
        in_rule=last_occurrence_missed,
    ),
    Misconception(
        "chain-outer-lost",
        "Chain rule: the outer factor lost",
        r"$\partial f(u) = f'(u)\,\partial u$: the slope of the outer function, taken at $u$, stays as a "
        r"factor.",
        BOOKKEEPING,
        CHAIN,
        in_rule=outer_lost,
    ),
    Misconception(
        "chain-inner-lost",
        "Chain rule: the inner derivative lost",
        r"$\partial f(u) = f'(u)\,\partial u$: what stands inside is differentiated too. You stopped after "
        r"the "
        "outer function.",
        BOOKKEEPING,
        CHAIN,
        in_rule=inner_lost,
    ),
    Misconception(
        "factor-two-lost",
        "The exponent does not come down",
        r"$\partial u^a = a\,u^{a-1}\,\partial u$: the exponent becomes a factor. For a square that is the "
        r"2.",
        BOOKKEEPING,
        frozenset(("power_rule",)),
        in_rule=exponent_kept_above,
    ),
)
