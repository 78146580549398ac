"""Worker processes, and what is done when one of them ends before its time."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable

from gen.build.lost import halves, joined, lost_outcome
from gen.build.process import POSIX, StoppedError
from gen.build.task import Outcome
from gen.build.worker import GRACE, Job, receive, send

TRIES = 2  # a worker may have been ended by somebody, or for want of memory
PATIENCE = 12  # losses without an outcome between them, after which nothing is tried any more


class LostError(Exception):
    """A worker ended before it had done its task; the message says how."""


class Crew:
    """Some worker processes, each of which does one task at a time.

    One that is lost is missed: there may be memory or room for so many no longer. The last one is replaced.
    """

    def __init__(self, count: int, tell: Callable[[str], None]) -> None:
        """Start `count` workers, or as many as can be; raises OSError when there can be none."""
        self._idle: queue.SimpleQueue[Worker | None] = queue.SimpleQueue()
        self._all: list[Worker] = []
        self._lock = threading.Lock()
        self._tell = tell
        self._ended = False
        self._here = 0
        self._in_vain = 0
        self._how = ""
        try:
            for _ in range(count):
                self._hire()
        except OSError as error:
            if not self._here:
                raise
            tell(f"note: {self._here} of {count} worker processes could be started: {error.strerror}")

    def do(self, job: Job, tries: int = TRIES) -> Outcome:
        """The outcome of a task from whoever is idle.

        A task that workers do not survive is done in halves, so that it is known whose documents they do not
        survive: of these there is an error each. Raises `StoppedError` when the crew has been dismissed.
        """
        how = ""
        for _ in range(tries):
            try:
                return self._done(job)
            except LostError as lost:
                how = str(lost)
        if len(job.task.seats) > 1 and self._in_vain < PATIENCE:
            return joined(job.task, [self.do(half, 1) for half in halves(job)])
        return lost_outcome(job.task, how)

    def end(self) -> None:
        """End all workers and what they have started, and wait for it."""
        with self._lock:
            self._ended = True
            everybody = tuple(self._all)
        self._idle.put(None)
        for worker in everybody:
            worker.dismiss()
        for worker in everybody:
            worker.wait()

    def _done(self, job: Job) -> Outcome:
        worker = self._idle.get()
        if worker is None or self._ended:
            self._idle.put(None)
            if self._ended:
                raise StoppedError
            raise LostError(self._how)
        try:
            outcome = worker.do(job)
        except LostError as lost:
            self._miss(str(lost))
            raise
        self._in_vain = 0
        self._idle.put(worker)
        return outcome

    def _miss(self, how: str) -> None:
        """Go on with one worker less, or with another one where it was the last."""
        with self._lock:
            if self._ended:
                raise StoppedError
            self._here -= 1
            self._in_vain += 1
            self._how = how
            left = self._here
        if left:
            self._tell(f"note: a worker process {how}; going on with {left}")
            return
        try:
            if self._in_vain >= PATIENCE:
                self._idle.put(None)
            else:
                self._hire()
        except OSError as error:
            self._in_vain = PATIENCE
            self._how = f"{how}, and no other could be started: {error.strerror}"
            self._idle.put(None)

    def _hire(self) -> None:
        with self._lock:
            if self._ended:
                raise StoppedError
            worker = Worker()
            self._all.append(worker)
            self._here += 1
        self._idle.put(worker)


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
