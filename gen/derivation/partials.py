"""Looking into an unevaluated partial derivative."""

from __future__ import annotations

from gen.derivation.record import Reason
from gen.language.index import UNIT, Entry, Factor, Index, Partial, Term


def partial_of(inner: Factor, by: Entry) -> Partial:
    return Partial((Term(UNIT, (inner,)),), by)


def axes_words(e: Entry) -> Reason:
    """The indices of an entry, in words."""
    out: list[str | Index] = []
    for place in (e.row, e.col):
        if place is not None:
            out += [",", place] if out else [place]
    return tuple(out)
