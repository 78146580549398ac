"""What every platform gets: a quiz of categories of questions. Data only; texts are finished HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from gen.platforms.html import Html


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to choose, and what is told to who chooses it."""

    text: Html
    right: bool
    feedback: Html


@dataclass(frozen=True, slots=True)
class Near:
    """A wrong number that a common mistake leads to, and what is told to who types it."""

    value: float
    feedback: Html


@dataclass(frozen=True, slots=True)
class ChoiceQuestion:
    """One answer is right."""

    name: str
    text: Html
    points: int
    solution: Html
    hints: tuple[Html, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class NumberQuestion:
    """A number is typed; what is within `tolerance` of `value` is right."""

    name: str
    text: Html
    points: int
    solution: Html
    hints: tuple[Html, ...]
    value: float
    tolerance: float
    near: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class EssayQuestion:
    """A text is written, which somebody marks; `marking` is the marking table for who does."""

    name: str
    text: Html
    points: int
    solution: Html
    marking: Html
    lines: int


Question: TypeAlias = ChoiceQuestion | NumberQuestion | EssayQuestion


@dataclass(frozen=True, slots=True)
class Category:
    """Versions of one problem, of which a platform gives each student one: all of one kind and worth."""

    name: str
    about: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Quiz:
    """A sheet as platforms see it. `id` names files and is letters, digits, - and _."""

    id: str
    title: str
    instructions: Html
    categories: tuple[Category, ...]
