"""From a member of a family to a finished problem in one form."""

from __future__ import annotations

from typing import Any

from gen.problems.difficulty import Difficulty, difficulty
from gen.problems.family import Member
from gen.problems.form import Fading, Options
from gen.problems.forms import FORM_NAMED
from gen.problems.hints import hints_of
from gen.problems.item import Body, Item
from gen.problems.marking import marks_of, worth
from gen.problems.pick import Pick
from gen.problems.prompts import prompt_of
from gen.problems.solve import solve
from gen.problems.worked import Worked


def make_item(
    member: Member,
    form: str,
    *,
    seed: str,
    marks: int | None = None,
    fade: Fading | None = None,
    record: Any = None,
) -> Item | None:
    """The problem that a member is in a form; None where the form does not fit the member.

    `seed` decides what the form leaves open (which wrong answers, which order), `marks` the total
    where it is not to follow from the difficulty, `fade` how many last lines are left out, or
    `"reasons"` or `"factors"`. `record` is what this very version has recorded of what the form has
    drawn with this seed (`form_record`), which need not be drawn again then. Raises KeyError for a form
    that there is not, InputError and CheckError as `solve`.
    """
    worked = solve(member.task)
    return item_of(member, worked, form, seed=seed, marks=marks, fade=fade, record=record)


def item_of(
    member: Member,
    worked: Worked,
    form: str,
    *,
    seed: str,
    marks: int | None = None,
    fade: Fading | None = None,
    record: Any = None,
) -> Item | None:
    """The same for a member that is solved already."""
    again = None if record is None else FORM_NAMED[form].again
    body = None if again is None else again(worked, record)
    if body is None:
        body = body_of(worked, form, seed=seed, fade=fade)
    return None if body is None else finished(member, worked, form, body, marks=marks)


def body_of(worked: Worked, form: str, *, seed: str, fade: Fading | None = None) -> Body | None:
    """What a form makes of a solution; None where it does not fit."""
    chosen = FORM_NAMED[form]
    if not chosen.fits(worked):
        return None
    options = Options() if fade is None else Options(fade=fade)
    return chosen.make(worked, options, Pick(seed=f"{seed}/{form}"))


def finished(
    member: Member,
    worked: Worked,
    form: str,
    body: Body,
    *,
    marks: int | None = None,
    hard: Difficulty | None = None,
) -> Item:
    """The problem in its form, with prompt, marks and hints; `hard` is its difficulty where known."""
    score = difficulty(worked) if hard is None else hard
    total = worth(score, FORM_NAMED[form].share) if marks is None else marks
    return Item(
        member,
        worked,
        form,
        prompt_of(worked, body),
        body,
        score,
        marks_of(worked, body, total),
        hints_of(worked, body),
    )
