"""One student's version of a sheet: the finished problems, and the code that is printed on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from gen.errors import FreeIndexError, Report, build_error, input_error
from gen.problems.deal import Drawn, Hand, Solved
from gen.problems.form_record import form_record, restored
from gen.problems.forms import FORM_NAMED
from gen.problems.item import Item
from gen.problems.make_item import finished, make_item
from gen.problems.marking import marks_of, worth
from gen.problems.task import with_letters
from gen.project.code import sheet_code
from gen.project.dealing import Asked
from gen.project.lock import LOCK, Lock
from gen.project.lock_rows import Rows
from gen.project.recorded import check_entry, check_form
from gen.version import VERSION


@dataclass(frozen=True, slots=True)
class Version:
    """What one student gets. `student` is the slug of an id; `name` and `number` are printed, if any."""

    student: str
    code: str
    items: tuple[Item, ...] = ()
    drawn: tuple[Drawn, ...] = ()
    name: str = ""
    number: str = ""


def version(
    sheet: str,
    places: Sequence[Asked],
    hand: Hand,
    seed: int,
    lock: Lock,
    *,
    name: str = "",
    number: str = "",
    letters: str = "",
) -> Version:
    """The version of a student from what has been dealt, with the forms as they are recorded.

    `letters` are those an author chooses for indices, or none.

    Raises InputError that names the student and the slot where what is recorded cannot be made any more,
    BuildError where a problem has another score than it was dealt for.
    """
    items = tuple(
        _item(place, hand.student, drawn, hand.solved.get(place.slot.key), f"{seed}/{sheet}", lock, letters)
        for place, drawn in zip(places, hand.drawn, strict=True)
    )
    return Version(hand.student, sheet_code(sheet, hand.student, hand.drawn), items, hand.drawn, name, number)


def with_forms(lock: Lock, places: Sequence[Asked], versions: Iterable[Version]) -> Lock:
    """The lock with what the forms of some versions have drawn, where nothing is recorded yet."""
    rows = Rows(lock.entries)
    for made in versions:
        for place, item in zip(places, made.items, strict=True):
            key = (made.student, place.slot.key)
            entry = rows[key]
            if entry.form is None:
                rows.add(key, replace(entry, form=form_record(item.body)))
    return replace(lock, entries=rows)


def _item(
    place: Asked,
    student: str,
    drawn: Drawn,
    solved: Solved | None,
    seed: str,
    lock: Lock,
    letters: str,
) -> Item:
    key = (student, place.slot.key)
    form, marks = place.slot.wanted.form, place.marks
    if solved is not None and not letters:
        known = solved.difficulty
        return finished(drawn.member, solved.worked, form, solved.body, marks=marks, hard=known)
    entry = lock.entries.get(key)
    source = LOCK if entry is None or not entry.place else entry.place
    if entry is not None and entry.place:
        check_entry(entry, place.slot.wanted.families)
    member = replace(drawn.member, task=with_letters(drawn.member.task, letters)) if letters else drawn.member
    record = None if entry is None or entry.tool != VERSION else entry.form
    try:
        item = make_item(
            member,
            form,
            seed=f"{seed}/{student}/{place.slot.key}",
            marks=marks,
            fade=place.fade,
            record=record,
        )
    except FreeIndexError as error:
        if key not in lock.entries:
            raise
        report = error.report
        message = f"{source}: student {student}, {place.slot.key}: {report.message}"
        raise type(error)(Report(report.code, message, "file", hint=report.hint)) from None
    if item is None:
        message = f"{source}: student {student}, {place.slot.key}: the problem cannot be asked as {form}"
        raise input_error("unsupported", message, where="file", hint="delete its line to deal it anew")
    if item.difficulty.score != drawn.score:
        if entry is None or entry.tool == VERSION:
            message = f"the score is {item.difficulty.score}, but {drawn.score} has been dealt"
            raise build_error(f"{source}: student {student}, {place.slot.key}: {message}")
        item = _as_counted_then(item, drawn.score, marks)
    if entry is None or entry.form is None:
        return item
    check_form(entry, form, item.body)
    return restored(item, entry.form)


def _as_counted_then(item: Item, score: int, marks: int | None) -> Item:
    """The problem with the score and the marks that another version of the program has dealt it for.

    All versions of a place have that score, so a sheet stays worth what it was and what the others are.
    """
    counted = replace(item.difficulty, score=score)
    total = worth(counted, FORM_NAMED[item.form].share) if marks is None else marks
    return replace(item, difficulty=counted, marks=marks_of(item.worked, item.body, total))
