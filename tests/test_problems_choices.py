"""The tree of a family's choices leads where the choices themselves lead, and makes what they make."""

from __future__ import annotations

import pytest

from gen.problems.cast import Cast
from gen.problems.catalogue import FAMILIES
from gen.problems.choices import Choices
from gen.problems.family import Family
from gen.problems.pick import Pick
from gen.problems.task import Task


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_seed_leads_to_the_member_that_its_choices_make(family: Family) -> None:
    tree = Choices(family.make)
    for seed in [f"tree/{k}" for k in range(12)] * 2:
        pick = Pick(seed=seed)
        task = family.make(pick, Cast())
        path = tree.drawn(seed)
        assert (path, tree.made(path)) == (tuple(pick.taken), task)


def test_what_has_been_drawn_is_not_made_again() -> None:
    family = FAMILIES[0]
    calls: list[Pick] = []

    def make(pick: Pick, cast: Cast) -> Task:
        calls.append(pick)
        return family.make(pick, cast)

    tree = Choices(make)
    path = tree.drawn("a")
    assert (tree.drawn("a"), tree.made(path), len(calls)) == (path, family.make(Pick(path), Cast()), 1)


def test_a_family_without_choices_has_one_member() -> None:
    task = FAMILIES[0].make(Pick(), Cast())
    tree = Choices(lambda pick, cast: task)
    assert [tree.drawn(seed) for seed in ("a", "b")] == [(), ()]
    assert tree.made(()) is task
