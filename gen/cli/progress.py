"""Progress of long work on standard error: a bar in a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from gen.build.jobs import Progress
from gen.cli.screen import has_colour, note


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

        yield tell


def _plain(progress: Progress) -> None:
    result = progress.result
    how = f"{result.typeset.pages} pages" if result.typeset else "failed"
    note(f"[{progress.done}/{progress.total}] {result.request.path.name}: {how}, {result.seconds:.1f} s")
