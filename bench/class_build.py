"""What it costs to build a class, worksheets and solutions, from the roster to files on the disk.

`python -m bench.class_build [STUDENTS ...]`; 10 and 100 where no number is given. Two processes work, with an
empty cache; beside it stand TeX alone on the same text, runs of latexmk, and the same build again.
"""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar
from unittest.mock import patch

from bench.bare_tex import Spent, bare, by_latexmk
from bench.whole_build import Watched, watched
from gen.build import chunk_run, class_files, rendered
from gen.build.class_build import build_class
from gen.build.class_order import ClassOrder
from gen.build.documents import needs_of
from gen.build.documents import rendered as rendered_for
from gen.build.engine import Engine, choose
from gen.build.jobs import Request
from gen.build.marks import Marked
from gen.build.means import Means
from gen.build.output import write
from gen.build.process import Switch
from gen.build.readback import read_back
from gen.build.split import split
from gen.build.store import Store
from gen.build.task import Making, name_of, tasks_of
from gen.build.uncut import Uncut
from gen.cli.collecting import seldom_collected
from gen.document.format import format_named
from gen.project.course import Course, dealt_course, recipe, seats
from gen.project.recipe import Recipe
from gen.project.roster import read_roster
from gen.project.sheet import read_sheet
from gen.project.sources import content_key

SHEET = Path(__file__).with_name("short.toml")
STUDENTS, ALONE, JOBS = (10, 100), 10, 2
STAGED = 100  # students for whom the stages are timed
FORMATS = ("worksheet", "solutions")

P = ParamSpec("P")
T = TypeVar("T")


class Stages:
    """Processor time by stage."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def add(self, stage: str, seconds: float) -> None:
        """Add time to a stage."""
        self.spent[stage] = self.spent.get(stage, 0.0) + seconds

    def timed(self, stage: str, call: Callable[P, T]) -> Callable[P, T]:
        """The call, with its time added to a stage."""

        def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
            start = time.thread_time()
            try:
                return call(*args, **kwargs)
            finally:
                self.add(stage, time.thread_time() - start)

        return wrapped


def listed(uncut: Uncut, marked: Sequence[Marked]) -> list[bytes]:
    """`split` as a list, so that its whole time is its own."""
    return list(split(uncut, marked))


@contextmanager
def timed(stages: Stages) -> Iterator[None]:
    """Time the stages of a build in this process while the block runs."""
    with (
        patch.object(Recipe, "_solved", stages.timed("derived, checked, laid out", Recipe._solved)),
        patch.object(Recipe, "_laid", stages.timed("derived, checked, laid out", Recipe._laid)),
        patch.object(rendered, "rendered_for", stages.timed("rendered", rendered_for)),
        patch.object(chunk_run, "split", stages.timed("split", listed)),
        patch.object(chunk_run, "read_back", stages.timed("read back", read_back)),
        patch.object(class_files, "write", stages.timed("written", write)),
    ):
        yield


def children() -> float:
    """Processor time of all programs that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def class_in(folder: Path, students: int) -> Path:
    """A sheet and a roster in a folder; the sheet."""
    shutil.copy(SHEET, folder / "sheet.toml")
    rows = (f"s{number:05},Student Number {number}" for number in range(1, students + 1))
    (folder / "roster.csv").write_text("\n".join(("id,name", *rows)) + "\n", encoding="utf-8")
    return folder / "sheet.toml"


def dealt(sheet: Path) -> Course:
    """The class as it is, or as it would be, recorded."""
    return dealt_course(read_sheet(sheet), sheet, read_roster(sheet.with_name("roster.csv")), None, kept=0)


def typeset_texts(found: Course, content: str, engine: Engine, store: Store) -> list[list[Request]]:
    """The text of each run of TeX of a class that was built: what is kept of it is not made again."""
    runs: list[list[Request]] = []
    followed = recipe(found, content)
    for task in tasks_of(followed, tuple(seats(found, found.lock)), Making(FORMATS, engine.name)):
        everybody = list(zip(task.seats, rendered.rendered(task, engine, Switch(), store), strict=True))
        for known in FORMATS:
            named = [(name_of(known, seat), one.texts[known], one.code) for seat, one in everybody]
            runs.append([Request(name, tex, engine, Path("x"), code) for name, tex, code in named])
    return runs


def staged(sheet: Path, engine: Engine) -> Mapping[str, float]:
    """Processor time by stage of a class that is dealt and built in this process, from nothing."""
    stages = Stages()
    with tempfile.TemporaryDirectory(prefix="bench-") as place, seldom_collected():
        start, before = time.process_time(), children()
        found = stages.timed("dealt", dealt)(sheet)
        formats = tuple(format_named(name) for name in FORMATS)
        everybody = tuple(seats(found, found.lock))
        order = ClassOrder("bench", found.seed, recipe(found), everybody, formats)
        with timed(stages):
            build_class(order, Path(place), engine=engine.name, means=Means(jobs=1))
        stages.add("TeX", children() - before)
        known = sum(seconds for stage, seconds in stages.spent.items() if stage != "TeX")
        stages.add("all else", time.process_time() - start - known)
    return stages.spent


@dataclass(frozen=True, slots=True)
class Row:
    """A class: the build, the same again, with one name changed; TeX alone; latexmk for one document."""

    students: int
    first: Watched
    again: Watched
    changed: Watched
    bare: Spent
    alone: Spent
    loop: str


def measured(students: int, engine: Engine) -> Row:
    """Build a class of so many, and all that stands beside it."""
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        folder = Path(place)
        sheet = class_in(folder, students)
        roster = folder / "roster.csv"
        words = ("build", str(sheet), "--roster", str(roster), "-o", str(folder / "out"), "-j", str(JOBS))
        engined = (*words, "--engine", engine.name)
        environment = {"XDG_CACHE_HOME": str(folder / "cache")}
        first = watched(engined, environment)
        again = watched(engined, environment)
        store = Store(folder / "cache" / "freeindex" / "made")
        runs = typeset_texts(dealt(sheet), content_key(sheet), engine, store)
        seconds = bare(runs, engine, JOBS)
        some = [request for run in runs[: len(FORMATS)] for request in run[:ALONE]]
        alone, loop = by_latexmk(some, engine, JOBS)
        text = roster.read_text(encoding="utf-8")
        roster.write_text(text.replace("Number 7\n", "Numero 7\n"), encoding="utf-8")
        changed = watched(engined, environment)
    each = Spent(alone.wall / len(some), alone.processor / len(some))
    return Row(students, first, again, changed, seconds, each, loop)


def show(row: Row) -> None:
    """What a class costs, in words and figures."""
    documents = row.students * len(FORMATS)
    first = Spent(row.first.wall, row.first.processor)
    loop = Spent(row.alone.wall * documents, row.alone.processor * documents)
    print(f"{row.students:,} students, {documents:,} documents; seconds on the clock, and of processors")
    for what, spent in (
        ("the build", first),
        ("TeX alone", row.bare),
        (row.loop, loop),
        ("the same build again", Spent(row.again.wall, row.again.processor)),
        ("one name changed", Spent(row.changed.wall, row.changed.processor)),
    ):
        print(f"  {what:24} {spent.wall:9.1f} {spent.processor:9.1f}")
    for what, more, less in (
        ("build over TeX alone", first, row.bare),
        ("latexmk over the build", loop, first),
    ):
        print(f"  {what:24} {more.wall / less.wall:9.2f} {more.processor / less.processor:9.2f}")
    print(f"  memory at most           {row.first.peak:9.0f} MB, of all processes together")


def main() -> None:
    """Measure each size and print it; then the share of each stage."""
    sizes = [int(word) for word in sys.argv[1:]] or list(STUDENTS)
    engine = choose(needs_of(format_named("worksheet")))
    print(f"worksheets of 2 and solutions of 5 pages with {engine.name}, {JOBS} processes")
    for size in sizes:
        show(measured(size, engine))
        sys.stdout.flush()
    students = min(STAGED, max(sizes))
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        spent = staged(class_in(Path(place), students), engine)
    total = sum(spent.values())
    print(f"milliseconds of processors a student, of {students}")
    for stage, seconds in sorted(spent.items(), key=lambda pair: -pair[1]):
        print(f"  {stage:27} {seconds / students * 1e3:8.1f} {100 * seconds / total:5.1f} %")


if __name__ == "__main__":
    main()
