"""Ctrl-C and SIGTERM: how far the work had come, for the one line that is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gen.build.finished import Step


class TerminatedError(BaseException):
    """SIGTERM came: what is running ends as it does for Ctrl-C."""


@contextmanager
def told_how_far(total: int) -> Iterator[Callable[[Step], None]]:
    """A listener; what interrupts the block gets how many of `total` documents were finished."""
    done = 0

    def listen(step: Step) -> None:
        nonlocal done
        done = step.done

    try:
        yield listen
    except (KeyboardInterrupt, TerminatedError) as stop:
        stop.args = (f"{done} of {total} done, run again to go on",)
        raise
