"""The form `find-error`: a worked solution that goes wrong at one line and carries the mistake on."""

from __future__ import annotations

from fractions import Fraction

from gen.problems.answer_points import AnswerPoints
from gen.problems.distractors import wrongs
from gen.problems.first_wrong import is_wrong
from gen.problems.form import Form, Options
from gen.problems.item import FindError
from gen.problems.misconception import Wrong
from gen.problems.misreadings import misread_lines
from gen.problems.pick import Pick
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


FIND_ERROR = Form(
    "find-error",
    "Find the mistake",
    "one line of a worked solution is wrong: it is found, mended and explained",
    Fraction(1, 2),
    lambda worked: len(worked.steps) > 1,
    _find_error,
)
