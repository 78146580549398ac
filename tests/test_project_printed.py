"""What is told of names and ids: a student is one line of what is said, and no line holds a name."""

from __future__ import annotations

from gen.project.printed import FIELD, letters_of, notes, place_of
from gen.project.roster import Roster, Student

ROSTER = Roster(
    "roster.csv",
    (
        Student("s1", "Zoë Ångström", "s1", 2),
        Student("s2", "Иван Щербаков", "s2", 3),
        Student("s3", "n" * (FIELD + 1), "s3", 4),
    ),
)


def test_a_student_is_one_line_and_no_line_holds_a_name() -> None:
    assert list(notes(ROSTER)) == [
        f"roster.csv:4: note: column name: {FIELD + 1} letters; the field holds about {FIELD} on a line"
    ]


def test_a_student_is_found_by_line_and_id() -> None:
    assert place_of(ROSTER, ROSTER.students[1]) == "roster.csv:3: student s2"


def test_only_what_the_usual_fonts_lack_is_looked_at() -> None:
    assert [letters_of(student) for student in ROSTER.students] == ["", "Иван Щербаков", ""]
