"""The form `choice`: the right answer among answers that misconceptions lead to."""

from __future__ import annotations

from fractions import Fraction

from gen.problems.distractors import are_enough, distractors
from gen.problems.form import Form, Options
from gen.problems.item import Choice, Option
from gen.problems.pick import Pick
from gen.problems.worked import Worked


def _choice(worked: Worked, options: Options, pick: Pick) -> Choice | None:
    found = distractors(worked, options.answers - 1, pick)
    if len(found) < options.answers - 1:
        return None
    answers = [Option(wrong.answer, wrong.misconception) for wrong in found]
    right = pick(*range(len(answers) + 1))
    answers.insert(right, Option(worked.answer, None))
    return Choice(tuple(answers), right)


CHOICE = Form(
    "choice",
    "Multiple choice",
    "the right answer is chosen among answers that common mistakes lead to",
    Fraction(1, 6),
    lambda worked: bool(worked.steps),
    _choice,
    lambda worked: are_enough(worked, Options().answers - 1),
)
