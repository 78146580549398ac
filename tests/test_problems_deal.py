"""Dealing: equal scores, no problem twice, neighbours unlike, and nobody's sheet changed by others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.problems.catalogue import FAMILIES
from gen.problems.deal import Dealt, Drawn, Making, ShortError, deal
from gen.problems.difficulty import difficulty, level_of
from gen.problems.family import Family
from gen.problems.identity import canonical, skeleton
from gen.problems.make_item import body_of
from gen.problems.slot import Slot, Wanted, keyed, rule_words, uses
from gen.problems.solve import solve
from gen.problems.target import levels, members, target
from gen.problems.task import Derive, Task
from gen.problems.worked import Worked

TRACE = ("trace-product",)
SLOTS = keyed((Wanted(TRACE, (), 3), Wanted(TRACE, (), 3), Wanted(TRACE, (), 2)))
ROSTERS = st.lists(st.integers(0, 60).map("s{}".format), unique=True, min_size=1, max_size=8)


def dealt(
    students: Sequence[str], known: Mapping[tuple[str, str], Drawn] | None = None, seed: str = "1/sheet"
) -> Dealt:
    return deal(SLOTS, students, seed, known or {})


def recorded(made: Dealt, slots: Sequence[Slot] = SLOTS) -> dict[tuple[str, str], Drawn]:
    return {
        (hand.student, slot.key): card
        for hand in made.hands
        for slot, card in zip(slots, hand.drawn, strict=True)
    }


@given(ROSTERS)
def test_no_problem_is_dealt_twice_and_neighbours_differ_in_structure(students: list[str]) -> None:
    made = dealt(students)
    cards = [card for hand in made.hands for card in hand.drawn]
    assert len({canonical(card.member.task) for card in cards}) == len(cards)
    assert not any(card.repeated for card in cards)
    for upper, lower in zip(made.hands, made.hands[1:], strict=False):
        for one, other in zip(upper.drawn, lower.drawn, strict=True):
            assert skeleton(one.member.task) != skeleton(other.member.task)


@given(ROSTERS)
def test_all_versions_of_a_problem_have_the_difficulty_asked_for_and_one_score(students: list[str]) -> None:
    made = dealt(students)
    for hand in made.hands:
        for slot, score, card in zip(SLOTS, made.scores, hand.drawn, strict=True):
            found = difficulty(solve(card.member.task))
            assert (found.score, found.level) == (score, slot.wanted.difficulty)


@given(ROSTERS, st.data())
def test_who_joins_or_leaves_changes_nobody_elses_sheet(students: list[str], data: st.DataObject) -> None:
    before = recorded(dealt(students))
    others = [f"new{k}" for k in range(3)]
    mixed = data.draw(st.permutations([*students[1:], *others]))
    after = recorded(dealt(mixed, before))
    for key, card in before.items():
        if key[0] in mixed:
            assert after[key] == card
    fresh = [after[name, slot.key].canonical for name in others for slot in SLOTS]
    assert not set(fresh) & {card.canonical for card in before.values()}


def test_the_same_seed_deals_the_same_and_another_one_does_not() -> None:
    students = ["ada", "emmy", "sofia"]
    assert dealt(students) == dealt(students)
    assert dealt(students) != dealt(students, seed="2/sheet")


def test_the_score_depends_on_no_student() -> None:
    assert dealt(["a"]).scores == dealt([f"b{k}" for k in range(9)]).scores


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_every_family_has_a_score_at_each_of_its_levels(family: Family) -> None:
    name = family.name
    found = levels(Wanted((name,)))
    assert found
    for level in found:
        score = target(Wanted((name,), (), level))
        assert score is not None
        assert level_of(score) == level


def test_a_family_that_is_used_up_is_dealt_again_and_says_so() -> None:
    slots = keyed((Wanted(TRACE, (), 2),))
    score = target(slots[0].wanted)
    assert score is not None
    count = members(slots[0].wanted, score, 10_000)
    students = [f"s{k}" for k in range(count + 3)]
    cards = [hand.drawn[0] for hand in deal(slots, students, "1/sheet", {}).hands]
    assert [card.repeated for card in cards] == [False] * count + [True] * 3
    assert len({card.canonical for card in cards}) == count


def test_counting_members_ends_where_it_is_told_to() -> None:
    wanted = Wanted(TRACE, (), 3)
    score = target(wanted)
    assert score is not None
    assert members(wanted, score, 5) == 5


def test_a_slot_that_nothing_fills_is_an_error() -> None:
    slots = keyed((Wanted(TRACE, (), 5),))
    with pytest.raises(ShortError) as short:
        deal(slots, ["a"], "1", {})
    assert (short.value.slot, short.value.score) == (slots[0], None)


def test_a_sheet_that_asks_for_more_than_a_family_has_is_an_error() -> None:
    wanted = Wanted(TRACE, (), 1)
    score = target(wanted)
    assert score is not None
    slots = keyed((wanted,) * (members(wanted, score, 10_000) + 1))
    with pytest.raises(ShortError):
        deal(slots, ["a"], "1", {})


def test_rules_that_are_required_are_used() -> None:
    slots = keyed((Wanted((*TRACE, "linear-map"), ("delta_substitution", "trace")),))
    for hand in deal(slots, ["a", "b", "c"], "1", {}).hands:
        assert uses(solve(hand.drawn[0].member.task), slots[0].wanted.require)
    assert not uses(solve(Derive("tr(A*X)", "X", (("A", "n x m"), ("X", "m x n")))), ("trace", "trace"))
    assert {"trace", "inverse", "chain_rule", "product_rule", "trace_index"} <= set(rule_words())


def test_keys_stay_when_problems_are_moved() -> None:
    one, two = Wanted(TRACE, (), 2), Wanted(TRACE, (), 3)
    assert {s.key for s in keyed((one, two, two))} == {s.key for s in keyed((two, one, two))}


def test_a_recorded_score_is_kept() -> None:
    (slot,) = keyed((Wanted(TRACE),))
    usual = target(slot.wanted)
    other = next(s for s in (19, 20, 23, 26) if s != usual)
    made = deal((Slot(slot.key, slot.wanted, other),), ["a"], "1", {})
    assert difficulty(solve(made.hands[0].drawn[0].member.task)).score == other


def test_solutions_are_passed_on_and_how_many_are_kept_changes_nothing_that_is_dealt() -> None:
    slots = keyed((Wanted(TRACE, (), 3, "choice"), Wanted(TRACE, (), 2)))
    students = ["ada", "emmy", "sofia"]
    every, two, none = (deal(slots, students, "1/sheet", {}, kept=kept) for kept in (None, 2, 0))
    assert every == two == none
    assert [len(hand.solved) for made in (every, two, none) for hand in made.hands] == [2] * 5 + [0] * 4
    for hand in every.hands:
        for slot, card in zip(slots, hand.drawn, strict=True):
            solved, seed = hand.solved[slot.key], f"1/sheet/{hand.student}/{slot.key}"
            assert solved.worked == solve(card.member.task)
            assert solved.body == body_of(solved.worked, slot.wanted.form, seed=seed)
            assert card.canonical == canonical(card.member.task)


def test_what_is_recorded_is_not_solved_again() -> None:
    before = recorded(dealt(["a", "b"]))
    after = dealt(["a", "b"], before)
    assert [dict(hand.solved) for hand in after.hands] == [{}, {}]


def test_hardly_any_member_is_solved_that_is_not_dealt() -> None:
    solved: list[Task] = []

    def counted(task: Task, *, check: bool) -> Worked:
        solved.append(task)
        return solve(task, check=check)

    students = [f"s{k}" for k in range(20)]
    made = deal(SLOTS, students, "1/sheet", {}, kept=0, making=Making(counted))
    assert len(solved) <= 1.1 * sum(len(hand.drawn) for hand in made.hands)
