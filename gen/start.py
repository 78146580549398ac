"""The way in, which loads nothing before it can answer Ctrl-C: libraries take most of a second to load."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

INTERRUPTED = 130
# The matrices here are small: threads for them would only take time to start, and their sums would depend on
# how many there are. Read when the library is loaded.
THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")


def main(words: Sequence[str] | None = None) -> int:
    """Run `freeindex WORDS` and give its exit status; see `gen.cli.main`."""
    for variable in THREADS:
        os.environ.setdefault(variable, "1")
    # What is loaded stays: it is not looked through for cycles, neither now nor at the end.
    gc.disable()
    try:
        command = import_module("gen.cli.main").main
        gc.freeze()
        gc.enable()
        status: int = command(words)
        gc.freeze()
        return status
    except KeyboardInterrupt:
        # Before the command line is there, or while it was ending.
        sys.stderr.write("error: interrupted\n")
        return INTERRUPTED
