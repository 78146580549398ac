"""How often Python looks for cycles of objects that nobody holds."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# New objects before a look at the young ones, and how many such looks make one at the older ones.
THRESHOLDS = (50_000, 20, 100)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for cycles seldom for a while.

    Nodes, lines and derivations hold what they are made of and are held by none of it: there is next to no
    cycle among them, and to look through all of them for one took a fifth of the time of a class.
    """
    before = gc.get_threshold()
    gc.set_threshold(*THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
