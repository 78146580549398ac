"""A class that is dealt to student by student gets what it gets when it is dealt to at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.errors import InputError
from gen.project.course import Course, document, locked, recipe, seats, versions
from gen.project.lock import Lock, lock_text
from gen.project.roster import read_roster
from gen.project.sheet import read_sheet
from gen.project.sitting import Sitting
from tests.test_project_course import FORMS, HEAD, TRACE, WRITTEN, put, record, scarce

LETTERS = 'notation = { letters = "abcdefgh" }\n'


class Table:
    """A sitting of the files that `put` has written, and the locks that it has recorded."""

    def __init__(self, folder: Path, *, only: str | None = None, kept: int | None = 0) -> None:
        self.recorded: list[Lock] = []
        file, roster = folder / "sheet.toml", read_roster(folder / "roster.csv")
        self.sitting = Sitting(read_sheet(file), file, roster, None, self._record, only=only, kept=kept)

    def _record(self, course: Course, lock: Lock) -> None:
        assert course is self.sitting.course
        self.recorded.append(lock)

    def end(self) -> Lock:
        while self.sitting.go_on():
            assert not self.recorded
        assert self.sitting.is_recorded
        assert not self.sitting.go_on()
        (lock,) = self.recorded
        return lock


@pytest.mark.parametrize("kept", [0, None])
@pytest.mark.parametrize("sheet", [HEAD + FORMS + TRACE + WRITTEN, HEAD + LETTERS + FORMS, HEAD + WRITTEN])
def test_everybody_gets_what_the_course_gives(sheet: str, kept: int | None, tmp_path: Path) -> None:
    found = put(tmp_path, sheet)
    lock = locked(found, versions(found))
    there = Table(tmp_path, kept=kept)
    assert list(there.sitting) == list(seats(found, lock))
    assert [bool(seat.solved) for seat in there.sitting] == [kept is None and "family" in sheet] * 3
    assert there.sitting.files == found.files
    assert there.sitting.first_version() == next(versions(found))
    assert recipe(there.sitting.course) == recipe(found)
    assert lock_text(there.end()) == lock_text(lock)


def test_seats_and_pieces_of_dealing_go_together_in_any_order(tmp_path: Path) -> None:
    found = put(tmp_path, HEAD + FORMS)
    there = Table(tmp_path)
    coming = iter(there.sitting)
    first = next(coming)
    assert there.sitting.go_on()
    rest = [next(coming), next(coming)]
    assert not there.recorded
    assert [first, *rest] == list(there.sitting) == list(seats(found, found.lock))
    assert not there.sitting.go_on()
    assert [first, *rest] == list(there.sitting)


def test_a_reprint_is_the_same_and_a_new_student_gets_something_new(tmp_path: Path) -> None:
    text = record(put(tmp_path, HEAD + FORMS + TRACE), tmp_path)
    again = Table(tmp_path)
    before = list(again.sitting)
    assert again.end() == again.sitting.course.before
    (tmp_path / "roster.csv").write_text("id,name\ns0,New\ns3,Sofia\ns1,Ada\n", encoding="utf-8")
    more = Table(tmp_path)
    new, third, first = more.sitting
    assert (first.entries, third.entries) == (before[0].entries, before[2].entries)
    lines = lock_text(more.end()).splitlines()
    assert [line for line in lines if line in text.splitlines()] == text.splitlines()
    assert len(new.entries) == len(lines) - len(text.splitlines()) == 5


def test_one_student_has_the_seat_that_he_has_among_all(tmp_path: Path) -> None:
    found = put(tmp_path, HEAD + LETTERS + FORMS)
    lock = locked(found, versions(found, {"s2"}))
    one = Table(tmp_path, only="S2")
    assert (one.sitting.files, one.sitting.names) == (("s2",), ["s2"])
    (seat,) = one.sitting
    (same,) = seats(found, lock, {"s2"})
    assert seat == same
    assert document(found, one.sitting.first_version()) == document(found, next(versions(found, {"s2"})))
    # The others have been dealt to; what their forms draw is recorded when their sheets are made.
    assert lock_text(one.end()) == lock_text(lock)
    with pytest.raises(InputError, match="no student has the id s9"):
        Table(tmp_path, only="s9")


def test_where_a_table_cannot_be_filled_nothing_is_recorded(tmp_path: Path) -> None:
    level, there = scarce()
    put(tmp_path, HEAD + WRITTEN)
    sheet = HEAD + TRACE + f"difficulty = {level}\ncount = {min(100, there + 1)}\n"
    (tmp_path / "sheet.toml").write_text(sheet, encoding="utf-8")
    with pytest.raises(InputError, match="there are"):
        Table(tmp_path)
