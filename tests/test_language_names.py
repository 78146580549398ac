"""What may be a name, how an undeclared one is read, and which dimensions are free."""

from __future__ import annotations

from itertools import islice

import pytest

from gen.language.catalogue import FUNCTIONS
from gen.language.characters import GREEK, character_name, greek_name
from gen.language.names import default_reading, fresh_dimensions, is_reserved, name_fault


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("W", "matrix"),
        ("Sigma", "matrix"),
        ("Xhat", "matrix"),
        ("x", "vector"),
        ("x1", "vector"),
        ("loss", "vector"),
        ("alphabet", "vector"),
        ("alpha", "scalar"),
        ("lambda_2", "scalar"),
        ("mu0", "scalar"),
    ],
)
def test_default_readings(name: str, reading: str) -> None:
    assert default_reading(name) == reading


@pytest.mark.parametrize("name", ["x", "X_hat", "x__1", "None", "a" * 40])
def test_good_names(name: str) -> None:
    assert name_fault(name) is None


@pytest.mark.parametrize("name", ["", "1x", "_x", "a b", "x'", "А", "x\u0301", "a" * 41])
def test_bad_names(name: str) -> None:
    fault = name_fault(name)
    assert fault is not None
    assert fault[0].isascii()


def test_functions_and_constants_are_reserved() -> None:
    assert all(is_reserved(function.name) for function in FUNCTIONS)
    assert is_reserved("eye")
    assert is_reserved("dup")
    assert not is_reserved("W")


def test_fresh_dimensions_avoid_names_in_use() -> None:
    assert list(islice(fresh_dimensions({"n", "n1"}, alone=False), 7)) == [
        "m",
        "p",
        "d",
        "h",
        "w",
        "n2",
        "n3",
    ]
    assert next(fresh_dimensions((), alone=True)) == "n"
    assert next(fresh_dimensions({"n"}, alone=True)) == "m"


@pytest.mark.parametrize(
    ("char", "name"),
    [("α", "alpha"), ("λ", "lambda"), ("Σ", "Sigma"), ("ς", "sigma"), ("a", None), ("А", None), ("ά", None)],
)
def test_greek_letters_have_names(char: str, name: str | None) -> None:
    assert greek_name(char) == name
    assert name is None or name.lower() in GREEK


def test_characters_are_shown_safely() -> None:
    assert character_name(";") == ";"
    assert character_name(" ") == "a blank"
    assert character_name("\u202e") == "U+202E (right-to-left override)"
    assert character_name("\x00") == "U+0000"
