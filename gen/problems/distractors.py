"""Wrong answers that students give: every misconception replayed, each answer proven wrong by numbers.

A wrong answer counts if it differs from the right one at every random point, has its shape or that
of its transpose, and differs from the other wrong ones. What is right in another layout is no
wrong answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gen.derivation.entry_methods import matrix_shape
from gen.language.function import Array
from gen.language.latex import latex
from gen.language.node import Node
from gen.language.text import text
from gen.problems.answer_points import AnswerPoints, NoPointError, apart
from gen.problems.misconception import Misconception, Wrong
from gen.problems.misconceptions import MISCONCEPTIONS
from gen.problems.pick import Pick
from gen.problems.replay import Replay, replayed
from gen.problems.worked import Answer, Worked

TURNED_IS_RIGHT = ("jacobian", "vecjac")


def wrongs(worked: Worked) -> tuple[Wrong, ...]:
    """Every wrong answer there is to a problem, in the order of MISCONCEPTIONS.

    Where two mistakes lead to one answer, it belongs to the first of them.
    """
    return tuple(_wrong(r, worked) for r in _proven(worked, MISCONCEPTIONS, once=False))


def distractors(worked: Worked, count: int, pick: Pick) -> tuple[Wrong, ...]:
    """So many wrong answers, chosen by `pick`, each by another misconception if possible; fewer if there are.

    Slips of sign and number come only where there are too few others.
    """
    telling = [m for m in MISCONCEPTIONS if not m.plain]
    order = _shuffled(telling, pick) + _shuffled([m for m in MISCONCEPTIONS if m.plain], pick)
    found = _first(_proven(worked, order, once=True), count)
    if len(found) < count:
        found = _first(_proven(worked, order, once=False), count)
    return tuple(_wrong(r, worked) for r in found)


def _first(replays: Iterator[Replay], count: int) -> list[Replay]:
    return [r for r, _ in zip(replays, range(count), strict=False)] if count > 0 else []


def _shuffled(misconceptions: list[Misconception], pick: Pick) -> list[Misconception]:
    left, out = list(misconceptions), list[Misconception]()
    while left:
        chosen = pick(*left)
        left.remove(chosen)
        out.append(chosen)
    return out


def _proven(worked: Worked, misconceptions: Iterable[Misconception], *, once: bool) -> Iterator[Replay]:
    """The replays whose answers are wrong, of plausible shape, and different from those before."""
    line = worked.answer.line
    if line is None:
        return
    try:
        points = AnswerPoints(worked)
    except NoPointError:
        return
    known = [points.right]
    if isinstance(line, Node) and right_when_turned(worked):
        known.append(points.right.swapaxes(-1, -2))
    for m in misconceptions:
        for replay in replayed(worked, m):
            value = _plausible(replay, line, points)
            if value is not None and all(apart(value, other) for other in known):
                known.append(value)
                yield replay
                if once:
                    break


def right_when_turned(worked: Worked) -> bool:
    """Is the transpose of the answer the answer in the other layout?"""
    if worked.derivation is None:
        return False
    problem = worked.derivation.problem
    return problem.kind in TURNED_IS_RIGHT or (problem.kind == "gradient" and not _is_wide(problem.wrt))


def _is_wide(node: Node) -> bool:
    return not (node.rows.is_one or node.cols.is_one)


def _plausible(replay: Replay, right: Node | tuple[object, ...], points: AnswerPoints) -> Array | None:
    """The value of an answer that has the shape of the right one or of its transpose."""
    line = replay.line
    if isinstance(line, Node) != isinstance(right, Node) or line == ():
        return None
    if isinstance(line, Node) and isinstance(right, Node):
        shape, own = (right.rows, right.cols), (line.rows, line.cols)
        if own not in (shape, shape[::-1]):
            return None
    return points.value(line)


def _wrong(replay: Replay, worked: Worked) -> Wrong:
    line = replay.line
    shape = matrix_shape(line) if isinstance(line, Node) else worked.answer.shape
    return Wrong(
        replay.misconception, replay.steps, replay.first, Answer(text(line), latex(line), shape, line)
    )
