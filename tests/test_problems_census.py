"""Counts of families: the levels are those that sheets are told of, and no more is walked than is needed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from gen.problems import census as module
from gen.problems.catalogue import FAMILIES, FAMILY_NAMED
from gen.problems.census import COUNTED, census
from gen.problems.family import Family
from gen.problems.levels_seen import LEVELS_SEEN
from gen.problems.slot import Wanted
from gen.problems.target import distinct, levels, members, target
from gen.problems.walked import Walked

SOME = FAMILIES[:: len(FAMILIES) // 6]


def test_the_table_of_levels_has_every_family() -> None:
    assert list(LEVELS_SEEN) == [family.name for family in FAMILIES]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_levels_are_those_that_a_sheet_is_told_of(family: Family) -> None:
    found = census(family)
    assert found.levels == levels(Wanted((family.name,)))
    assert found.members == COUNTED or not found.more


def test_a_family_that_is_not_in_the_table_is_sampled() -> None:
    known = FAMILY_NAMED["trace-product"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "LEVELS_SEEN", {})
        assert census(known).levels == LEVELS_SEEN["trace-product"]


@pytest.mark.parametrize("family", SOME, ids=lambda family: family.name)
def test_counting_with_the_sample_is_no_less_than_walking(family: Family) -> None:
    wanted = Wanted((family.name,))
    score = target(wanted)
    assert score is not None
    walked = sum(1 for _ in itertools.islice(distinct(wanted, score), 12))
    assert members(wanted, score, 12) == walked


def test_a_walk_goes_only_as_far_as_it_is_asked_and_again() -> None:
    asked: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(5):
            asked.append(number)
            yield number

    walk = Walked(numbers())
    first, second = iter(walk), iter(walk)
    assert (next(first), next(first), next(second)) == (0, 1, 0)
    assert asked == [0, 1]
    assert (list(second), list(first), list(walk)) == ([1, 2, 3, 4], [2, 3, 4], [0, 1, 2, 3, 4])
    assert asked == [0, 1, 2, 3, 4]
