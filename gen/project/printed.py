"""What is printed of a student: the name, or the id where the fonts lack letters of the name."""

from __future__ import annotations

from collections.abc import Iterator

from gen.document.tex import unprintable
from gen.project.roster import Roster, Student

FIELD = 42  # letters of a name that have room on one line of its field


def printed_name(name: str, number: str) -> str:
    """The name as a sheet shows it.

    >>> printed_name("Zoë", "s01"), printed_name("Иван", "s02")
    ('Zoë', 's02')
    """
    return number if number and unprintable(name) else name


def notes(roster: Roster) -> Iterator[str]:
    """One line for each student whose name or id does not print as it is; no line holds a name."""
    for student in roster.students:
        for what in _of(student):
            yield f"{roster.source}:{student.line}: note: {what}"


def summary(roster: Roster, students: frozenset[str]) -> str | None:
    """One line for all of `students` (ids) whose names do not print; None where all do."""
    lines = [f"{s.line}" for s in roster.students if s.id in students and unprintable(s.name)]
    if not lines:
        return None
    more = f" and {len(lines) - 5} more" if len(lines) > 5 else ""
    where = f"line{'s' * (len(lines) > 1)} {', '.join(lines[:5])}{more}"
    return f"{roster.source}: note: the fonts lack letters of names ({where}); ids are printed in their place"


def _of(student: Student) -> Iterator[str]:
    lacking = unprintable(student.name)
    if lacking:
        yield f"column name: {_lacking(lacking)}; the id is printed in its place"
    elif len(student.name) > FIELD:
        yield f"column name: {len(student.name)} letters; the field holds about {FIELD} on a line"
    if lacking := unprintable(student.id):
        yield f"column id: {_lacking(lacking)}, printed as [U+{ord(lacking[0]):04X}]"


def _lacking(chars: tuple[str, ...]) -> str:
    more = f" and {len(chars) - 1} more" if len(chars) > 1 else ""
    return f"the fonts lack U+{ord(chars[0]):04X}{more}"
