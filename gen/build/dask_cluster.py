"""The executor `dask`: the workers of a cluster, wherever they are.

A chunk of students is one task. Few tasks are given out at a time, and an outcome stays on the worker that
has made it until its turn has come: neither the scheduler nor this process ever holds the class. What a lost
worker has not handed over is made again by others.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, islice
from uuid import uuid4

from distributed import CancelledError, Client, Future, KilledWorker

from gen.build.dask_worker import Farewell, Hands, OtherMakerError, do, packed
from gen.build.lost import lost_outcome
from gen.build.means import Means
from gen.build.sameness import maker
from gen.build.task import Outcome, Task
from gen.errors import BuildError, build_error, input_error

REACH = 10.0  # seconds in which a scheduler must answer
PATIENCE = 60.0  # seconds to wait for workers where there are none
TRANSFER = 600.0  # seconds for one outcome to come
AHEAD = (
    3  # tasks given out for each thread of the cluster: one is done, others wait for its turn or for theirs
)
COUNTED = 5.0  # seconds between two looks at how many threads there are
SAME = "one version of freeindex and one TeX belong on the driver, the scheduler and all workers"
LOGGER = "distributed"
SILENT = logging.CRITICAL + 1
TRIES = 3  # of a task whose worker was closed under it


def ready(means: Means) -> None:
    """Raise InputError where no address is given, BuildError where no scheduler answers."""
    with _connected(means):
        pass


def run(tasks: Iterator[Task], means: Means) -> Generator[Outcome, None, None]:
    """The outcomes of tasks in their order; see `Executor`.

    Raises BuildError when there is no scheduler or no worker, or when a worker that is there at the beginning
    may make other documents than this machine. One that comes later and may do so is turned away.
    """
    first = next(tasks, None)
    if first is None:
        return
    with _connected(means) as client:
        build = f"freeindex-{uuid4().hex}"
        cluster = Cluster(client, build, means)
        try:
            cluster.begin(first.making.engine)
            yield from cluster.outcomes(chain((first,), tasks))
        finally:
            cluster.end()


class Cluster:
    """A dask cluster during one build."""

    def __init__(self, client: Client, build: str, means: Means) -> None:
        self._client = client
        self._build = build
        self._means = means
        self._waiting: deque[tuple[Task, Future[Outcome]]] = deque()
        self._threads, self._counted = 0, 0.0

    def begin(self, engine: str | None) -> None:
        """Wait for a worker, and have all workers ready. Raises BuildError."""
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
            self._client.register_plugin(Farewell(self._build, self._client.id))
            there = frozenset(self._client.nthreads())
            hands = Hands(maker(engine), there, keeping=self._means.store is not None)
            self._client.register_plugin(hands, name=self._build)
        except TimeoutError:
            raise self._deserted() from None
        except OtherMakerError as error:
            raise build_error(str(error), hint=SAME) from None
        except (ImportError, AttributeError) as error:
            message = f"the cluster at {self._means.scheduler} cannot load freeindex: {error}"
            raise build_error(message, hint=SAME) from None

    def outcomes(self, tasks: Iterator[Task]) -> Iterator[Outcome]:
        """The outcomes in the order of the tasks. Raises BuildError when the cluster is gone."""
        given = 0
        while True:
            for task in islice(tasks, max(0, self._room() - len(self._waiting))):
                self._waiting.append((task, self._given(task, given)))
                given += 1
            if not self._waiting:
                return
            outcome = self._outcome(*self._waiting[0])
            # Forgotten here, the outcome is forgotten on the worker that has made it.
            self._waiting.popleft()
            yield outcome

    def end(self) -> None:
        """Take back what has been given out, and end the processes that were started for it."""
        # A scheduler that is gone has nothing to be taken back from.
        with suppress(OSError, TimeoutError, ValueError, CancelledError):
            self._client.cancel([future for _, future in self._waiting])
            self._client.unregister_worker_plugin(self._build)

    def _given(self, task: Task, number: int) -> Future[Outcome]:
        return self._client.submit(
            do, packed(task), self._build, key=f"{self._build}-{number}", pure=False, retries=TRIES
        )

    def _outcome(self, task: Task, future: Future[Outcome]) -> Outcome:
        while not future.done() and self._means.meanwhile():
            pass
        while True:
            try:
                future.exception(timeout=PATIENCE)
                return future.result(timeout=TRANSFER)
            except TimeoutError:
                if not self._threads_there():
                    raise self._deserted() from None
            except KilledWorker as killed:
                times = killed.allowed_failures + 1
                how = f"was lost with its machine, {times} time{'s' if times > 1 else ''}"
                return lost_outcome(task, how)
            except CancelledError:
                raise self._gone() from None

    def _room(self) -> int:
        """How many tasks may be given out; workers may come and go at any time."""
        if self._means.jobs is not None:
            return self._means.jobs
        if time.monotonic() > self._counted + COUNTED:
            self._threads, self._counted = self._threads_there(), time.monotonic()
        return AHEAD * max(1, self._threads)

    def _threads_there(self) -> int:
        try:
            return sum(self._client.nthreads().values())
        except OSError:
            raise self._gone() from None

    def _gone(self) -> BuildError:
        message = f"the scheduler at {self._means.scheduler} is gone"
        return build_error(message, hint="what has been made stays; build again when there is one")

    def _deserted(self) -> BuildError:
        message = f"the scheduler at {self._means.scheduler} has had no worker for {PATIENCE:.0f} seconds"
        return build_error(message, hint=f"start some: dask worker {self._means.scheduler}")


@contextmanager
def _connected(means: Means) -> Iterator[Client]:
    """A client of the scheduler. Raises InputError without an address, BuildError where nobody answers."""
    address = means.scheduler
    if address is None:
        hint = "--scheduler tcp://HOST:8786, where `dask scheduler` runs"
        raise input_error("unsupported", "--executor dask needs a scheduler", where="file", hint=hint)
    with _quiet():
        try:
            client = Client(address, timeout=REACH, set_as_default=False)
        except ValueError as error:
            message = f"--scheduler {address} is no address: {error}"
            raise input_error("syntax", message, where="file", hint="tcp://HOST:8786") from None
        except OSError:
            message = f"no scheduler answers at {address} within {REACH:.0f} seconds"
            raise build_error(message, hint="start one: dask scheduler; it says its address") from None
        try:
            yield client
        finally:
            client.close(timeout=REACH)


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence the loggers of dask: what it has to say is told as an error of ours, once."""
    # It gives several of them handlers and levels of their own, which that of the first does not reach.
    known = [name for name in logging.root.manager.loggerDict if name.startswith(f"{LOGGER}.")]
    loggers = [logging.getLogger(name) for name in (LOGGER, *known)]
    levels = [log.level for log in loggers]
    for log in loggers:
        log.setLevel(SILENT)
    try:
        yield
    finally:
        for log, level in zip(loggers, levels, strict=True):
            log.setLevel(level)
