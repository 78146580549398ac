"""What a course is told of its sheet before anything is printed. No line holds anybody's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from gen.document.blocks import Space
from gen.errors import Report
from gen.problems.difficulty import level_of
from gen.problems.item import Item, Open
from gen.problems.slot import Slot
from gen.problems.target import members
from gen.project.assemble import numbered, numbers_of_generated
from gen.project.course import Course
from gen.project.dealing import repeats
from gen.project.generated import GeneratedProblem
from gen.project.printed import notes
from gen.project.version import Version

COUNTED = 30  # members of a family are counted up to what is needed, or this
LINE = 9.0  # millimetres that a line of a derivation takes by hand


def findings(course: Course, some: Sequence[Version]) -> Iterator[str]:
    """The lines: families and members, repeats, difficulty and marks, names, room; `some` are versions."""
    yield from _families(course)
    yield from _repeated(course)
    if some and some[0].items:
        yield _sheet(course, some[0])
    if course.roster is not None:
        yield from notes(course.roster)
    yield from _room(course, some)


def marks_fault(course: Course, one: Version) -> Report | None:
    """A fault where the marks of a version are not the total of the sheet."""
    sheet = course.sheet
    if sheet.marks is None:
        return None
    total = sum(p.marks or 0 for p in sheet.written) + sum(item.total for item in one.items)
    if total == sheet.marks:
        return None
    message = f"marks are {sheet.marks}, but those of the problems add up to {total}"
    hint = "where a table gives no marks, they follow from the difficulty"
    return Report("syntax", f"{sheet.place_of_marks or course.source}: {message}", "file", hint=hint)


def _families(course: Course) -> Iterator[str]:
    """A line for each table: what it asks, the score, and how many members there are for how many sheets."""
    students = len(course.dealt.hands)
    scores = {p.slot.key: score for p, score in zip(course.places, course.dealt.scores, strict=True)}
    wanted = Counter(place.slot.wanted for place in course.places)
    for number, problem in numbered(course.sheet):
        if not isinstance(problem, GeneratedProblem):
            continue
        slots = [place.slot for place in course.places if place.problem is problem]
        for slot in {slot.wanted: slot for slot in slots}.values():
            own = [number + k for k, other in enumerate(slots) if other.wanted == slot.wanted]
            yield _slot(problem, slot, own, scores[slot.key], students * wanted[slot.wanted])


def _slot(problem: GeneratedProblem, slot: Slot, numbers: Sequence[int], score: int, needed: int) -> str:
    """The line for the problems of a table that ask for the same."""
    most = max(needed, COUNTED)
    there = members(slot.wanted, score, most)
    what = slot.wanted.bank or " or ".join(problem.families) or "any family"
    rules = f" with {', '.join(problem.require)}" if problem.require else ""
    said = f"problem {numbers[0]}" if len(numbers) == 1 else f"problems {_listed(numbers)}"
    enough = f"{most} or more" if there == most else str(there) if there >= needed else f"only {there}"
    level = f"difficulty {level_of(score)}" + ("" if slot.wanted.pool else f" (score {score})")
    return (
        f"{problem.place('')}: {said}: {what}{rules}, {problem.form}, {level}; "
        f"{enough} different ones, {needed} needed"
    )


def _listed(numbers: Sequence[int]) -> str:
    """2 to 4; 2, 5 where there are others between them."""
    if numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]} to {numbers[-1]}"
    return ", ".join(map(str, numbers))


def _repeated(course: Course) -> Iterator[str]:
    """How many problems are dealt twice, by their numbers on the sheet."""
    counts = repeats(course.dealt)
    for number, count in zip(numbers_of_generated(course.sheet), counts, strict=True):
        if count:
            yield f"{course.source}: note: problem {number}: {count} students get one that another has"
    if course.roster is not None and course.places and not any(counts):
        yield f"{course.source}: no two students get the same problem"


def _sheet(course: Course, one: Version) -> str:
    """What every student's sheet is worth, which is the same for all."""
    marks = sum(p.marks or 0 for p in course.sheet.written) + sum(item.total for item in one.items)
    levels = " ".join(str(item.difficulty.level) for item in one.items)
    return f"{course.source}: every sheet: {marks} marks, generated problems of difficulty {levels}"


def _room(course: Course, some: Sequence[Version]) -> Iterator[str]:
    """Where the room that a table gives looks too small for a derivation by hand."""
    numbers = numbers_of_generated(course.sheet)
    most: dict[int, int] = {}
    for one in some:
        for number, item in zip(numbers, one.items, strict=True):
            if isinstance(item.body, Open):
                most[number] = max(most.get(number, 0), _lines(item))
    for number, place in zip(numbers, course.places, strict=True):
        space = place.problem.space
        if space != Space() and number in most and most[number] > _fitting(space):
            room = _fitting(space)
            what = f"a solution of {most[number]} lines has room for {room}"
            yield f"{place.problem.place('')}: note: problem {number}: {what}"


def _lines(item: Item) -> int:
    return len(item.worked.steps) + 1


def _fitting(space: Space) -> int:
    return int(space.amount) if space.kind == "lines" else int(space.amount / LINE)
