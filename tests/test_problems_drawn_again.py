"""What a form has drawn is brought back from its record without drawing all of it again, and is the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from gen.errors import InputError
from gen.problems.catalogue import FAMILIES
from gen.problems.family import member
from gen.problems.form_record import form_record
from gen.problems.forms import FORM_NAMED
from gen.problems.item import Choice, FindError
from gen.problems.make_item import body_of, make_item
from gen.problems.pick import Pick
from gen.problems.solve import solve
from gen.problems.task import Read
from gen.problems.worked import Worked

FORMS = [form.name for form in FORM_NAMED.values() if form.again is not None]
SEEDS = 2


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(value))


def solutions() -> Iterator[Worked]:
    for family in FAMILIES:
        for seed in map(str, range(SEEDS)):
            try:
                yield solve(member(family, Pick(seed=seed), seed).task, check=False)
            except InputError:
                continue


@pytest.mark.parametrize("form", FORMS)
def test_what_is_brought_back_is_what_was_drawn(form: str) -> None:
    again = FORM_NAMED[form].again
    assert again is not None
    known = drawn = 0
    for worked in solutions():
        body = body_of(worked, form, seed="a class")
        if body is None or isinstance(worked.task, Read):
            continue
        found = again(worked, through_json(form_record(body)))
        assert found in (None, body), worked.task
        drawn, known = drawn + 1, known + (found is not None)
    assert known > drawn * 0.7 > 40


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("record", [3, [], {}, {"right": 9, "options": []}, {"wrong": 2, "mistake": "?"}])
def test_what_no_version_records_is_drawn_anew(form: str, record: Any) -> None:
    chosen = member(FAMILIES[0], Pick(seed="1"), "1")
    made = make_item(chosen, form, seed="s", record=record)
    assert made == make_item(chosen, form, seed="s")


def _choice() -> tuple[Worked, Choice, dict[str, Any]]:
    for worked in solutions():
        body = body_of(worked, "choice", seed="s")
        if isinstance(body, Choice) and not isinstance(worked.task, Read):
            return worked, body, through_json(form_record(body))
    raise AssertionError("no problem can be asked as a choice")


def test_answers_that_the_mistake_does_not_lead_to_are_not_brought_back() -> None:
    worked, body, record = _choice()
    again = FORM_NAMED["choice"].again
    assert again is not None and again(worked, record) == body
    wrong = 1 if body.right == 0 else 0
    for key, value in (("text", "0"), ("text", record["options"][body.right]["text"]), ("mistake", "none")):
        changed = through_json(record)
        changed["options"][wrong][key] = value
        assert again(worked, changed) is None
    changed = through_json(record)
    changed["options"][body.right]["text"] = "0"
    assert again(worked, changed) is None


def test_a_mistake_in_another_line_is_not_brought_back() -> None:
    again = FORM_NAMED["find-error"].again
    assert again is not None
    for worked in solutions():
        body = body_of(worked, "find-error", seed="s")
        if isinstance(body, FindError) and not isinstance(worked.task, Read):
            record = through_json(form_record(body))
            assert again(worked, {**record, "wrong": len(body.lines) + 5}) is None
            return
    raise AssertionError("no problem can be asked as a mistake to find")
