"""A finished problem of a sheet: what is asked, in which form, its solution, hints and marks.

Texts are Markdown with $TeX$. Nothing here knows paper, screens or learning platforms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from gen.derivation.record import Line, Reason
from gen.problems.difficulty import Difficulty
from gen.problems.family import Member
from gen.problems.misconception import Misconception
from gen.problems.worked import Answer, Worked

FORMS = ("open", "choice", "fade", "find-error", "order")
Hidden: TypeAlias = Literal["", "line", "reason", "factor"]


@dataclass(frozen=True, slots=True)
class Open:
    """A question with room for an answer."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose; `misconception` is what a wrong one shows, None for the right one."""

    answer: Answer
    misconception: Misconception | None


@dataclass(frozen=True, slots=True)
class Choice:
    """Answers of which one is right."""

    options: tuple[Option, ...]
    right: int


@dataclass(frozen=True, slots=True)
class FadedLine:
    """A line of a worked solution; `hidden` is what the student fills in, `places` the factors left out.

    `cue` is what may be said of the line without giving away what is hidden.
    """

    line: Line
    reason: Reason
    hidden: Hidden = ""
    places: tuple[tuple[int, ...], ...] = ()
    cue: Reason = ()


@dataclass(frozen=True, slots=True)
class Fade:
    """A worked solution with blanks."""

    lines: tuple[FadedLine, ...]


@dataclass(frozen=True, slots=True)
class FindError:
    """A worked solution with one wrong line: the lines with their reasons, and where it goes wrong.

    `right` is the line that should stand at `wrong`, `because` why.
    """

    lines: tuple[tuple[Line, Reason], ...]
    wrong: int
    right: Line
    because: Reason
    misconception: Misconception


@dataclass(frozen=True, slots=True)
class Order:
    """Lines to be put in order, as shown; `right` is the right order as positions in `lines`.

    The solution starts from `Worked.given`, which is not among them. Every order that respects
    `before` (pairs of positions in `lines`) is right. A line goes on from the whole line above it,
    or says what one term (its `lefts`) is equal to.
    """

    lines: tuple[tuple[Line, Reason], ...]
    right: tuple[int, ...]
    before: frozenset[tuple[int, int]]
    lefts: tuple[Line | None, ...]


Body: TypeAlias = Open | Choice | Fade | FindError | Order


@dataclass(frozen=True, slots=True)
class Mark:
    """Marks for one thing a marker looks for.

    `line` is the number of the line that earns them, the given line being 0; None where no line does.
    """

    marks: int
    words: Reason
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One problem for one student."""

    member: Member
    worked: Worked
    form: str
    prompt: str
    body: Body
    difficulty: Difficulty
    marks: tuple[Mark, ...]
    hints: tuple[Reason, ...]

    @property
    def total(self) -> int:
        """All marks of the problem."""
        return sum(mark.marks for mark in self.marks)
