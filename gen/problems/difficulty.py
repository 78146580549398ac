"""How hard a problem is, read off its solution; the formula is published in docs/difficulty.md.

score = 2 · key steps + 2 · kinds of rules + 2 · (order of the result − 2, where it is above 2)
        + 3 · traps

Traps are places where students are known to fall: the records of `gen.problems.traps`.
"""

from __future__ import annotations

from dataclasses import dataclass

from gen.problems.traps import traps_in
from gen.problems.worked import Worked

A_KEY_STEP, A_KIND, A_FURTHER_INDEX, A_TRAP = 2, 2, 2, 3  # the weights of the formula
LEVELS = (16, 22, 27, 33)  # the highest score of levels 1 to 4


@dataclass(frozen=True, slots=True)
class Difficulty:
    """The score of a problem, its level from 1 to 5, and what the score is made of."""

    score: int
    level: int
    key_steps: int
    kinds: int
    order: int
    traps: tuple[str, ...]


def difficulty(worked: Worked) -> Difficulty:
    """The difficulty of a problem, from its solution."""
    keys = len(worked.key_steps)
    kinds = len({s.rule.kind for s in worked.steps})
    order = len(worked.answer.shape)
    traps = traps_in(worked)
    score = A_KEY_STEP * keys + A_KIND * kinds + A_FURTHER_INDEX * max(0, order - 2) + A_TRAP * len(traps)
    return Difficulty(score, level_of(score), keys, kinds, order, traps)


def score_of_level(level: int) -> int:
    """A score that stands for a whole level: its highest; of the last, which has none, one a step higher.

    >>> [level_of(score_of_level(level)) for level in range(1, 6)]
    [1, 2, 3, 4, 5]
    """
    return (*LEVELS, 2 * LEVELS[-1] - LEVELS[-2])[level - 1]


def level_of(score: int) -> int:
    """The level of a score: 1 to 5."""
    return 1 + sum(score > top for top in LEVELS)
