"""The form `choice`: the right answer among answers that misconceptions lead to."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from gen.language.text import text
from gen.problems.distractors import are_enough, distractors, wrong_of
from gen.problems.form import Form, Options
from gen.problems.item import Choice, Option
from gen.problems.misconceptions import MISCONCEPTION_NAMED
from gen.problems.pick import Pick
from gen.problems.replay import Replayer
from gen.problems.task import Read
from gen.problems.worked import Worked


def _choice(worked: Worked, options: Options, pick: Pick) -> Choice | None:
    found = distractors(worked, options.answers - 1, pick)
    if len(found) < options.answers - 1:
        return None
    answers = [Option(wrong.answer, wrong.misconception) for wrong in found]
    right = pick(*range(len(answers) + 1))
    answers.insert(right, Option(worked.answer, None))
    return Choice(tuple(answers), right)


def _again(worked: Worked, record: Any) -> Choice | None:
    """The answers that are recorded: of all mistakes only those that are named there are replayed.

    None where the right answer is another, where there are more answers or fewer, or where a mistake does not
    lead to the very text that is recorded. What is found was proven wrong when it was drawn.
    """
    if not isinstance(record, Mapping) or isinstance(worked.task, Read):
        return None
    right, told = record.get("right"), record.get("options")
    if not isinstance(told, list) or len(told) != Options().answers:
        return None
    if not isinstance(right, int) or right not in range(len(told)):
        return None
    typed = [_of(option, "text") for option in told]
    if len(set(typed)) < len(typed) or typed[right] != worked.answer.text:
        return None
    replayer = Replayer(worked, copied_well=True)
    options: list[Option] = []
    for place, option in enumerate(told):
        found = Option(worked.answer, None) if place == right else _replayed(replayer, option)
        if found is None:
            return None
        options.append(found)
    return Choice(tuple(options), right)


def _replayed(replayer: Replayer, option: Any) -> Option | None:
    """A wrong answer, by the mistake that leads to it."""
    mistake, typed = MISCONCEPTION_NAMED.get(_of(option, "mistake")), _of(option, "text")
    replays = () if mistake is None else replayer.replays(mistake)
    wrong = next((replay for replay in replays if text(replay.line) == typed), None)
    return None if wrong is None else Option(wrong_of(wrong, replayer.worked).answer, mistake)


def _of(option: Any, key: str) -> str:
    found = option.get(key) if isinstance(option, Mapping) else None
    return found if isinstance(found, str) else ""


CHOICE = Form(
    "choice",
    "Multiple choice",
    "the right answer is chosen among answers that common mistakes lead to",
    Fraction(1, 6),
    lambda worked: bool(worked.steps),
    _choice,
    possible=lambda worked: are_enough(worked, Options().answers - 1),
    again=_again,
)
