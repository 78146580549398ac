"""Looking into an unevaluated partial derivative."""

from __future__ import annotations

from gen.derivation.record import Reason
from gen.language.index import UNIT, Entry, Factor, Index, Partial, Term


def lone_entry(factor: Factor) -> Entry | None:
    """The entry where the factor is the partial derivative of a single entry."""
    if not isinstance(factor, Partial) or len(factor.body) != 1:
        return None
    term = factor.body[0]
    if term.coef != 1 or term.bound or len(term.factors) != 1:
        return None
    inner = term.factors[0]
    return inner if isinstance(inner, Entry) else None


def variable_name(factor: Partial) -> str:
    return factor.by.node.name


def partial_of(inner: Factor, by: Entry) -> Partial:
    return Partial((Term(UNIT, (inner,)),), by)


def axes_words(e: Entry) -> Reason:
    """The indices of an entry, in words."""
    out: list[str | Index] = []
    for place in (e.row, e.col):
        if place is not None:
            out += [",", place] if out else [place]
    return tuple(out)
