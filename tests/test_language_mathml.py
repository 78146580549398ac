"""MathML and words of expressions: valid, complete, and what they should be for the usual cases."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from gen.derivation.derive import derive, derive_all
from gen.derivation.record import Display
from gen.language.catalogue import FUNCTIONS
from gen.language.dimension import Dim, named, triangle
from gen.language.function import Function
from gen.language.latex import GREEK, latex
from gen.language.mathml import MATHML, dim_mathml, elements, mathml, shape_mathml, symbol_mathml
from gen.language.node import Node
from gen.language.notation import Line
from gen.language.notation import Path as Place
from gen.language.spoken import SPOKEN, dim_spoken, shape_spoken, spoken, symbol_spoken
from gen.language.style import Style, notations

DATA = Path(__file__).parent / "data"
ROWS: list[dict[str, Any]] = [
    json.loads(line)
    for name in ("identities.jsonl", "peers.jsonl")
    for line in (DATA / name).read_text(encoding="utf-8").splitlines()
]
# Of MathML Core, and how many parts each has; None where any number is right.
PARTS = {
    **{"math": None, "mrow": None, "msqrt": None, "mspace": 0},
    **{"mfrac": 2, "msub": 2, "msup": 2, "munder": 2, "msubsup": 3},
}
LEAVES = frozenset({"mi", "mn", "mo", "mtext"})


def node(source: str, symbols: dict[str, object] | None = None) -> Node:
    """An expression as a derivation reads it."""
    return derive(source, "Z_0", symbols=symbols, check=False).problem.expr


def hold(text: str) -> None:
    """Is it valid, of known elements only, each with as many parts as it needs, and all text in leaves?"""
    root = ET.fromstring(f"<math>{text}</math>")
    assert len(root) > 0
    for element in root.iter():
        if element.tag in LEAVES:
            assert element.text and len(element) == 0, ET.tostring(element)
            continue
        assert element.tag in PARTS, element.tag
        assert PARTS[element.tag] in (None, len(element)), ET.tostring(element)
        assert not (element.text or "").strip()
        assert not any((part.tail or "").strip() for part in element), ET.tostring(element)


def hold_words(words: str) -> None:
    """Words, numbers, the hyphen and the comma of a pause: no sign that a voice would skip or spell."""
    assert re.fullmatch(r"[A-Za-z0-9]+(?:(?: ,)?[ -][A-Za-z0-9]+)*", words), words


def lines_of(row: dict[str, Any]) -> list[tuple[Line, frozenset[Place]]]:
    """Every line of every method, with and without what is marked, and every result."""
    found = derive_all(row["expr"], (row["wrt"],), ("all",), symbols=row["symbols"], kind=row["kind"])
    out: list[tuple[Line, frozenset[Place]]] = []
    for d in found:
        out += [(line, frozenset()) for line in d.lines() if not isinstance(line, Display)]
        out += [(s.after, frozenset(s.marks)) for s in d.steps if not isinstance(s.after, Display)]
        results = (d.results.index, d.results.matrix, d.results.vec)
        out += [(result.line, frozenset()) for result in results if result is not None]
    return out


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_every_line_is_valid_and_can_be_spoken(row: dict[str, Any]) -> None:
    for line, marks in lines_of(row):
        text = mathml(line, marks)
        hold(text)
        assert text.count('class="changed"') == latex(line, marks).count(r"\chg{")
        hold_words(spoken(line, marks))


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.name)
def test_every_function_has_signs_and_words(function: Function) -> None:
    made = node(function.example)
    hold(mathml(made))
    hold_words(spoken(made))


@pytest.mark.parametrize(
    "name", ["W", "alpha", "W_1", "x_hat", "b12", "dW", "dalpha", "loss", "a_b_2", *sorted(GREEK)]
)
def test_every_name(name: str) -> None:
    hold(symbol_mathml(name))
    hold_words(symbol_spoken(name))


def test_dimensions_and_shapes() -> None:
    m, n = named("m"), named("n")
    for dim in (m, m * n, n * n, Dim(3), Dim(2, ("n",)), triangle(n), triangle(m * n)):
        hold(dim_mathml(dim))
        hold_words(dim_spoken(dim))
    hold(shape_mathml((m, n, m)))
    assert shape_spoken((m, n * n)) == "m by n squared"
    assert (shape_mathml(()), shape_spoken(())) == ("<mtext>scalar</mtext>", "scalar")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("W'*X", "W transpose times X"),
        ("(A+B)*x", "open bracket A plus B close bracket times x"),
        ("-alpha*X", "minus alpha times X"),
        ("X/2", "X over 2"),
        ("A.*B", "A entrywise times B"),
        ("X^3", "X cubed"),
        ("x.^2", "x entrywise squared"),
        ("inv(X)'", "X inverse transpose"),
        ("tr(A*X)", "trace of open bracket A times X close bracket"),
        ("kron(A,B)", "A Kronecker B"),
        ("normF(X)^2", "Frobenius norm of open bracket X close bracket squared"),
        ("eye(n)*X", "identity of size n times X"),
    ],
)
def test_what_is_said(source: str, words: str) -> None:
    assert spoken(node(source)) == words


def test_what_is_said_of_entries() -> None:
    said = [spoken(line) for line in derive("W*X", "W").lines() if not isinstance(line, Display)]
    assert said[2] == "sum over j of partial of W sub i j by W sub q r times X sub j k"
    assert said[-1] == "delta i q times X sub r k"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("X^3", "<msup><mi>X</mi><mn>3</mn></msup>"),
        (
            "inv(X)'",
            '<msup><mi>X</mi><mrow><mo form="prefix">−</mo><mi mathvariant="normal">T</mi></mrow></msup>',
        ),
        ("W_1'", '<msubsup><mi>W</mi><mn>1</mn><mi mathvariant="normal">T</mi></msubsup>'),
        ("kron(A,B)", "<mi>A</mi><mo>⊗</mo><mi>B</mi>"),
        ("x/y", "<mfrac><mi>x</mi><mi>y</mi></mfrac>"),
        ("alpha", "<mi>α</mi>"),
    ],
)
def test_what_is_written(source: str, expected: str) -> None:
    scalars: dict[str, object] = {"x": "scalar", "y": "scalar"}
    assert mathml(node(source, scalars if source == "x/y" else None)) == expected


def test_a_second_exponent_is_not_one_of_the_first() -> None:
    assert mathml(node("(X^2)'")).startswith('<msup><mrow><mo form="prefix" stretchy="false">(</mo><msup>')


def test_elements_side_by_side() -> None:
    assert elements("<mi>a</mi><mrow><mo>+</mo><mi>b</mi></mrow>") == (
        "<mi>a</mi>",
        "<mrow><mo>+</mo><mi>b</mi></mrow>",
    )
    assert elements("") == ()


def test_both_notations_leave_nothing_to_a_plain_minus() -> None:
    assert "-" not in (MATHML.negative, SPOKEN.negative)


def test_the_sign_of_a_derivative_stands_close_whatever_it_is() -> None:
    usual, upright = (notations(Style(partial=sign)).mathml for sign in ("round", "upright"))
    assert usual.partial("<mi>f</mi>", "<mi>x</mi>", True).count("<mo>∂</mo>") == 2
    for made in (
        upright.partial("<mi>f</mi>", "<mi>x</mi>", True),
        upright.second("<mi>f</mi>", "<mi>x</mi>", "<mi>x</mi>"),
    ):
        assert made.count(">d</mo>") == made.count('<mo lspace="0" rspace="0">d</mo>') >= 2
