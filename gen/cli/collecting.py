"""How often Python looks for cycles of objects that nobody holds."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

# New objects before a look at the young ones, and how many such looks make one at the older ones. So many
# that nobody holds would be half a gigabyte; a class of a thousand keeps about as many.
THRESHOLDS = (5_000_000, 20, 100)
RARER = 4  # so many times as many, once a look has found that most of what is new is kept


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for cycles seldom for a while.

    Nodes, lines and derivations hold what they are made of and are held by none of it, so they leave no
    cycles. A class keeps most of what it makes, and to look through that for cycles, even once, takes a
    tenth of its time.
    """
    before = gc.get_threshold()
    gc.set_threshold(*THRESHOLDS)
    gc.callbacks.append(_rarer_where_kept)
    try:
        yield
    finally:
        gc.callbacks.remove(_rarer_where_kept)
        gc.set_threshold(*before)


def _rarer_where_kept(phase: str, info: Mapping[str, int]) -> None:
    """Called by Python before and after each look."""
    young, *older = gc.get_threshold()
    if phase == "stop" and info["generation"] == 0 and RARER * info["collected"] < young:
        gc.set_threshold(RARER * young, *older)
