"""Progress of long work on standard error: a bar in a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from gen.build.counted import counted
from gen.build.finished import Finished, Step
from gen.cli.screen import has_colour, note

TELLING = 70  # characters of a line that goes away: one that wraps would stay


@contextmanager
def shown(what: str, total: int) -> Iterator[Callable[[Step], None]]:
    """A listener for documents as they finish, while the block runs."""
    if not sys.stderr.isatty():
        yield partial(_plain, set())
        return
    console = Console(stderr=True, no_color=not has_colour(sys.stderr))
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=total)
        told: set[str] = set()

        def tell(step: Step) -> None:
            bar.update(task, completed=step.done, description=step.finished.name)
            for line in _new(lines_of(step.finished), told):
                bar.console.print(line, markup=False, highlight=False, soft_wrap=True)

        yield tell


def _plain(told: set[str], step: Step) -> None:
    one = step.finished
    how = counted(one.pages, "page") if one.error is None else "failed"
    note(f"[{step.done}/{step.total}] {one.file}: {how}, {one.seconds:.1f} s")
    for line in _new(lines_of(one), told):
        note(line)


def _new(lines: list[str], told: set[str]) -> list[str]:
    """The lines that are not among those `told`, which they join.

    What keeps a student from getting any document is said of each, and is told once.
    """
    new = [line for line in lines if line not in told]
    told.update(new)
    return new


class RateColumn(ProgressColumn):
    """How many documents are finished a second."""

    def render(self, task: Task) -> Text:
        """The rate of the last half minute; nothing before there is one."""
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


def both(first: Callable[[Step], None], second: Callable[[Step], None]) -> Callable[[Step], None]:
    """A listener that tells two others."""

    def tell(step: Step) -> None:
        first(step)
        second(step)

    return tell


def lines_of(one: Finished) -> list[str]:
    """What is said of a document beside that it is finished: what is wrong with it, what sticks out."""
    failure = [] if one.error is None else [f"failed: {one.error.message}"]
    return failure + [f"warning: {one.file}: {warning}" for warning in one.warnings]


@contextmanager
def telling() -> Iterator[Callable[[str], None]]:
    """A listener for what is being done, for work that may take seconds; an empty text ends the line.

    In a terminal one line says it and goes away; elsewhere nothing is said.
    """
    shown_now = ""

    def tell(what: str) -> None:
        nonlocal shown_now
        sys.stderr.write("\r" + " " * len(shown_now) + "\r" if shown_now else "")
        shown_now = what[:TELLING]
        sys.stderr.write(shown_now)
        sys.stderr.flush()

    if not sys.stderr.isatty():
        yield lambda what: None
        return
    try:
        yield tell
    finally:
        tell("")
