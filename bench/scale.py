"""What a million sheets cost on a cluster, from a class on two workers of this machine.

`python -m bench.scale [STUDENTS]`; 100 where no number is given. Each line of the table has a name, by which
`docs/scale.md` refers to it. Worksheet and solutions are made for every student; nothing is kept from before.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

from distributed import Client

from bench.class_build import Stages, children, timed
from bench.sheets import SHEET
from bench.traffic import BEATS, traffic
from gen.build.class_build import build_class
from gen.build.class_files import ClassFiles
from gen.build.class_order import ClassOrder
from gen.build.dask_worker import packed
from gen.build.executor import executor_named
from gen.build.means import Means
from gen.build.output import write
from gen.build.perform import perform
from gen.build.task import Making, Task, tasks_of
from gen.cli.collecting import seldom_collected
from gen.document.format import format_named
from gen.project.course import Course, course, locked, recipe, seats
from gen.project.lock import Lock, lock_from, lock_text
from gen.project.sheet import read_sheet

STUDENTS, WORKERS, MILLION = 100, 2, 1_000_000
FORMATS = ("worksheet", "solutions")
FILES = 20_000  # in one folder, to see whether it matters how many there are
ROOT = Path(__file__).parents[1]

T = TypeVar("T")


@dataclass(slots=True)
class Table:
    """Figures by name, a student each, in their units; `per_million` makes of one what a million are."""

    rows: dict[str, float] = field(default_factory=dict)

    def add(self, name: str, value: float, unit: str, million: str) -> None:
        """Print a line, and keep the figure."""
        self.rows[name] = value
        print(f"  {name:34} {value:12,.2f} {unit:10} {million}", flush=True)

    def milliseconds(self, name: str, value: float) -> None:
        """A time of one processor."""
        self.add(name, value, "ms", f"{value * MILLION / 3.6e6:10,.1f} core-hours")

    def size(self, name: str, value: float) -> None:
        """A number of bytes."""
        self.add(name, value / 1e3, "kB", f"{value * MILLION / 1e9:10,.1f} GB")

    def number(self, name: str, value: float) -> None:
        """How many of something."""
        self.add(name, value, "", f"{value * MILLION:14,.0f}")


def processor(call: Callable[[], T]) -> tuple[T, float]:
    """What a call gives, and the milliseconds of processor time it took."""
    start = time.process_time()
    given = call()
    return given, (time.process_time() - start) * 1e3


def held(call: Callable[[], object]) -> int:
    """The bytes that what a call gives holds in memory."""
    gc.collect()
    tracemalloc.start()
    kept = call()
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return size


def dealt(folder: Path, students: int, table: Table) -> tuple[Course, Lock]:
    """Deal and record, which the driver does by itself, one student after another."""
    shutil.copy(SHEET, folder / "sheet.toml")
    lines = [f"s{number:07},Name of Student {number},{number}@example.org" for number in range(students)]
    (folder / "roster.csv").write_text("\n".join(("id,name,e-mail", *lines)) + "\n", encoding="utf-8")
    sheet = read_sheet(folder / "sheet.toml")
    found, spent = processor(lambda: course(sheet, folder / "sheet.toml", folder / "roster.csv", kept=0))
    table.milliseconds("deal", spent / students)
    lock = locked(found)
    text, spent = processor(lambda: lock_text(lock))
    table.milliseconds("lock written", spent / students)
    data = text.encode("utf-8")
    table.size("lock file", len(data) / students)
    table.size("lock in memory", held(lambda: lock_from(data, sheet.id, "variants.lock")) / students)
    return found, lock


def sent(tasks: list[Task], students: int, table: Table) -> None:
    """What is sent of a task."""
    payloads, spent = processor(lambda: [packed(task) for task in tasks])
    table.milliseconds("packed", spent / students)
    table.size("payload", sum(map(len, payloads)) / students)
    table.number("tasks", len(tasks) / students)
    shared = len(pickle.dumps(tasks[0].recipe, pickle.HIGHEST_PROTOCOL))
    print(f"  (of a task before packing, the sheet is {shared:,} bytes)")


def stages(tasks: list[Task], students: int, table: Table) -> None:
    """The processor time of each stage of the work on a task, in this process."""
    spent = Stages()
    before, programs = time.process_time(), children()
    with timed(spent):
        for task in tasks:
            perform(task)
    whole = time.process_time() - before
    for stage, seconds in spent.spent.items():
        table.milliseconds(stage, seconds / students * 1e3)
    table.milliseconds("TeX", (children() - programs) / students * 1e3)
    table.milliseconds("else", (whole - sum(spent.spent.values())) / students * 1e3)


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A scheduler that counts, and two workers; its address."""
    file = folder / "scheduler.json"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(folder)}
    started: list[subprocess.Popen[bytes]] = []

    def start(kind: str, *words: str) -> None:
        started.append(
            subprocess.Popen(
                [sys.executable, "-P", "-m", f"distributed.cli.dask_{kind}", "--no-dashboard", *words],
                cwd=folder,
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )

    try:
        counting = ("--preload", "bench.traffic")
        start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file), *counting)
        while not file.is_file() or not file.stat().st_size:
            time.sleep(0.1)
        address: str = json.loads(file.read_text(encoding="utf-8"))["address"]
        for _ in range(WORKERS):
            own = ("--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
            start("worker", address, *own, "--preload", "gen.build.dask_worker")
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(WORKERS)
        yield address
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def counts(address: str) -> dict[str, dict[str, int]]:
    """What has gone through the scheduler so far."""
    with Client(address, set_as_default=False) as client:
        found: dict[str, dict[str, int]] = client.run_on_scheduler(traffic)
        return found


def on_cluster(order: ClassOrder, folder: Path, tasks: int, table: Table) -> Path:
    """Build the class on the cluster: messages, bytes, and the time of the driver; where the files are."""
    students, spent = len(order.names), Stages()
    with cluster(folder) as address:
        idle = counts(address)
        means = Means(scheduler=address)
        executor = executor_named("dask")
        start = time.monotonic()
        with patch.object(ClassFiles, "put", spent.timed("files", ClassFiles.put)):
            made, driver = processor(
                lambda: build_class(order, folder / "output", means=means, executor=executor)
            )
        wall = time.monotonic() - start
        busy = counts(address)
    if made.built.failure is not None:
        raise SystemExit(str(made.built.failure))
    difference = {
        what: {name: number - idle[what].get(name, 0) for name, number in busy[what].items()} for what in busy
    }
    messages = difference["messages"]
    work = {name: count for name, count in messages.items() if not name.split()[1].startswith(BEATS)}
    by_clock = sum(messages.values()) - sum(work.values())
    table.number("scheduler messages", sum(work.values()) / students)
    for way in ("in", "out"):
        table.size(f"scheduler bytes {way}", difference["sizes"][way] / students)
    table.milliseconds("driver, all after dealing", driver / students)
    table.milliseconds("of this, files", spent.spent["files"] / students * 1e3)
    print(f"  ({wall:.1f} s on the clock; messages for {tasks} tasks: ", end="")
    print(", ".join(f"{name} {count}" for name, count in sorted(work.items()) if count), end=")\n")
    print(f"  (besides, {by_clock / wall:.1f} messages a second by the clock: heartbeats and their replies)")
    return made.built.folder


def written(folder: Path, students: int, table: Table) -> None:
    """Files: their bytes, and what it costs to write them."""
    pdfs = [path.read_bytes() for path in sorted(folder.glob("*/*.pdf"))]
    table.size("PDFs", sum(map(len, pdfs)) / students)
    table.size("manifest", (folder / "manifest.json").stat().st_size / students)
    other = folder / "again"
    other.mkdir()
    start = time.monotonic()
    for number, data in enumerate(pdfs):
        write(other / f"{number}.pdf", data)
    table.milliseconds("files on the clock, with fsync", (time.monotonic() - start) / students * 1e3)
    many = folder / "many"
    many.mkdir()
    tenth, spent = FILES // 10, list[float]()
    for part in range(10):
        start = time.monotonic()
        for number in range(part * tenth, (part + 1) * tenth):
            (many / f"s{number:07}.pdf").touch()
        spent.append((time.monotonic() - start) / tenth * 1e3)
    print(f"  (an empty file in one folder: {spent[0]:.3f} ms among the first {tenth:,}, ", end="")
    print(f"{spent[-1]:.3f} ms after {FILES - tenth:,})")


def main() -> None:
    """Measure, and print the table."""
    students = int(sys.argv[1]) if len(sys.argv) > 1 else STUDENTS
    table = Table()
    print(f"{students:,} students, worksheet and solutions, {WORKERS} workers on this machine\n")
    print(f"  {'a student':34} {'':12} {'':10} {'1,000,000 students':>21}")
    with tempfile.TemporaryDirectory(prefix="freeindex-") as place, seldom_collected():
        folder = Path(place)
        found, lock = dealt(folder, students, table)
        everybody = tuple(seats(found, lock))
        making = Making(FORMATS, "pdflatex" if shutil.which("pdflatex") else "tinytex")
        tasks = list(tasks_of(recipe(found), everybody, making))
        sent(tasks, students, table)
        stages(tasks, students, table)
        known = tuple(format_named(name) for name in FORMATS)
        order = ClassOrder(found.sheet.id, found.seed, recipe(found), everybody, known)
        written(on_cluster(order, folder, len(tasks), table), students, table)
    rows = table.rows
    print()
    first = sum(rows[name] for name in ("deal", "lock written"))
    shared = sum(
        rows.get(name, 0.0)
        for name in ("derived, checked, laid out", "rendered", "TeX", "split", "read back", "else")
    )
    table.milliseconds("driver, dealing", first)
    table.milliseconds("workers", shared)
    clock = (
        rows["files on the clock, with fsync"] + rows["driver, all after dealing"] - rows["of this, files"]
    )
    print(f"  while they work, the driver is as busy as {shared / clock:.1f} threads of workers")


if __name__ == "__main__":
    main()
