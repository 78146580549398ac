"""Tasks that workers do not survive: in halves, put together again, and told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from gen.build.finished import Finished
from gen.build.task import Outcome, PageFile, Task, name_of
from gen.build.worker import Job
from gen.errors import Report

_HINT = "the system may have ended it for want of memory: run again with a smaller -j"
Named = TypeVar("Named", Finished, PageFile)


def halves(job: Job) -> tuple[Job, Job]:
    """The same for the first and for the last half of the students, of whom there are two or more."""
    seats = job.task.seats
    middle = len(seats) // 2
    first, last = (replace(job.task, seats=some) for some in (seats[:middle], seats[middle:]))
    return replace(job, task=first), replace(job, task=last)


def joined(task: Task, parts: Sequence[Outcome]) -> Outcome:
    """The outcome of a whole task from those of its parts, in the order it would have had.

    Its PDFs are not as usual: who shares a run with whom decides bytes.
    """
    return Outcome(
        _sorted(task, task.making.formats, [one for part in parts for one in part.finished]),
        _sorted(task, task.making.pages, [one for part in parts for one in part.pages]),
        tuple(row for part in parts for row in part.rows),
        tuple(one for part in parts for one in part.failed),
        sum(part.seconds for part in parts),
        as_usual=not task.making.formats,
    )


def _sorted(task: Task, formats: Sequence[str], made: Sequence[Named]) -> tuple[Named, ...]:
    """What was made, format by format in the order of the students."""
    found = {one.name: one for one in made}
    names = (name_of(known, seat) for known in formats for seat in task.seats)
    return tuple(found[name] for name in names if name in found)


def lost_outcome(task: Task, how: str) -> Outcome:
    """The outcome of a task that cannot be done, since those who do it do not survive."""

    def report(what: str) -> Report:
        return Report("internal", f"{what}: the process that made it {how}", hint=_HINT)

    names = [name_of(known, seat) for known in task.making.formats for seat in task.seats]
    return Outcome(
        tuple(Finished(name, None, report(name)) for name in names),
        failed=tuple((seat.file, report(f"student {seat.student}")) for seat in task.seats),
    )
