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
    second to start.
    """
    jobs = max(1, means.jobs or os.cpu_count() or 1)
    first = list(islice(tasks, jobs))
    threads = max(1, jobs // max(1, len(first)))
    everything = chain(first, tasks)
    if len(first) < 2:
        for task in everything:
            yield perform(task, threads=threads, store=means.store)
        return
    try:
        crew = Crew(len(first), means.tell)
    except OSError as error:
        means.tell(
            f"note: no worker process could be started, one document is made at a time: {error.strerror}"
        )
        for task in everything:
            yield perform(task, store=means.store)
        return
    try:
        yield from side_by_side(
            (
                partial(crew.do, Job(task, runs, means.store))
                for task, runs in shared(everything, jobs, threads)
            ),
            len(first),
            crew.end,
        )
    finally:
        crew.end()
