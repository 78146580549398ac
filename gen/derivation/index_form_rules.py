"""Index form: the partial derivative of a composite entry, unfolded into entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from gen.derivation.partials import axes_words, partial_of
from gen.derivation.record import Reason, Rewritten, Rule
from gen.derivation.unfold import entry, unfold
from gen.language.catalogue import function_named
from gen.language.function import Fresh
from gen.language.index import NAME, UNIT, Delta, Entry, Factor, Pair, Partial, Term, factor_letters
from gen.language.node import Node, number, power


def _index_form(name: str) -> Callable[[Partial, Fresh], Rewritten | None]:
    def apply(partial: Partial, fresh: Fresh) -> Rewritten | None:
        inner = partial.inner
        if inner is None:
            return None
        node = inner.node
        if (FORM_OF_CALL.get(node.name, REST) if node.kind == "call" else _form_name(node)) != name:
            return None
        if partial.by.node.name not in node.names or _is_trace_law(node) or plain_product(node) is not None:
            return None
        if node.kind == "call" and function_named(node.name).entry is None:
            return None
        return written_out(partial, fresh)

    return apply


def plain_product(node: Node) -> Term | None:
    """A product or quotient of numbers and scalars as a term, where nothing has indices to be written out.

    A quotient is one only by what the variable does not stand in: by a number, or after the quotient rule.
    """
    if not node.is_scalar:
        return None
    if node.kind == "quotient":
        top, below = node.args
        inner = plain_product(top)
        if inner is None and (_is_opened(top) or top.kind == "number"):
            return None
        inner = inner or Term(UNIT, (Entry(top),))
        if below.kind != "number":
            return Term(inner.coef, (*inner.factors, Entry(power(below, number(-1)))), inner.bound)
        return Term(inner.coef / below.number, inner.factors) if below.number != 0 else None
    if node.kind != "product":
        return None
    coef = UNIT
    factors: list[Factor] = []
    for a in node.args:
        if not a.is_scalar:
            return None
        if a.kind == "number":
            coef = a.number if coef is UNIT else coef * a.number
        elif a.kind == "power" or not _is_opened(a):
            factors.append(Entry(a))
        else:
            return None
    return Term(coef, tuple(factors)) if factors else None


def _is_opened(node: Node) -> bool:
    """Is an entry of it written out as a sum or product of entries of its parts?"""
    if node.kind == "call":
        return function_named(node.name).entry is not None and not _is_trace_law(node)
    if node.kind == "power":
        if node.is_scalar:
            base, exponent = node.args
            is_square = exponent.kind == "number" and exponent.number == 2
            return is_square and base.kind == "call" and base.name in ("norm2", "normF")
        return not node.elementwise
    return node.kind in ("product", "quotient", "hadamard", "transpose")


def written_out(partial: Partial, fresh: Fresh) -> Rewritten | None:
    """∂ of an entry whose node is unfolded into sums of products of entries, or None if it cannot be."""
    inner, variable = partial.inner, partial.by.node.name
    assert inner is not None
    term = unfold(inner.node, inner.row, inner.col, fresh, lambda n: variable in n.names)
    if len(term.factors) == 1 and term == Term(UNIT, (inner,)):
        return None
    words = form_reason(inner, variable)
    words = (*words, *_compound_words(term))
    if _is_many_sums(term):
        words = (*words, "; every sum has a dummy index of its own")
    return Rewritten((Term(UNIT, (Partial((term,), partial.by),)),), words)


def _is_many_sums(term: Term) -> bool:
    """Is the term a product of sums that share no factor?"""
    if len(term.bound) < 2:
        return False
    names = set(map(NAME, term.bound))
    groups: list[set[str]] = []
    for factor in term.factors:
        here = names.intersection(map(NAME, factor_letters(factor)))
        if not here:
            continue
        if not groups:
            groups.append(here)
            continue
        if len(groups) == 1 and not groups[0].isdisjoint(here):
            # So it is with every factor of a chain.
            groups[0] |= here
            continue
        joined = [g for g in groups if not g.isdisjoint(here)]
        groups = [g for g in groups if g.isdisjoint(here)]
        groups.append(here.union(*joined))
    return len(groups) > 1


def _is_trace_law(node: Node) -> bool:
    """tr f(U) for a function that is differentiated under the trace only."""
    if node.kind != "call" or node.name != "tr" or node.args[0].kind != "call":
        return False
    return function_named(node.args[0].name).trace_law is not None


REST = "row_column_sum_index"
FORM_OF_CALL: Mapping[str, str] = MappingProxyType(
    {
        "tr": "trace_index",
        "sum": "sum_index",
        "vec": "vec_index",
        "kron": "kron_index",
        "diag": "diag_index",
    }
)
FORM_OF_KIND: Mapping[str, str] = MappingProxyType(
    {
        "product": "product_index",
        "power": "product_index",
        "hadamard": "hadamard_index",
        "transpose": "transpose_index",
    }
)


def _form_name(node: Node) -> str:
    if node.kind == "call":
        return FORM_OF_CALL.get(node.name, REST)
    if node.kind == "power" and node.is_scalar:
        return "norm_index"
    if node.kind == "quotient":
        top = node.args[0]
        return _form_name(top) if _is_opened(top) and top.kind != "transpose" else "quotient_index"
    return FORM_OF_KIND.get(node.kind, "other")


def form_reason(inner: Entry, variable: str | None = None) -> Reason:
    """Why an entry of a composite expression is what it is in entries of its parts.

    Of its scalar factors those are told of that are written out: they contain the variable, if one is given.
    """
    node = inner.node
    if node.kind == "quotient":
        top, below = node.args
        if top.is_scalar and not _is_opened(top):
            return ("dividing by ", below, " is multiplying by its reciprocal")
        if not _is_opened(top):
            return ("dividing by ", below, " divides every entry")
        return form_reason(Entry(top, inner.row, inner.col), variable)
    if node.kind == "product":
        return _product_words(inner, variable)
    if node.kind == "power" and node.is_scalar:
        return ("the squared norm is the sum of the squared entries",)
    if node.kind == "power":
        return (node, " is a product of equal factors, each with its own pair of indices")
    if node.kind == "hadamard":
        return ("an elementwise product multiplies entry by entry",)
    if node.kind == "transpose":
        return ("entry ", *axes_words(inner), " of the transpose: rows and columns change places")
    if node.kind == "call":
        if node.name == "tr" and node.args[0].kind == "product":
            return ("the trace sums the diagonal entries of ", node.args[0])
        if node.name == "kron":
            left, right = node.args
            return ("an entry of ", node, " is an entry of ", left, " times an entry of ", right)
        if node.name == "vec":
            return ("vec stacks the columns of ", node.args[0])
        return (function_named(node.name).because,)
    return ("written out in entries",)


def _product_words(inner: Entry, variable: str | None) -> Reason:
    node = inner.node
    chain = [a for a in node.args if not a.is_scalar]
    said: list[Reason] = []
    if node.is_scalar:
        said += [_scalar_words(chain)] if len(chain) >= 2 else []
    elif len(chain) == 2:
        left, right = chain
        rows: Reason = (left,) if inner.row is None else ("row ", inner.row, " of ", left)
        cols: Reason = (" times ", right)
        if inner.col is not None:
            cols = (" times column ", inner.col, " of ", right)
        said.append(("entry ", *axes_words(inner), " of a product: ", *rows, *cols))
    elif len(chain) > 2:
        said.append(
            ("entry ", *axes_words(inner), " of a product: neighbouring factors share a summed index")
        )
    else:
        said.append(("a scalar factor multiplies every entry",))
    for a in node.args:
        if a.is_scalar and (variable is None or variable in a.names) and _is_opened(a):
            words = form_reason(Entry(a), variable)
            said += [words] if words not in said else []
    out: Reason = ()
    for words in said or [("written out in entries",)]:
        out = (*out, *(("; ",) if out else ()), *words)
    return out


def _compound_words(term: Term) -> Reason:
    """What the compound indices that came in stand for."""
    out: Reason = ()
    for f in term.factors:
        if type(f) is Delta and type(f.second) is Pair:
            fast = f.second.first
            out = (*out, "; ", f.first, " stands for the pair ", f.second, ", ", fast, " running faster")
    return out


def _scalar_words(chain: list[Node]) -> Reason:
    if len(chain) == 2:
        return ("a row times a column is a sum over the products of their entries",)
    return ("a product that is a single number is a sum over entries: neighbouring factors share an index",)


def _transpose_form(partial: Partial, fresh: Fresh) -> Rewritten | None:
    inner = partial.inner
    if inner is None or inner.node.kind != "transpose":
        return None
    plain = entry(inner.node, inner.row, inner.col)
    words = form_reason(inner, partial.by.node.name)
    return Rewritten((Term(UNIT, (partial_of(plain, partial.by),)),), words)


def _form(name: str, law: str, because: str, example: str, *kinds: str) -> Rule:
    on = frozenset((*kinds, "quotient"))
    apply = _index_form(name)
    return Rule(name, "index_form", law, because, "definition", example, "key", "factor", apply, on)


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
        frozenset(("transpose",)),
    ),
    _form(
        "product_index",
        "(AB)_ik = Σ_j A_ij B_jk",
        "row times column",
        "d((W*X)[i,k], W[q,r]) => d(sum[j](W[i,j]*X[j,k]), W[q,r])",
        "product",
        "power",
    ),
    _form(
        "trace_index",
        "tr A = Σ_i A_ii",
        "the trace sums the diagonal",
        "d(tr(A*X), X[q,r]) => d(sum[j,l](A[j,l]*X[l,j]), X[q,r])",
        "call",
    ),
    _form(
        "sum_index",
        "sum A = Σ_ij A_ij",
        "the sum runs over every entry",
        "d(sum(X), X[q,r]) => d(sum[j,l](X[j,l]), X[q,r])",
        "call",
    ),
    _form(
        "norm_index",
        "‖A‖² = Σ_ij A_ij²",
        "the sum of the squared entries",
        "d(normF(X)^2, X[q,r]) => d(sum[j,l](X[j,l]^2), X[q,r])",
        "power",
    ),
    _form(
        "hadamard_index",
        "(A∘B)_ik = A_ik B_ik",
        "entry by entry",
        "d((A.*X)[i,k], X[q,r]) => d(A[i,k]*X[i,k], X[q,r])",
        "hadamard",
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
        "call",
    ),
    _form(
        "row_column_sum_index",
        "rowsum(A)_i = Σ_k A_ik",
        "the sum of a row or a column",
        "d(rowsum(X)[i], X[q,r]) => d(sum[j](X[i,j]), X[q,r])",
        "call",
    ),
    _form(
        "vec_index",
        "vec(A)_(jk) = A_jk",
        "vec stacks the columns",
        "d(vec(X)[i], X[q,r]) => d(sum[j,l](delta[i,(j,l)]*X[j,l]), X[q,r])",
        "call",
    ),
    _form(
        "kron_index",
        "(A⊗B)_(sr)(tk) = A_rk B_st",
        "block r,k of A ⊗ B is A_rk B",
        "d(kron(A, X)[i,k], X[q,r]) => d(sum[j,l,s,t](delta[i,(j,l)]*delta[k,(s,t)]*A[l,t]*X[j,s]), X[q,r])",
        "call",
    ),
)
