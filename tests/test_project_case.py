"""Cases: one line of JSON in, one line of JSON out, whatever the line holds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.errors import InputError
from gen.project import case
from gen.project.case import LINE_LIMIT, answer, case_from, names


def answered(value: Any, number: int = 1) -> dict[str, Any]:
    line = value if isinstance(value, bytes) else json.dumps(value).encode()
    text = answer(line, number)
    assert text is not None
    assert "\n" not in text
    found: dict[str, Any] = json.loads(text)
    return found


def test_a_case_is_answered_with_its_derivation() -> None:
    shapes = {"W": {"shape": ["m", "n"]}, "X": {"shape": ["n", "p"]}}
    found = answered({"id": "c1", "expr": "W*X", "wrt": "W", "symbols": shapes, "later": 1})
    assert found["id"] == "c1"
    assert found["derivation"]["schema"] == "freeindex/derivation/1"
    assert found["derivation"]["results"]["index"]["text"] == "delta[i,q]*X[r,k]"


def test_an_id_may_be_any_json() -> None:
    assert answered({"id": [1, {"a": None}], "expr": "x'*x", "wrt": "x"})["id"] == [1, {"a": None}]


def test_the_method_follows_from_the_kind() -> None:
    found = answered({"expr": "W*X", "wrt": "W", "kind": "vecjac"})
    assert found["derivation"]["problem"]["method"] == "vec"
    assert answered({"expr": "W*X", "wrt": "W"})["derivation"]["problem"]["method"] == "index"


def test_several_variables_or_all_methods_give_an_array() -> None:
    found = answered({"expr": "W*X", "wrt": "X,W"})["derivation"]
    assert [each["problem"]["wrt"] for each in found] == ["X", "W"]
    every = answered({"expr": "W*X", "wrt": "W", "method": "all"})["derivation"]
    assert {each["problem"]["method"] for each in every} >= {"index", "vec", "components", "backprop"}
    assert isinstance(answered({"expr": "alpha*x", "wrt": "alpha", "method": "all"})["derivation"], list)


def test_a_name_missing_in_the_symbols_is_an_error() -> None:
    found = answered({"id": 1, "expr": "W*Q", "wrt": "W", "symbols": {"W": {"shape": ["m", "n"]}}})
    assert found["error"]["code"] == "unknown_name"
    assert (found["error"]["in"], found["error"]["start"], found["error"]["end"]) == ("expr", 2, 3)


@pytest.mark.parametrize("line", [b"", b"\n", b"  \t\r\n", b"\xef\xbb\xbf\n"])
def test_blank_lines_are_skipped(line: bytes) -> None:
    assert answer(line, 1) is None


def test_a_byte_order_mark_counts_in_the_first_line_only() -> None:
    line = b'\xef\xbb\xbf{"expr": "x", "wrt": "x"}'
    assert "derivation" in answered(line, 1)
    assert "error" in answered(line, 2)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"not json", "syntax"),
        (b'{"id": NaN}', "syntax"),
        (b'{"id": 1', "syntax"),
        (b"\xff\xfe", "syntax"),
        (b"[" * 100_000, "too_large"),
        (b'{"a": ' + b"9" * 5000 + b"}", "syntax"),
        (b" " * (LINE_LIMIT + 1), "too_large"),
    ],
)
def test_a_line_that_is_not_json_is_told_by_its_number(line: bytes, code: str) -> None:
    found = answered(line, 7)
    assert found["id"] is None
    assert found["line"] == 7
    assert found["error"]["code"] == code
    assert found["error"]["in"] == "file"


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ([1], "file"),
        ("W*X", "file"),
        (None, "file"),
        ({"wrt": "W"}, "expr"),
        ({"expr": "W"}, "wrt"),
        ({"expr": 3, "wrt": "W"}, "expr"),
        ({"expr": "W", "wrt": ["W"]}, "wrt"),
        ({"expr": "W", "wrt": ""}, "wrt"),
        ({"expr": "W", "wrt": "W,"}, "wrt"),
        ({"expr": "W", "wrt": "W,W"}, "wrt"),
        ({"expr": "W", "wrt": "W", "symbols": 3}, "let"),
        ({"expr": "W", "wrt": "W", "order": 3}, "file"),
        ({"expr": "W", "wrt": "W", "order": True}, "file"),
        ({"expr": "W", "wrt": "W", "kind": 3}, "file"),
        ({"expr": "W", "wrt": "W", "method": []}, "file"),
    ],
)
def test_a_case_of_the_wrong_form_is_refused(value: Any, where: str) -> None:
    error = answered(value)["error"]
    assert error["code"] == "syntax"
    assert error["in"] == where


@pytest.mark.parametrize("key", ["kind", "method", "layout", "symmetric"])
def test_a_word_that_a_key_does_not_know_is_a_fault_of_the_file(key: str) -> None:
    error = answered({"expr": "W*X", "wrt": "W", key: "vecjaz"})["error"]
    assert (error["code"], error["in"]) == ("unsupported", "file")
    assert error["message"] == f"there is no {key} called vecjaz"
    assert error["hint"]


def test_a_fault_of_the_program_ends_no_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**given: Any) -> None:
        raise ZeroDivisionError("by design")

    monkeypatch.setattr(case, "derive_all", fail)
    error = answered({"id": 4, "expr": "x", "wrt": "x"})
    assert error == {
        "id": 4,
        "error": {
            "code": "internal",
            "message": "internal: ZeroDivisionError: by design",
            "in": "expr",
            "start": None,
            "end": None,
            "hint": None,
        },
    }


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.text(max_size=4), inner, max_size=2)
    ),
    max_leaves=4,
)
KEYS = st.sampled_from(["id", "expr", "wrt", "kind", "method", "symbols", "order", "layout", "symmetric"])


@given(st.dictionaries(KEYS, JSON))
def test_any_object_is_answered(value: dict[str, Any]) -> None:
    found = answered(value)
    assert found["id"] == value.get("id")
    assert ("error" in found) != ("derivation" in found)
    assert found.get("error", {}).get("code") != "internal"


@given(st.binary(max_size=40))
def test_any_bytes_are_answered_or_blank(line: bytes) -> None:
    text = answer(line, 1)
    assert text is None or "error" in json.loads(text)


def test_names() -> None:
    assert names(" W , b ") == ("W", "b")
    with pytest.raises(InputError, match="missing"):
        names(" ")


def test_defaults() -> None:
    read = case_from({"expr": "x", "wrt": "x", "order": None, "layout": None})
    assert (read.order, read.layout, read.symmetric, read.symbols, read.several) == (
        1,
        "numerator",
        "free",
        None,
        False,
    )
