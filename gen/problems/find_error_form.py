"""The form `find-error`: a worked solution that goes wrong at one line and carries the mistake on."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from gen.problems.answer_points import AnswerPoints
from gen.problems.distractors import wrong_of, wrongs
from gen.problems.first_wrong import is_wrong
from gen.problems.form import Form, Options
from gen.problems.item import FindError
from gen.problems.misconception import Wrong
from gen.problems.misconceptions import MISCONCEPTION_NAMED
from gen.problems.misreadings import misread_lines
from gen.problems.pick import Pick
from gen.problems.replay import Replayer
from gen.problems.task import Read
from gen.problems.worked import Worked


def _find_error(worked: Worked, options: Options, pick: Pick) -> FindError | None:
    candidates = misread_lines(worked) if isinstance(worked.task, Read) else wrongs(worked)
    found = [wrong for wrong in candidates if _shows(wrong, worked)]
    while found:
        wrong = pick(*found)
        if _is_wrong_already(wrong, worked):
            return _told(wrong, worked)
        found.remove(wrong)
    return None


def _told(wrong: Wrong, worked: Worked) -> FindError:
    step = worked.steps[wrong.first]
    given = wrong.steps[0].before
    return FindError(
        ((given, ()), *((s.after, s.because) for s in wrong.steps)),
        wrong.first + 1,
        step.after,
        step.because,
        wrong.misconception,
    )


def _shows(wrong: Wrong, worked: Worked) -> bool:
    """Does a wrong solution have a line that is wrong, where the right one has another?"""
    first = wrong.first
    if not 0 <= first < min(len(wrong.steps), len(worked.steps)):
        return False
    return wrong.steps[first].after != worked.steps[first].after


def _is_wrong_already(wrong: Wrong, worked: Worked) -> bool:
    """Is the line of the mistake wrong by numbers, and not only a later one?"""
    line = wrong.steps[wrong.first].after
    if isinstance(worked.task, Read):
        return True  # or it would not be among them
    return not isinstance(line, tuple) or is_wrong(AnswerPoints(worked), line)


def _again(worked: Worked, record: Any) -> FindError | None:
    """The mistake that is recorded, replayed alone; None unless it can be made in that line in just one way.

    Which of these was proven, and unlike what other mistakes lead to, only all of them together tell.
    """
    if not isinstance(record, Mapping) or isinstance(worked.task, Read):
        return None
    mistake = MISCONCEPTION_NAMED.get(str(record.get("mistake")))
    if mistake is None:
        return None
    made = [wrong_of(replay, worked) for replay in Replayer(worked).replays(mistake)]
    there = [wrong for wrong in made if wrong.first + 1 == record.get("wrong") and _shows(wrong, worked)]
    return _told(there[0], worked) if len(there) == 1 and _is_wrong_already(there[0], worked) else None


FIND_ERROR = Form(
    "find-error",
    "Find the mistake",
    "one line of a worked solution is wrong: it is found, mended and explained",
    Fraction(1, 2),
    lambda worked: len(worked.steps) > 1,
    _find_error,
    again=_again,
)
