"""Sum, quotient and product rule for one unevaluated partial derivative; CALCULUS has the chain rules too."""

from __future__ import annotations

from fractions import Fraction

from gen.derivation.chain_rules import CHAIN
from gen.derivation.index_form_rules import plain_product
from gen.derivation.linearity import sum_rule
from gen.derivation.partials import partial_of
from gen.derivation.reasons import counted, independent
from gen.derivation.record import Reason, Rewritten, Rule
from gen.derivation.unfold import entry
from gen.language.function import Fresh
from gen.language.index import MINUS, UNIT, Entry, Partial, Term, body_depends, depends
from gen.language.node import Node
from gen.language.product_parts import raised_to


def _constant(partial: Partial, fresh: Fresh) -> Rewritten | None:
    inner, variable = partial.inner, partial.by.node
    if body_depends(partial, variable.name) if inner is None else variable.name in inner.node.names:
        return None
    nodes = [f.node for t in partial.body for f in t.factors if isinstance(f, Entry)]
    if not nodes:
        return Rewritten((), ("the derivative of a constant is zero",))
    return Rewritten((), (*independent(nodes, variable), ", so the derivative is zero"))


def _quotient_rule(partial: Partial, fresh: Fresh) -> Rewritten | None:
    """Only where the variable stands below; a constant divisor is a constant factor."""
    inner, by = partial.inner, partial.by
    if inner is None or inner.node.kind != "quotient":
        return None
    top, below = inner.node.args
    if by.node.name not in below.names:
        return None
    elementwise = not below.is_scalar
    up = Entry(top) if top.is_scalar else entry(top, inner.row, inner.col)
    down = entry(below, inner.row, inner.col) if elementwise else Entry(below)

    def lowered(exponent: int) -> Entry:
        return Entry(raised_to(down.node, Fraction(exponent), elementwise=elementwise), down.row, down.col)

    out: list[Term] = []
    if by.node.name in top.names:
        out.append(Term(UNIT, (partial_of(up, by), lowered(-1))))
    coef, kept = (MINUS, (up,)) if top.kind != "number" else (-top.number, ())
    out.append(Term(coef, (*kept, partial_of(down, by), lowered(-2))))
    words: Reason = ("quotient rule: ", by.node, " stands above and below")
    if len(out) == 1:
        words = (
            "quotient rule; ",
            *independent([top], by.node),
            ", so only ",
            below,
            " is differentiated",
        )
        if top.kind == "number":
            words = ("quotient rule for a constant over ", below)
    return Rewritten(tuple(out), words)


def _linear_rule(partial: Partial, fresh: Fresh) -> Rewritten | None:
    """Sums and numbers come out where what is left under the derivative is no product."""
    if len(partial.body) > 1:
        split = tuple([Term(UNIT, (Partial((term,), partial.by),)) for term in partial.body])
        return Rewritten(split, ("the derivative of a sum is the sum of the derivatives",))
    term = _body(partial)
    if term is None or len(term.factors) != 1:
        return None
    words = "the derivative of a sum is the sum of the derivatives"
    if term.bound and term.coef is not UNIT and abs(term.coef) != 1:
        words = "sums and constant factors pass through the derivative"
    elif not term.bound:
        words = "a constant factor stays in front of the derivative"
    return Rewritten((Term(term.coef, (partial_of(term.factors[0], partial.by),), term.bound),), (words,))


def _body(partial: Partial) -> Term | None:
    """What a partial is taken of, as a product; of a single entry only where that is a product of scalars."""
    return partial.body[0] if partial.inner is None else plain_product(partial.inner.node)


def _product_rule(partial: Partial, fresh: Fresh) -> Rewritten | None:
    if len(partial.body) != 1:
        return None
    term, variable = _body(partial), partial.by.node
    if term is None or len(term.factors) < 2:
        return None
    live = [place for place, f in enumerate(term.factors) if depends(f, variable.name)]
    if not live:
        return None
    out: list[Term] = []
    for place in live:
        before, after = term.factors[:place], term.factors[place + 1 :]
        moved = partial_of(term.factors[place], partial.by)
        out.append(Term(term.coef, (*before, moved, *after), term.bound))
    return Rewritten(tuple(out), _product_reason(term, live, variable))


def _named(node: Node) -> Node:
    """What stands below a fraction bar is called by its base: s, not s⁻¹."""
    if node.kind == "power" and node.args[1].kind == "number" and node.args[1].number == -1:
        return node.args[0]
    return node


def _product_reason(term: Term, live: list[int], variable: Node) -> Reason:
    dead = [_named(f.node) for k, f in enumerate(term.factors) if k not in live and isinstance(f, Entry)]
    gone = independent(dead, variable) or ("a delta is a constant",)
    if len(live) > 1:
        each = (variable, f" stands in {counted(len(live))} factors, each is differentiated in turn")
        return ("product rule: ", *each, *(("; ", *gone) if dead else ()))
    where: Reason = ("the factor with ", variable)
    if live[0] in (0, len(term.factors) - 1):
        where = ("the first factor" if live[0] == 0 else "the last factor",)
    return ("product rule; ", *gone, ", so only ", *where, " is differentiated")


CALCULUS: tuple[Rule, ...] = (
    Rule(
        "sum_rule",
        "linearity",
        "∂(A+B) = ∂A + ∂B",
        "the derivative of a sum is the sum of the derivatives",
        "elementary calculus",
        "d((X + A)[i,k], X[q,r]) => d(X[i,k], X[q,r])",
        "routine",
        "factor",
        sum_rule,
        frozenset(("sum",)),
    ),
    Rule(
        "constant_rule",
        "linearity",
        "∂A/∂X = 0 where A does not contain X",
        "a constant does not change",
        "elementary calculus",
        "d(A[i,k], X[q,r]) => 0",
        "key",
        "factor",
        _constant,
    ),
    Rule(
        "quotient_rule",
        "product_rule",
        "∂(a/b) = ∂a/b − a ∂b/b²",
        "top and bottom are differentiated in turn",
        "elementary calculus",
        "d((x/sum(x))[i], x[q]) => d(x[i], x[q])/sum(x) - x[i]*d(sum(x), x[q])/sum(x)^2",
        "key",
        "factor",
        _quotient_rule,
        frozenset(("quotient",)),
    ),
    Rule(
        "linear_rule",
        "linearity",
        "∂ Σ_j c a_j = Σ_j c ∂a_j",
        "sums and constant factors pass through the derivative",
        "elementary calculus",
        "d(sum[j](2*x[j]), x[q]) => sum[j](2*d(x[j], x[q]))",
        "routine",
        "factor",
        _linear_rule,
        frozenset(("many", "product", "quotient")),
    ),
    Rule(
        "product_rule",
        "product_rule",
        "∂(ab) = ∂a b + a ∂b",
        "each factor is differentiated in turn",
        "elementary calculus",
        "d(sum[j](W[i,j]*X[j,k]), W[q,r]) => sum[j](d(W[i,j], W[q,r])*X[j,k])",
        "key",
        "factor",
        _product_rule,
        frozenset(("many", "product", "quotient")),
    ),
    *CHAIN,
)
