"""What is linear under a derivative: sums, and the inner derivative that a chain rule leaves."""

from __future__ import annotations

from gen.derivation.index_form_rules import written_out
from gen.derivation.partials import lone_entry, partial_of, variable_name
from gen.derivation.reasons import vanishing
from gen.derivation.record import Reason, Rewritten
from gen.derivation.unfold import entry
from gen.language.function import Fresh
from gen.language.index import UNIT, Entry, Factor, Partial, Term, Terms
from gen.language.node import Node, multiply


def sum_rule(factor: Factor, fresh: Fresh) -> Rewritten | None:
    """The sum of the derivatives of the terms; those without the variable are dropped."""
    inner = lone_entry(factor)
    if inner is None or not isinstance(factor, Partial) or inner.node.kind != "sum":
        return None
    live: list[Node] = []
    dead: list[Node] = []
    for arg in inner.node.args:
        (live if variable_name(factor) in arg.names else dead).append(arg)
    if not live:
        return None
    terms: list[Term] = []
    for arg in live:
        sign = UNIT
        if arg.kind == "product" and arg.args[0].kind == "number" and len(arg.args) > 1:
            sign, arg = arg.args[0].number, multiply(*arg.args[1:])
        terms.append(Term(sign, (partial_of(entry(arg, inner.row, inner.col), factor.by),)))
    words: Reason = ("the derivative of a sum is the sum of the derivatives",) if len(live) > 1 else ()
    if dead:
        words = (*words, *(("; ",) if words else ()), *vanishing(dead, factor.by.node, "derivative"))
    return Rewritten(tuple(terms), words)


def inner_derivative(inner: Entry, by: Entry, fresh: Fresh) -> tuple[Term, Reason]:
    """What a chain rule multiplies with: ∂u, as a textbook goes on with it in the same line.

    A constant added to the one part of u that moves is dropped, and if that part is a
    product, it is written out in entries; the reason says both.
    """
    partial: Factor = partial_of(inner, by)
    term, words = Term(UNIT, (partial,)), list[Reason]()
    summed = sum_rule(partial, fresh)
    if summed is not None:
        assert isinstance(summed.new, tuple)
        if len(summed.new) > 1:
            return term, ()
        (term,) = summed.new
        words.append(summed.because)
    (partial,) = term.factors
    lone = lone_entry(partial)
    if lone is not None and lone.node.kind in ("product", "hadamard") and isinstance(partial, Partial):
        form = written_out(partial, fresh)
        if form is not None:
            assert isinstance(form.new, tuple)
            term = Term(term.coef, form.new[0].factors)
            words.append(form.because)
    return _freed(term), _joined(words)


def _freed(term: Term) -> Term:
    """Σ and c taken out of ∂(Σ c u) where u is a single factor."""
    (partial,) = term.factors
    assert isinstance(partial, Partial)
    (body,) = partial.body
    if len(body.factors) != 1:
        return term
    return Term(term.coef * body.coef, (partial_of(body.factors[0], partial.by),), body.bound)


def _joined(words: list[Reason]) -> Reason:
    out: Reason = ()
    for reason in words:
        out = (*out, *(("; ",) if out else ()), *reason)
    return out


def with_inner(terms: Terms, fresh: Fresh) -> tuple[Terms, Reason]:
    """Every term of a chain rule with its inner derivatives as `inner_derivative` writes them."""
    out: list[Term] = []
    words: list[Reason] = []
    for term in terms:
        coef, factors, bound = term.coef, list[Factor](), list(term.bound)
        for factor in term.factors:
            lone = lone_entry(factor)
            if lone is None or not isinstance(factor, Partial):
                factors.append(factor)
                continue
            new, why = inner_derivative(lone, factor.by, fresh)
            coef, bound = coef * new.coef, [*bound, *new.bound]
            factors += new.factors
            if why and why not in words:
                words.append(why)
        out.append(Term(coef, tuple(factors), tuple(bound)))
    return tuple(out), _joined(words)
