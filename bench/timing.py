"""How a call is timed: the median of five, each with all caches empty."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from functools import _lru_cache_wrapper
from statistics import median

RUNS = 5
# Tables read from the program's own records, as good as loaded with it; they hold nothing of a question.
TABLES = frozenset({"slope_syntax", "abstract_function"})


def caches(package: str = "gen") -> list[_lru_cache_wrapper[object]]:
    """The caches of a package that hold anything of a question asked before."""
    found = [x for x in gc.get_objects() if type(x) is _lru_cache_wrapper]
    return [x for x in found if str(x.__module__).startswith(f"{package}.") and x.__name__ not in TABLES]


def milliseconds(call: Callable[[], object], before: Callable[[], object]) -> float:
    """The median processor time of RUNS calls; `before` runs untimed ahead of each.

    Processor time, since it hardly depends on what else the machine does. No garbage is
    collected meanwhile, as in the standard library's `timeit`.
    """
    times: list[float] = []
    gc.collect()
    gc.disable()
    for _ in range(RUNS):
        before()
        start = time.process_time_ns()
        call()
        times.append((time.process_time_ns() - start) / 1e6)
    gc.enable()
    return median(times)
