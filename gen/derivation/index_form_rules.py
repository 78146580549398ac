"""Index form: the partial derivative of a composite entry, unfolded into entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from gen.derivation.partials import axes_words, partial_of
from gen.derivation.record import Reason, Rewritten, Rule
from gen.derivation.unfold import entry, unfold
from gen.language.catalogue import function_named
from gen.language.function import Fresh
from gen.language.index import UNIT, Entry, Factor, Partial, Term, factor_letters
from gen.language.node import Node


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
    """A product of numbers and scalars as a term, where nothing has indices to be written out."""
    if node.kind == "quotient" and node.args[1].kind == "number" and node.args[1].number != 0:
        inner = plain_product(node.args[0])
        return None if inner is None else Term(inner.coef / node.args[1].number, inner.factors)
    if node.kind != "product" or not node.is_scalar:
        return None
    coef = UNIT
    factors: list[Factor] = []
    for a in node.args:
        if not a.is_scalar:
            return None
        if a.kind == "number":
            coef = a.number if coef is UNIT else coef * a.number
        elif a.kind in ("symbol", "size", "sum", "power") or (
            a.kind == "call" and function_named(a.name).elementwise
        ):
            factors.append(Entry(a))
        else:
            return None
    return Term(coef, tuple(factors)) if factors else None


def written_out(partial: Partial, fresh: Fresh) -> Rewritten | None:
    """∂ of an entry whose node is unfolded into sums of products of entries, or None if it cannot be."""
    inner, variable = partial.inner, partial.by.node.name
    assert inner is not None
    term = unfold(inner.node, inner.row, inner.col, fresh, lambda n: variable in n.names)
    if len(term.factors) == 1 and term == Term(UNIT, (inner,)):
        return None
    words = form_reason(inner)
    if _is_many_sums(term):
        words = (*words, "; every sum has a dummy index of its own")
    return Rewritten((Term(UNIT, (Partial((term,), partial.by),)),), words)


def _is_many_sums(term: Term) -> bool:
    """Is the term a product of sums that share no factor?"""
    if len(term.bound) < 2:
        return False
    names = {x.name for x in term.bound}
    groups: list[set[str]] = []
    for factor in term.factors:
        here = names.intersection([x.name for x in factor_letters(factor)])
        if not here:
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
        inside = _form_name(node.args[0])
        return inside if inside != "other" else "quotient_index"
    return FORM_OF_KIND.get(node.kind, "other")


def form_reason(inner: Entry) -> Reason:
    """Why an entry of a composite expression is what it is in entries of its parts."""
    node = inner.node
    plain: Reason = ("written out in entries",)
    if node.kind == "quotient":
        plain = ("dividing by ", node.args[1], " divides every entry")
        node = node.args[0]
        inner = Entry(node, inner.row, inner.col)
    chain = [a for a in node.args if not a.is_scalar]
    if node.kind == "product" and not inner.node.is_scalar and len(chain) == 2:
        left, right = chain
        head: Reason = ("entry ", *axes_words(inner), " of a product: ")
        rows: Reason = (left,) if inner.row is None else ("row ", inner.row, " of ", left)
        cols: Reason = (" times ", right)
        if inner.col is not None:
            cols = (" times column ", inner.col, " of ", right)
        return (*head, *rows, *cols)
    if node.kind == "product":
        calls = [a for a in node.args if a.kind == "call" and a.name == "tr"]
        if node.is_scalar and len(chain) >= 2:
            return _scalar_words(chain)
        if calls:
            return (function_named("tr").because,)
        if len(chain) <= 1:
            if node.is_scalar:
                return ("a constant factor stays in front of the derivative",)
            return ("a scalar factor multiplies every entry",)
        return ("entry ", *axes_words(inner), " of a product: neighbouring factors share a summed index")
    if node.kind == "power" and node.is_scalar:
        return ("the squared norm is the sum of the squared entries",)
    if node.kind == "power":
        return (node, " is a product of equal factors, each with its own pair of indices")
    if node.kind == "hadamard":
        return ("an elementwise product multiplies entry by entry",)
    if node.kind == "transpose":
        return ("entry ", *axes_words(inner), " of the transpose: rows and columns change places")
    if node.kind == "call":
        because: Reason = (function_named(node.name).because,)
        if node.name == "tr" and node.args[0].kind == "product":
            because = ("the trace sums the diagonal entries of ", node.args[0])
        return because
    return plain


def _scalar_words(chain: list[Node]) -> Reason:
    if len(chain) == 2:
        return ("a row times a column is a sum over the products of their entries",)
    return ("a product that is a single number is a sum over entries: neighbouring factors share an index",)


def _transpose_form(partial: Partial, fresh: Fresh) -> Rewritten | None:
    inner = partial.inner
    if inner is None or inner.node.kind != "transpose":
        return None
    plain = entry(inner.node, inner.row, inner.col)
    return Rewritten((Term(UNIT, (partial_of(plain, partial.by),)),), form_reason(inner))


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
