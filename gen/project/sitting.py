"""A class that is dealt to student by student, while the documents of those before are made already."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from gen.problems.deal import Dealt, Hand, Solved, score_of
from gen.problems.item import FORMS
from gen.project.assemble import written
from gen.project.course import Course, lock_file, student_named
from gen.project.dealing import NOBODY, asked, entry_of, hands_of, seed_of
from gen.project.lock import Lock, read_lock
from gen.project.lock_rows import Entry, Rows
from gen.project.roster import Roster, Student
from gen.project.seat import Seat
from gen.project.sheet import Sheet
from gen.project.student_id import slug
from gen.project.version import Version, version, with_forms


class Sitting:
    """The seats of a class in the order of the roster; lives for one build.

    Who goes through the seats waits until the next student has been dealt to. What has been dealt is kept as
    lines of the lock. `course` is the class before that: with the scores of its slots, and nobody's hand.
    """

    def __init__(
        self,
        sheet: Sheet,
        file: Path,
        roster: Roster | None,
        seed: int | None,
        record: Callable[[Course, Lock], None],
        *,
        only: str | None = None,
        kept: int | None = None,
    ) -> None:
        """Deal to the first student. Seats are made for all, or for the one whose id is `only`.

        When all have been dealt to, `record` is called with the lock to write. The solutions of the first
        `kept` students are kept, of all where it is None. Raises InputError for what is wrong with the files,
        or where a table cannot be filled.
        """
        before = read_lock(lock_file(file), sheet.id)
        shared = written(sheet)
        students: tuple[Student | None, ...] = roster.students if roster else (None,)
        self._students = students
        self._names = [NOBODY if student is None else slug(student.file) for student in students]
        self._rows = Rows(before.entries)
        self._solved: dict[int, Mapping[str, Solved]] = {}
        self._record = record
        self._count = 0
        self.is_recorded = False
        found, lock = sheet.seed, before
        if sheet.generated:
            found = seed_of(sheet, before, seed, str(file))
            self._hands = hands_of(sheet, self._names, found, before, kept=kept)
            first = next(self._hands, None)
            scores = {place.slot.key: score_of(place.slot) for place in asked(sheet, before)}
            lock = replace(before, seed=found, scores={**scores, **before.scores})
        else:
            self._hands = (Hand(name, ()) for name in self._names)
            first = next(self._hands, None)
        places = asked(sheet, lock)
        dealt = Dealt((), tuple(score_of(place.slot) for place in places))
        self.course = Course(sheet, str(file), roster, found, places, dealt, lock, before, shared)
        self._drawing = [place.slot.key for place in places if place.slot.wanted.form != FORMS[0]]
        mine = None if only is None or roster is None else student_named(self.course, only, roster.source)
        self._mine = [number for number, one in enumerate(students) if mine is None or one is mine]
        if first is not None:
            self._add(first)

    @property
    def names(self) -> list[str]:
        """The slugs of those who have seats."""
        return [self._names[number] for number in self._mine]

    @property
    def files(self) -> tuple[str, ...]:
        """The names of their files; "" without a roster."""
        students = (self._students[number] for number in self._mine)
        return tuple("" if student is None else student.file for student in students)

    def __iter__(self) -> Iterator[Seat]:
        for number in self._mine:
            self._deal_to(number)
            student, name = self._students[number], self._names[number]
            entries = tuple((key[1], entry) for key, entry in self._entries(number).items())
            solved = self._solved.get(number, {})
            if student is None:
                yield Seat(name, "", NOBODY, "", entries, solved)
            else:
                yield Seat(name, student.file, student.id, student.name, entries, solved)

    def go_on(self) -> bool:
        """Deal to one more student, or record what has been dealt; False when both is done.

        Raises InputError where that cannot be; then nothing is recorded.
        """
        if self.is_recorded:
            return False
        hand = next(self._hands, None)
        if hand is not None:
            self._add(hand)
            return True
        assert self._count == len(self._names), "dealing has ended before everybody has something"
        self._record(self.course, replace(self.course.lock, entries=self._rows))
        self.is_recorded = True
        return False

    def first_version(self) -> Version:
        """The version of the first student who has a seat. Raises as `version`."""
        number = self._mine[0]
        self._deal_to(number)
        return self._version(number)

    def _deal_to(self, number: int) -> None:
        while self._count <= number:
            self.go_on()

    def _add(self, hand: Hand) -> None:
        """Keep what a student has been dealt, with what the forms of those who have seats draw."""
        number, course = self._count, self.course
        for place, drawn in zip(course.places, hand.drawn, strict=True):
            key = (hand.student, place.slot.key)
            if key not in self._rows:
                self._rows.add(key, entry_of(course.sheet, hand, place.slot, drawn))
        if hand.solved:
            self._solved[number] = hand.solved
        self._count += 1
        if self._drawing and self._has_seat(number):
            entries = self._entries(number)
            if any(entries[hand.student, key].form is None for key in self._drawing):
                lock = replace(course.lock, entries=entries)
                for key, entry in with_forms(lock, course.places, (self._version(number),)).entries.items():
                    self._rows.add(key, entry)

    def _has_seat(self, number: int) -> bool:
        return len(self._mine) == len(self._names) or number in self._mine

    def _entries(self, number: int) -> dict[tuple[str, str], Entry]:
        """What a student has, in the order of the sheet."""
        keys = ((self._names[number], place.slot.key) for place in self.course.places)
        return {key: self._rows[key] for key in keys}

    def _version(self, number: int) -> Version:
        course, student = self.course, self._students[number]
        entries = self._entries(number)
        drawn = tuple(entry.drawn for entry in entries.values())
        return version(
            course.sheet.id,
            course.places,
            Hand(self._names[number], drawn, self._solved.get(number, {})),
            course.seed or 0,
            replace(course.lock, entries=entries),
            name=student.name if student else "",
            number=student.id if student else "",
            letters=course.sheet.notation.letters,
        )
