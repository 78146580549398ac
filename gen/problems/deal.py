"""Which problem each student gets in each place of a sheet.

All versions of a place have one score. No two problems of a class are the same up to renaming
while there are unused ones, and neighbours on the roster get problems of different structure
while there are such. What has been dealt before is never changed: whoever joins a class, leaves
it or is called otherwise changes nobody else's sheet.

Every problem that is dealt has been solved, and its score is its own. These solutions are passed on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from typing import Any

from gen.errors import InputError
from gen.problems.candidates import Candidate, Candidates
from gen.problems.difficulty import Difficulty, difficulty
from gen.problems.family import Member
from gen.problems.form_record import form_record
from gen.problems.identity import identity, skeleton
from gen.problems.item import Body
from gen.problems.make_item import body_of
from gen.problems.measured import canonical_at, is_not_offered, member_at, skeleton_at
from gen.problems.pick import number_from
from gen.problems.slot import Kept, Slot, Wanted, uses
from gen.problems.solve import solve
from gen.problems.target import of_level, target
from gen.problems.worked import Worked

OTHERS = 8  # further draws for a structure that the neighbours do not have


@dataclass(frozen=True, slots=True)
class Drawn:
    """A member as a student gets it. `repeated`: someone has it already, for want of unused ones."""

    member: Member
    canonical: str
    score: int
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Solved:
    """The solution of a member, held against numbers, what the form of its slot makes of it, and how hard."""

    worked: Worked
    body: Body
    difficulty: Difficulty


@dataclass(frozen=True, slots=True)
class Hand:
    """What a student gets, in the order of the slots.

    By keys of slots, as far as they have been found: `solved` are the solutions that were to be kept, `forms`
    what the forms have drawn (`form_record`).
    """

    student: str
    drawn: tuple[Drawn, ...]
    solved: Mapping[str, Solved] = field(default_factory=dict, compare=False, repr=False)
    forms: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Making:
    """How members are solved and put into forms; whoever measures takes others than `solve` and `body_of`."""

    solve: Callable[..., Worked] = solve
    body_of: Callable[..., Body | None] = body_of


MAKING = Making()


@dataclass(frozen=True, slots=True)
class Dealt:
    """What everybody gets, in the order of the roster, and the score of each slot."""

    hands: tuple[Hand, ...]
    scores: tuple[int, ...]


class ShortError(Exception):
    """A slot cannot be filled: no member has its difficulty (`score` None), or a sheet has them all."""

    def __init__(self, slot: Slot, score: int | None) -> None:
        super().__init__(slot.key)
        self.slot = slot
        self.score = score


@dataclass(frozen=True, slots=True)
class _Asker:
    """Who is dealt to: the seed of the form and of the draws, the neighbours' structures, what is checked."""

    seed: str
    avoided: frozenset[str]
    own: Collection[str]
    is_checked: bool


@dataclass(frozen=True, slots=True)
class _Card:
    """What is dealt, its structure, and its solution where it has been found."""

    drawn: Drawn
    bones: str
    solved: Solved | None = None


def deal(
    slots: Sequence[Slot],
    students: Sequence[str],
    seed: str,
    known: Mapping[tuple[str, str], Drawn],
    *,
    kept: int | None = None,
    making: Making = MAKING,
) -> Dealt:
    """The members for all students at once; see `hands`."""
    everybody = tuple(hands(slots, students, seed, known, kept=kept, making=making))
    return Dealt(everybody, tuple(score_of(slot) for slot in slots))


def hands(
    slots: Sequence[Slot],
    students: Sequence[str],
    seed: str,
    known: Mapping[tuple[str, str], Drawn],
    *,
    kept: int | None = None,
    making: Making = MAKING,
) -> Iterator[Hand]:
    """Yield what each student gets, one after another.

    Members `known` (by student and key of the slot) stay as they are. `students` are in the order of the
    roster. The solutions of the first `kept` of them are checked and passed on, of all where it is None; the
    others' are only looked at. Raises `ShortError` for a slot that cannot be filled, and CheckError.
    """
    scores = [score_of(slot) for slot in slots]
    table = _Table(slots, students, seed, known, Candidates(_measured(slots)), making)
    for row, student in enumerate(students):
        around = (*students[max(0, row - 1) : row], *students[row + 1 : row + 2])
        table.turn_to(student, around)
        is_kept = kept is None or row < kept
        cards: list[Drawn] = []
        solved: dict[str, Solved] = {}
        forms: dict[str, Any] = {}
        for slot, score in zip(slots, scores, strict=True):
            drawn, solution = table.given(slot, score, is_kept)
            cards.append(drawn)
            if solution is not None:
                forms[slot.key] = form_record(solution.body)
                if is_kept:
                    solved[slot.key] = solution
        yield Hand(student, tuple(cards), solved, forms)


def score_of(slot: Slot) -> int:
    """The score of a slot: the recorded one, else that of its sample. Raises `ShortError`."""
    score = target(slot.wanted) if slot.score is None else slot.score
    if score is None:
        raise ShortError(slot, None)
    return score


def _measured(slots: Sequence[Slot]) -> tuple[Wanted, ...]:
    """What has been sampled for its score: where none is recorded, and what is kept in pools."""
    pools = (kept.wanted for slot in slots for kept in slot.wanted.pool)
    return (*(slot.wanted for slot in slots if slot.score is None), *filter(None, pools))


class _Table:
    """What lies on the table while cards are dealt; lives for one call of `hands`.

    Of those who have been dealt to, it remembers what nobody else may get, and the structures of the last.
    """

    def __init__(
        self,
        slots: Sequence[Slot],
        students: Sequence[str],
        seed: str,
        known: Mapping[tuple[str, str], Drawn],
        candidates: Candidates,
        making: Making,
    ) -> None:
        self._seed = seed
        self._candidates = candidates
        self._making = making
        self._known = known
        self._used: set[str] = set()
        self._bones: dict[tuple[str, str], str] = {}
        self._student = ""
        self._around: Sequence[str] = ()
        self._own: set[str] = set()
        self._families: set[str] = set()
        lacking = {name for name in students if any((name, slot.key) not in known for slot in slots)}
        # What those have already who are to be dealt more.
        self._held: dict[str, list[tuple[str, str]]] = {}
        for (student, _), card in known.items():
            self._used.add(card.canonical)
            if student in lacking:
                self._held.setdefault(student, []).append((card.canonical, card.member.family))

    def turn_to(self, student: str, around: Sequence[str]) -> None:
        """Deal to this student from now on, who sits between those `around`."""
        near = (student, *around)
        self._bones = {key: bones for key, bones in self._bones.items() if key[0] in near}
        held = self._held.pop(student, ())
        self._student, self._around = student, around
        self._own = {canonical for canonical, _ in held}
        self._families = {family for _, family in held}

    def given(self, slot: Slot, score: int, is_checked: bool) -> tuple[Drawn, Solved | None]:
        """The student's card for a slot, which is dealt if there is none; with its solution, if it is."""
        key = (self._student, slot.key)
        if (there := self._known.get(key)) is not None:
            return there, None
        avoided = frozenset(b for b in (self._bones_of(name, slot) for name in self._around) if b)
        asker = _Asker(f"{self._seed}/{self._student}/{slot.key}", avoided, self._own, is_checked)
        card = self._of_pool(slot, asker) if slot.wanted.pool else self._of_families(slot, score, asker)
        if card is None:
            raise ShortError(slot, score)
        self._bones[key] = card.bones
        self._used.add(card.drawn.canonical)
        self._own.add(card.drawn.canonical)
        self._families.add(card.drawn.member.family)
        return card.drawn, card.solved

    def _bones_of(self, student: str, slot: Slot) -> str:
        key = (student, slot.key)
        if key not in self._bones:
            card = self._known.get(key)
            if card is None:
                return ""
            self._bones[key] = skeleton(card.member.task)
        return self._bones[key]

    def _of_families(self, slot: Slot, score: int, asker: _Asker) -> _Card | None:
        """A member that nobody has, if it can be; else one that the student does not have."""
        found = self._unlike(slot, score, asker, asker.seed, self._used)
        return found or self._unlike(slot, score, asker, asker.seed, asker.own)

    def _of_pool(self, slot: Slot, asker: _Asker) -> _Card | None:
        """A problem of the pool: one that nobody has, if it can be, unlike those of the neighbours."""
        order = sorted(of_level(slot.wanted), key=lambda kept: number_from(f"{asker.seed}/{kept.name}"))
        # Members of a family that the student has already come last: a sheet draws many kinds of problems.
        order.sort(
            key=lambda kept: kept.wanted is not None and bool(self._families & set(kept.wanted.families))
        )
        indifferent = replace(asker, avoided=frozenset())
        for taken, who in ((self._used, asker), (self._used, indifferent), (asker.own, indifferent)):
            for kept in order:
                card = self._of_kept(kept, slot, who, taken)
                if card is not None:
                    return card
        return None

    def _of_kept(self, kept: Kept, slot: Slot, asker: _Asker, taken: Collection[str]) -> _Card | None:
        """A problem of a bank, if it is not taken nor avoided."""
        if kept.member is not None:
            found = identity(kept.member.task)
            if found.canonical in taken or found.skeleton in asker.avoided:
                return None
            repeated = found.canonical in self._used
            return _Card(Drawn(kept.member, found.canonical, kept.score, repeated), found.skeleton)
        assert kept.wanted is not None
        own = Slot(kept.name, kept.wanted, kept.score, slot.fade)
        card = self._unlike(own, kept.score, asker, f"{asker.seed}/{kept.name}", taken)
        return None if card is None or card.bones in asker.avoided else card

    def _unlike(
        self, slot: Slot, score: int, asker: _Asker, seed: str, taken: Collection[str]
    ) -> _Card | None:
        """A member that is not taken, if it can be of a structure that is not avoided."""
        fresh = taken is self._used
        if fresh and self._candidates.is_dry(slot, score):
            return None
        like: list[Candidate] = []
        for one in self._candidates.drawn(slot, score, seed, taken):
            if skeleton_at(one.place) not in asker.avoided:
                card = self._card(slot, score, asker, one)
                if card is not None:
                    return card
            else:
                like.append(one)
            if len(like) == OTHERS:
                break
        everywhere = partial(self._candidates.walked, slot, score, seed, taken)
        others = everywhere(asker.avoided, fresh) if asker.avoided else ()
        cards = (
            self._card(slot, score, asker, one) for one in chain(others, like, everywhere(frozenset(), fresh))
        )
        return next(filter(None, cards), None)

    def _card(self, slot: Slot, score: int, asker: _Asker, one: Candidate) -> _Card | None:
        """The member with its solution, if it is what the slot wants."""
        member = member_at(one.place, one.names)
        try:
            worked = self._making.solve(member.task, check=asker.is_checked)
        except InputError as error:
            if is_not_offered(error, one.place):
                return None
            raise
        hard = difficulty(worked)
        if hard.score != score or not uses(worked, slot.wanted.require):
            return None
        body = self._making.body_of(worked, slot.wanted.form, seed=asker.seed, fade=slot.fade)
        if body is None:
            return None
        name = canonical_at(one.place)
        drawn = Drawn(member, name, score, name in self._used)
        return _Card(drawn, skeleton_at(one.place), Solved(worked, body, hard))
