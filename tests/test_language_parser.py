"""The grammar of the matrix language, its limits, and the words of its errors."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.errors import InputError
from gen.language.parse_errors import MAX_DEPTH, MAX_LENGTH
from gen.language.parser import parse, parse_index_text, split_definition
from gen.language.syntax import Syntax


def shown(tree: Syntax) -> str:
    """A tree with every operation in brackets."""
    args = [shown(arg) for arg in tree.args]
    if tree.op in ("number", "name", "letter"):
        return str(tree.value)
    if tree.op in ("sum", "product"):
        return "(" + "".join(a + s for a, s in zip(args, (*tree.words, ""), strict=True)) + ")"
    if tree.op == "call":
        return f"{tree.name}({','.join(args)})"
    return f"{tree.op}({','.join(args)})"


def fault(text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        parse(text)
    return caught.value


PRECEDENCE = [
    ("A*B+C", "((A*B)+C)"),
    ("A-B-C", "(A-B-C)"),
    ("-X^2", "negative(^(X,2))"),
    ("X^2'", "transpose(^(X,2))"),
    ("X'^2", "^(transpose(X),2)"),
    ("2^3^2", "^(^(2,3),2)"),
    ("X^-1*Y", "(^(X,negative(1))*Y)"),
    ("x.^-a'", "transpose(.^(x,negative(a)))"),
    ("-A*B", "(negative(A)*B)"),
    ("A*-B", "(A*negative(B))"),
    ("--A", "negative(negative(A))"),
    ("2./x", "(2./x)"),
    ("2.*x", "(2.*x)"),
    ("2.^x", ".^(2,x)"),
    ("a/2/b", "(a/2/b)"),
    ("A.*B*C./D", "(A.*B*C./D)"),
    ("tr(A, B)'", "transpose(tr(A,B))"),
    ("sum (x)", "sum(x)"),
    ("(A+B)'", "transpose((A+B))"),
    ("A\n *\tB", "(A*B)"),
]


@pytest.mark.parametrize(("text", "tree"), PRECEDENCE, ids=[text for text, _ in PRECEDENCE])
def test_precedence(text: str, tree: str) -> None:
    assert shown(parse(text)) == tree


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", Fraction(1)), ("0.5", Fraction(1, 2)), ("1e-3", Fraction(1, 1000)), ("2.5E+1", Fraction(25))],
)
def test_numbers_are_exact(text: str, number: Fraction) -> None:
    assert parse(text).number == number


def test_places_count_code_points_of_the_source() -> None:
    tree = parse(" W * (X+Y) ")
    assert (tree.start, tree.end) == (1, 10)
    assert [(a.start, a.end) for a in tree.args] == [(1, 2), (5, 10)]


FAULTS = [
    ("", "the expression is empty", 0),
    ("   ", "the expression is empty", 0),
    ("A B", "an operator is missing between A and B", 2),
    ("A B )", "an operator is missing between A and B", 2),
    ("2X", "an operator is missing between 2 and X", 1),
    ("(A)(B)", "an operator is missing between ) and (", 3),
    ("A'''B", "an operator is missing between ' and B", 4),
    ("A)", "unexpected )", 1),
    ("(A+B", "a closing bracket is missing", 4),
    ("tr(A", "a closing bracket is missing", 4),
    ("inv(", "something is missing after (", 4),
    ("A*", "something is missing after *", 2),
    ("inv()", "something is missing between ( and )", 4),
    ("f(A,)", "something is missing between , and )", 4),
    ("A**2", "something is missing between * and *", 2),
    ("+A", "something is missing before +", 0),
    ("A,B", "unexpected ,", 1),
    ("1.", "unexpected .", 1),
    (".5", "unexpected .", 0),
    ("A.T", "unexpected .", 1),
    ("_x", "unexpected _", 0),
    ("W[i,j]", "unexpected character [", 1),
    ("A = B", "unexpected character =", 2),
    ("A;B", "unexpected character ;", 1),
]


@pytest.mark.parametrize(("text", "message", "start"), FAULTS, ids=[text for text, _, _ in FAULTS])
def test_what_is_wrong_is_said_at_its_place(text: str, message: str, start: int) -> None:
    report = fault(text).report
    assert (report.code, report.message, report.start) == ("syntax", message, start)
    assert report.end is not None
    assert start <= report.end <= max(len(text), 1)


HINTS = [
    ("2X", "2*X"),
    ("inv A", "inv(A)"),
    ("A**2", "^"),
    ("A.T", "X'"),
    ("(A", "column 1"),
    ("α*X", "alpha"),
    ("Λ", "Lambda"),
    ("ς", "sigma"),
    ("A·B", "*"),
    ("A×B", "*"),
    ("A−B", "-"),
    ("Aᵀ", "'"),
    ("A′", "'"),
    ("A⊙B", ".*"),
    ("A²", "^2"),
    ("A\u200bB", "blank"),
]


@pytest.mark.parametrize(("text", "hint"), HINTS, ids=[ascii(text) for text, _ in HINTS])
def test_hints_say_what_to_type(text: str, hint: str) -> None:
    assert hint in (fault(text).report.hint or "")


@pytest.mark.parametrize("char", ["·", "\u202e", "\x00", "\x85", "\u0301", "é", "А", "１"])
def test_other_characters_are_named_by_their_code_point(char: str) -> None:
    report = fault(f"A*{char}").report
    assert f"U+{ord(char):04X}" in report.message
    assert report.message.isascii()
    assert report.start == 2


LARGE = [
    "(" * 101 + "A" + ")" * 101,
    "(" * 5000,
    "-" * 5000 + "A",
    ("(" + "-" * 90) * 90 + "A" + ")" * 90,
    "A" + "'" * 5000,
    "A" + "^2" * 2000,
    "A*A.*" * 1500 + "A",
    "x" + "./x" * 2000,
    "exp(" * 90 + "-" * 90 + "A" + ")" * 90,
    " " * 1048576 + "A",
    "A" * 41,
    "1e999",
    "1e-999",
    "1e99999999999999999999",
    "1" * 41,
]


@pytest.mark.parametrize("text", LARGE, ids=[text[:12].strip() or "blanks" for text in LARGE])
def test_what_is_too_large_is_refused(text: str) -> None:
    assert fault(text).report.code == "too_large"


@pytest.mark.parametrize(
    "text",
    [
        "(" * MAX_DEPTH + "A" + ")" * MAX_DEPTH,
        "-" * (MAX_DEPTH - 1) + "A",
        "A" + "'" * (MAX_DEPTH - 1),
        "A" + "+A" * ((MAX_LENGTH - 1) // 2),
        "A" + "*A" * ((MAX_LENGTH - 1) // 2),
    ],
    ids=["brackets", "minus", "transposes", "sum", "product"],
)
def test_what_is_just_not_too_large_is_read(text: str) -> None:
    assert parse(text).depth <= MAX_DEPTH


def test_an_expression_may_have_a_name() -> None:
    assert split_definition("F = W*X") == ("F", " W*X", 3)
    assert split_definition("W*X") == (None, "W*X", 0)
    assert split_definition("A == B") == (None, "A == B", 0)
    assert split_definition("W*X = F") == (None, "W*X = F", 0)


INDEX_TEXTS = [
    ("W[i,j]", "entry(W,i,j)"),
    ("(A*X)'[i,k]", "entry(transpose((A*X)),i,k)"),
    ("sum[j,l](a*x[j])", "binder((a*entry(x,j)))"),
    ("sum (x)*delta[i,q]", "(sum(x)*entry(delta,i,q))"),
    ("[q>=r]*2", "(order()*2)"),
    ("d(x[i]^2, x[q])", "d(^(entry(x,i),2),entry(x,q))"),
    ("vec(W)[(i,j)]", "entry(vec(W),pair(i,j))"),
]


@pytest.mark.parametrize(("text", "tree"), INDEX_TEXTS, ids=[text for text, _ in INDEX_TEXTS])
def test_index_text(text: str, tree: str) -> None:
    assert shown(parse_index_text(text)) == tree


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for reader in (parse, parse_index_text):
        try:
            reader(text)
        except InputError as error:
            lines = error.report.lines()
            assert len(lines) <= 4
            assert all("\n" not in line for line in lines)


@given(st.text(alphabet="AXxn12().,'*/+-^[]>= e", max_size=30))
def test_any_row_of_signs_is_read_or_refused_at_a_place(text: str) -> None:
    try:
        tree = parse_index_text(text)
    except InputError as error:
        report = error.report
        assert report.start is not None
        assert report.end is not None
        assert 0 <= report.start <= report.end <= max(len(text), 1)
    else:
        assert text[tree.start : tree.end].strip() != ""
