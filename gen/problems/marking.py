"""Marks from the steps of a solution.

An open question is worth as many marks as its difficulty says, so that equal scores give equal
marks; they are shared out evenly among the key steps and the shape of the answer, and what is
left over goes to the steps that differentiate. Where there are fewer marks than steps, neighbours
share one.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from gen.derivation.record import Display, Kind, Line, Reason
from gen.problems.difficulty import Difficulty
from gen.problems.dimension_words import shape_reason
from gen.problems.item import Body, Choice, Fade, FindError, Mark, Order
from gen.problems.task import Read
from gen.problems.worked import Worked

POINTS_A_MARK = 3  # of the score of the difficulty; with fewer, most problems have a mark for every key step
# Left-over marks go to steps of these kinds first.
_HARDER: tuple[Kind, ...] = (
    "chain_rule",
    "product_rule",
    "vec_identity",
    "delta_substitution",
    "matrix_form",
)
FOLLOW_THROUGH = (
    "Follow-through: a line that follows by a right rule from a wrong line earns its marks, "
    "unless the mistake has made the rest easier."
)


def worth(difficulty: Difficulty, share: Fraction) -> int:
    """The marks of a problem where a sheet does not say: from its score, and the share of its form."""
    return worth_of_score(difficulty.score, share)


def worth_of_score(score: int, share: Fraction) -> int:
    """The marks of a problem with a score."""
    return max(1, round(max(2, -(-score // POINTS_A_MARK)) * share))


def marks_of(worked: Worked, body: Body, total: int) -> tuple[Mark, ...]:
    """What earns marks, with marks that add up to `total`, which is at least 1."""
    earned = _earned(worked, body)
    if not earned:
        return (Mark(total, ("the answer",)),)
    groups = [_joined(part) for part in _parts(earned, min(total, len(earned)))]
    more = set(sorted(range(len(groups)), key=lambda k: _ease(worked, groups[k]))[: total % len(groups)])
    each = total // len(groups)
    return tuple(Mark(each + (k in more), mark.words, mark.line) for k, mark in enumerate(groups))


def _earned(worked: Worked, body: Body) -> list[Mark]:
    """What earns marks, each worth one."""
    match body:
        case Choice():
            return [Mark(1, ("the right answer, and no other",))]
        case FindError():
            return [
                Mark(1, (f"line {body.wrong + 1} is named as the wrong one",), body.wrong),
                Mark(1, ("the line that should stand there: ", *_inline(body.right)), body.wrong),
                Mark(1, ("why: ", *body.because), body.wrong),
            ]
        case Order():
            return [Mark(1, ("the lines in order; one mark less for each line before one that it needs",))]
        case Fade():
            found = [_faded(k, body) for k, line in enumerate(body.lines) if line.hidden]
            shape = body.lines[-1].hidden == "line"
        case _:
            steps = enumerate(worked.steps, start=1)
            found = [Mark(1, step.because, k) for k, step in steps if step.rule.grain == "key"]
            shape = True
    return found + [Mark(1, _last_asked(worked))] * shape


def _last_asked(worked: Worked) -> Reason:
    """What an open question asks for beside the lines."""
    if isinstance(worked.task, Read):
        number = len(worked.free)
        if worked.task.what == "indices":
            return ("the free and the dummy indices are told apart",)
        return (f"the number of free indices: {number}",)
    return ("the shape of the answer: ", *shape_reason(worked.answer.shape))


def _faded(number: int, body: Fade) -> Mark:
    line = body.lines[number]
    what = {"line": "", "reason": "the reason: ", "factor": "the factor left out: "}[line.hidden or "line"]
    return Mark(1, (what, *line.reason) if what else line.reason, number)


def _inline(line: Line) -> Reason:
    """A line inside a sentence."""
    return ("the table of all entries",) if isinstance(line, Display) else (line,)


def _ease(worked: Worked, mark: Mark) -> int:
    """How late a mark is in line for one that is left over."""
    kind = None if mark.line is None else worked.steps[mark.line - 1].rule.kind
    return _HARDER.index(kind) if kind in _HARDER else len(_HARDER)


def _parts(earned: Sequence[Mark], groups: int) -> list[Sequence[Mark]]:
    """Neighbours in `groups` parts of nearly one size; the larger parts stand first."""
    small, larger = divmod(len(earned), groups)
    out: list[Sequence[Mark]] = []
    at = 0
    for k in range(groups):
        end = at + small + (k < larger)
        out.append(earned[at:end])
        at = end
    return out


def _joined(marks: Sequence[Mark]) -> Mark:
    """Marks that are given together; they stand beside the last of their lines."""
    if len(marks) == 1:
        return marks[0]
    words: Reason = marks[0].words
    for mark in marks[1:]:
        words = (*words, "; ", *mark.words)
    lines = [mark.line for mark in marks if mark.line is not None]
    return Mark(len(marks), words, lines[-1] if lines else None)
