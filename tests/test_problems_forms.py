"""Every form of every sample task: what it shows, what it hides, and what is right."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.derivation.record import Step
from gen.problems.answer_points import AnswerPoints, apart
from gen.problems.catalogue import FAMILY_NAMED
from gen.problems.family import member
from gen.problems.form import Form, Options
from gen.problems.forms import FORM_NAMED, FORMS_OF
from gen.problems.index_world import held
from gen.problems.item import FORMS, Choice, Fade, FindError, Order
from gen.problems.make_item import make_item
from gen.problems.order_form import before, respects, statements
from gen.problems.pick import Pick
from gen.problems.solve import solve
from gen.problems.worked import Worked
from tests.problem_samples import TASKS, member_of

WORKED = {name: solve(task) for name, task in TASKS.items()}
LONG = sorted(name for name, worked in WORKED.items() if len(worked.steps) > 2)


PLAIN = Options()


def made(form: str, name: str, options: Options = PLAIN, seed: str = "s") -> object:
    return FORM_NAMED[form].make(WORKED[name], options, Pick(seed=seed))


def test_the_forms_are_those_that_an_item_may_have() -> None:
    assert {form.name for form in FORMS_OF} == set(FORMS)
    assert len({form.name for form in FORMS_OF}) == len(FORMS_OF)


@pytest.mark.parametrize("name", TASKS)
@pytest.mark.parametrize("form", FORMS_OF, ids=lambda form: form.name)
def test_a_form_depends_on_the_seed_alone(form: Form, name: str) -> None:
    worked = WORKED[name]
    once, again = (form.make(worked, PLAIN, Pick(seed="one")) for _ in range(2))
    assert once == again


@pytest.mark.parametrize("form", FORMS_OF, ids=lambda form: form.name)
def test_some_task_has_each_form(form: Form) -> None:
    assert any(make_item(member_of(name), form.name, seed="s") for name in TASKS)


@pytest.mark.parametrize("name", ("constant", "settled"))
def test_a_task_of_hardly_any_steps_has_no_form_but_the_open_one(name: str) -> None:
    fitting = {f for f in FORM_NAMED if make_item(member_of(name), f, seed="s")}
    assert len(WORKED[name].steps) < 2
    assert fitting == {"open"}


# --- choice and find-error --------------------------------------------------------


@pytest.mark.parametrize("name", ("trace", "quadratic", "squares", "layer"))
def test_one_answer_of_four_is_right_and_stands_anywhere(name: str) -> None:
    bodies = [made("choice", name, seed=f"{n}") for n in range(12)]
    assert all(isinstance(body, Choice) and len(body.options) == 4 for body in bodies)
    for body in bodies:
        assert isinstance(body, Choice)
        right = [k for k, option in enumerate(body.options) if option.misconception is None]
        assert right == [body.right]
        assert body.options[body.right].answer == WORKED[name].answer
        assert len({option.answer.text for option in body.options}) == 4
    assert len({body.right for body in bodies if isinstance(body, Choice)}) > 1


@pytest.mark.parametrize("name", ("trace", "quadratic", "squares", "layer"))
def test_the_lines_before_the_mistake_are_right_and_the_line_that_it_stands_in_is_not(name: str) -> None:
    body, worked = made("find-error", name), WORKED[name]
    assert isinstance(body, FindError)
    lines = [line for line, _ in body.lines]
    assert lines[0] == worked.given
    assert lines[1 : body.wrong] == [step.after for step in worked.steps[: body.wrong - 1]]
    assert lines[body.wrong] != body.right == worked.steps[body.wrong - 1].after


def test_the_line_that_is_called_wrong_is_the_first_that_is() -> None:
    # Here a delta may be erased with its sum kept, and nothing is wrong yet.
    for seed in range(20):
        worked = solve(member(FAMILY_NAMED["delta-closed"], Pick(seed=f"{seed}")).task)
        body = FORM_NAMED["find-error"].make(worked, PLAIN, Pick(seed=f"{seed}"))
        if body is None:
            continue
        assert isinstance(body, FindError)
        points = AnswerPoints(worked)
        values = [points.value(line) for line, _ in body.lines if isinstance(line, tuple)]
        wrong = [k for k, value in enumerate(values) if value is None or apart(value, points.right)]
        assert wrong[0] == body.wrong


# --- fade -------------------------------------------------------------------------


@pytest.mark.parametrize("name", LONG)
@given(k=st.integers(1, 12))
def test_the_last_lines_fade(name: str, k: int) -> None:
    body = made("fade", name, Options(fade=k))
    assert isinstance(body, Fade)
    steps = len(WORKED[name].steps)
    assert [bool(line.hidden) for line in body.lines] == [False, *(n >= steps - k for n in range(steps))]
    assert body.lines[0].line == WORKED[name].given
    assert all(line.cue for line in body.lines if line.hidden)


def test_nothing_fades_where_no_line_is_to_be_left_out() -> None:
    assert made("fade", "trace", Options(fade=0)) is None


@pytest.mark.parametrize("name", LONG)
def test_reasons_fade_all_at_once(name: str) -> None:
    body = made("fade", name, Options(fade="reasons"))
    assert isinstance(body, Fade)
    assert [line.hidden for line in body.lines] == ["", *["reason"] * len(WORKED[name].steps)]


def test_a_factor_that_fades_stands_beside_others_and_no_reason_tells_it() -> None:
    body = made("fade", "trace", Options(fade="factors"))
    assert isinstance(body, Fade)
    blanks = [line for line in body.lines if line.hidden]
    assert len(blanks) > 1
    for line in blanks:
        ((term, factor),) = line.places
        assert isinstance(line.line, tuple) and len(line.line[term].factors) > 1
        assert 0 <= factor < len(line.line[term].factors)
    for above, line in zip(body.lines, body.lines[1:], strict=False):
        if above.hidden and not line.hidden:
            assert line.reason == line.cue


# --- order ------------------------------------------------------------------------


def chains(worked: Worked) -> bool:
    return all(statement.left is None for statement in statements(worked))


@pytest.mark.parametrize("name", LONG)
def test_the_right_order_is_one_that_respects_the_dependencies_and_the_page_shows_another(name: str) -> None:
    for n in range(8):
        body = made("order", name, seed=f"{n}")
        assert isinstance(body, Order)
        assert sorted(body.right) == list(range(len(body.lines)))
        assert respects(body.right, body.before)
        assert not respects(tuple(range(len(body.lines))), body.before)


@pytest.mark.parametrize("name", LONG)
def test_lines_of_a_chain_have_one_order(name: str) -> None:
    found = statements(WORKED[name])
    every = len(found) * (len(found) - 1) // 2
    assert (len(before(found)) == every) == chains(WORKED[name])


@pytest.mark.parametrize("name", ("quadratic", "symmetric"))
def test_terms_are_worked_on_in_any_order(name: str) -> None:
    found = statements(WORKED[name])
    pairs = before(found)
    of_terms = [k for k, statement in enumerate(found) if statement.left is not None]
    assert any((a, b) not in pairs and (b, a) not in pairs for a in of_terms for b in of_terms if a != b)
    for order in permutations(range(len(found))):
        # An order is right when every line is there before the lines that are made of it.
        made_of = {k: statement.needs for k, statement in enumerate(found)}
        ready, right = set[int](), True
        for k in order:
            right = right and made_of[k] <= ready
            ready.add(k)
        assert respects(order, pairs) == right


@pytest.mark.parametrize("name", ("quadratic", "symmetric"))
def test_what_is_said_of_a_term_is_true_by_numbers(name: str) -> None:
    worked = WORKED[name]
    rule = worked.steps[0].rule
    of_terms = [s for s in statements(worked) if s.left is not None]
    assert of_terms
    for s in of_terms:
        assert s.left is not None
        held((Step(rule, (), s.left, s.line, s.reason),), worked.free, worked.symbols)


def test_the_last_lines_of_all_terms_are_the_line_that_follows() -> None:
    worked = WORKED["quadratic"]
    found = statements(worked)
    last = found[-1]
    ends = [line for line in (found[k].line for k in last.needs) if isinstance(line, tuple)]
    joined = worked.steps[-1].before
    assert isinstance(joined, tuple)
    assert {term for line in ends for term in line} == set(joined)


def test_an_order_that_puts_a_line_before_one_it_needs_is_not_right() -> None:
    body = made("order", "trace")
    assert isinstance(body, Order)
    swapped = (body.right[1], body.right[0], *body.right[2:])
    assert not respects(swapped, body.before)
