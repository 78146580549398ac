"""Words of the command line: options, and expressions that look like options."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.cli.arguments import Parser, positive
from gen.errors import InputError, Report


def parser() -> Parser:
    made = Parser(prog="freeindex try")
    made.add_argument("expr", nargs="?")
    made.add_argument("--wrt")
    made.add_argument("--let", action="append", default=[])
    made.add_argument("--format", choices=("text", "json"))
    made.add_argument("-o", dest="output")
    made.add_argument("-j", dest="jobs", type=positive)
    return made


def refused(*words: str) -> Report:
    with pytest.raises(InputError) as caught:
        parser().read(words)
    return caught.value.report


@pytest.mark.parametrize(
    "expression",
    [
        "-X",
        "-X*W",
        "-o*x",
        "-h*x",
        "-j'",
        "-2*x",
        "-(A+B)",
        "-o.*x",
        "-",
        "- x",
        "--X",
        "--x*y",
        "--W*X",
        "--(A+B)",
        "---X",
    ],
)
def test_an_expression_that_begins_with_a_minus(expression: str) -> None:
    read = parser().read([expression, "--wrt", "x"])
    assert (read.expr, read.wrt, read.output, read.jobs) == (expression, "x", None, None)


def test_two_minus_signs_before_a_word_are_an_option_or_say_how() -> None:
    assert "did you mean --format?" in str(refused("--formt").hint)
    assert "put in brackets: (--sigma)" in str(refused("--sigma").hint)


@pytest.mark.parametrize("option", [("--wrt", "X"), ("--wrt=X",), ("-o", "file")])
def test_options_stand_before_two_minus_signs_alone(option: tuple[str, ...]) -> None:
    report = refused("--", "-X", *option)
    assert report.message == f"{option[0]} stands behind --, where nothing is read as an option"
    assert str(report.hint).startswith("options stand before --")
    assert parser().read([*option, "--", "-X"]).expr == "-X"


def test_options_in_every_form() -> None:
    read = parser().read(["-ofile", "-j4", "--wrt=W", "--let", "-W: n", "--let", "x: n", "X"])
    assert (read.output, read.jobs, read.wrt, read.let, read.expr) == ("file", 4, "W", ["-W: n", "x: n"], "X")


def test_abbreviations_are_not_guessed() -> None:
    report = refused("--form", "json")
    assert report.message == "the option --form is not known"
    assert report.hint == "did you mean --format?"


@pytest.mark.parametrize(
    ("words", "message", "where"),
    [
        (("--wrt",), "--wrt", "wrt"),
        (("--let",), "--let", "let"),
        (("--format", "jsn"), "--format does not know jsn", "expr"),
        (("a", "b"), "one argument too many: b", "expr"),
        (("a", "-b"), "one argument too many: -b", "expr"),
        (("-j", "x"), "'x' is not a whole number", "expr"),
    ],
)
def test_what_is_refused(words: tuple[str, ...], message: str, where: str) -> None:
    report = refused(*words)
    assert message in report.message
    assert (report.code, report.where) == ("syntax", where)
    assert "\0" not in report.message


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), max_size=4))
def test_any_words_are_read_or_refused(words: list[str]) -> None:
    if {"-h", "--help"} & set(words):
        return
    try:
        parser().read(words)
    except InputError as error:
        assert error.report.message


@pytest.mark.parametrize("text", ["0", "-1", "1001", "1.5", "", "x", "٣", "9" * 5000])
def test_numbers_of_jobs(text: str) -> None:
    refused("-j", text)
