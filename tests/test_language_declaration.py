"""Declarations as text and as JSON."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.errors import InputError
from gen.language.declaration import Declaration, declaration_from, declare, together
from gen.language.dimension import ONE, Dim, named

M, N, K = named("m"), named("n"), named("k")

TEXTS = [
    ("W: m x n", Declaration("W", M, N)),
    ("  W :m   x   n ", Declaration("W", M, N)),
    ("x: n", Declaration("x", N)),
    ("x: n x 1", Declaration("x", N)),
    ("r: 1 x n", Declaration("r", ONE, N)),
    ("a: scalar", Declaration("a")),
    ("a: 1", Declaration("a")),
    ("a: scalar positive", Declaration("a", domain="positive")),
    ("A: 2x3", Declaration("A", Dim(2), Dim(3))),
    ("v: k*n", Declaration("v", K * N)),
    ("v: 2 * k * n", Declaration("v", Dim(2) * K * N)),
    ("B: k*n x 2*m", Declaration("B", K * N, Dim(2) * M)),
    ("S: n x n symmetric", Declaration("S", N, N, "symmetric")),
    ("S: n x n symmetric spd", Declaration("S", N, N, "symmetric", "spd")),
    ("A: n x n nonsing", Declaration("A", N, N, domain="nonsing")),
    ("f: elementwise", Declaration("f", function=True)),
    ("lambda: scalar", Declaration("lambda")),
    ("None: scalar", Declaration("None")),
    ("x: x x n", Declaration("x", named("x"), N)),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[text for text, _ in TEXTS])
def test_declarations_as_text(text: str, expected: Declaration) -> None:
    assert declare(text) == expected


FORMS: list[tuple[object, Declaration]] = [
    ("m x n", Declaration("W", M, N)),
    (["m", "n"], Declaration("W", M, N)),
    ({"shape": ["m", "n"], "structure": None, "domain": None}, Declaration("W", M, N)),
    ({"shape": []}, Declaration("W")),
    ({"shape": [1, 1]}, Declaration("W")),
    ({"shape": ["n", 1]}, Declaration("W", N)),
    ({"shape": ["n"]}, Declaration("W", N)),
    ({"shape": ["k*n", 3]}, Declaration("W", K * N, Dim(3))),
    ({"shape": ["n", "n"], "structure": "skew", "domain": "small"}, Declaration("W", N, N, "skew", "small")),
    ({"shape": "n x n", "structure": "lower"}, Declaration("W", N, N, "lower")),
    ({"function": "elementwise"}, Declaration("W", function=True)),
]


@pytest.mark.parametrize(("form", "expected"), FORMS, ids=[str(form) for form, _ in FORMS])
def test_declarations_as_json(form: object, expected: Declaration) -> None:
    assert declaration_from("W", form) == expected


BAD_TEXTS = [
    ("W m x n", "syntax"),
    ("W:", "syntax"),
    (": n", "syntax"),
    ("1x: n", "syntax"),
    ("a b: n", "syntax"),
    ("А: n", "syntax"),
    ("_x: n", "syntax"),
    ("A: n x", "syntax"),
    ("A: n m", "syntax"),
    ("A: m x n x p", "syntax"),
    ("A: n x n symetric", "syntax"),
    ("A: n x n symmetric skew", "syntax"),
    ("A: symmetric", "syntax"),
    ("A: n*", "syntax"),
    ("A: n × m", "syntax"),
    ("f: elementwise n", "syntax"),
    ("A: 0 x n", "shape"),
    ("A: -1 x n", "shape"),
    ("A: m x n symmetric", "not_square"),
    ("x: n diagonal", "not_square"),
    ("A: 99999", "too_large"),
    ("A: " + "9" * 5000, "too_large"),
    ("A" * 41 + ": n", "too_large"),
    ("tr: n", "name_clash"),
    ("eye: n x n", "name_clash"),
    ("A: tr x n", "name_clash"),
]


@pytest.mark.parametrize(("text", "code"), BAD_TEXTS, ids=[ascii(text)[:20] for text, _ in BAD_TEXTS])
def test_bad_declarations_are_refused(text: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        declare(text)
    report = caught.value.report
    assert (report.code, report.where) == (code, "let")
    assert report.start is not None


BAD_FORMS: list[tuple[object, str]] = [
    (3, "syntax"),
    (None, "syntax"),
    ({}, "syntax"),
    ({"shape": None}, "syntax"),
    ({"shape": ["n x n"]}, "syntax"),
    ({"shape": [True]}, "syntax"),
    ({"shape": [2.5]}, "syntax"),
    ({"shape": [""]}, "syntax"),
    ({"shape": ["n"], "domain": "sdp"}, "syntax"),
    ({"shape": [0, "n"]}, "shape"),
    ({"shape": [-1, "n"]}, "shape"),
    ({"shape": ["m", "n", "p"]}, "shape"),
    ({"shape": [10**5000]}, "too_large"),
    ({"shape": ["m", "n"], "structure": "symmetric"}, "not_square"),
    ({"function": "linear"}, "unsupported"),
]


@pytest.mark.parametrize(("form", "code"), BAD_FORMS)
def test_bad_forms_are_refused(form: object, code: str) -> None:
    with pytest.raises(InputError) as caught:
        declaration_from("W", form)
    assert (caught.value.report.code, caught.value.report.where) == (code, "let")


def test_the_nearest_property_is_named() -> None:
    with pytest.raises(InputError) as caught:
        declare("S: n x n symetric")
    assert caught.value.report.hint == "did you mean symmetric?"
    assert caught.value.report.lines()[2].index("^") - 2 == "S: n x n symetric".index("symetric")


def test_one_name_is_not_both_a_symbol_and_a_dimension() -> None:
    with pytest.raises(InputError) as caught:
        together([declare("A: n x m"), declare("n: scalar")])
    assert caught.value.report.code == "name_clash"
    assert set(together([declare("A: n x m"), declare("x: n")])) == {"A", "x"}


@given(st.text(max_size=40))
def test_any_text_is_a_declaration_or_refused(text: str) -> None:
    for candidate in (text, f"A: {text}"):
        try:
            declare(candidate)
        except InputError as error:
            assert error.report.where == "let"
