"""Quizzes to export: every form, and hostile texts."""

from __future__ import annotations

from functools import cache

from gen.platforms.html import joined, paragraph
from gen.platforms.quiz import (
    Answer,
    Category,
    ChoiceQuestion,
    EssayQuestion,
    Near,
    NumberQuestion,
    Question,
    Quiz,
)
from gen.platforms.quiz_of import quiz_of
from gen.problems.catalogue import FAMILY_NAMED
from gen.problems.family import member
from gen.problems.form import Form
from gen.problems.forms import FORMS_OF
from gen.problems.item import Item
from gen.problems.make_item import make_item
from gen.problems.pick import Pick

NAMES = ("free-and-dummy", "delta-terms", "two-sided", "trace-power", "least-squares")
HOSTILE = (
    "<script>alert(1)</script>",
    "]]> & &amp; &#0; <!-- -->",
    r"\(\input{x}\) $$x$$ \[y\]",
    "\x00\x1b\ufffe\u2028 end",
    "a/b//c $course$/top",
    "'\"` {=} ~%50%",
    "Zoë 中文 العربية 🙂",
)


@cache
def items(form: Form, seeds: str = "ab") -> tuple[tuple[Item, ...], ...]:
    """Some versions of some problems in a form."""
    made = [
        [make_item(member(FAMILY_NAMED[name], Pick(seed=s), s), form.name, seed=s) for s in seeds]
        for name in NAMES
    ]
    return tuple(found for one in made if (found := tuple(item for item in one if item is not None)))


@cache
def whole() -> Quiz:
    """Every form of some problems."""
    problems = [versions for form in FORMS_OF for versions in items(form)]
    return quiz_of("all", "All", "Answer *all* of $a<b$.", list(enumerate(problems, start=1)))


def hostile(text: str) -> Quiz:
    """A quiz every text of which is hostile."""
    html, many = paragraph(text), (joined((text,)),)
    questions: tuple[Question, ...] = (
        ChoiceQuestion(text, html, 1, html, many, (Answer(html, True, html), Answer(many[0], False, html))),
        NumberQuestion(text, html, 1, html, many, 0.5, 0.01, (Near(1.0, html),)),
        EssayQuestion(text, html, 1, html, html, 5),
    )
    return Quiz("x", text, html, tuple(Category(f"{text} {k}", text, (q,)) for k, q in enumerate(questions)))
