"""The score that all students' versions of a problem have, and how many members have it.

It is read off a fixed sample of the families, so that no roster and no seed decides it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice

from gen.problems.difficulty import level_of, score_of_level
from gen.problems.likeness import Likeness
from gen.problems.measured import (
    Place,
    canonical_at,
    drawn,
    families_of,
    fits_at,
    likeness_at,
    places,
    score_at,
    uses_at,
)
from gen.problems.slot import Kept, Wanted

SAMPLE = 60  # draws of each family
GLIMPSE = 12  # draws that tell whether a family ever uses the rules that are required
WALK = 600  # members that are looked at in order where the sample has none


@lru_cache(maxsize=1024)
def serving(wanted: Wanted) -> tuple[str, ...]:
    """The families in which members with the rules that are required have been seen."""
    names = families_of(wanted)
    if not wanted.require:
        return names
    return tuple(name for name in names if any(_suits(wanted, p) for p in _draws(wanted, name, GLIMPSE)))


@dataclass(frozen=True, slots=True)
class Kin:
    """Members of one likeness in a sample: the first of them and its score, how many, of which families."""

    likeness: Likeness
    first: Place
    score: int
    count: int
    families: frozenset[str]


@lru_cache(maxsize=1024)
def sampled(wanted: Wanted) -> tuple[Kin, ...]:
    """A fixed sample of what is wanted, of whatever difficulty and form, by likeness.

    Only the first of a likeness is solved, and the others are taken to have its score.
    """
    seen = dict.fromkeys(p for name in serving(wanted) for p in _draws(wanted, name, SAMPLE))
    alike: dict[Likeness, list[Place]] = {}
    for place in seen:
        alike.setdefault(likeness_at(place), []).append(place)
    return tuple(
        Kin(look, found[0], _score(found[0]), len(found), frozenset(place.family for place in found))
        for look, found in alike.items()
    )


@lru_cache(maxsize=1024)
def scores(wanted: Wanted) -> tuple[tuple[int, int], ...]:
    """The scores of the sample of what is wanted: (score, how often), sorted."""
    counts: Counter[int] = Counter()
    for kin in sampled(wanted):
        if _suits(wanted, kin.first):
            counts[kin.score] += kin.count
    return tuple(sorted(counts.items()))


@lru_cache(maxsize=1024)
def target(wanted: Wanted) -> int | None:
    """The score for all: the most frequent of the difficulty that is wanted, the lower of two.

    None where no member has that difficulty.
    """
    if wanted.pool:
        return score_of_level(wanted.difficulty or 1) if of_level(wanted) else None
    found = _usual(wanted)
    if found is not None:
        return found
    walked = islice(places(wanted, serving(wanted)), WALK)
    return _most(wanted, Counter(_score(place) for place in walked if _suits(wanted, place)))


def _usual(wanted: Wanted) -> int | None:
    """The most frequent score in the sample; whether members will do is asked only where it may decide."""
    drawn_so_often: Counter[int] = Counter()
    for kin in sampled(wanted):
        if wanted.difficulty in (None, level_of(kin.score)):
            drawn_so_often[kin.score] += kin.count
    best: tuple[int, int] | None = None
    for score, count in sorted(drawn_so_often.items(), key=lambda found: (-found[1], found[0])):
        if best is not None and best > (count, -score):
            break
        will_do = sum(
            kin.count for kin in sampled(wanted) if kin.score == score and _suits(wanted, kin.first)
        )
        if will_do:
            best = max(best or (0, 0), (will_do, -score))
    return None if best is None else -best[1]


def guesses(wanted: Wanted, score: int) -> dict[Likeness, bool]:
    """Which members will do, by likeness, as far as the sample has them: with the score, and as is wanted."""
    return {kin.likeness: matches(wanted, score, kin.first) for kin in sampled(wanted)}


@lru_cache(maxsize=1024)
def promising(wanted: Wanted, score: int) -> tuple[str, ...]:
    """The families of which the sample has members with a score; where it has none, all that serve."""
    found = {name for kin in sampled(wanted) if matches(wanted, score, kin.first) for name in kin.families}
    return tuple(name for name in serving(wanted) if name in found) or serving(wanted)


def levels(wanted: Wanted) -> tuple[int, ...]:
    """The levels of difficulty that a sample of what is wanted has."""
    if wanted.pool:
        return tuple(sorted({kept.level for kept in wanted.pool}))
    return tuple(sorted({level_of(score) for score, _ in scores(wanted)}))


def has_score(score: int, place: Place) -> bool:
    """Whether a member has the score: the cheapest of the questions that `matches` asks."""
    return _score(place) == score


def matches(wanted: Wanted, score: int, place: Place) -> bool:
    """Whether a member is what is wanted, and has the score."""
    return _score(place) == score and _suits(wanted, place)


def members(wanted: Wanted, score: int, at_most: int) -> int:
    """How many members with a score there are, no two the same up to renaming; counting ends at `at_most`."""
    if wanted.pool:
        return min(at_most, sum(_kept_members(kept, at_most) for kept in of_level(wanted)))
    # The sample has been measured for the score: often it says already that there are enough.
    sample = (p for name in serving(wanted) for p in _draws(wanted, name, SAMPLE))
    return sum(1 for _ in islice(_distinct(wanted, score, chain(sample, _walk(wanted))), at_most))


def of_level(wanted: Wanted) -> tuple[Kept, ...]:
    """What is kept in the pool of the difficulty that is wanted."""
    return tuple(kept for kept in wanted.pool if wanted.difficulty in (None, kept.level))


def _kept_members(kept: Kept, at_most: int) -> int:
    return 1 if kept.wanted is None else members(kept.wanted, kept.score, at_most)


def distinct(wanted: Wanted, score: int) -> Iterator[Place]:
    """The members with a score in order, no two the same up to renaming."""
    return _distinct(wanted, score, _walk(wanted))


def _walk(wanted: Wanted) -> Iterator[Place]:
    yield from places(wanted, serving(wanted))


def _distinct(wanted: Wanted, score: int, among: Iterable[Place]) -> Iterator[Place]:
    seen: set[str] = set()
    for place in among:
        name = canonical_at(place)
        if name not in seen and matches(wanted, score, place):
            seen.add(name)
            yield place


def _draws(wanted: Wanted, family: str, count: int) -> Iterator[Place]:
    return (drawn(wanted, (family,), f"sample/{k}") for k in range(count))


def _suits(wanted: Wanted, place: Place) -> bool:
    return score_at(place) is not None and uses_at(place, wanted.require) and fits_at(place, wanted.form)


def _score(place: Place) -> int:
    found = score_at(place)
    return -1 if found is None else found


def _most(wanted: Wanted, counts: dict[int, int]) -> int | None:
    fitting = [score for score in counts if wanted.difficulty in (None, level_of(score))]
    return max(fitting, key=lambda score: (counts[score], -score), default=None)
