"""Rules of the index method that work on one factor: an unevaluated partial derivative."""

from __future__ import annotations

from fractions import Fraction

from gen.derivation.reasons import independent, listing
from gen.derivation.record import Reason, Rewritten, Rule
from gen.derivation.slope import slope_of
from gen.derivation.unfold import entry, lower_law, unfold
from gen.language.catalogue import FUNCTION_NAMED
from gen.language.dimension import ONE
from gen.language.function import Fresh
from gen.language.index import Delta, Entry, Factor, Index, Order, Partial, Term, Terms, depends
from gen.language.node import Node, add, call, number, power


def _lone(factor: Factor) -> Entry | None:
    """The entry where the factor is the partial derivative of a single entry."""
    if not isinstance(factor, Partial) or len(factor.body) != 1:
        return None
    term = factor.body[0]
    if term.coef != 1 or term.bound or len(term.factors) != 1:
        return None
    inner = term.factors[0]
    return inner if isinstance(inner, Entry) else None


def _variable(factor: Partial) -> str:
    return factor.by.node.name


def _partial(inner: Factor, by: Entry) -> Partial:
    return Partial((Term(Fraction(1), (inner,)),), by)


def _axes(e: Entry) -> Reason:
    """The indices of an entry, in words."""
    out: list[str | Index] = []
    for place in (e.row, e.col):
        if place is not None:
            out += [",", place] if out else [place]
    return tuple(out)


# --- index form ---------------------------------------------------------------


def _index_form(name: str) -> object:
    def apply(factor: Factor, fresh: Fresh) -> Rewritten | None:
        inner = _lone(factor)
        if inner is None or not isinstance(factor, Partial):
            return None
        variable = _variable(factor)
        if variable not in inner.node.names or _form_name(inner.node) != name:
            return None
        term = unfold(inner.node, inner.row, inner.col, fresh, lambda n: variable in n.names)
        if term == Term(Fraction(1), (inner,)):
            return None
        return Rewritten(((Term(Fraction(1), (Partial((term,), factor.by),))),), _form_reason(inner))

    return apply


def _form_name(node: Node) -> str:
    if node.kind == "call":
        return {"tr": "trace_index", "sum": "sum_index", "vec": "vec_index", "kron": "kron_index"}.get(
            node.name, "diag_index" if node.name == "diag" else "row_column_sum_index"
        )
    if node.kind == "power" and node.is_scalar:
        return "norm_index"
    if node.kind == "quotient":
        inside = node.args[0]
        return _form_name(inside) if _form_name(inside) != "other" else "quotient_index"
    return {
        "product": "product_index",
        "power": "product_index",
        "hadamard": "hadamard_index",
        "transpose": "transpose_index",
    }.get(node.kind, "other")


def _form_reason(inner: Entry) -> Reason:
    node = inner.node
    if node.kind == "quotient":
        node = node.args[0]
        inner = Entry(node, inner.row, inner.col)
    chain = [a for a in node.args if not a.is_scalar]
    if node.kind == "product" and not inner.node.is_scalar and len(chain) == 2:
        left, right = chain
        out: list[object] = ["entry ", *_axes(inner), " of a product: "]
        out += ["row ", inner.row, " of ", left] if inner.row is not None else [left]
        out += [" times column ", inner.col, " of ", right] if inner.col is not None else [" times ", right]
        return tuple(out)  # type: ignore[arg-type]  # None never gets in: both are tested
    if node.kind == "product":
        calls = [a for a in node.args if a.kind == "call" and a.name == "tr"]
        if node.is_scalar and len(chain) >= 2:
            return ("written out in entries, summed over both indices of each inner matrix",)
        if calls:
            return (FUNCTION_NAMED["tr"].because,)
        if len(chain) <= 1:
            return ("a scalar factor multiplies every entry",)
        return ("entry ", *_axes(inner), " of a product: neighbouring factors share a summed index")
    if node.kind == "power" and node.is_scalar:
        return ("the squared norm is the sum of the squared entries",)
    if node.kind == "power":
        return (node, " is a product of equal factors, each with its own pair of indices")
    if node.kind == "hadamard":
        return ("an elementwise product multiplies entry by entry",)
    if node.kind == "transpose":
        return ("entry ", *_axes(inner), " of the transpose: rows and columns change places")
    if node.kind == "call":
        because: Reason = (FUNCTION_NAMED[node.name].because,)
        if node.name == "tr" and node.args[0].kind == "product":
            because = ("the trace sums the diagonal entries of ", node.args[0])
        return because
    return ("written out in entries",)


def _transpose_form(factor: Factor, fresh: Fresh) -> Rewritten | None:
    inner = _lone(factor)
    if inner is None or not isinstance(factor, Partial) or inner.node.kind != "transpose":
        return None
    plain = entry(inner.node, inner.row, inner.col)
    return Rewritten((Term(Fraction(1), (_partial(plain, factor.by),)),), _form_reason(inner))


# --- linearity, product rule, chain rule ----------------------------------------


def _constant(factor: Factor, fresh: Fresh) -> Rewritten | None:
    if not isinstance(factor, Partial):
        return None
    if any(depends(f, _variable(factor)) for t in factor.body for f in t.factors):
        return None
    nodes = [f.node for t in factor.body for f in t.factors if isinstance(f, Entry)]
    return Rewritten((), (*independent(nodes, factor.by.node), ", so the derivative is zero"))


def _sum_rule(factor: Factor, fresh: Fresh) -> Rewritten | None:
    inner = _lone(factor)
    if inner is None or not isinstance(factor, Partial) or inner.node.kind != "sum":
        return None
    live, dead = [], []
    for arg in inner.node.args:
        (live if _variable(factor) in arg.names else dead).append(arg)
    if not live:
        return None
    terms: list[Term] = []
    for arg in live:
        sign = Fraction(1)
        if arg.kind == "product" and arg.args[0].kind == "number" and len(arg.args) > 1:
            sign, rest = arg.args[0].number, arg.args[1:]
            arg = rest[0] if len(rest) == 1 else Node("product", arg.rows, arg.cols, args=rest)
        terms.append(Term(sign, (_partial(entry(arg, inner.row, inner.col), factor.by),)))
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
    if _lone(factor) is not None or not term.factors:
        return None
    variable = _variable(factor)
    live = [place for place, f in enumerate(term.factors) if depends(f, variable)]
    if not live:
        return None
    out: list[Term] = []
    for place in live:
        factors = tuple(_partial(f, factor.by) if place == k else f for k, f in enumerate(term.factors))
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
    inner = _lone(factor)
    if inner is None or not isinstance(factor, Partial) or inner.node.kind != "call":
        return None
    function = FUNCTION_NAMED[inner.node.name]
    if not function.elementwise or _variable(factor) not in inner.node.names:
        return None
    u = inner.node.args[0]
    slope = slope_of(function, u)
    if slope.kind == "number" and slope.number == 0 or (slope.kind == "constant" and slope.name == "zeros"):
        return Rewritten((), (function.because,))
    rest = _partial(entry(u, inner.row, inner.col), factor.by)
    if slope.kind == "constant" and slope.name == "ones":
        return Rewritten((Term(Fraction(1), (rest,)),), (function.because,))
    factors = (entry(slope, inner.row, inner.col), rest)
    return Rewritten((Term(Fraction(1), factors),), (function.because,))


def _power_chain(factor: Factor, fresh: Fresh) -> Rewritten | None:
    inner = _lone(factor)
    if inner is None or not isinstance(factor, Partial) or inner.node.kind != "power":
        return None
    node, variable = inner.node, _variable(factor)
    if variable not in node.names or not (node.elementwise or node.is_scalar):
        return None
    base, exponent = node.args
    out: list[Term] = []
    where = (inner.row, inner.col) if not base.is_scalar else (None, None)
    if variable in base.names:
        du = _partial(entry(base, *where), factor.by)
        if exponent.kind == "number":
            less = exponent.number - 1
            factors: tuple[Factor, ...] = (du,)
            if less != 0:
                lower = base if less == 1 else power(base, number(less), elementwise=node.elementwise)
                factors = (entry(lower, *where), du)
            out.append(Term(exponent.number, factors))
        else:
            lower = power(base, add(exponent, number(-1)), elementwise=node.elementwise)
            out.append(Term(Fraction(1), (Entry(exponent), entry(lower, *where), du)))
    if variable in exponent.names:
        log = call("log", base.rows, base.cols, base)
        out.append(Term(Fraction(1), (inner, entry(log, *where), _partial(Entry(exponent), factor.by))))
    words: Reason = ("chain rule: the outer power first, then what is raised to it",)
    if variable in exponent.names:
        words = ("chain rule: ", node, " = exp(", exponent, " log ", base, ")")
    return Rewritten(tuple(out), words)


def _law_chain(factor: Factor, fresh: Fresh) -> Rewritten | None:
    inner = _lone(factor)
    if inner is None or not isinstance(factor, Partial) or inner.node.kind != "call":
        return None
    function = FUNCTION_NAMED[inner.node.name]
    if function.law is None or _variable(factor) not in inner.node.names:
        return None
    args = inner.node.args
    law = function.law(args, tuple(Node("differential", a.rows, a.cols, args=(a,)) for a in args))
    return Rewritten(lower_law(law, inner.row, inner.col, fresh, factor.by), (function.because,))


# --- delta substitution ----------------------------------------------------------


def _delta_substitution(factor: Factor, fresh: Fresh) -> Rewritten | None:
    inner = _lone(factor)
    if inner is None or not isinstance(factor, Partial) or inner.node != factor.by.node:
        return None
    node, by = inner.node, factor.by
    pairs = [(a, b) for a, b in ((inner.row, by.row), (inner.col, by.col)) if a is not None and b is not None]
    straight: tuple[Factor, ...] = tuple(Delta(a, b) for a, b in pairs)
    if node.structure is None:
        words: Reason = ("an entry of ", node, " changes only with itself")
        if not pairs:
            words = (
                "the derivative of ",
                node,
                " by itself is 1",
            )
        return Rewritten((Term(Fraction(1), straight),), words)
    return Rewritten(_structured(node, pairs, straight), _structured_reason(node))


def _structured(node: Node, pairs: list[tuple[Index, Index]], straight: tuple[Factor, ...]) -> Terms:
    (i, q), (j, r) = pairs
    across: tuple[Factor, ...] = (Delta(i, r), Delta(j, q))
    one = Fraction(1)
    if node.structure == "symmetric":
        return (Term(one, straight), Term(one, across), Term(-one, (*straight, Delta(i, j))))
    if node.structure == "skew":
        return (Term(one, straight), Term(-one, across))
    if node.structure == "diagonal":
        return (Term(one, (*straight, Delta(i, j))),)
    return (Term(one, (*straight, Order(q, r))),)


def _structured_reason(node: Node) -> Reason:
    return {
        "symmetric": (
            node,
            " is symmetric: entries (q,r) and (r,q) move together, the diagonal counted once",
        ),
        "skew": (node, " is skew: entry (r,q) is minus entry (q,r)"),
        "diagonal": (node, " is diagonal: only diagonal entries move"),
        "lower": (node, " is lower triangular: entries above the diagonal stay 0"),
    }[node.structure or ""]


def _form(name: str, law: str, because: str, example: str) -> Rule:
    return Rule(name, "index_form", law, because, "definition", example, "key", "factor", _index_form(name))  # type: ignore[arg-type]


INDEX_FORM: tuple[Rule, ...] = (
    Rule(
        "transpose_index",
        "index_form",
        "(Aᵀ)_ik = A_ki",
        "rows and columns change places",
        "definition",
        "d((X')[i,k], X[q,r]) => d(X[k,i], X[q,r])",
        "routine",
        "factor",
        _transpose_form,
    ),
    _form(
        "product_index",
        "(AB)_ik = Σ_j A_ij B_jk",
        "row times column",
        "d((W*X)[i,k], W[q,r]) => d(sum[j](W[i,j]*X[j,k]), W[q,r])",
    ),
    _form(
        "trace_index",
        "tr A = Σ_i A_ii",
        "the trace sums the diagonal",
        "d(tr(A*X), X[q,r]) => d(sum[j,l](A[j,l]*X[l,j]), X[q,r])",
    ),
    _form(
        "sum_index",
        "sum A = Σ_ij A_ij",
        "the sum runs over every entry",
        "d(sum(X), X[q,r]) => d(sum[j,l](X[j,l]), X[q,r])",
    ),
    _form(
        "norm_index",
        "‖A‖² = Σ_ij A_ij²",
        "the sum of the squared entries",
        "d(normF(X)^2, X[q,r]) => d(sum[j,l](X[j,l]^2), X[q,r])",
    ),
    _form(
        "hadamard_index",
        "(A∘B)_ik = A_ik B_ik",
        "entry by entry",
        "d((A.*X)[i,k], X[q,r]) => d(A[i,k]*X[i,k], X[q,r])",
    ),
    _form(
        "quotient_index",
        "(A/a)_ik = A_ik / a",
        "entry by entry",
        "d((X/a)[i,k], X[q,r]) => d(X[i,k]/a, X[q,r])",
    ),
    _form(
        "diag_index",
        "diag(x)_ik = δ_ik x_i",
        "only the diagonal is not zero",
        "d(diag(x)[i,k], x[q]) => d(delta[i,k]*x[i], x[q])",
    ),
    _form(
        "row_column_sum_index",
        "rowsum(A)_i = Σ_k A_ik",
        "the sum of a row or a column",
        "d(rowsum(X)[i], X[q,r]) => d(sum[j](X[i,j]), X[q,r])",
    ),
    _form(
        "vec_index",
        "vec(A)_(jk) = A_jk",
        "vec stacks the columns",
        "d(sum[j](b[j]*vec(X)[j]), X[q,r]) => d(sum[j](b[j]*vec(X)[j]), X[q,r])",
    ),
    _form(
        "kron_index",
        "(A⊗B)_(sr)(tk) = A_rk B_st",
        "block r,k of A ⊗ B is A_rk B",
        "d(sum(kron(A,X)), X[q,r]) => d(sum(kron(A,X)), X[q,r])",
    ),
)

CALCULUS: tuple[Rule, ...] = (
    Rule(
        "sum_rule",
        "linearity",
        "∂(A+B) = ∂A + ∂B",
        "the derivative of a sum is the sum of the derivatives",
        "elementary calculus",
        "d((X+A)[i,k], X[q,r]) => d(X[i,k], X[q,r])",
        "routine",
        "factor",
        _sum_rule,
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
    ),
)

DELTA: tuple[Rule, ...] = (
    Rule(
        "delta_substitution",
        "delta_substitution",
        "∂X_ij/∂X_qr = δ_iq δ_jr",
        "an entry changes only with itself",
        "Matrix Cookbook (2012), eq. 73",
        "d(W[i,j], W[q,r]) => delta[i,q]*delta[j,r]",
        "key",
        "factor",
        _delta_substitution,
    ),
)

__all__ = ["CALCULUS", "DELTA", "INDEX_FORM", "ONE", "listing"]
