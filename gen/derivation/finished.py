"""What may no longer occur in a line when a phase is done."""

from __future__ import annotations

from gen.derivation.contraction import replacement
from gen.language.index import Delta, Partial, Terms


def no_partial(line: Terms) -> bool:
    """Everything is differentiated."""
    for term in line:
        for factor in term.factors:
            if type(factor) is Partial:
                return False
    return True


def contracted(line: Terms) -> bool:
    """No delta touches a dummy index."""
    for term in line:
        for factor in term.factors:
            if type(factor) is Delta and replacement(factor, term.bound) is not None:
                return False
    return True


def is_entry_partial(partial: Partial) -> bool:
    """Is it the variable's own entry that is differentiated?"""
    inner, variable = partial.inner, partial.by.node
    if inner is None or partial.kind != "symbol":
        return False
    return inner.node is variable or inner.node == variable
