"""What a form has drawn: recorded as JSON and brought back, whatever is drawn now."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gen.problems.catalogue import FAMILY_NAMED
from gen.problems.family import member
from gen.problems.form_record import form_record, restored
from gen.problems.item import Choice, Fade, Item, Order
from gen.problems.make_item import make_item
from gen.problems.pick import Pick

MEMBER = member(FAMILY_NAMED["trace-product"], Pick(seed="1"), "1")
DRAWN = ("choice", "fade", "order")


def item(form: str, seed: str) -> Item:
    made = make_item(MEMBER, form, seed=seed, fade=1 if seed == "0" and form == "fade" else None)
    assert made is not None
    return made


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(value))


def test_an_open_question_draws_nothing() -> None:
    assert form_record(item("open", "0").body) is None


@pytest.mark.parametrize("form", DRAWN)
def test_what_another_seed_draws_is_brought_back(form: str) -> None:
    first = item(form, "0")
    record = through_json(form_record(first.body))
    others = [item(form, str(seed)) for seed in range(1, 9)]
    assert any(form_record(other.body) != form_record(first.body) for other in others)
    for other in others:
        assert through_json(form_record(restored(other, record).body)) == record


def test_the_right_option_stays_the_right_one() -> None:
    first = item("choice", "0")
    record = through_json(form_record(first.body))
    for seed in range(1, 9):
        body = restored(item("choice", str(seed)), record).body
        assert isinstance(body, Choice)
        assert body.options[body.right].answer.text == first.worked.answer.text
        assert [o.misconception is None for o in body.options].count(True) == 1


def test_lines_that_were_mixed_otherwise_have_the_same_right_order() -> None:
    first = item("order", "0")
    assert isinstance(first.body, Order)
    sorted_lines = [first.body.lines[place] for place in first.body.right]
    for seed in range(1, 9):
        body = restored(item("order", str(seed)), through_json(form_record(first.body))).body
        assert isinstance(body, Order)
        assert [body.lines[place] for place in body.right] == sorted_lines


@pytest.mark.parametrize("form", DRAWN)
@pytest.mark.parametrize(
    "record", [None, 3, [], {}, {"right": 9, "options": []}, {"hidden": [["x", []]]}, {"lines": ["?"]}]
)
def test_a_record_that_no_version_has_written_changes_nothing(form: str, record: Any) -> None:
    made = item(form, "1")
    assert restored(made, record) == made


def test_a_fade_keeps_its_blanks() -> None:
    body = restored(item("fade", "1"), through_json(form_record(item("fade", "0").body))).body
    assert isinstance(body, Fade)
    assert [line.hidden for line in body.lines].count("line") == 1
