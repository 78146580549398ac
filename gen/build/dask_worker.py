"""What runs on a dask cluster: the processes of a worker that do tasks, and the end of them.

A dask worker does no task itself: its threads would have to share one interpreter with what keeps the worker
in touch with the scheduler. It has as many worker processes (`gen.build.worker`) as threads instead. They
end with it, however it ends, and so does the TeX they have started.
"""

from __future__ import annotations

import asyncio
import pickle
import zlib

from distributed import Scheduler, SchedulerPlugin, Worker, WorkerPlugin, get_worker

from gen.build.crew import Crew, LostError
from gen.build.means import silent
from gen.build.sameness import Maker, maker
from gen.build.store import usual_store
from gen.build.task import Outcome, Task
from gen.build.worker import Job


class OtherMakerError(Exception):
    """A worker may make other documents than the driver; the message says which and why."""


class Hands(WorkerPlugin):
    """The processes that do the tasks of one build on one dask worker.

    They are there from the moment the worker or the build begins until either ends. A worker that is not as
    `needed` is refused: the driver is told of those that were `there` when the build began, one that comes
    later is closed. With `keeping`, what is made is kept in the worker's own store.
    """

    def __init__(self, needed: Maker, there: frozenset[str], keeping: bool) -> None:
        self._needed = needed
        self._there = there
        self._keeping = keeping
        self._crew: Crew | None = None
        self._over = False

    async def setup(self, worker: Worker) -> None:
        """Start the processes. Raises `OtherMakerError`."""
        if unlike := (await asyncio.to_thread(maker, self._needed.engine)).unlike(self._needed):
            if worker.address not in self._there:
                # What is raised while a worker registers stands in its log, and is heard by nobody else.
                worker.loop.add_callback(worker.close, reason="it may make other documents")
            raise OtherMakerError(f"the worker {worker.address} is refused: {unlike}")
        crew = await asyncio.to_thread(Crew, worker.state.nthreads, silent)
        if self._over:
            # The build has ended while its processes were starting.
            await asyncio.to_thread(crew.end)
        else:
            self._crew = crew

    async def teardown(self, worker: Worker) -> None:
        """End the processes and what they have started."""
        self._over = True
        if self._crew is not None:
            await asyncio.to_thread(self._crew.end)

    def do(self, task: Task) -> Outcome:
        """The outcome of a task. Raises `LostError` when there are no processes any more, or never were."""
        if self._crew is None:
            raise LostError("was refused")
        return self._crew.do(Job(task, 1, usual_store() if self._keeping else None))


class Farewell(SchedulerPlugin):
    """Ends the processes of a build when its driver is gone, even if that could not say so."""

    def __init__(self, build: str, client: str) -> None:
        self.name = f"{build}-farewell"
        self._build, self._client = build, client
        self._ending: asyncio.Task[object] | None = None

    def remove_client(self, scheduler: Scheduler, client: str) -> None:
        """Called by the scheduler when a connection to a client has ended."""
        if client != self._client:
            return
        if self._build in scheduler.worker_plugins:
            # Kept, since a task that nobody holds may be collected before it has run.
            self._ending = asyncio.get_running_loop().create_task(
                scheduler.unregister_worker_plugin(None, self._build)
            )
        scheduler.remove_plugin(self.name)


def packed(task: Task) -> bytes:
    """What is sent of a task."""
    return zlib.compress(pickle.dumps(task, pickle.HIGHEST_PROTOCOL), 1)


def do(sent: bytes, build: str) -> Outcome:
    """The outcome of a task on a dask worker that has the `Hands` of a build."""
    hands = get_worker().plugins[build]
    assert isinstance(hands, Hands)
    task = pickle.loads(zlib.decompress(sent))
    assert isinstance(task, Task)
    return hands.do(task)
