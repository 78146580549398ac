"""An entry of an expression written out in entries of its names: what a reader of indices does first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, TypeAlias

from gen.derivation.index_form_rules import form_reason
from gen.derivation.record import Phase, Reason, Rewritten, Rule
from gen.derivation.unfold import entry, unfold
from gen.language.function import Fresh
from gen.language.index import Entry, Term, Terms
from gen.language.node import Node

Form: TypeAlias = Literal["product", "trace", "transpose"]


def _write_out(form: Form) -> Callable[[Term, Fresh], Rewritten | None]:
    """The first entry of this form that can be written out."""

    def apply(term: Term, fresh: Fresh) -> Rewritten | None:
        for place, factor in enumerate(term.factors):
            if not isinstance(factor, Entry) or factor.node.kind in ("symbol", "size", "sum"):
                continue
            if _form_of(factor.node) != form:
                continue
            new = unfold(factor.node, factor.row, factor.col, fresh, _has_names)
            if new.factors == (factor,):
                continue
            before, after = term.factors[:place], term.factors[place + 1 :]
            changed = tuple(range(place, place + len(new.factors)))
            whole = Term(term.coef * new.coef, (*before, *new.factors, *after), (*term.bound, *new.bound))
            return Rewritten((whole,), _words(factor), changed)
        return None

    return apply


def _form_of(node: Node) -> Form:
    """What is written out first; numbers and scalars in front do not count."""
    if node.kind == "product" and sum(not a.is_scalar for a in node.args) < 2:
        inner = next((a for a in node.args if a.names and a.kind != "symbol"), None)
        return "product" if inner is None else _form_of(inner)
    if node.kind == "call" and node.name == "tr":
        return "trace"
    return "transpose" if node.kind == "transpose" else "product"


def _has_names(node: Node) -> bool:
    return bool(node.names)


def _words(factor: Entry) -> Reason:
    """Why the entry is what it is written out as: what is met on the way, from the outside in, each once."""
    out: Reason = ()
    for said in dict.fromkeys(_met(factor)):
        out = (*out, "; ", *said) if out else said
    return out


def _met(factor: Entry) -> list[Reason]:
    node = factor.node
    if node.kind == "product" and sum(not a.is_scalar for a in node.args) < 2:
        what = "stays in front" if node.is_scalar else "multiplies every entry"
        said: list[Reason] = [(f"a factor that is a number {what}",)]
        for inner in (a for a in node.args if a.names and a.kind != "symbol"):
            row, col = (None, None) if inner.is_scalar else (factor.row, factor.col)
            said += _met(Entry(inner, row, col))
        return said
    said = [form_reason(factor)]
    inside = node.args[0] if node.kind == "call" and node.args else None
    if node.kind == "call" and node.name == "tr" and inside is not None and inside.kind == "product":
        said.append(("in a product neighbouring factors share an index that is summed over",))
    if any(a.kind == "transpose" for a in _taken_apart(node)):
        said.append(("an entry of a transpose has its two indices changed round",))
    return said


def _taken_apart(node: Node) -> Iterator[Node]:
    """The parts whose entries a line shows: of products, traces and sums of entries."""
    for a in node.args:
        yield a
        if a.kind in ("product", "hadamard", "transpose"):
            yield from _taken_apart(a)


def _split(term: Term, fresh: Fresh) -> Rewritten | None:
    """The first entry of a sum of the term: the sum of the entries, multiplied out."""
    for place, factor in enumerate(term.factors):
        if isinstance(factor, Entry) and factor.node.kind == "sum":
            before, after = term.factors[:place], term.factors[place + 1 :]
            parts = [entry(a, factor.row, factor.col) for a in factor.node.args]
            new = tuple([Term(term.coef, (*before, part, *after), term.bound) for part in parts])
            return Rewritten(new, ("an entry of a sum is the sum of the entries",))
    return None


WRITE_OUT = Rule(
    "written_out",
    "index_form",
    "(AB)_ik = Σ_j A_ij B_jk",
    "neighbouring factors share an index that is summed over",
    "definition",
    "(A*B)[i,k] => sum[j](A[i,j]*B[j,k])",
    "key",
    "term",
    _write_out("product"),
)

WRITE_OUT_TRACE = Rule(
    "trace_written_out",
    "index_form",
    "tr A = Σ_i A_ii",
    "the trace sums the diagonal entries",
    "definition",
    "tr(A) => sum[j](A[j,j])",
    "key",
    "term",
    _write_out("trace"),
)

WRITE_OUT_TRANSPOSE = Rule(
    "transpose_written_out",
    "index_form",
    "(Aᵀ)_ik = A_ki",
    "rows and columns change places",
    "definition",
    "(A')[i,k] => A[k,i]",
    "key",
    "term",
    _write_out("transpose"),
)

SPLIT = Rule(
    "entry_of_sum",
    "linearity",
    "(A + B)_ik = A_ik + B_ik",
    "an entry of a sum is the sum of the entries",
    "definition",
    "(A + B)[i,k] => A[i,k] + B[i,k]",
    "routine",
    "term",
    _split,
)


def _as_far_as_it_goes(line: Terms) -> bool:
    """Elementwise functions and inverses stay whole: they have no sum to be written out."""
    return True


ENTRIES: tuple[Phase, ...] = (
    Phase("write out", (SPLIT, WRITE_OUT, WRITE_OUT_TRACE, WRITE_OUT_TRANSPOSE), _as_far_as_it_goes),
)
