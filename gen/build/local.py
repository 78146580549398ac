"""The executor `local`: worker processes on this machine, or this process itself where one is enough."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from functools import partial
from itertools import chain, islice

from gen.build.crew import Crew
from gen.build.jobs import side_by_side
from gen.build.means import Means
from gen.build.perform import perform
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
    everything = chain(first, tasks)
    if len(first) < 2:
        for task in everything:
            yield perform(task, threads=jobs, store=means.store)
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
            (partial(crew.do, Job(task, threads, means.store)) for task, threads in shared(everything, jobs)),
            len(first),
            crew.end,
        )
    finally:
        crew.end()


def shared(tasks: Iterable[Task], jobs: int) -> Iterator[tuple[Task, int]]:
    """Each task with the runs of TeX that it may make at a time, where `jobs` run in all.

    While there is a task for everybody it is one. Those that are begun at the end share what there is: beside
    them others have nothing to do, or soon will have.

    >>> [threads for _, threads in shared("abcdefg", 4)], [threads for _, threads in shared("abc", 8)]
    ([1, 1, 1, 1, 1, 2, 4], [2, 2, 2])
    """
    ahead, begun = iter(tasks), 0
    waiting = deque(islice(ahead, jobs))
    together = max(1, jobs // max(1, len(waiting)))
    while waiting:
        left = len(waiting)
        # Those at the beginning are begun together; each of the others when one before it is done.
        yield waiting.popleft(), together if begun < jobs else max(1, jobs // left)
        begun += 1
        waiting.extend(islice(ahead, 1))
