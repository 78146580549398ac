"""Sum rule, product rule and chain rules for one unevaluated partial derivative."""

from __future__ import annotations

from gen.derivation.partials import lone_entry, partial_of, variable_name
from gen.derivation.reasons import independent
from gen.derivation.record import Reason, Rewritten, Rule
from gen.derivation.slope import slope_of
from gen.derivation.unfold import entry, lower_law
from gen.language.catalogue import function_named
from gen.language.function import Fresh, Function
from gen.language.index import UNIT, Entry, Factor, Partial, Term, depends
from gen.language.node import Node, add, call, differential, multiply, number, power


def _constant(factor: Factor, fresh: Fresh) -> Rewritten | None:
    if not isinstance(factor, Partial):
        return None
    if any(depends(f, variable_name(factor)) for t in factor.body for f in t.factors):
        return None
    nodes = [f.node for t in factor.body for f in t.factors if isinstance(f, Entry)]
    return Rewritten((), (*independent(nodes, factor.by.node), ", so the derivative is zero"))


def _sum_rule(factor: Factor, fresh: Fresh) -> Rewritten | None:
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
            sign, rest = arg.args[0].number, arg.args[1:]
            arg = rest[0] if len(rest) == 1 else Node("product", arg.rows, arg.cols, args=rest)
        terms.append(Term(sign, (partial_of(entry(arg, inner.row, inner.col), factor.by),)))
    words: Reason = ("the derivative of a sum is the sum of the derivatives",)
    if dead:
        shown = [
            d.args[1] if d.kind == "product" and d.args[0].kind == "number" and len(d.args) == 2 else d
            for d in dead
        ]
        gone = independent(shown, factor.by.node)
        words = (*words, "; ", *gone) if len(live) > 1 else (*gone, ", so its derivative is zero")
    return Rewritten(tuple(terms), words)


def _product_rule(factor: Factor, fresh: Fresh) -> Rewritten | None:
    if not isinstance(factor, Partial) or len(factor.body) != 1:
        return None
    term = factor.body[0]
    if lone_entry(factor) is not None or not term.factors:
        return None
    variable = variable_name(factor)
    live = [place for place, f in enumerate(term.factors) if depends(f, variable)]
    if not live:
        return None
    out: list[Term] = []
    for place in live:
        factors = tuple(partial_of(f, factor.by) if place == k else f for k, f in enumerate(term.factors))
        out.append(Term(term.coef, factors, term.bound))
    return Rewritten(tuple(out), _product_reason(term, live, factor.by.node))


def _product_reason(term: Term, live: list[int], variable: Node) -> Reason:
    dead = [f.node for k, f in enumerate(term.factors) if k not in live and isinstance(f, Entry)]
    moving = [f.node for k, f in enumerate(term.factors) if k in live and isinstance(f, Entry)]
    if len(term.factors) == 1:
        return ("sums and constant factors pass through the derivative",)
    gone = independent(dead, variable)
    if len(live) == 1:
        where = {0: "the first", len(term.factors) - 1: "the last"}.get(live[0], "this")
        return ("product rule; ", *gone, ", so only ", where, " factor is differentiated")
    each = ("each of the ", str(len(live)), " factors with ", variable, " is differentiated in turn")
    del moving
    return ("product rule: ", *each, *(("; ", *gone) if gone else ()))


def _elementwise_chain(factor: Factor, fresh: Fresh) -> Rewritten | None:
    inner = lone_entry(factor)
    if inner is None or not isinstance(factor, Partial) or inner.node.kind != "call":
        return None
    function = function_named(inner.node.name)
    if not function.elementwise or variable_name(factor) not in inner.node.names:
        return None
    u = inner.node.args[0]
    slope = slope_of(function, u)
    if (slope.kind == "number" and slope.number == 0) or (slope.kind == "constant" and slope.name == "zeros"):
        return Rewritten((), (function.because,))
    rest = partial_of(entry(u, inner.row, inner.col), factor.by)
    if slope.kind == "constant" and slope.name == "ones":
        return Rewritten((Term(UNIT, (rest,)),), (function.because,))
    factors = (entry(slope, inner.row, inner.col), rest)
    return Rewritten((Term(UNIT, factors),), (function.because,))


def _power_chain(factor: Factor, fresh: Fresh) -> Rewritten | None:
    inner = lone_entry(factor)
    if inner is None or not isinstance(factor, Partial) or inner.node.kind != "power":
        return None
    node, variable = inner.node, variable_name(factor)
    if variable not in node.names or not (node.elementwise or node.is_scalar):
        return None
    base, exponent = node.args
    out: list[Term] = []
    where = (inner.row, inner.col) if not base.is_scalar else (None, None)
    if variable in base.names:
        du = partial_of(entry(base, *where), factor.by)
        if exponent.kind == "number":
            less = exponent.number - 1
            factors: tuple[Factor, ...] = (du,)
            if less != 0:
                lower = base if less == 1 else power(base, number(less), elementwise=node.elementwise)
                factors = (entry(lower, *where), du)
            out.append(Term(exponent.number, factors))
        else:
            lower = power(base, add(exponent, number(-1)), elementwise=node.elementwise)
            out.append(Term(UNIT, (Entry(exponent), entry(lower, *where), du)))
    if variable in exponent.names:
        log = call("log", base.rows, base.cols, base)
        out.append(Term(UNIT, (inner, entry(log, *where), partial_of(Entry(exponent), factor.by))))
    words: Reason = ("chain rule: the outer power first, then what is raised to it",)
    if variable in exponent.names:
        words = ("chain rule: ", node, " = exp(", exponent, " log ", base, ")")
    return Rewritten(tuple(out), words)


def _along_a_ray(function: Function, inner: Entry, factor: Partial) -> Rewritten | None:
    """f(tA) by t, where A does not contain t."""
    scalar, matrix = factor.by.node, without(inner.node.args[0], factor.by.node)
    if matrix is None or function.ray_law is None:
        return None
    slope = entry(function.ray_law(matrix, scalar), inner.row, inner.col)
    rest = partial_of(Entry(scalar), factor.by)
    words: Reason = ("along the ray ", inner.node.args[0], " the matrix ", matrix, " comes down as a factor")
    return Rewritten((Term(UNIT, (slope, rest)),), words)


def without(product: Node, scalar: Node) -> Node | None:
    """A where the node is t*A with the scalar t once and nowhere in A; A = I·… is not tried."""
    if product.kind != "product" or product.args.count(scalar) != 1:
        return None
    rest = tuple(a for a in product.args if a != scalar)
    if not rest or any(scalar.name in a.names for a in rest):
        return None
    return multiply(*rest)


def _law_chain(factor: Factor, fresh: Fresh) -> Rewritten | None:
    inner = lone_entry(factor)
    if inner is None or not isinstance(factor, Partial) or inner.node.kind != "call":
        return None
    function = function_named(inner.node.name)
    if variable_name(factor) not in inner.node.names:
        return None
    args = inner.node.args
    if function.name == "tr" and args[0].kind == "call":
        inside = function_named(args[0].name)
        if inside.trace_law is not None:
            args = args[0].args
            law = inside.trace_law(args, tuple(differential(a) for a in args))
            return Rewritten(lower_law(law, None, None, fresh, factor.by), (inside.because,))
    if function.ray_law is not None and factor.by.node.is_scalar:
        return _along_a_ray(function, inner, factor)
    if function.law is None:
        return None
    law = function.law(args, tuple(differential(a) for a in args))
    return Rewritten(lower_law(law, inner.row, inner.col, fresh, factor.by), (function.because,))


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
        _sum_rule,
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
        "product_rule",
        "product_rule",
        "∂(ab) = ∂a b + a ∂b",
        "each factor is differentiated in turn",
        "elementary calculus",
        "d(sum[j](W[i,j]*X[j,k]), W[q,r]) => sum[j](d(W[i,j], W[q,r])*X[j,k])",
        "key",
        "factor",
        _product_rule,
        frozenset(("many",)),
    ),
    Rule(
        "elementwise_chain_rule",
        "chain_rule",
        "∂f(u) = f′(u) ∂u",
        "the outer slope times the inner derivative",
        "elementary calculus",
        "d(exp(x)[i], x[q]) => exp(x)[i]*d(x[i], x[q])",
        "key",
        "factor",
        _elementwise_chain,
        frozenset(("call",)),
    ),
    Rule(
        "power_rule",
        "chain_rule",
        "∂u^a = a u^(a−1) ∂u",
        "the outer power first, then what is raised to it",
        "elementary calculus",
        "d(X[j,l]^2, X[q,r]) => 2*X[j,l]*d(X[j,l], X[q,r])",
        "key",
        "factor",
        _power_chain,
        frozenset(("power",)),
    ),
    Rule(
        "chain_rule",
        "chain_rule",
        "∂f(U) = Σ_st ∂f/∂U_st ∂U_st",
        "through every entry of the inner matrix",
        "Magnus & Neudecker (2019), ch. 5",
        "d(inv(X)[i,k], X[q,r]) => -sum[j,l](inv(X)[i,j]*d(X[j,l], X[q,r])*inv(X)[l,k])",
        "key",
        "factor",
        _law_chain,
        frozenset(("call",)),
    ),
)
