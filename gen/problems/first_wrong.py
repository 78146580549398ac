"""The first line of a wrong solution that is wrong by numbers, which need not be the one with the mistake.

A delta that counts may be erased with its sum kept: the next line is the first that is wrong then.
"""

from __future__ import annotations

from gen.derivation.record import Line
from gen.problems.answer_points import AnswerPoints, NoPointError, apart
from gen.problems.replay import Replay
from gen.problems.worked import Worked


def first_wrong(worked: Worked, replay: Replay) -> int:
    """The number of the first step of a replay whose line is wrong.

    Where numbers cannot say, and where the closed form is wrong, it is the step with the mistake.
    """
    if replay.misconception.in_rule is None:
        return replay.first
    try:
        points = AnswerPoints(worked)
    except NoPointError:
        return replay.first
    lines = range(replay.first, len(replay.steps))
    return next((k for k in lines if is_wrong(points, replay.steps[k].after)), replay.first)


def is_wrong(points: AnswerPoints, line: Line) -> bool:
    """Does a line of entries differ from the right answer? What has no value here counts as wrong."""
    if not isinstance(line, tuple):
        return True
    value = points.value(line)
    return value is None or apart(value, points.right)
