"""What is made before all have been dealt to waits on the disk, and nothing of it is left behind."""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from gen.build import class_chunks
from gen.build.class_build import Class, build_class
from gen.build.class_order import ClassOrder
from gen.build.finished import Finished
from gen.build.held import Held, holding
from gen.build.means import Means
from gen.build.task import Outcome
from gen.document.format import format_named
from gen.errors import InputError, input_error
from gen.project.seat import Seat
from tests.chunk_class import Sheets, seats
from tests.processes import descendants

COUNT = 200
CLASS = seats(*range(1, COUNT + 1))
# Pages need no TeX, and wait as PDFs do.
ORDER = ClassOrder("s1", 7, Sheets(), CLASS, (), pages=(format_named("worksheet"),))


def outcome(number: int) -> Outcome:
    return Outcome((Finished(str(number), bytes([number]) * 1000, None),))


def test_what_is_held_comes_back_in_order_and_the_file_has_no_name(tmp_path: Path) -> None:
    draw = random.Random(1)
    given = taken = 0
    with holding(tmp_path) as held:
        assert list(tmp_path.iterdir()) == []
        while taken < 200:
            if draw.random() < 0.5 or not held:
                held.put(outcome(given))
                given += 1
            else:
                assert held.take() == outcome(taken)
                taken += 1
            assert len(held) == given - taken
            assert bool(held.size) == bool(held)


@dataclass
class Slow:
    """Seats that are dealt one by one; `stops` is the one that cannot be dealt, `made` says what is there."""

    folder: Path
    stops: int = COUNT + 1
    dealt: int = 0
    is_recorded: bool = False
    made: list[Path] = field(default_factory=list)

    def go_on(self) -> bool:
        if self.is_recorded:
            return False
        if self.dealt < COUNT:
            self.dealt += 1
            if self.dealt == self.stops:
                raise input_error("too_large", "there are too few problems", where="file")
            return True
        self.made = [path for path in self.folder.rglob("*") if path.is_file() and path.name != ".lock"]
        self.is_recorded = True
        return False

    def __iter__(self) -> Iterator[Seat]:
        for number, seat in enumerate(CLASS, 1):
            while self.dealt < number:
                self.go_on()
            yield seat


def built(slow: Slow, jobs: int = 2) -> Class:
    names = tuple(seat.file for seat in CLASS)
    order = replace(ORDER, seats=slow, files=names, dealing=slow)
    return build_class(order, slow.folder, means=Means(jobs=jobs))


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "timings.json")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What is made of a class that has been dealt to."""
    folder = tmp_path_factory.mktemp("usual")
    build_class(ORDER, folder, means=Means(jobs=2))
    return contents(folder)


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_file_has_its_name_before_what_was_dealt_is_recorded(
    jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, usual: dict[str, bytes]
) -> None:
    held: list[int] = []
    put = Held.put

    def counted(self: Held, one: Outcome) -> None:
        put(self, one)
        held.append(len(self))

    monkeypatch.setattr(Held, "put", counted)
    slow = Slow(tmp_path)
    deal = slow.go_on

    def waiting() -> bool:
        # It is recorded when two chunks have been made.
        return True if jobs > 1 and slow.dealt == COUNT and max(held, default=0) < 2 else deal()

    monkeypatch.setattr(slow, "go_on", waiting)
    assert built(slow, jobs).built.failure is None
    assert slow.is_recorded
    assert slow.made == []
    assert (max(held, default=0) >= 2) == (jobs > 1)
    assert contents(tmp_path) == usual


@pytest.mark.parametrize("full", [True, False])
def test_where_there_is_no_room_for_what_waits_it_does_not(
    full: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, usual: dict[str, bytes]
) -> None:
    def no_room(self: Held, one: Outcome) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if full:
        monkeypatch.setattr(Held, "put", no_room)
    else:
        monkeypatch.setattr(class_chunks, "MOST_HELD", 0)
    slow = Slow(tmp_path)
    deal = slow.go_on
    taken: list[Outcome] = []
    take = class_chunks.ClassChunks.take

    def noted(self: class_chunks.ClassChunks, one: Outcome) -> None:
        taken.append(one)
        take(self, one)

    monkeypatch.setattr(class_chunks.ClassChunks, "take", noted)
    monkeypatch.setattr(slow, "go_on", lambda: deal() if taken or slow.dealt < COUNT else True)
    assert built(slow).built.failure is None
    assert slow.made == []
    assert contents(tmp_path) == usual


def test_a_class_that_cannot_be_dealt_to_leaves_nothing(tmp_path: Path) -> None:
    before = descendants(os.getpid())
    with pytest.raises(InputError, match="too few"):
        built(Slow(tmp_path, stops=COUNT - 5))
    assert list(tmp_path.iterdir()) == []
    assert descendants(os.getpid()).keys() <= before.keys()
