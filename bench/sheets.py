"""What a class costs: a sheet of eight problems for each student, stage by stage, up to the text for TeX.

`python -m bench.sheets [STUDENTS]`; a class of 1,000 where no number is given. No TeX runs.
"""

from __future__ import annotations

import gc
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import ParamSpec, TypeVar

from gen.cli.collecting import seldom_collected
from gen.document.format import format_named
from gen.document.render import render
from gen.problems.deal import Hand, Making
from gen.problems.form import Fading
from gen.problems.item import Body, Item
from gen.problems.make_item import body_of, finished
from gen.problems.solve import solve
from gen.problems.task import Task
from gen.problems.worked import Worked
from gen.project.assemble import assemble, written
from gen.project.code import sheet_code
from gen.project.dealing import Asked, asked, hands_of
from gen.project.lock import Lock
from gen.project.sheet import read_sheet
from gen.project.version import Version

SHEET = Path(__file__).with_name("class.toml")
STUDENTS = 1000
DRAW, DERIVE, WRONG, MARK, BLOCKS, RENDER, CYCLES = STAGES = (
    "problems dealt",
    "derived and checked",
    "wrong answers",
    "hints and marks",
    "blocks",
    "worksheet rendered",
    "cycles looked for",  # of objects, by Python
)
KEY = "solutions rendered"  # beside the sheet: what a marker gets

P = ParamSpec("P")
T = TypeVar("T")


class Clock:
    """Processor time by stage. What is timed inside another stage does not count for that one."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self.sheets: list[int] = []  # what all stages have taken when each sheet was ready for TeX
        self._inside = 0  # what the stages inside the one that runs have taken so far
        self._looking = 0  # since when Python looks for cycles

    def timed(self, stage: str, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the call gives; its time is added to the stage."""
        outside, self._inside = self._inside, 0
        start = time.process_time_ns()
        try:
            return call(*args, **kwargs)
        finally:
            spent = time.process_time_ns() - start
            self.spent[stage] += spent - self._inside
            self._inside = outside + spent

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Make looking for cycles a stage of its own: it falls into whatever runs when enough is new."""
        gc.callbacks.append(self._collect)
        try:
            yield
        finally:
            gc.callbacks.remove(self._collect)

    def _collect(self, phase: str, info: Mapping[str, int]) -> None:
        """Called by Python before and after each look."""
        now = time.process_time_ns()
        if phase == "start":
            self._looking = now
        else:
            self.spent[CYCLES] += now - self._looking
            self._inside += now - self._looking


def making(clock: Clock) -> Making:
    """How problems are solved and put into forms while they are dealt, with the time of each."""

    def solved(task: Task, *, check: bool) -> Worked:
        return clock.timed(DERIVE, solve, task, check=check)

    def formed(worked: Worked, form: str, *, seed: str, fade: Fading | None) -> Body | None:
        return clock.timed(WRONG, body_of, worked, form, seed=seed, fade=fade)

    return Making(solved, formed)


def items(clock: Clock, places: tuple[Asked, ...], hand: Hand) -> tuple[Item, ...]:
    """The finished problems of one student, as `gen.project.version` makes them of what has been dealt."""
    out: list[Item] = []
    for place, drawn in zip(places, hand.drawn, strict=True):
        solved = hand.solved[place.slot.key]
        form = place.slot.wanted.form
        known = solved.difficulty
        made = clock.timed(MARK, finished, drawn.member, solved.worked, form, solved.body, hard=known)
        out.append(made)
    return tuple(out)


def measured(students: int) -> tuple[Clock, str]:
    """The times of a whole class, and a hash of all that was written."""
    clock = Clock()
    with seldom_collected(), clock.collecting():  # seldom, as the command line does
        return clock, written_by(clock, students)


def written_by(clock: Clock, students: int) -> str:
    """Make the sheets of a class by a clock; the hash of all that was written."""
    digest = sha256()
    sheet = read_sheet(SHEET)
    names = [f"s{number:04}" for number in range(1, students + 1)]
    worksheet, solutions = format_named("worksheet"), format_named("solutions")
    shared = written(sheet)
    places = asked(sheet)
    dealt = hands_of(sheet, names, sheet.seed or 0, Lock(sheet.id), making=making(clock))
    while (hand := clock.timed(DRAW, next, dealt, None)) is not None:
        made = items(clock, places, hand)
        code = sheet_code(sheet.id, hand.student, hand.drawn)
        one = Version(hand.student, code, made, hand.drawn, name=f"Student {hand.student}")
        document = clock.timed(BLOCKS, assemble, sheet, one, shared)
        for stage, chosen in ((RENDER, worksheet), (KEY, solutions)):
            digest.update(clock.timed(stage, render, document, chosen, "pdflatex").encode())
        clock.sheets.append(sum(clock.spent[stage] for stage in STAGES))
    return digest.hexdigest()[:16]


def show(clock: Clock, students: int) -> None:
    """A row a stage: milliseconds a sheet, and the share."""
    total = sum(clock.spent[stage] for stage in STAGES)
    print(f"a class of {students:,}: a sheet of eight problems each, four of them multiple choice")
    for stage in STAGES:
        spent = clock.spent[stage]
        print(f"  {stage:22} {spent / students / 1e6:7.2f} ms {100 * spent / total:5.1f} %")
    print(f"  {'a sheet ready for TeX':22} {total / students / 1e6:7.2f} ms")
    each = median(later - sooner for sooner, later in pairwise((0, *clock.sheets)))
    print(f"  {'half take less than':22} {each / 1e6:7.2f} ms")
    print(f"  {KEY:22} {clock.spent[KEY] / students / 1e6:7.2f} ms besides")


def main() -> None:
    """Measure a class and print the table."""
    students = int(sys.argv[1]) if len(sys.argv) > 1 else STUDENTS
    clock, digest = measured(students)
    show(clock, students)
    print(f"  all that was written: {digest}")


if __name__ == "__main__":
    main()
