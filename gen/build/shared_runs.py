"""How many runs of TeX each task of a class may make at a time, so that nobody is idle at its end."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def shared(tasks: Iterable[T], jobs: int, first: int = 1) -> Iterator[tuple[T, int]]:
    """Each task with its runs, where `jobs` run at a time in all.

    The first `jobs` tasks are begun together and have `first` runs each; those after them one, while there is
    a task for everybody. The last ones share what there is: beside them others have nothing to do, or soon
    will have. To tell the last ones takes a look at the tasks that come next, fewer than `jobs`.

    >>> [runs for _, runs in shared("abcdefg", 4)], [runs for _, runs in shared("abc", 8, 2)]
    ([1, 1, 1, 1, 1, 2, 4], [2, 2, 2])
    """
    ahead = iter(tasks)
    for task in islice(ahead, jobs):
        yield task, first
    waiting = deque(islice(ahead, jobs))
    while waiting:
        runs = max(1, jobs // len(waiting))
        yield waiting.popleft(), runs
        waiting.extend(islice(ahead, 1))
