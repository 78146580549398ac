"""An entry of an expression written out in entries of its names: what a reader of indices does first."""

from __future__ import annotations

from gen.derivation.index_form_rules import form_reason
from gen.derivation.record import Phase, Reason, Rewritten, Rule
from gen.derivation.unfold import entry, unfold
from gen.language.function import Fresh
from gen.language.index import Entry, Term, Terms
from gen.language.node import Node


def _write_out(term: Term, fresh: Fresh) -> Rewritten | None:
    """The first entry of a product, transpose, trace … of the term."""
    for place, factor in enumerate(term.factors):
        if not isinstance(factor, Entry) or factor.node.kind in ("symbol", "size", "sum"):
            continue
        new = unfold(factor.node, factor.row, factor.col, fresh, _has_names)
        if new.factors == (factor,):
            continue
        before, after = term.factors[:place], term.factors[place + 1 :]
        changed = tuple(range(place, place + len(new.factors)))
        whole = Term(term.coef * new.coef, (*before, *new.factors, *after), (*term.bound, *new.bound))
        return Rewritten((whole,), _words(factor), changed)
    return None


def _has_names(node: Node) -> bool:
    return bool(node.names)


def _words(factor: Entry) -> Reason:
    node = factor.node
    if node.kind == "product" and sum(not a.is_scalar for a in node.args) < 2:
        return ("a factor that is a number multiplies every entry",)
    return form_reason(factor)


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
    _write_out,
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


ENTRIES: tuple[Phase, ...] = (Phase("write out", (SPLIT, WRITE_OUT), _as_far_as_it_goes),)
