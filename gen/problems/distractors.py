"""Wrong answers that students give: every misconception replayed, each answer proven wrong by numbers.

A wrong answer counts if it differs from the right one at every random point, has its shape or that
of its transpose, and differs from the other wrong ones. What is right in another layout is no
wrong answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from math import gcd

from gen.derivation.entry_methods import matrix_shape
from gen.language.function import Array
from gen.language.index import Entry, Terms
from gen.language.node import Node
from gen.language.token_count import tokens
from gen.problems.answer_points import AnswerPoints, NoPointError, Sized
from gen.problems.index_world import free_letters
from gen.problems.misconception import Misconception, Wrong
from gen.problems.misconceptions import MISCONCEPTIONS
from gen.problems.misreadings import misread_answers
from gen.problems.pick import Pick
from gen.problems.replay import Replay, Replayer
from gen.problems.task import Derive, Read
from gen.problems.worked import Answer, Worked

DELTAS_USED = frozenset(("contraction",))
LONGER, SPARE = 1.4, 4
TURNED_IS_RIGHT = ("jacobian", "vecjac")


def wrongs(worked: Worked) -> tuple[Wrong, ...]:
    """Every wrong answer there is to a problem, in the order of MISCONCEPTIONS.

    Where two mistakes lead to one answer, it belongs to the first of them.
    """
    if isinstance(worked.task, Read):
        return misread_answers(worked)
    proof = Proof.of(worked)
    if proof is None:
        return ()
    return tuple(wrong_of(r, worked) for m in MISCONCEPTIONS for r in proof.proven(m))


def distractors(worked: Worked, count: int, pick: Pick) -> tuple[Wrong, ...]:
    """So many wrong answers, chosen by `pick`, each by another misconception if possible; fewer if there are.

    Slips of sign and number come only where there are too few others, and after them answers so
    long that they give themselves away.
    """
    if isinstance(worked.task, Read):
        return _of_reading(worked, count, pick)
    order = [m for tier in _tiers(isinstance(worked.task, Derive)) if tier for m in _shuffled(tier, pick)]
    proof = Proof.of(worked, brief=True)
    if proof is None or count < 1:
        return ()
    return tuple(wrong_of(r, worked) for r in islice(_one_each(proof, order), count))


def are_enough(worked: Worked, count: int) -> bool:
    """Whether `distractors` finds so many; asked in the order that answers soonest.

    How many answers differ does not depend on the order in which they are made.
    """
    if isinstance(worked.task, Read):
        return len(misread_answers(worked)) >= count
    proof = Proof.of(worked, brief=True)
    if proof is None:
        return False
    # Where the closed form is written, no line has to be derived again.
    quickest = sorted(MISCONCEPTIONS, key=lambda m: m.in_form is None)
    return sum(1 for _ in islice(_one_each(proof, quickest), count)) == count


def _of_reading(worked: Worked, count: int, pick: Pick) -> tuple[Wrong, ...]:
    """Wrong answers to a task of reading, as `distractors`."""
    found = list(misread_answers(worked))
    if count < 1 or not found:
        return ()
    order = {m.name: k for k, m in enumerate(_shuffled(MISCONCEPTIONS, pick))}
    names = [wrong.misconception.name for wrong in found]
    # Those of one misconception that come after its first come last.
    later = [names[:k].count(name) for k, name in enumerate(names)]
    ranked = sorted(range(len(found)), key=lambda k: (later[k], order[names[k]]))
    return tuple(found[k] for k in ranked[:count])


@cache
def _tiers(of_derivation: bool) -> tuple[tuple[Misconception, ...], ...]:
    """What is tried first, then what is less likely in a derivation, last slips."""
    tiers: list[list[Misconception]] = [[], [], []]
    for m in MISCONCEPTIONS:
        tiers[2 if m.plain else 1 if of_derivation and _is_of_deltas(m) else 0].append(m)
    return tuple(map(tuple, tiers))


def _is_of_deltas(m: Misconception) -> bool:
    """Is it made with the deltas at the end? In a derivation others are likelier."""
    return m.rules == DELTAS_USED


def _one_each(proof: Proof, order: list[Misconception]) -> Iterator[Replay]:
    """The first wrong answer of each misconception; after these the others, and last the long ones."""
    others: list[Iterator[Replay]] = []
    for m in order:
        proven = proof.proven(m)
        for replay in proven:
            others.append(proven)
            yield replay
            break
    for proven in others:
        yield from proven
    for replay in proof.long:
        if proof.is_new(replay):
            yield replay


def _shuffled(misconceptions: Sequence[Misconception], pick: Pick) -> list[Misconception]:
    """Another order: from a place on, in strides that meet each once."""
    count = len(misconceptions)
    start, stride = pick(*range(count)), pick(*_strides(count))
    return [misconceptions[(start + k * stride) % count] for k in range(count)]


@cache
def _strides(count: int) -> tuple[int, ...]:
    return tuple(k for k in range(1, count + 1) if gcd(k, count) == 1)


@dataclass(frozen=True, slots=True)
class Proof:
    """A problem with the values of its right answer and of all wrong ones proven so far.

    `long` are replays put aside because their answers are longer than `longest`: among the others
    they would give themselves away.
    """

    worked: Worked
    replayer: Replayer
    points: AnswerPoints
    known: list[Sized]
    longest: float | None
    long: list[Replay]

    @staticmethod
    def of(worked: Worked, *, brief: bool = False) -> Proof | None:
        """With `brief` long answers are put aside. None where the right one is in words or has no value."""
        if worked.answer.line is None:
            return None
        try:
            points = AnswerPoints(worked)
        except NoPointError:
            return None
        known = [Sized.of(points.right)]
        if isinstance(worked.answer.line, Node) and right_when_turned(worked):
            known.append(Sized(points.right.swapaxes(-1, -2), known[0].largest))
        longest = LONGER * length(worked.answer.line) + SPARE if brief else None
        return Proof(worked, Replayer(worked, copied_well=brief), points, known, longest, [])

    def proven(self, m: Misconception) -> Iterator[Replay]:
        """What the mistake leads to: wrong, of plausible shape, and different from all before."""
        for replay in self.replayer.replays(m):
            if self.longest is not None and length(replay.line) > self.longest:
                self.long.append(replay)
            elif self.is_new(replay):
                yield replay

    def is_new(self, replay: Replay) -> bool:
        """Is its answer wrong, plausible and unlike all others? Then it is one of these from now on."""
        value = self._plausible(replay.line)
        if value is None:
            return False
        sized = Sized.of(value)
        if not any(sized.largest):
            return False
        for other in self.known:
            if not sized.is_apart(other):
                return False
        self.known.append(sized)
        return True

    def _plausible(self, line: Node | Terms) -> Array | None:
        """The value of an answer that has the shape of the right one or of its transpose."""
        right = self.worked.answer.line
        if isinstance(line, Node) != isinstance(right, Node) or line == ():
            return None
        if not isinstance(line, Node) and isinstance(self.worked.task, Derive) and not free_letters(line):
            return None
        if isinstance(line, Node) and isinstance(right, Node):
            shape, own = (right.rows, right.cols), (line.rows, line.cols)
            if own not in (shape, shape[::-1]):
                return None
        return self.points.value(line)


def right_when_turned(worked: Worked) -> bool:
    """Is the transpose of the answer the answer in the other layout?"""
    if worked.derivation is None:
        return False
    problem = worked.derivation.problem
    return problem.kind in TURNED_IS_RIGHT or (problem.kind == "gradient" and not _is_wide(problem.wrt))


def _is_wide(node: Node) -> bool:
    return not (node.rows.is_one or node.cols.is_one)


def length(line: Node | Terms) -> int:
    """How many signs an answer takes, roughly."""
    if isinstance(line, Node):
        return tokens(line)
    return sum(
        len(t.bound) + sum(tokens(f.node) if isinstance(f, Entry) else 1 for f in t.factors) for t in line
    )


def wrong_of(replay: Replay, worked: Worked) -> Wrong:
    """A replay with its answer."""
    line = replay.line
    shape = matrix_shape(line) if isinstance(line, Node) else worked.answer.shape
    return Wrong(replay.misconception, replay.steps, replay.first, Answer(shape, line))
