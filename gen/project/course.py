"""A sheet with its roster and its lock: what is made for whom, ready to be laid out and typeset."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gen.document.blocks import Document
from gen.errors import input_error, nearest
from gen.problems.deal import Dealt, Hand
from gen.project.assemble import Written, assemble, written
from gen.project.dealing import NOBODY, Asked, asked, deal_sheet, recorded, seed_of
from gen.project.lock import LOCK, Lock, read_lock
from gen.project.recipe import Recipe, rows_of
from gen.project.roster import Roster, Student, read_roster
from gen.project.seat import Seat
from gen.project.sheet import Sheet
from gen.project.student_id import slug
from gen.project.version import Version, version, with_forms


@dataclass(frozen=True, slots=True)
class Course:
    """A sheet that has been dealt. `roster` is None where everybody gets one version.

    `lock` holds all that has been dealt, `before` what the file holds.
    """

    sheet: Sheet
    source: str
    roster: Roster | None
    seed: int | None
    places: tuple[Asked, ...]
    dealt: Dealt
    lock: Lock
    before: Lock
    shared: Written

    @property
    def files(self) -> tuple[str, ...]:
        """The name of the files of each student, in the order of the roster; empty without one."""
        return () if self.roster is None else tuple(student.file for student in self.roster.students)


def lock_file(sheet: Path) -> Path:
    """Where what is dealt of a sheet is recorded."""
    return sheet.with_name(LOCK)


def is_dealt(sheet: Sheet, roster: Path | None) -> bool:
    """Whether there are versions of a sheet at all."""
    return roster is not None or bool(sheet.generated)


def course(
    sheet: Sheet, file: Path, roster: Path | None, seed: int | None = None, *, kept: int | None = None
) -> Course:
    """The sheet in `file`, dealt to a roster. Raises InputError for what is wrong with a file.

    The solutions of the first `kept` students are kept, of all where it is None: `versions` has no need to
    solve again what has been dealt. Whoever wants few versions keeps few.
    """
    students = None if roster is None else read_roster(roster)
    return dealt_course(sheet, file, students, seed, kept=kept)


def dealt_course(
    sheet: Sheet, file: Path, roster: Roster | None, seed: int | None = None, *, kept: int | None = None
) -> Course:
    """The same for a roster that has been read."""
    before = read_lock(lock_file(file), sheet.id)
    shared = written(sheet)
    if not sheet.generated:
        hands = tuple(Hand(slug(s.file), ()) for s in (roster.students if roster else ()))
        return Course(sheet, str(file), roster, sheet.seed, (), Dealt(hands, ()), before, before, shared)
    found = seed_of(sheet, before, seed, str(file))
    names = [slug(student.file) for student in roster.students] if roster else [NOBODY]
    dealt = deal_sheet(sheet, names, found, before, kept=kept)
    lock = recorded(sheet, dealt, found, before)
    return Course(sheet, str(file), roster, found, asked(sheet, lock), dealt, lock, before, shared)


def versions(course: Course, only: Collection[str] = ()) -> Iterator[Version]:
    """The versions in the order of the roster; `only` are slugs of students, `()` all."""
    students: Sequence[Student | None] = course.roster.students if course.roster else [None]
    for student, hand in zip(students, course.dealt.hands, strict=True):
        if not only or hand.student in only:
            yield version(
                course.sheet.id,
                course.places,
                hand,
                course.seed or 0,
                course.lock,
                name=student.name if student else "",
                number=student.id if student else "",
                letters=course.sheet.notation.letters,
            )


def document(course: Course, one: Version) -> Document:
    """The document of a version."""
    return assemble(course.sheet, one, course.shared)


def answer_rows(course: Course, one: Version, student: str) -> Iterator[tuple[str, ...]]:
    """The rows of `answers.csv` for a version, in the order of the problems; written ones have no variant."""
    return rows_of(course.sheet, course.shared, one, student)


def locked(course: Course, made: Iterable[Version] = ()) -> Lock:
    """The lock to write: with what the forms of the versions that were made have drawn."""
    return with_forms(course.lock, course.places, made)


def recipe(course: Course, content: str = "") -> Recipe:
    """What the documents of all students have in common; `content` is the key of what the sheet says."""
    return Recipe(course.sheet, course.seed or 0, tuple(sorted(course.lock.scores.items())), content)


def seats(course: Course, lock: Lock, only: Collection[str] = ()) -> Iterator[Seat]:
    """The students in the order of the roster with what `lock` has for them; `only` are slugs, `()` all."""
    keys = [place.slot.key for place in course.places]
    students: Sequence[Student | None] = course.roster.students if course.roster else [None]
    for student, hand in zip(students, course.dealt.hands, strict=True):
        if only and hand.student not in only:
            continue
        entries = tuple((key, lock.entries[hand.student, key]) for key in keys)
        if student is None:
            yield Seat(hand.student, "", NOBODY, "", entries, hand.solved)
        else:
            yield Seat(hand.student, student.file, student.id, student.name, entries, hand.solved)


def student_named(course: Course, typed: str, source: str) -> Student:
    """The student of an id as it is typed. Raises InputError with the nearest id."""
    assert course.roster is not None
    known = {slug(student.file): student for student in course.roster.students}
    by_id = {slug(student.id): student for student in course.roster.students}
    found = known.get(slug(typed)) or by_id.get(slug(typed))
    if found is None:
        close = nearest(slug(typed), known)
        hint = f"did you mean {known[close].id}?" if close else None
        raise input_error("unknown_name", f"{source}: no student has the id {typed}", where="file", hint=hint)
    return found
