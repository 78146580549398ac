"""`make soak`: 200 seeds of every family, and every family counted to its end.

Not part of the suite, which has a sample of the same in `test_problems_families.py`.
FREEINDEX_SEEDS sets the number of seeds.
"""

from __future__ import annotations

import os
from itertools import islice

import pytest

from gen.problems.answer_points import AnswerPoints, apart
from gen.problems.catalogue import FAMILIES
from gen.problems.deal import deal
from gen.problems.difficulty import difficulty
from gen.problems.distractors import wrongs
from gen.problems.family import Family, member
from gen.problems.identity import canonical, skeleton
from gen.problems.measured import MOST_PATHS
from gen.problems.pick import Pick
from gen.problems.slot import Slot, Wanted
from gen.problems.solve import solve
from gen.problems.target import levels, members, target
from gen.problems.task import Derive, Read
from tests.test_problems_families import MEMBERS, held_steps, tasks

SEEDS = int(os.environ.get("FREEINDEX_SEEDS", "200"))
ENOUGH = 200  # of the members with one score that are asked for
ASKED = 25  # how many get a problem of each level of a family

families = pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)


@families
def test_every_seed_gives_a_problem_that_checks(family: Family) -> None:
    scores: dict[str, int] = {}
    for seed in range(SEEDS):
        one = member(family, Pick(seed=f"soak/{family.name}/{seed}"), names=f"soak/{seed}")
        worked = solve(one.task)
        assert worked.steps and all(held_steps(worked)), one.task
        if isinstance(one.task, Derive):
            assert worked.derivation is not None and worked.derivation.verified, one.task
        found = difficulty(worked)
        assert 1 <= found.level <= 5
        # What is one problem up to renaming is equally hard.
        assert scores.setdefault(canonical(one.task), found.score) == found.score, one.task


@families
def test_every_wrong_answer_is_wrong_and_like_no_other(family: Family) -> None:
    for seed in range(SEEDS):
        one = member(family, Pick(seed=f"soak/{family.name}/{seed}"), names=f"soak/{seed}")
        worked = solve(one.task, check=False)
        found = wrongs(worked)
        if not found:
            continue
        if isinstance(one.task, Read):
            answers = [worked.answer.text, *(wrong.answer.text for wrong in found)]
            assert len(set(answers)) == len(answers), (one.task, answers)
            continue
        points = AnswerPoints(worked)
        values = [points.right]
        for wrong in found:
            assert wrong.answer.line is not None
            value = points.value(wrong.answer.line)
            assert value is not None
            assert all(apart(value, other) for other in values), (one.task, wrong.answer.text)
            values.append(value)


@families
def test_every_member_is_counted(family: Family) -> None:
    seen, structures = set[str](), set[str]()
    for task in islice(tasks(family), MOST_PATHS):
        seen.add(canonical(task))
        structures.add(skeleton(task))
    assert len(seen) == MEMBERS[family.name]
    assert len(structures) > 1


@families
@pytest.mark.parametrize("form", ("open", "choice"))
def test_a_class_has_no_duplicates_beyond_what_check_predicts(family: Family, form: str) -> None:
    wanted = Wanted((family.name,), form=form)
    score = target(wanted)
    if score is None:
        assert form == "choice"
        return
    there = members(wanted, score, SEEDS)  # what `check` says there is
    students = [f"student {k}" for k in range(SEEDS)]
    dealt = deal([Slot("1", wanted, score)], students, f"soak/{family.name}", {})
    cards = [card for hand in dealt.hands for card in hand.drawn]
    names = [canonical(card.member.task) for card in cards]
    assert names == [card.canonical for card in cards]
    assert len(set(names)) == there
    # Nobody gets what another has while there is one that nobody has.
    assert [card.repeated for card in cards] == [k >= there for k in range(SEEDS)]
    assert {difficulty(solve(card.member.task, check=False)).score for card in cards} == {score}
    bones = [skeleton(card.member.task) for card in cards]
    if len(set(bones)) > 1:
        # Neighbours differ in structure, but where only one structure has unused members left.
        alike = [k for k in range(1, there) if bones[k] == bones[k - 1]]
        assert all(len(set(bones[k:there])) <= 2 for k in alike), (family.name, alike)


@families
def test_a_level_that_a_family_has_is_met_where_it_is_asked_for(family: Family) -> None:
    for level in levels(Wanted((family.name,))):
        wanted = Wanted((family.name,), (), level)
        score = target(wanted)
        assert score is not None
        there = members(wanted, score, ENOUGH)
        assert there > 0
        dealt = deal([Slot("1", wanted)], [f"student {k}" for k in range(ASKED)], f"soak/{level}", {})
        found = [difficulty(solve(card.member.task)) for hand in dealt.hands for card in hand.drawn]
        assert {(one.level, one.score) for one in found} == {(level, score)}
        assert sum(not card.repeated for hand in dealt.hands for card in hand.drawn) == min(there, ASKED)
