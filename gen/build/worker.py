"""A worker: a process that does tasks it is sent, one after another (`python -m gen.build.worker SCRATCH`).

Tasks come in by standard input and outcomes go out by standard output, pickled one after another. When
the input ends, however the process at its other end has ended, the worker stops what it is doing, ends every
TeX it has started, removes the folder SCRATCH, and ends itself. Ctrl-C is not for it: it ends when the one
that sends tasks does.
"""

from __future__ import annotations

import gc
import os
import pickle
import queue
import shutil
import signal
import sys
import threading
from dataclasses import dataclass
from typing import IO, Any

from gen.build.perform import perform
from gen.build.process import StoppedError, Switch
from gen.build.store import Store
from gen.build.task import Task

GRACE = 1.0  # seconds to put things away in, once nobody wants an outcome any more


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is sent: a task, the runs of TeX to make at a time, and where things are kept."""

    task: Task
    threads: int
    store: Store | None


def send(stream: IO[bytes], value: Any) -> None:
    """Write a value, without a copy of it. Raises OSError when nobody reads it."""
    pickle.dump(value, stream, pickle.HIGHEST_PROTOCOL)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read a value. Raises EOFError at the end of the stream, also in the middle of a value."""
    try:
        return pickle.load(stream)
    except pickle.UnpicklingError as error:
        raise EOFError from error


def main() -> None:
    """Do tasks until there are no more."""
    scratch = sys.argv[1]
    try:
        _work(scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _work(scratch: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    incoming, outgoing = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Whatever prints must not speak among the outcomes.
    os.dup2(2, 1)
    # Derivations leave few cycles of objects: to look for them between tasks is enough.
    gc.disable()
    switch = Switch()
    tasks: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(incoming, tasks, switch, scratch), daemon=True).start()
    while (job := tasks.get()) is not None:
        try:
            send(outgoing, perform(job.task, threads=job.threads, switch=switch, store=job.store))
        except (StoppedError, OSError):
            break
        gc.collect()
        if not gc.get_freeze_count():
            # What the first task has loaded stays, and is not looked through again.
            gc.freeze()


def _listen(incoming: IO[bytes], tasks: queue.SimpleQueue[Job | None], switch: Switch, scratch: str) -> None:
    """Pass on what is sent; at the end of it, stop everything.

    So also where something is sent that cannot be read: a worker that does not listen would never end.
    """
    try:
        while True:
            tasks.put(receive(incoming))
    except Exception:
        switch.turn_off()
        tasks.put(None)
        # What cannot be interrupted, such as a derivation, is not waited for.
        threading.Timer(GRACE, _leave, (scratch,)).start()


def _leave(scratch: str) -> None:
    shutil.rmtree(scratch, ignore_errors=True)
    os._exit(1)


if __name__ == "__main__":
    main()
