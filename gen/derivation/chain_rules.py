"""Chain rules: elementwise functions, powers, and functions with a differential of their own."""

from __future__ import annotations

from collections.abc import Callable

from gen.derivation.linearity import with_inner
from gen.derivation.partials import partial_of
from gen.derivation.record import Reason, Rewritten, Rule
from gen.derivation.slope import slope_of
from gen.derivation.unfold import entry, lower_law
from gen.language.catalogue import function_named
from gen.language.function import Fresh, Function
from gen.language.index import MINUS, UNIT, Entry, Factor, Partial, Term
from gen.language.node import Node, add, call, differential, multiply, number, power
from gen.language.product_parts import raised_to

LOG_SOFTMAX = "log softmax(u)_i = u_i − log Σ_l exp(u_l), and the slope of log Σ exp is the softmax"


def is_log_softmax(node: Node) -> bool:
    """The logarithm of a softmax, which has a derivative simpler than its parts."""
    if node.kind != "call" or node.name != "log" or node.args[0].kind != "call":
        return False
    return node.args[0].name in ("softmax", "softmaxrows")


def _onward(apply: Callable[[Partial, Fresh], Rewritten | None]) -> Callable[..., Rewritten | None]:
    """The chain rule, with the inner derivative written out in the same line."""

    def applied(partial: Partial, fresh: Fresh) -> Rewritten | None:
        found = apply(partial, fresh)
        if found is None:
            return None
        assert isinstance(found.new, tuple)
        terms, why = with_inner(found.new, fresh)
        return Rewritten(terms, (*found.because, "; ", *why) if why else found.because)

    return applied


def _elementwise_chain(partial: Partial, fresh: Fresh) -> Rewritten | None:
    inner, by = partial.inner, partial.by
    if inner is None or inner.node.kind != "call":
        return None
    function = function_named(inner.node.name)
    if not function.elementwise or by.node.name not in inner.node.names:
        return None
    u = inner.node.args[0]
    slope = slope_of(function, u)
    if (slope.kind == "number" and slope.number == 0) or (slope.kind == "constant" and slope.name == "zeros"):
        return Rewritten((), (function.because,))
    rest = partial_of(entry(u, inner.row, inner.col), by)
    words: Reason = ("chain rule: ", function.because)
    if slope.kind == "constant" and slope.name == "ones":
        return Rewritten((Term(UNIT, (rest,)),), words)
    coef, core = UNIT, slope
    if slope.kind == "product" and slope.args[0].kind == "number":
        # The number comes in front: -sin(x_i), not (-sin(x))_i.
        coef, core = slope.args[0].number, multiply(*slope.args[1:])
    at = Entry(core) if core.is_scalar else entry(core, inner.row, inner.col)
    return Rewritten((Term(coef, (at, rest)),), words)


def _log_softmax(partial: Partial, fresh: Fresh) -> Rewritten | None:
    """log softmax(u)_i = u_i − log Σ exp(u_l), so that no quotient by the softmax arises."""
    inner, by = partial.inner, partial.by
    if inner is None or not is_log_softmax(inner.node):
        return None
    softmax = inner.node.args[0]
    u = softmax.args[0]
    if by.node.name not in u.names:
        return None
    by_rows = softmax.name == "softmaxrows"
    dummy = fresh(u.cols if by_rows else u.rows)
    row, col = (inner.row, dummy) if by_rows else (dummy, inner.col)
    mean = (entry(softmax, row, col), partial_of(entry(u, row, col), by))
    own = partial_of(entry(u, inner.row, inner.col), by)
    return Rewritten((Term(UNIT, (own,)), Term(MINUS, mean, (dummy,))), (LOG_SOFTMAX,))


def power_words(node: Node, variable: str) -> Reason:
    """Why the derivative of a power is what it is."""
    base, exponent = node.args
    if variable in exponent.names:
        return ("chain rule: ", node, " = exp(", exponent, " log ", base, ")")
    if exponent.kind == "number" and exponent.number == 2:
        return ("chain rule: the slope of a square is twice its base",)
    if exponent.kind == "number" and exponent.number == -1:
        return ("chain rule: the slope of 1/u is −1/u²",)
    return ("chain rule: the exponent ", exponent, " comes down and is lowered by one")


def _power_chain(partial: Partial, fresh: Fresh) -> Rewritten | None:
    inner, by = partial.inner, partial.by
    if inner is None or inner.node.kind != "power":
        return None
    node, variable = inner.node, by.node.name
    if variable not in node.names or not (node.elementwise or node.is_scalar):
        return None
    base, exponent = node.args
    out: list[Term] = []
    where = (inner.row, inner.col) if not base.is_scalar else (None, None)
    if variable in base.names:
        du = partial_of(entry(base, *where), by)
        if exponent.kind == "number":
            up, down = exponent.number.as_integer_ratio()
            less = number(up - 1).number if down == 1 else exponent.number - 1
            factors: tuple[Factor, ...] = (du,)
            if less != 0:
                lower = raised_to(base, less, elementwise=node.elementwise)
                factors = (entry(lower, *where), du)
            out.append(Term(exponent.number, factors))
        else:
            lower = power(base, add(exponent, number(-1)), elementwise=node.elementwise)
            out.append(Term(UNIT, (Entry(exponent), entry(lower, *where), du)))
    if variable in exponent.names:
        log = call("log", base.rows, base.cols, base)
        out.append(Term(UNIT, (inner, entry(log, *where), partial_of(Entry(exponent), by))))
    return Rewritten(tuple(out), power_words(node, variable))


def law_words(function: Function, argument: Node, variable: Node) -> Reason:
    """The reason of a function's law, and what U or u in it is here."""
    if argument == variable:
        return (function.because,)
    named = next((mark for mark in ("U", "‖u‖", "(u)") if mark in function.because), None)
    if named is None:
        return (function.because,)
    return (function.because, f", here with {'U' if named == 'U' else 'u'} = ", argument)


def _along_a_ray(function: Function, inner: Entry, by: Entry) -> Rewritten | None:
    """f(tA) by t, where A does not contain t."""
    scalar, matrix = by.node, without(inner.node.args[0], by.node)
    if matrix is None or function.ray_law is None:
        return None
    slope = entry(function.ray_law(matrix, scalar), inner.row, inner.col)
    rest = partial_of(Entry(scalar), by)
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


def _law_chain(partial: Partial, fresh: Fresh) -> Rewritten | None:
    inner, by = partial.inner, partial.by
    if inner is None or inner.node.kind != "call":
        return None
    function = function_named(inner.node.name)
    if by.node.name not in inner.node.names:
        return None
    args = inner.node.args
    if function.name == "tr" and args[0].kind == "call":
        inside = function_named(args[0].name)
        if inside.trace_law is not None:
            args = args[0].args
            law = inside.trace_law(args, tuple(differential(a) for a in args))
            words = law_words(inside, args[0], by.node)
            return Rewritten(lower_law(law, None, None, fresh, by), words)
    if function.ray_law is not None and by.node.is_scalar:
        return _along_a_ray(function, inner, by)
    if function.law is None:
        return None
    law = function.law(args, tuple(differential(a) for a in args))
    words = law_words(function, args[0], by.node)
    return Rewritten(lower_law(law, inner.row, inner.col, fresh, by), words)


CHAIN: tuple[Rule, ...] = (
    Rule(
        "log_softmax_rule",
        "chain_rule",
        "∂ log softmax(u)_i = ∂u_i − Σ_l softmax(u)_l ∂u_l",
        "the logarithm undoes the exponential on top; the slope of log Σ exp is the softmax",
        "differentiating u_i − log Σ exp(u_l)",
        "d(log(softmax(x))[i], x[q]) => d(x[i], x[q]) - sum[j](softmax(x)[j]*d(x[j], x[q]))",
        "key",
        "factor",
        _onward(_log_softmax),
        frozenset(("call",)),
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
        _onward(_elementwise_chain),
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
        _onward(_power_chain),
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
        _onward(_law_chain),
        frozenset(("call",)),
    ),
)
