"""Members that may be dealt for a slot: those drawn at random, and after these all there are, in order.

Hardly any is solved for it. A member drawn is taken to have the score of the first of its likeness, so that
those of another score, and those that somebody has, cost nothing. Whoever deals one solves it, and sees.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from gen.problems.form import Fading
from gen.problems.likeness import Likeness
from gen.problems.measured import Place, canonical_at, drawn, likeness_at, places, skeleton_at
from gen.problems.slot import Slot, Wanted
from gen.problems.target import guesses, has_score, matches, promising, serving

ATTEMPTS = 60  # draws before the families are walked in order
PATIENCE = 12  # draws before one of a likeness that nobody knows is solved

# What is looked for: what is wanted and left blank, its score, and the structures that are avoided.
_Search: TypeAlias = tuple[Wanted, Fading | None, int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place, and the seed of the names of its member."""

    place: Place
    names: str


class Candidates:
    """Where members are looked for, with what has been seen on the way; lives while one class is dealt to."""

    def __init__(self, measured: Collection[Wanted]) -> None:
        """`measured` is what has been sampled already; for the others a sample costs more than it spares."""
        self._measured = frozenset(measured)
        self._guesses: dict[tuple[Wanted, int], dict[Likeness, bool]] = {}
        # Unused members never come back, so what has once not been found need not be looked for again.
        self._dry: set[_Search] = set()
        self._barren: set[_Search] = set()  # where there is nothing, used or not

    def is_dry(self, slot: Slot, score: int) -> bool:
        """Have all members with a score been dealt?"""
        return (slot.wanted, slot.fade, score, frozenset[str]()) in self._dry

    def drawn(self, slot: Slot, score: int, seed: str, taken: Collection[str]) -> Iterator[Candidate]:
        """Draws that are not taken and, judged by their likeness, will do; none twice."""
        # Families without such members are left for the walk.
        measured = slot.wanted in self._measured
        families = promising(slot.wanted, score) if measured else serving(slot.wanted)
        guess = self._guess(slot.wanted, score)
        seen: set[Place] = set()
        unknown: list[Candidate] = []
        for attempt in range(ATTEMPTS):
            one = Candidate(drawn(slot.wanted, families, f"{seed}/{attempt}"), f"{seed}/{attempt}/names")
            if one.place not in seen:
                seen.add(one.place)
                will_do = guess.get(likeness_at(one.place))
                if will_do is None:
                    unknown.append(one)
                elif will_do and canonical_at(one.place, one.names) not in taken:
                    yield one
            if attempt % PATIENCE == PATIENCE - 1:
                for other in unknown:
                    if (
                        self._judged(slot.wanted, score, other.place)
                        and canonical_at(other.place, other.names) not in taken
                    ):
                        yield other
                unknown = []

    def _guess(self, wanted: Wanted, score: int) -> dict[Likeness, bool]:
        key = (wanted, score)
        if key not in self._guesses:
            self._guesses[key] = guesses(wanted, score) if wanted in self._measured else {}
        return self._guesses[key]

    def _judged(self, wanted: Wanted, score: int, place: Place) -> bool:
        """Will the member do, judged by the first of its likeness? It may be the first."""
        guess, look = self._guess(wanted, score), likeness_at(place)
        if look not in guess:
            guess[look] = matches(wanted, score, place)
        return guess[look]

    def walked(
        self, slot: Slot, score: int, seed: str, taken: Collection[str], avoided: frozenset[str], fresh: bool
    ) -> Iterator[Candidate]:
        """All members that will do, in order; `fresh` where what is taken is all that has been dealt.

        Who comes to the end has found nothing, and that is remembered.
        """
        key = (slot.wanted, slot.fade, score, avoided)
        if key in self._barren or (fresh and key in self._dry):
            return
        families, guess = serving(slot.wanted), self._guess(slot.wanted, score)
        # Those of a likeness that is known to do come first: for them nothing is solved here.
        for place in places(slot.wanted, families):
            if not guess.get(likeness_at(place)) or skeleton_at(place) in avoided:
                continue
            if canonical_at(place) not in taken:
                yield Candidate(place, f"{seed}/names")
        barren = True
        for place in places(slot.wanted, families):
            if has_score(score, place) and skeleton_at(place) not in avoided:
                is_taken = canonical_at(place) in taken
                if not is_taken and matches(slot.wanted, score, place):
                    yield Candidate(place, f"{seed}/names")
                barren = barren and not is_taken
        if fresh:
            self._dry.add(key)
        if barren:
            self._barren.add(key)
