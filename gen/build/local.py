"""The executor `local`: worker processes on this machine, or this process itself where one is enough."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from functools import partial
from itertools import chain, islice

from gen.build.finished import Finished
from gen.build.jobs import side_by_side
from gen.build.means import Means
from gen.build.perform import perform
from gen.build.process import POSIX
from gen.build.task import Outcome, Task, name_of
from gen.build.worker import GRACE, Job, receive, send
from gen.errors import Report

TRIES = 2  # a worker may have been ended by somebody, or for want of memory


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
    crew = Crew(len(first))
    try:
        yield from side_by_side(
            (partial(crew.do, Job(task, threads, means.store)) for task in everything), len(first), crew.end
        )
    finally:
        crew.end()


class LostError(Exception):
    """A worker ended before it had done its task; the message says how."""


class Crew:
    """Some worker processes, each of which does one task at a time."""

    def __init__(self, count: int) -> None:
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        self._all: list[Worker] = []
        self._lock = threading.Lock()
        self._ended = False
        for _ in range(count):
            self._idle.put(self._hired())

    def do(self, job: Job) -> Outcome:
        """The outcome of a task from whoever is idle; of one that workers do not survive, an error each."""
        how = ""
        for _ in range(TRIES):
            if self._ended:
                raise LostError("was dismissed")
            worker = self._idle.get()
            try:
                outcome = worker.do(job)
            except LostError as lost:
                how = str(lost)
                self._idle.put(self._hired())
            else:
                self._idle.put(worker)
                return outcome
        return lost_outcome(job.task, how)

    def end(self) -> None:
        """End all workers and what they have started, and wait for it."""
        with self._lock:
            self._ended = True
            everybody = tuple(self._all)
        for worker in everybody:
            worker.dismiss()
        for worker in everybody:
            worker.wait()

    def _hired(self) -> Worker:
        with self._lock:
            if self._ended:
                raise LostError("was dismissed")
            worker = Worker()
            self._all.append(worker)
            return worker


class Worker:
    """A process that runs `gen.build.worker`, in a session of its own: Ctrl-C is not for it."""

    def __init__(self) -> None:
        # It imports this very package: -P keeps a folder of the same name, where the user is, out of its way.
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "gen.build.worker"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=POSIX,
        )

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    def do(self, job: Job) -> Outcome:
        """The outcome of its task. Raises `LostError` when the process ends before."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            send(self._process.stdin, job)
            outcome = receive(self._process.stdout)
        except (OSError, EOFError, ValueError):
            self.dismiss()
            raise LostError(f"ended with status {self.wait()}") from None
        assert isinstance(outcome, Outcome)
        return outcome

    def dismiss(self) -> None:
        """Tell the process that there is no more to do; what it does is in vain."""
        try:
            if self._process.stdin is not None:
                self._process.stdin.close()
        except OSError:
            return  # it has ended, and will not read what was on its way

    def wait(self) -> int:
        """Wait for the end of a process that was dismissed; its status."""
        try:
            status = self._process.wait(timeout=2 * GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        return status


def lost_outcome(task: Task, how: str) -> Outcome:
    """The outcome of a task that cannot be done, since those who do it do not survive."""

    def report(what: str) -> Report:
        return Report("internal", f"{what}: the process that made it {how}")

    names = [name_of(known, seat) for known in task.making.formats for seat in task.seats]
    return Outcome(
        tuple(Finished(name, None, report(name)) for name in names),
        failed=tuple((seat.file, report(f"student {seat.student}")) for seat in task.seats),
    )
