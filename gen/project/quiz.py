"""A sheet as a quiz of learning platforms: its written problems, and all versions of those that are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gen.platforms.quiz import Quiz
from gen.platforms.quiz_of import quiz_of
from gen.problems.item import Item
from gen.problems.make_item import make_item
from gen.problems.task import with_letters
from gen.project.assemble import numbered, numbers_of_generated
from gen.project.course import Course
from gen.project.roster import Roster, Student
from gen.project.sheet import Sheet
from gen.project.version import Version
from gen.project.written import WrittenProblem
from gen.project.written_task import written_member


def quiz(course: Course, made: Sequence[Version]) -> Quiz:
    """The quiz of a sheet with the versions that were made. Names of students do not occur in it."""
    sheet = course.sheet
    problems: dict[int, tuple[Item, ...]] = {number: (item,) for number, item in _written(sheet)}
    for place, number in enumerate(numbers_of_generated(sheet)):
        problems[number] = tuple(one.items[place] for one in made)
    return quiz_of(sheet.id, sheet.title, sheet.instructions, sorted(problems.items()))


def nameless(count: int) -> Roster:
    """A roster of versions that are nobody's; more of them change nothing about those before."""
    names = [f"version-{number}" for number in range(1, count + 1)]
    students = tuple(Student(name, name, name, place) for place, name in enumerate(names, start=1))
    return Roster("--count", students)


def _written(sheet: Sheet) -> list[tuple[int, Item]]:
    found: list[tuple[int, Item]] = []
    for number, problem in numbered(sheet):
        if isinstance(problem, WrittenProblem):
            member = written_member(problem, sheet.notation)
            member = replace(member, task=with_letters(member.task, sheet.notation.letters))
            item = make_item(member, "open", seed=sheet.id, marks=problem.marks or None)
            assert item is not None, "every problem can be asked as an open one"
            found.append((number, item))
    return found
