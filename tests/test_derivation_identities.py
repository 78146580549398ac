"""Identities from the literature, and the cases on which other programs were measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gen.derivation.derive import derive, derive_all
from gen.errors import InputError
from tests.derivations import Json, agrees, hold

DATA = Path(__file__).parent / "data"
ROWS: list[dict[str, Any]] = [
    json.loads(line)
    for name in ("identities.jsonl", "peers.jsonl")
    for line in (DATA / name).read_text(encoding="utf-8").splitlines()
]

# What is not there yet, by the code of the error. A row that works now must leave this list.
NOT_YET: dict[str, frozenset[str]] = {
    "unknown_function": frozenset(),
    "unsupported": frozenset(),
}
MISSING = frozenset[str]().union(*NOT_YET.values())
SUPPORTED = [row for row in ROWS if row["id"] not in MISSING]


def _names(row: dict[str, Any]) -> str:
    return str(row["id"])


def _asked(row: dict[str, Any], method: str | None = None) -> Json:
    return derive(row["expr"], row["wrt"], symbols=row["symbols"], kind=row["kind"], method=method).to_json()


def test_exactly_these_rows_are_not_there_yet() -> None:
    found: dict[str, set[str]] = {code: set() for code in NOT_YET}
    for row in ROWS:
        try:
            derive(row["expr"], row["wrt"], symbols=row["symbols"], kind=row["kind"], check=False)
        except InputError as error:
            found[error.report.code].add(row["id"])
    assert found == {code: set(ids) for code, ids in NOT_YET.items()}


@pytest.mark.parametrize("row", SUPPORTED, ids=_names)
def test_every_method_that_is_offered_gives_the_derivative(row: dict[str, Any]) -> None:
    found = derive_all(row["expr"], (row["wrt"],), ("all",), symbols=row["symbols"], kind=row["kind"])
    assert found
    for derivation in found:
        hold(derivation.to_json())


@pytest.mark.parametrize("row", [r for r in SUPPORTED if r.get("expected")], ids=_names)
def test_the_answer_is_the_one_in_the_book(row: dict[str, Any]) -> None:
    """Equal in value and in shape, so that the layout is the book's too; and in closed form as there."""
    found = _asked(row)
    assert found["problem"]["kind"] == row["kind"]
    if row["kind"] in ("gradient", "jacobian", "hessian", "differential"):
        assert found["results"]["matrix"] is not None
    if row["kind"] in ("vecjac", "vechess"):
        assert found["results"]["vec"] is not None
    if row["kind"] not in ("tensor3", "tensor3m", "tensor4", "hessian4"):
        agrees(found, row["expected"])


def test_the_rows_are_the_ones_the_project_was_given() -> None:
    assert len(ROWS) == 197 + 38
    assert len({row["id"] for row in ROWS}) == len(ROWS)


def test_an_expected_answer_that_is_wrong_would_be_noticed() -> None:
    row = next(r for r in ROWS if r["id"] == "mc-102")
    for wrong in (f"2*({row['expected']})", f"({row['expected']})'"):
        with pytest.raises(AssertionError):
            agrees(_asked(row), wrong)
