"""Hints: four for every problem; the first says the shape, the last the next line."""

from __future__ import annotations

import pytest

from gen.derivation.calculus_rules import CALCULUS
from gen.derivation.record import Display
from gen.derivation.result import reason_text
from gen.problems.forms import FORM_NAMED
from gen.problems.hints import RUNGS
from gen.problems.item import Fade, FindError, Item
from gen.problems.kind_words import kind_words
from gen.problems.make_item import item_of
from gen.problems.solve import solve
from gen.problems.task import Read
from tests.problem_samples import TASKS, member_of

WORKED = {name: solve(task) for name, task in TASKS.items()}
ITEMS = {
    (name, form): item
    for name in TASKS
    for form in FORM_NAMED
    if (item := item_of(member_of(name), WORKED[name], form, seed="s"))
}


@pytest.mark.parametrize("item", ITEMS.values(), ids=map("-".join, ITEMS))
def test_every_problem_has_a_ladder_of_four(item: Item) -> None:
    texts = [reason_text(hint) for hint in item.hints]
    assert len(set(texts)) == len(texts) == RUNGS
    sizes = " × ".join(dim.text() for dim in item.worked.answer.shape) or "1 × 1"
    task = item.worked.task
    # Where the shape is what is asked for, the first hint does not give it away.
    assert (sizes in texts[0]) != (isinstance(task, Read) and task.what == "shape")


@pytest.mark.parametrize(
    "item", [i for i in ITEMS.values() if i.worked.steps and not isinstance(i.worked.task, Read)]
)
def test_the_ladder_is_about_the_first_key_step_that_is_asked_for(item: Item) -> None:
    steps, first = item.worked.steps, 0
    if isinstance(item.body, Fade):
        first = next(n for n, line in enumerate(item.body.lines) if line.hidden) - 1
    if isinstance(item.body, FindError):
        first = item.body.wrong - 1
    step = next((s for s in steps[first:] if s.rule.grain == "key"), steps[first])
    kind, rule, where, then = item.hints
    if isinstance(item.body, FindError):
        step = steps[first]
        assert f"line {item.body.wrong}" in reason_text(where)
        assert f"Line {item.body.wrong + 1} " in reason_text(then)
    assert kind_words(step.rule) in reason_text(kind)
    assert step.rule.law in rule
    if isinstance(item.body, Fade) and item.body.lines[steps.index(step) + 1].hidden == "reason":
        # The line is printed: only the reason is still to be told, and last.
        assert reason_text(step.because) in reason_text(then)
        assert step.after not in (*kind, *rule, *where, *then)
        return
    assert step.after in then
    assert step.after not in (*kind, *rule, *where)


def test_reasons_are_told_last_where_they_are_asked_for() -> None:
    item = item_of(member_of("trace"), WORKED["trace"], "fade", seed="s", fade="reasons")
    assert item is not None
    last = reason_text(item.hints[-1])
    assert last.startswith("The reason is: ")
    assert all(last.removeprefix("The reason is: ") not in reason_text(hint) for hint in item.hints[:-1])


def test_a_quotient_is_not_called_a_product() -> None:
    words = {rule.name: kind_words(rule) for rule in CALCULUS}
    assert (words["quotient_rule"], words["product_rule"]) == ("the quotient rule", "the product rule")


@pytest.mark.parametrize("name", ("trace", "quadratic", "squares"))
def test_a_hint_is_not_given_away_by_the_one_before(name: str) -> None:
    step = WORKED[name].steps[0]
    kind, rule, *_ = ITEMS[name, "open"].hints
    assert step.rule.law not in reason_text(kind)
    assert not isinstance(step.before, Display)
    assert reason_text((step.before,)) not in reason_text(rule)
