"""What it costs to typeset a class: all worksheets in chunks, held against one document after another.

`python -m bench.class_build [STUDENTS]`; 100 where no number is given. Two documents or chunks at a time.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import ParamSpec, TypeVar
from unittest.mock import patch

from bench.sheets import SHEET
from gen.build import chunk_run
from gen.build.class_jobs import make_class
from gen.build.documents import needs_of
from gen.build.engine import Engine, choose
from gen.build.jobs import Request, make
from gen.build.marks import Marked
from gen.build.readback import read_back
from gen.build.split import split
from gen.cli.collecting import seldom_collected
from gen.document.format import format_named
from gen.document.render import render
from gen.project.assemble import assemble, written
from gen.project.dealing import asked, deal_sheet
from gen.project.lock import Lock
from gen.project.sheet import read_sheet
from gen.project.version import version

STUDENTS, ALONE, JOBS = 100, 20, 2

P = ParamSpec("P")
T = TypeVar("T")


def requests(students: int, engine: Engine) -> Iterator[Request]:
    """A worksheet for each student, ready for TeX."""
    sheet = read_sheet(SHEET)
    names = [f"s{number:04}" for number in range(1, students + 1)]
    shared, chosen = written(sheet), format_named("worksheet")
    places, lock, seed = asked(sheet), Lock(sheet.id), sheet.seed or 0
    for hand in deal_sheet(sheet, names, seed, lock).hands:
        one = version(sheet.id, places, hand, seed, lock)
        document = assemble(sheet, one, shared)
        name = f"worksheet/{hand.student}"
        tex = render(document, chosen, engine.plain_name)
        yield Request(name, tex, engine, Path(f"{name}.pdf"), one.code)


class Stages:
    """Processor time in this process by stage."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def timed(self, stage: str, call: Callable[P, T]) -> Callable[P, T]:
        """The call, with its time added to a stage."""

        def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
            start = time.thread_time()
            try:
                return call(*args, **kwargs)
            finally:
                self.spent[stage] = self.spent.get(stage, 0.0) + time.thread_time() - start

        return wrapped


def listed(data: bytes, marked: Sequence[Marked]) -> list[bytes]:
    """`split` as a list, so that its whole time is its own."""
    return list(split(data, marked))


@contextmanager
def watched(stages: Stages) -> Iterator[None]:
    """Time the stages of chunks while the block runs."""
    with (
        patch.object(chunk_run, "split", stages.timed("split", listed)),
        patch.object(chunk_run, "read_back", stages.timed("read back", read_back)),
    ):
        yield


def children() -> float:
    """Processor time of all programs that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure both ways and print the table."""
    students = int(sys.argv[1]) if len(sys.argv) > 1 else STUDENTS
    engine = choose(needs_of(format_named("worksheet")))
    with seldom_collected():
        documents = list(requests(students, engine))
    stages = Stages()
    start, before = time.monotonic(), children()
    pages = size = 0
    with watched(stages):
        for result in make_class(documents, jobs=JOBS):
            if result.typeset is None:
                raise SystemExit(str(result.error))
            pages += result.typeset.pages
            size += len(result.typeset.pdf)
    wall, tex = time.monotonic() - start, children() - before
    some = documents[:ALONE]
    start, before = time.monotonic(), children()
    alone_size = sum(len(result.typeset.pdf) for result in make(some, jobs=JOBS) if result.typeset)
    alone_wall, alone_tex = time.monotonic() - start, children() - before
    print(f"{students:,} worksheets of {pages / students:.1f} pages with {engine.name}, {JOBS} at a time")
    print("milliseconds a worksheet       in chunks   one by one")
    print(f"  on the clock                {wall / students * 1e3:9.1f} {alone_wall / len(some) * 1e3:12.1f}")
    print(f"  processor time of TeX       {tex / students * 1e3:9.1f} {alone_tex / len(some) * 1e3:12.1f}")
    for stage, spent in stages.spent.items():
        print(f"  processor time, {stage:11} {spent / students * 1e3:9.1f}")
    print(f"kilobytes a worksheet         {size / students / 1e3:9.1f} {alone_size / len(some) / 1e3:12.1f}")


if __name__ == "__main__":
    main()
