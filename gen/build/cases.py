"""Batches of cases: read line by line, answered by one process or several, in their order."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import BinaryIO, TypeAlias

from gen.project.case import LINE_LIMIT, answer

CHUNK = 32
Numbered: TypeAlias = tuple[bytes, int]
# What answers a line; a function of a module, so that another process can be told of it.
Answer: TypeAlias = Callable[[bytes, int], "str | None"]


def answers(stream: BinaryIO, jobs: int = 1, found: Answer = answer) -> Iterator[str]:
    """Yield the answer to every line of `stream` that is not blank, in its order.

    With one job each answer comes as soon as its line was read. With more, lines go out in
    chunks; no more than a few chunks a process are read ahead, so that a stream may be endless.
    """
    lines = _lines(stream)
    out = (found(*line) for line in lines) if jobs == 1 else _side_by_side(lines, jobs, found)
    return (line for line in out if line is not None)


def _lines(stream: BinaryIO) -> Iterator[Numbered]:
    """The lines with their numbers; of one that is too long only the beginning is kept."""
    number = 0
    while line := stream.readline(LINE_LIMIT + 1):
        number += 1
        rest = line
        while len(rest) > LINE_LIMIT and not rest.endswith(b"\n"):
            rest = stream.readline(LINE_LIMIT + 1)
        yield line, number


def _side_by_side(lines: Iterator[Numbered], jobs: int, found: Answer) -> Iterator[str | None]:
    # Spawned, not forked: a fork of a process with threads (NumPy starts some) can hang.
    pool = ProcessPoolExecutor(
        jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_ignore_interrupt
    )
    waiting: deque[Future[list[str | None]]] = deque()
    try:
        while True:
            while len(waiting) < 3 * jobs and (chunk := list(islice(lines, CHUNK))):
                waiting.append(pool.submit(_answer_all, chunk, found))
            if not waiting:
                return
            yield from waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _answer_all(chunk: list[Numbered], found: Answer) -> list[str | None]:
    return [found(*line) for line in chunk]


def _ignore_interrupt() -> None:
    """Ctrl-C reaches every process of the terminal; only the one that gave out the work reacts."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
