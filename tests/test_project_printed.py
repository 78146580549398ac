"""Names on sheets: what does not print gives way to the id, and a student is one line of what is said."""

from __future__ import annotations

from gen.project.printed import FIELD, notes, printed_name, summary
from gen.project.roster import Roster, Student

ROSTER = Roster(
    "roster.csv",
    (
        Student("s1", "Zoë Ångström", "s1", 2),
        Student("s2", "Иван Щербаков", "s2", 3),
        Student("s3", "n" * (FIELD + 1), "s3", 4),
    ),
)


def test_a_name_that_does_not_print_gives_way_to_the_id() -> None:
    assert [printed_name(s.name, s.id) for s in ROSTER.students] == ["Zoë Ångström", "s2", "n" * (FIELD + 1)]
    assert printed_name("Иван", "") == "Иван"


def test_a_student_is_one_line_and_no_line_holds_a_name() -> None:
    lines = list(notes(ROSTER))
    assert [line.split(": ")[0] for line in lines] == ["roster.csv:3", "roster.csv:4"]
    assert "U+0418 and 9 more" in lines[0]
    assert f"{FIELD + 1} letters" in lines[1]
    assert "Иван" not in lines[0]


def test_what_a_build_says_is_one_line_for_all() -> None:
    assert summary(ROSTER, frozenset({"s1", "s3"})) is None
    said = summary(ROSTER, frozenset({"s1", "s2", "s3"}))
    assert said is not None and "(line 3)" in said and "Иван" not in said
