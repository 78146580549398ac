"""Typeset many documents side by side; threads are enough, since they only wait for TeX."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from gen.build.engine import Engine
from gen.build.environment import EPOCH
from gen.build.kept_runs import typeset_or_kept
from gen.build.means import nothing
from gen.build.process import Switch
from gen.build.readback import StrangerError, read_alone
from gen.build.store import Store
from gen.build.typeset import Typeset
from gen.errors import BuildError, build_error

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Request:
    """A document to typeset: what messages call it, its text, its engine, and the file it is meant for.

    `code` is what stands on each of its pages and on no page of another document; empty without one.
    """

    name: str
    tex: str
    engine: Engine
    path: Path
    code: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a request: exactly one of `typeset` and `error`; and the seconds it took.

    `as_usual` is false where the run failed that it shares with others, and none of them is at fault: then it
    was made apart, has other bytes than usual, and is to be made again another time.
    """

    request: Request
    typeset: Typeset | None
    error: BuildError | None
    seconds: float
    as_usual: bool = True


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` documents are finished, this one last."""

    done: int
    total: int
    result: Result


def make(
    requests: Sequence[Request],
    *,
    jobs: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    seconds: float = 180.0,
    epoch: int = EPOCH,
    store: Store | None = None,
) -> Generator[Result, None, None]:
    """Yield the result of every request, in their order; `jobs` run at a time (default: one a processor).

    A document that fails is a result with an error and stops no other. `progress` is called as documents
    finish, in any order, from the threads that made them, one call at a time. `store` has what was typeset
    before. When the iterator is closed or interrupted (Ctrl-C), every running TeX is killed and nothing new
    is started.
    """
    switch = Switch()
    told = Told(len(requests), progress)

    def one(request: Request) -> Result:
        result = single(request, seconds, switch, epoch, store)
        told.tell(result)
        return result

    yield from side_by_side([partial(one, request) for request in requests], jobs, switch.turn_off)


def side_by_side(
    tasks: Iterable[Callable[[], T]],
    jobs: int | None,
    stop: Callable[[], None],
    meanwhile: Callable[[], bool] = nothing,
) -> Generator[T, None, None]:
    """Yield what the tasks give, in their order; `jobs` run at a time (default: one a processor).

    One more is begun ahead of what has been taken, so that results do not pile up. While one is waited for,
    `meanwhile` is called, as long as it has something to do. When the iterator is
    closed or interrupted, or a task raises, `stop` is called, which must make every task that runs come to
    its end, and nothing new is started.
    """
    workers = max(1, jobs or os.cpu_count() or 1)
    pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="tex")
    ahead = iter(tasks)
    try:
        waiting: deque[Future[T]] = deque(pool.submit(task) for task in islice(ahead, workers + 1))
        while waiting:
            next_one = waiting.popleft()
            while not next_one.done() and meanwhile():
                pass
            done = next_one.result()
            waiting.extend(pool.submit(task) for task in islice(ahead, 1))
            yield done
            # It may be large, and is not to stay until the next one is there.
            del done, next_one
    except BaseException:
        stop()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def single(
    request: Request, seconds: float, switch: Switch, epoch: int, store: Store | None = None
) -> Result:
    """Typeset one document by itself, unless `store` has it; each page must show its code, if it has one.

    Raises `StoppedError` when the switch is off.
    """
    started = time.monotonic()
    done, failure = None, None
    try:
        done = typeset_or_kept(
            store,
            request.tex,
            request.engine,
            name=request.name,
            seconds=seconds,
            switch=switch,
            epoch=epoch,
        )
        if request.code:
            read_alone(done.pdf, request.code)
    except BuildError as error:
        failure = error
    except StrangerError as error:
        done, failure = None, build_error(f"{request.name}: {error}")
    return Result(request, done, failure, time.monotonic() - started)


class Told:
    """Counts finished documents and passes them on, one at a time."""

    def __init__(self, total: int, listener: Callable[[Progress], None] | None) -> None:
        self._total = total
        self._listener = listener
        self._done = 0
        self._lock = threading.Lock()

    def tell(self, result: Result) -> None:
        """Count this one, and pass it on."""
        with self._lock:
            self._done += 1
            if self._listener is not None:
                self._listener(Progress(self._done, self._total, result))
