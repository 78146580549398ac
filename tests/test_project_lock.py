"""`variants.lock`: what is written is read, sorted and line by line; a damaged file is one clear error."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.errors import InputError
from gen.problems.catalogue import FAMILIES
from gen.problems.deal import Drawn, deal
from gen.problems.family import Family, member
from gen.problems.pick import Pick
from gen.problems.slot import Wanted, keyed
from gen.project.lock import SCHEMA, Lock, lock_from, lock_text, read_lock
from gen.project.lock_rows import Entry
from gen.project.task_json import task_from, task_json

SLOTS = keyed((Wanted(("trace-product",), (), 2), Wanted(("trace-product",), (), 3)))
DEALT = deal(SLOTS, ("s1", "s2"), "1/sheet", {})
ENTRIES = {
    (hand.student, slot.key): Entry(card, "0.1.0", {"right": 1} if hand.student == "s1" else None)
    for hand in DEALT.hands
    for slot, card in zip(SLOTS, hand.drawn, strict=True)
}
LOCK = Lock("sheet", 7, {s.key: n for s, n in zip(SLOTS, DEALT.scores, strict=True)}, ENTRIES)
TEXT = lock_text(LOCK)


def back(text: str, sheet: str = "sheet") -> Lock:
    return lock_from(text.encode(), sheet, "variants.lock")


def refused(text: str | bytes) -> str:
    with pytest.raises(InputError) as caught:
        lock_from(text.encode() if isinstance(text, str) else text, "sheet", "variants.lock")
    assert len(caught.value.report.lines()) <= 2
    return caught.value.report.message


def test_what_is_written_is_read() -> None:
    assert back(TEXT) == LOCK
    assert lock_text(back(TEXT)) == TEXT


def test_the_file_is_sorted_whatever_the_order_of_dealing() -> None:
    scores = dict(reversed(tuple(LOCK.scores.items())))
    turned = replace(LOCK, entries=dict(reversed(tuple(ENTRIES.items()))), scores=scores)
    assert lock_text(turned) == TEXT
    assert TEXT.splitlines()[0] == '{"schema": "freeindex/variants/1"}'


def test_a_new_student_adds_lines_and_changes_none() -> None:
    more = {**ENTRIES, ("s0", SLOTS[0].key): ENTRIES["s1", SLOTS[0].key]}
    old, new = TEXT.splitlines(), lock_text(replace(LOCK, entries=more)).splitlines()
    assert len(new) == len(old) + 1
    assert [line for line in new if line in old] == old


def test_other_sheets_of_the_folder_stay() -> None:
    other = back(TEXT, "another")
    assert (other.seed, other.entries) == (None, {})
    both = lock_text(replace(other, seed=3))
    assert back(both) == replace(LOCK, others=('{"sheet": "another", "seed": 3}',))


def test_no_file_is_an_empty_lock(tmp_path: Path) -> None:
    assert read_lock(tmp_path / "variants.lock", "sheet") == Lock("sheet")
    with pytest.raises(InputError):
        read_lock(tmp_path, "sheet")


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_tasks_of_all_families_come_back(family: Family) -> None:
    for seed in range(5):
        task = member(family, Pick(seed=str(seed)), str(seed)).task
        assert task_from(json.loads(json.dumps(task_json(task)))) == task


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "variants.lock:1: damaged: the line is not JSON"),
        ("{}\n", f"variants.lock:1: damaged: the line does not say schema {SCHEMA}"),
        (
            TEXT + "<<<<<<< HEAD\n",
            f":{len(TEXT.splitlines()) + 1}: damaged: the line is a conflict of version",
        ),
        (TEXT + "[1]\n", ": damaged: the line is no JSON object"),
        (TEXT + "{}\n", ": damaged: the line has no sheet"),
        (TEXT + TEXT.splitlines()[-1], ": damaged: the line repeats a student and a slot"),
        (TEXT.replace('"score": 2', '"score": "2"', 1).replace('"2"0', '"20"'), "variants.lock:3: damaged"),
        (TEXT.replace('"asks": "derive"', '"asks": "guess"'), "the line holds a task that is of no kind"),
        (TEXT.replace('"symbols": [[', '"symbols": [["x"], ['), "holds a task that has no value for symbols"),
        (TEXT.replace('"wrt": "', '"order": "1", "wrt": "'), "holds a task that has no value for order"),
        (TEXT.replace('"wrt"', '"wtr"'), "holds a task that has a field 'wtr'"),
        (TEXT.replace('"sheet": "sheet", "seed": 7', '"sheet": "other"'), "the seed of sheet is missing"),
        ("[" * 100_000, "variants.lock:1: damaged: the line"),
    ],
)
def test_a_damaged_file_is_told_by_its_line(text: str, message: str) -> None:
    assert message in refused(text)


def test_bytes_that_are_no_text() -> None:
    assert refused(TEXT.encode() + b"\xff\n").endswith("the line is not UTF-8 text")


@given(st.integers(0, len(TEXT.encode()) - 2))
def test_a_file_that_is_cut_off_is_an_error_or_lacks_whole_lines(length: int) -> None:
    data = TEXT.encode()[:length]
    try:
        read = lock_from(data, "sheet", "variants.lock")
    except InputError:
        return
    for key, entry in read.entries.items():
        assert LOCK.entries[key] == entry


def test_dealing_goes_on_from_a_lock() -> None:
    again = deal(SLOTS, ("s2", "new", "s1"), "1/sheet", back(TEXT).known)
    assert again.hands[0].drawn == DEALT.hands[1].drawn
    assert again.hands[2].drawn == DEALT.hands[0].drawn
    assert isinstance(again.hands[1].drawn[0], Drawn)
