"""The way in, which loads nothing before it can answer Ctrl-C: libraries take most of a second to load."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

INTERRUPTED = 130


def main(words: Sequence[str] | None = None) -> int:
    """Run `freeindex WORDS` and give its exit status; see `gen.cli.main`."""
    try:
        status: int = import_module("gen.cli.main").main(words)
        return status
    except KeyboardInterrupt:
        # Before the command line is there, or while it was ending.
        sys.stderr.write("error: interrupted\n")
        return INTERRUPTED
