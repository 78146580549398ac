"""A quiz from the versions of a sheet: a category for every problem and every kind of question of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gen.platforms.html import prose
from gen.platforms.questions import ASKINGS, Asking
from gen.platforms.quiz import Category, Question, Quiz
from gen.problems.catalogue import FAMILY_NAMED
from gen.problems.item import Item

LONGEST = 200  # of a title, in characters: Moodle and Canvas keep names of 255


def quiz_of(name: str, title: str, instructions: str, problems: Sequence[tuple[int, Sequence[Item]]]) -> Quiz:
    """The quiz of a sheet; `problems` are the numbers of its problems with their versions.

    `instructions` is Markdown with $TeX$. Versions that ask the same are one question.
    """
    made = (_category(number, items, asking) for number, items in problems for asking in ASKINGS)
    known = tuple(category for category in made if category is not None)
    return Quiz(name, _short(title), prose(instructions), known)


def _short(title: str) -> str:
    """A title as long as the names of platforms may be."""
    return title if len(title) <= LONGEST else title[: LONGEST - 1].rstrip() + "…"


def _category(number: int, items: Sequence[Item], asking: Asking) -> Category | None:
    title = _title(number, items)
    known: dict[Question, None] = {}
    for item in items:
        question = asking.make(item, "")
        if question is not None:
            known.setdefault(question)
    if not known:
        return None
    questions = tuple(
        replace(question, name=f"{title}, {asking.name}, version {place}")
        for place, question in enumerate(known, start=1)
    )
    return Category(f"{title}, {asking.name}", _about(items), questions)


def _title(number: int, items: Sequence[Item]) -> str:
    """What a problem is called: by its family, if all versions are of one."""
    titles = {_family(item) for item in items}
    only = titles.pop() if len(titles) == 1 else ""
    return f"Problem {number}: {only}" if only else f"Problem {number}"


def _family(item: Item) -> str:
    known = FAMILY_NAMED.get(item.member.family)
    return known.title if known else ""


def _about(items: Sequence[Item]) -> str:
    levels = sorted({item.difficulty.level for item in items})
    return f"difficulty {', '.join(map(str, levels))} of 5"
