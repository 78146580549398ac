"""Progress of long work on standard error: a bar in a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from gen.build.jobs import Progress, Result
from gen.build.marker import problem_at
from gen.cli.screen import has_colour, note

TELLING = 70  # characters of a line that goes away: one that wraps would stay


@contextmanager
def shown(what: str, total: int) -> Iterator[Callable[[Progress], None]]:
    """A listener for documents as they finish, while the block runs."""
    if not sys.stderr.isatty():
        yield _plain
        return
    console = Console(stderr=True, no_color=not has_colour(sys.stderr))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=total)

        def tell(progress: Progress) -> None:
            bar.update(task, completed=progress.done, description=progress.result.request.name)
            for line in wide_lines(progress.result):
                bar.console.print(line)

        yield tell


def _plain(progress: Progress) -> None:
    result = progress.result
    how = f"{result.typeset.pages} pages" if result.typeset else "failed"
    note(f"[{progress.done}/{progress.total}] {result.request.path.name}: {how}, {result.seconds:.1f} s")
    for line in wide_lines(result):
        note(line)


def wide_lines(result: Result) -> list[str]:
    """What sticks out of the margin by more than a point, with its problem: most often a wide formula."""
    if result.typeset is None:
        return []
    boxes = [box for box in result.typeset.log.overfull if box.pt > 1 and box.line is not None]
    found: dict[str | None, float] = {}
    for box in boxes:
        place = problem_at(result.request.tex, box.line or 0)
        found[place] = max(box.pt, found.get(place, 0.0))
    where = {place: f"problem {place}" if place else "a line" for place in found}
    name = result.request.path.name
    return [
        f"warning: {name}: {where[place]} runs {pt:.0f} pt over the margin" for place, pt in found.items()
    ]


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
