"""What is told of the names and ids on sheets before anything is printed. No line holds a name."""

from __future__ import annotations

from collections.abc import Iterator

from gen.document.letters import lacking
from gen.document.tex import unprintable
from gen.project.roster import Roster, Student

FIELD = 42  # letters of a name that have room on one line of its field


def notes(roster: Roster) -> Iterator[str]:
    """One line for each thing about a student's name or id that the sheet will show otherwise."""
    for student in roster.students:
        for what in _of(student):
            yield f"{roster.source}:{student.line}: note: {what}"


def place_of(roster: Roster, student: Student) -> str:
    """Where a student stands, for messages: the line of the roster and the id."""
    return f"{roster.source}:{student.line}: student {student.id}"


def letters_of(student: Student) -> str:
    """What is printed of a student with letters that the usual fonts lack; empty where they suffice."""
    return " ".join(text for text in (student.name, student.id) if lacking(text))


def _of(student: Student) -> Iterator[str]:
    if len(student.name) > FIELD:
        yield f"column name: {len(student.name)} letters; the field holds about {FIELD} on a line"
    for column, text in (("name", student.name), ("id", student.id)):
        if unseen := unprintable(text):
            code = f"U+{ord(unseen[0]):04X}"
            yield f"column {column}: {code} can be seen in no font and is printed as [{code}]"
