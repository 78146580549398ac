"""Which problem each student gets in each place of a sheet.

All versions of a place have one score. No two problems of a class are the same up to renaming
while there are unused ones, and neighbours on the roster get problems of different structure
while there are such. What has been dealt before is never changed: whoever joins a class, leaves
it or is called otherwise changes nobody else's sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from gen.problems.family import Member
from gen.problems.identity import canonical, skeleton
from gen.problems.likeness import likeness
from gen.problems.measured import Place, canonical_at, drawn, member_at, places, plain, score_at, skeleton_at
from gen.problems.pick import number_from
from gen.problems.slot import Kept, Slot, Wanted
from gen.problems.target import has_score, matches, of_level, serving, target
from gen.problems.task import Task

ATTEMPTS = 60  # draws before the families are walked in order
OTHERS = 8  # further draws for a structure that the neighbours do not have
LOOKS = 100_000  # likenesses whose scores are remembered while cards are dealt

# What is looked for: what is wanted, its score, and the structures that are avoided.
_Search: TypeAlias = tuple[Wanted, int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A member as a student gets it. `repeated`: someone has it already, for want of unused ones."""

    member: Member
    canonical: str
    score: int
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Hand:
    """What a student gets, in the order of the slots."""

    student: str
    drawn: tuple[Drawn, ...]


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


def deal(
    slots: Sequence[Slot],
    students: Sequence[str],
    seed: str,
    known: Mapping[tuple[str, str], Drawn],
) -> Dealt:
    """The members for all students; those `known` (by student and key of the slot) stay as they are.

    `students` are in the order of the roster. Raises `ShortError` for a slot that cannot be filled.
    """
    scores = tuple(score_of(slot) for slot in slots)
    table = _Table(seed, known)
    hands: list[Hand] = []
    for row, student in enumerate(students):
        around = (*students[max(0, row - 1) : row], *students[row + 1 : row + 2])
        cards = tuple(
            table.given(slot, score, student, around) for slot, score in zip(slots, scores, strict=True)
        )
        hands.append(Hand(student, cards))
    return Dealt(tuple(hands), scores)


def score_of(slot: Slot) -> int:
    """The score of a slot: the recorded one, else that of its sample. Raises `ShortError`."""
    score = target(slot.wanted) if slot.score is None else slot.score
    if score is None:
        raise ShortError(slot, None)
    return score


class _Table:
    """What lies on the table while cards are dealt; lives for one call of `deal`."""

    def __init__(self, seed: str, known: Mapping[tuple[str, str], Drawn]) -> None:
        self._seed = seed
        self._given = dict(known)
        self._used = {card.canonical for card in known.values()}
        self._bones: dict[tuple[str, str], str] = {}
        self._own: dict[str, set[str]] = {}
        self._families: dict[str, set[str]] = {}
        for (student, _), card in known.items():
            self._own.setdefault(student, set()).add(card.canonical)
            self._families.setdefault(student, set()).add(card.member.family)
        # Unused members never come back, so what has once not been found need not be looked for again.
        self._dry: set[_Search] = set()
        self._barren: set[_Search] = set()  # where there is nothing, used or not
        # The scores by likeness. They only spare derivations of what is drawn and will not do: a member that
        # is dealt, and every member of a family that is walked, has its own score.
        self._looks: dict[Task, int | None] = {}

    def given(self, slot: Slot, score: int, student: str, around: Sequence[str]) -> Drawn:
        """The card of a student for a slot, which is dealt if there is none."""
        key = (student, slot.key)
        if key not in self._given:
            avoided = frozenset(b for b in (self._bones_of(name, slot) for name in around) if b)
            card, bones = self._dealt(slot, score, student, avoided)
            self._given[key], self._bones[key] = card, bones
            self._used.add(card.canonical)
            self._own.setdefault(student, set()).add(card.canonical)
            self._families.setdefault(student, set()).add(card.member.family)
        return self._given[key]

    def _bones_of(self, student: str, slot: Slot) -> str:
        key = (student, slot.key)
        if key not in self._bones:
            card = self._given.get(key)
            if card is None:
                return ""
            self._bones[key] = skeleton(card.member.task)
        return self._bones[key]

    def _dealt(self, slot: Slot, score: int, student: str, avoided: frozenset[str]) -> tuple[Drawn, str]:
        seed = f"{self._seed}/{student}/{slot.key}"
        own = self._own.get(student, set())
        if slot.wanted.pool:
            return self._kept(slot, score, student, seed, avoided)
        for taken in (self._used, own):
            found = self._unlike(slot, score, seed, taken, avoided)
            if found is not None:
                place, member = found
                name = canonical_at(place)
                return Drawn(member, name, score, name in self._used), skeleton_at(place)
        raise ShortError(slot, score)

    def _kept(
        self, slot: Slot, score: int, student: str, seed: str, avoided: frozenset[str]
    ) -> tuple[Drawn, str]:
        """A problem of the pool: one that nobody has, if it can be, unlike those of the neighbours."""
        order = sorted(of_level(slot.wanted), key=lambda kept: number_from(f"{seed}/{kept.name}"))
        held = self._families.get(student, set())
        own = self._own.get(student, set())
        # Members of a family that the student has already come last: a sheet draws many kinds of problems.
        order.sort(key=lambda kept: kept.wanted is not None and bool(held & set(kept.wanted.families)))
        for taken, unlike in ((self._used, avoided), (self._used, frozenset()), (own, frozenset())):
            for kept in order:
                found = self._of_kept(kept, seed, taken, unlike)
                if found is not None:
                    member, name, bones = found
                    return Drawn(member, name, kept.score, name in self._used), bones
        raise ShortError(slot, score)

    def _of_kept(
        self, kept: Kept, seed: str, taken: set[str], avoided: frozenset[str]
    ) -> tuple[Member, str, str] | None:
        """A problem of a bank with its canonical text and its structure, if it is not taken nor avoided."""
        if kept.member is not None:
            name, bones = canonical(kept.member.task), skeleton(kept.member.task)
            return None if name in taken or bones in avoided else (kept.member, name, bones)
        assert kept.wanted is not None
        slot = Slot(kept.name, kept.wanted, kept.score)
        found = self._unlike(slot, kept.score, f"{seed}/{kept.name}", taken, avoided)
        if found is None or (avoided and skeleton_at(found[0]) in avoided):
            return None
        return found[1], canonical_at(found[0]), skeleton_at(found[0])

    def _unlike(
        self, slot: Slot, score: int, seed: str, taken: set[str], avoided: frozenset[str]
    ) -> tuple[Place, Member] | None:
        """A member that is not taken, if it can be of a structure that is not avoided."""
        if taken is self._used and (slot.wanted, score, frozenset[str]()) in self._dry:
            return None
        second: tuple[Place, Member] | None = None
        left = ATTEMPTS
        for place, member in self._draws(slot, score, seed, taken):
            if skeleton_at(place) not in avoided:
                return place, member
            second = second or (place, member)
            left = min(left, OTHERS)
            if (left := left - 1) <= 0:
                break
        found = self._walked(slot, score, seed, taken, avoided) if avoided else None
        return found or second or self._walked(slot, score, seed, taken, frozenset())

    def _draws(self, slot: Slot, score: int, seed: str, taken: set[str]) -> Iterator[tuple[Place, Member]]:
        families = serving(slot.wanted)
        for attempt in range(ATTEMPTS):
            place = drawn(slot.wanted, families, f"{seed}/{attempt}")
            if self._may_have(score, place) and _will_do(slot, score, place, taken):
                yield place, member_at(place, f"{seed}/{attempt}/names")

    def _may_have(self, score: int, place: Place) -> bool:
        """Has a member the score, judged by the first of its likeness that was drawn?"""
        look = likeness(plain(place))
        if look not in self._looks:
            if len(self._looks) >= LOOKS:
                return True
            self._looks[look] = score_at(place)
        return self._looks[look] == score

    def _walked(
        self, slot: Slot, score: int, seed: str, taken: set[str], avoided: frozenset[str]
    ) -> tuple[Place, Member] | None:
        """The first such member there is; None where there is none."""
        key = (slot.wanted, score, avoided)
        fresh = taken is self._used
        if key in self._barren or (fresh and key in self._dry):
            return None
        barren = True
        for place in places(slot.wanted, serving(slot.wanted)):
            if has_score(score, place) and skeleton_at(place) not in avoided:
                if _will_do(slot, score, place, taken):
                    return place, member_at(place, f"{seed}/names")
                barren = barren and canonical_at(place) not in taken
        if fresh:
            self._dry.add(key)
        if barren:
            self._barren.add(key)
        return None


def _will_do(slot: Slot, score: int, place: Place, taken: set[str]) -> bool:
    # The cheap questions first.
    if not has_score(score, place) or canonical_at(place) in taken:
        return False
    return matches(slot.wanted, score, place)
