"""The executor `local`: worker processes on this machine, or this process itself where one is enough."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from functools import partial
from itertools import chain, islice

from gen.build.crew import Crew
from gen.build.jobs import side_by_side
from gen.build.means import Means
from gen.build.perform import perform
from gen.build.shared_runs import shared
from gen.build.task import Outcome, Task
from gen.build.worker import Job


def ready(means: Means) -> None:
    """Nothing keeps tasks from being done here."""


def run(tasks: Iterator[Task], means: Means) -> Generator[Outcome, None, None]:
    """The outcomes of tasks in their order; see `Executor`.

    Where there is one task only, or one is to be done at a time, it is done here: a process takes half a
    second to start. Where more are sure to come, the processes start before the first is there.
    """
    jobs = max(1, means.jobs or os.cpu_count() or 1)
    sure = means.least >= jobs or means.least == means.most
    first = [] if sure and jobs > 1 and means.least > 1 else list(islice(tasks, jobs))
    count = len(first) or min(jobs, means.least)
    threads = max(1, jobs // max(1, count))
    everything = chain(first, tasks)
    if count < 2:
        yield from _done_here(everything, means, threads)
        return
    try:
        crew = Crew(count, means.tell)
    except OSError as error:
        means.tell(
            f"note: no worker process could be started, one document is made at a time: {error.strerror}"
        )
        yield from _done_here(everything, means)
        return
    try:
        yield from side_by_side(
            (
                partial(crew.do, Job(task, runs, means.store))
                for task, runs in shared(everything, jobs, threads)
            ),
            count,
            crew.end,
            means.meanwhile,
        )
    finally:
        crew.end()


def _done_here(tasks: Iterator[Task], means: Means, threads: int = 1) -> Generator[Outcome, None, None]:
    """The outcomes of tasks that are done in this process, which does one thing after another."""
    for task in tasks:
        while means.meanwhile():
            pass
        yield perform(task, threads=threads, store=means.store)
