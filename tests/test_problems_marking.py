"""Marks: exact sums, a mark for every key step where there are enough, equal marks for equal scores."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.problems.difficulty import difficulty
from gen.problems.form import Form
from gen.problems.forms import FORM_NAMED, FORMS_OF
from gen.problems.item import FindError
from gen.problems.make_item import item_of
from gen.problems.marking import worth
from gen.problems.solve import solve
from tests.problem_samples import TASKS, member_of

WORKED = {name: solve(task) for name, task in TASKS.items()}


@pytest.mark.parametrize("name", TASKS)
@pytest.mark.parametrize("form", FORMS_OF, ids=lambda form: form.name)
@pytest.mark.parametrize("total", (None, 1, 2, 3, 5, 8, 13, 40))
def test_marks_add_up_and_none_is_nothing(form: Form, name: str, total: int | None) -> None:
    item = item_of(member_of(name), WORKED[name], form.name, seed="s", marks=total)
    if item is None:
        return
    assert item.total == (worth(item.difficulty, form.share) if total is None else total)
    assert all(mark.marks > 0 for mark in item.marks)
    lines = [mark.line for mark in item.marks if mark.line is not None]
    assert lines == sorted(lines)


@pytest.mark.parametrize("name", TASKS)
def test_every_key_step_and_the_shape_have_marks_where_there_are_enough(name: str) -> None:
    worked = WORKED[name]
    keys = [n for n, step in enumerate(worked.steps, 1) if step.rule.grain == "key"]
    item = item_of(member_of(name), worked, "open", seed="s", marks=len(keys) + 1)
    assert item is not None
    assert [mark.line for mark in item.marks] == [*keys, None]
    assert [mark.marks for mark in item.marks] == [1] * (len(keys) + 1)


def test_marks_that_are_left_over_go_to_steps_that_differentiate() -> None:
    worked = WORKED["trace"]
    keys = [step.rule.kind for step in worked.steps if step.rule.grain == "key"]
    item = item_of(member_of("trace"), worked, "open", seed="s", marks=len(keys) + 2)
    assert item is not None
    (more,) = [n for n, mark in enumerate(item.marks) if mark.marks == 2]
    assert keys[more] == "product_rule"


@given(score=st.integers(2, 200), share=st.sampled_from([form.share for form in FORMS_OF]))
def test_a_higher_score_is_never_worth_less(score: int, share: Fraction) -> None:
    some = difficulty(WORKED["trace"])
    low = type(some)(score, some.level, some.key_steps, some.kinds, some.order, some.traps)
    high = type(some)(score + 1, some.level, 1, 1, some.order, ())
    # Only the score counts: what it is made of differs here.
    same = type(some)(score, 1, 2, 2, 0, ())
    assert worth(low, share) == worth(same, share) <= worth(high, share)
    assert worth(low, share) >= 1


def test_the_line_that_is_wrong_earns_the_marks_of_finding_it() -> None:
    item = item_of(member_of("trace"), WORKED["trace"], "find-error", seed="s", marks=3)
    assert item is not None and isinstance(item.body, FindError)
    assert [mark.line for mark in item.marks] == [item.body.wrong] * 3
    assert item.marks[0].words == (f"line {item.body.wrong + 1} is named as the wrong one",)
    assert FORM_NAMED["find-error"].share < 1


@pytest.mark.parametrize("name", TASKS)
def test_one_tick_is_worth_little(name: str) -> None:
    assert worth(difficulty(WORKED[name]), FORM_NAMED["choice"].share) <= 3
