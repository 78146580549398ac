"""What is linear under a derivative: sums, and the inner derivative that a chain rule leaves."""

from __future__ import annotations

from fractions import Fraction

from gen.derivation.index_form_rules import written_out
from gen.derivation.partials import partial_of
from gen.derivation.reasons import vanishing
from gen.derivation.record import Reason, Rewritten
from gen.derivation.unfold import entry
from gen.language.function import Fresh
from gen.language.index import UNIT, Factor, Partial, Term, Terms
from gen.language.node import Node, multiply

GOES_ON = frozenset(("sum", "product", "hadamard"))  # what a chain rule differentiates in the same line


def sum_rule(partial: Partial, fresh: Fresh) -> Rewritten | None:
    """The sum of the derivatives of the terms; those without the variable are dropped."""
    inner, by = partial.inner, partial.by
    if inner is None or inner.node.kind != "sum":
        return None
    variable = by.node.name
    live: list[Node] = []
    dead: list[Node] = []
    for arg in inner.node.args:
        (live if variable in arg.names else dead).append(arg)
    if not live:
        return None
    terms: list[Term] = []
    for arg in live:
        sign = UNIT
        if arg.kind == "product" and arg.args[0].kind == "number" and len(arg.args) > 1:
            sign, arg = arg.args[0].number, multiply(*arg.args[1:])
        terms.append(Term(sign, (partial_of(entry(arg, inner.row, inner.col), by),)))
    words: Reason = ("the derivative of a sum is the sum of the derivatives",) if len(live) > 1 else ()
    if dead:
        words = (*words, *(("; ",) if words else ()), *vanishing(dead, by.node, "derivative"))
    return Rewritten(tuple(terms), words)


def inner_derivative(partial: Partial, fresh: Fresh) -> tuple[Term, list[Reason]]:
    """What a chain rule multiplies with: ∂u, as a textbook goes on with it in the same line.

    A constant added to the one part of u that moves is dropped, and if that part is a
    product, it is written out in entries; the reasons say both.
    """
    coef = UNIT
    words: list[Reason] = []
    summed = sum_rule(partial, fresh)
    if summed is not None:
        assert isinstance(summed.new, tuple)
        if len(summed.new) > 1:
            return Term(UNIT, (partial,)), []
        (term,) = summed.new
        coef, (only,) = term.coef, term.factors
        assert isinstance(only, Partial)
        partial = only
        words.append(summed.because)
    if partial.kind in ("product", "hadamard"):
        form = written_out(partial, fresh)
        if form is not None:
            assert isinstance(form.new, tuple)
            (only,) = form.new[0].factors
            assert isinstance(only, Partial)
            partial = only
            words.append(form.because)
    return _freed(coef, partial), words


def _freed(coef: Fraction, partial: Partial) -> Term:
    """c ∂u as a term, Σ and numbers taken out of ∂(Σ c u) where u is a single factor."""
    (body,) = partial.body
    if partial.inner is not None or len(body.factors) != 1:
        return Term(coef, (partial,))
    inner = partial_of(body.factors[0], partial.by)
    return Term(body.coef if coef is UNIT else coef * body.coef, (inner,), body.bound)


def _joined(words: list[Reason]) -> Reason:
    if len(words) == 1:
        return words[0]
    out: Reason = ()
    for reason in words:
        out = (*out, *(("; ",) if out else ()), *reason)
    return out


def with_inner(terms: Terms, fresh: Fresh) -> tuple[Terms, Reason]:
    """Every term of a chain rule with its inner derivatives as `inner_derivative` writes them.

    What is said of several of them is said once.
    """
    out: list[Term] = []
    words: list[Reason] = []
    for term in terms:
        coef, bound = term.coef, term.bound
        factors: list[Factor] = []
        for factor in term.factors:
            if not isinstance(factor, Partial) or factor.kind not in GOES_ON:
                factors.append(factor)
                continue
            new, why = inner_derivative(factor, fresh)
            if new.coef is not UNIT:
                coef = coef * new.coef
            bound += new.bound
            factors += new.factors
            words += [reason for reason in why if reason not in words]
        out.append(Term(coef, tuple(factors), bound))
    return tuple(out), _joined(words)
