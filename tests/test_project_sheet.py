"""`sheet.toml` as records: what it may hold, and one report for each thing that is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.document.blocks import Space
from gen.errors import InputError, Report
from gen.project.keys import Key
from gen.project.notation import NOTATION_KEYS, Notation
from gen.project.sheet import (
    PROBLEM_KEYS,
    SHEET_KEYS,
    Sheet,
    examine,
    read_sheet,
)
from gen.project.source import source_of
from gen.project.written import WrittenProblem

EXAMPLE = Path(__file__).parent.parent / "examples" / "linear-layer" / "sheet.toml"
HEAD = 'id = "s1"\ntitle = "T"\n'
PROBLEM = '[[problem]]\nof = "F = W*X"\nwrt = "W"\n'


def faults(text: str) -> tuple[Report, ...]:
    return examine(source_of(text, "s.toml"))[1]


def sheet(text: str) -> Sheet:
    found, wrong = examine(source_of(text, "s.toml"))
    assert not wrong
    assert found is not None
    return found


def only(text: str) -> Report:
    (fault,) = faults(text)
    assert fault.where == "file"
    assert len(fault.lines()) <= 4
    return fault


def test_the_example_reads() -> None:
    read = read_sheet(EXAMPLE)
    assert read.id == "linear-layer"
    assert [p.of for p in read.problems if isinstance(p, WrittenProblem)][:2] == ["F = W*X", "F = W*X"]
    assert read.problems[0].methods == ("index", "vec", "components", "backprop")
    assert read.formats == ("worksheet", "solutions", "slides", "notes")


def test_the_least_sheet_has_the_defaults() -> None:
    read = sheet(HEAD + PROBLEM)
    assert read.notation == Notation()
    assert (read.paper, read.language, read.seed, read.strict) == ("a4", "en", None, False)
    (problem,) = read.problems
    assert (problem.methods, problem.marks, problem.space) == (("index",), None, Space())
    assert problem.place == "s.toml:4:6"


def test_everything_that_can_be_said_is_read() -> None:
    read = sheet(
        HEAD
        + 'course = "C"\nauthor = "A"\ndate = 2026-11-01\nterm = "WS"\n'
        + 'instructions = "Go."\npaper = "letter"\n'
        + 'seed = 99999999999999999999\nformats = ["notes"]\nnotation = { sums = "sigma" }\n'
        + '[symbols]\nstrict = true\nW = "m x n"\nS = "n x n symmetric"\n'
        + PROBLEM
        + 'marks = 3\nlines = 12\nprompt = "Do."\nsymbols = { W = "k x n" }\n'
    )
    assert read.date == "2026-11-01"
    assert read.seed == 99999999999999999999
    assert read.notation.sums == "sigma"
    assert read.strict
    (problem,) = read.problems
    assert isinstance(problem, WrittenProblem)
    assert problem.space == Space("lines", 12)
    shapes = {d.name: (d.rows.text(), d.cols.text(), d.structure) for d in problem.declarations}
    assert shapes == {"W": ("k", "n", None), "S": ("n", "n", "symmetric")}


@pytest.mark.parametrize(
    ("line", "space"),
    [
        ('space = "8cm"', Space("blank", 80.0)),
        ('space = "15mm"', Space("blank", 15.0)),
        ('grid = "4.5 cm"', Space("grid", 45.0)),
        ("lines = 7", Space("lines", 7)),
    ],
)
def test_room_for_the_answer(line: str, space: Space) -> None:
    assert sheet(HEAD + PROBLEM + line).problems[0].space == space


def test_a_date_with_a_time_is_text() -> None:
    read = sheet(HEAD + "date = 2026-11-01 10:00:00\n" + PROBLEM)
    assert read.date == "2026-11-01 10:00:00"


def test_a_misspelt_key_is_named_with_its_line_and_the_nearest_key() -> None:
    fault = only(HEAD + "corse = 'x'\n" + PROBLEM)
    assert fault.lines() == [
        "error: s.toml:3:1: the key 'corse' is not known",
        "  corse = 'x'",
        "  ^^^^^",
        "  hint: did you mean course?",
    ]


@pytest.mark.parametrize(
    ("keys", "template"),
    [
        (SHEET_KEYS, HEAD + "{line}" + PROBLEM),
        (PROBLEM_KEYS, HEAD + PROBLEM + "{line}"),
        (NOTATION_KEYS, HEAD + PROBLEM + "[notation]\n{line}"),
    ],
    ids=["sheet", "problem", "notation"],
)
def test_every_key_with_a_letter_dropped_is_recognised(keys: tuple[Key, ...], template: str) -> None:
    for key in keys:
        if len(key.name) > 3:
            wrong = key.name[:2] + key.name[3:]
            found = faults(template.format(line=f"{wrong} = 1\n"))
            assert [fault.hint for fault in found] == [f"did you mean {key.name}?"]


@pytest.mark.parametrize(
    ("text", "message", "code"),
    [
        ("", "s.toml: the file is empty", "syntax"),
        ("# nothing\n", "s.toml: the file is empty", "syntax"),
        (HEAD, "s.toml: there is no problem in it", "syntax"),
        ('title = "T"\n' + PROBLEM, "s.toml: id is missing", "syntax"),
        ('id = "a"\n' + PROBLEM, "s.toml: title is missing", "syntax"),
        ('id = "a/b"\ntitle = "T"\n' + PROBLEM, "s.toml:1: id may hold only", "syntax"),
        ('id = "con"\ntitle = "T"\n' + PROBLEM, "s.toml:1: id is a name that Windows", "syntax"),
        ('id = "a"\ntitle = " "\n' + PROBLEM, "s.toml:2: title is empty", "syntax"),
        (HEAD + "course = 3\n" + PROBLEM, "s.toml:3: course must be a text", "syntax"),
        (HEAD + "seed = -1\n" + PROBLEM, "s.toml:3: seed must be a whole number from 0", "syntax"),
        (HEAD + "seed = nan\n" + PROBLEM, "s.toml:3: seed must be a whole number", "syntax"),
        (HEAD + "seed = true\n" + PROBLEM, "s.toml:3: seed must be a whole number", "syntax"),
        (HEAD + "formats = []\n" + PROBLEM, "s.toml:3: formats must be a list", "syntax"),
        (
            HEAD + 'formats = ["notes", "notes"]\n' + PROBLEM,
            's.toml:3: formats names "notes" twice',
            "syntax",
        ),
        (HEAD + 'formats = ["sldes"]\n' + PROBLEM, 's.toml:3: formats does not know "sldes"', "syntax"),
        (HEAD + 'notation = { sum = "sigma" }\n' + PROBLEM, "s.toml:3: the key 'sum' is not known", "syntax"),
        (HEAD + "notation = 3\n" + PROBLEM, "s.toml:3: notation must be a table", "syntax"),
        (HEAD + '[problem]\nof = "x"\nwrt = "x"\n', "s.toml:3: problem must be tables", "syntax"),
        (HEAD + "problem = [1]\n", "s.toml:3: problem must be tables", "syntax"),
        (HEAD + '[[problem]]\nof = "x"\n', "s.toml:3: wrt is missing", "syntax"),
        (HEAD + PROBLEM + "marks = 1.5\n", "s.toml:6: marks must be a whole number", "syntax"),
        (HEAD + PROBLEM + 'space = "8"\n', "s.toml:6: space must be a length", "syntax"),
        (HEAD + PROBLEM + 'space = "9999cm"\n', "s.toml:6: space must be between", "syntax"),
        (
            HEAD + PROBLEM + 'space = "8cm"\nlines = 3\n',
            "s.toml:7: space and lines exclude each other",
            "syntax",
        ),
        (HEAD + PROBLEM + 'methods = ["indx"]\n', 's.toml:6: methods does not know "indx"', "syntax"),
        (HEAD + PROBLEM + 'form = "open"\n', "s.toml:6: form goes with generated problems", "unsupported"),
        (HEAD + PROBLEM + "[symbols]\nW = 'm x'\n", "s.toml:7: a dimension is missing", "syntax"),
        (HEAD + PROBLEM + "[symbols]\nS = 'm x n symmetric'\n", "s.toml:7: ", "not_square"),
        (HEAD + PROBLEM + "[symbols]\nstrict = 1\n", "s.toml:7: strict must be true or false", "syntax"),
        (HEAD + PROBLEM + "symbols = { n = 'n' }\n", "s.toml:6: n is a dimension of n", "name_clash"),
        (HEAD + PROBLEM + "symbols = { strict = true }\n", "s.toml:6: strict belongs into", "syntax"),
        (HEAD + PROBLEM * 201, "s.toml:603: 201 problems", "too_large"),
        (f'id = "{"a" * 81}"\ntitle = "T"\n' + PROBLEM, "s.toml:1: id is longer", "too_large"),
    ],
)
def test_every_fault_is_one_report_with_its_line(text: str, message: str, code: str) -> None:
    fault = only(text)
    # The table gives lines; what the column is, the caret shows as well.
    assert re.sub(r"^(s\.toml:\d+):\d+:", r"\1:", fault.message).startswith(message)
    assert fault.code == code


@given(st.integers(0, 20), st.sampled_from(("course", "seed", "paper")))
def test_the_column_is_that_of_the_caret(blanks: int, key: str) -> None:
    fault = only(HEAD + f"{key} ={' ' * blanks}[3]\n" + PROBLEM)
    column = len(f"{key} =") + blanks + 1
    assert fault.message.startswith(f"s.toml:3:{column}: {key} ")
    assert fault.lines()[2].index("^") == column + 1


@pytest.mark.parametrize(
    ("value", "words", "hinted"),
    [
        ('"d $\\nabla f$"', "prompt contains a line break", True),
        ('"d $\\theta$"', "prompt contains a tab", True),
        ('"a \\u202e b"', "prompt contains the control character U+202E", False),
        ('"a \\u200b b"', "prompt contains the control character U+200B", False),
    ],
)
def test_characters_that_toml_made_of_a_backslash(value: str, words: str, hinted: bool) -> None:
    fault = only(HEAD + PROBLEM + f"prompt = {value}\n")
    assert words in fault.message
    assert ("single quotes" in str(fault.hint)) == hinted


@pytest.mark.parametrize("value", ["'''\nTwo\n$a\nb$\n'''", '"First line\\nSecond line"', '"शी\\u200dल"'])
def test_prompts_of_several_lines_and_joiners_are_no_fault(value: str) -> None:
    assert not faults(HEAD + PROBLEM + f"prompt = {value}\n")


def test_a_line_break_in_an_expression_is_explained() -> None:
    fault = only(HEAD + '[[problem]]\nof = "\\nabla f"\nwrt = "x"\n')
    assert fault.message == "s.toml:4:6: of contains a line break"
    assert "single quotes" in str(fault.hint)


def test_all_faults_are_found_in_their_order() -> None:
    found = faults(HEAD + "corse = 1\nseed = 'x'\n" + PROBLEM + "mark = 3\n" + PROBLEM + "lines = 0\n")
    assert [fault.message.split(":")[1] for fault in found] == ["3", "4", "8", "12"]


def test_reading_raises_the_first_fault(tmp_path: Path) -> None:
    file = tmp_path / "sheet.toml"
    file.write_text(HEAD + "corse = 1\nterms = 2\n" + PROBLEM)
    with pytest.raises(InputError, match="corse"):
        read_sheet(file)


@pytest.mark.parametrize("table", ["", "marks = 3\n", "symbols = {}\nlines = 3\n"])
def test_a_table_that_asks_nothing_names_all_that_could_ask(table: str) -> None:
    fault = only(HEAD + "[[problem]]\n" + table)
    assert fault.message == "s.toml:3:1: it does not say what is asked: of, family or from is missing"
    assert all(word in str(fault.hint) for word in ("of =", "wrt =", "family =", "from ="))


def test_half_a_written_problem_is_told_what_it_lacks() -> None:
    assert only(HEAD + '[[problem]]\nwrt = "W"\n').message == "s.toml:3:1: of is missing"
    assert [fault.message for fault in faults(HEAD + '[[problem]]\noff = "W"\nwrt = "W"\n')] == [
        "s.toml:4:1: the key 'off' is not known"
    ]


def test_a_misspelt_required_key_is_told_by_its_own_name(tmp_path: Path) -> None:
    file = tmp_path / "sheet.toml"
    file.write_text('id = "x"\ntitel = "t"\n[[problem]]\nof = "F = W*X"\nwrt = "W"\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_sheet(file)
    report = caught.value.report
    assert report.message == f"{file}:2:1: the key 'titel' is not known"
    assert report.hint == "did you mean title?"


def test_a_heading_in_a_prompt_is_told_with_its_line() -> None:
    prompt = "'''\nWords.\n\n## No\n\n```\n# code\n```\n'''"
    fault = only(f'id = "s"\ntitle = "T"\n[[problem]]\nof = "W*X"\nwrt = "W"\nprompt = {prompt}\n')
    assert fault.message.startswith("s.toml:9:1: prompt has a heading") and fault.source is not None
    assert fault.source[fault.start : fault.end] == "## No"


@pytest.mark.parametrize(
    ("prompt", "place", "marked"),
    (
        (r"'a $\frac{1$ b'", "6:14", r"\frac{1"),
        (r"'a $\input{x}$ b'", "6:14", r"\input"),
        (r"'a $x_1$ $\frac{1}$ b'", "6:20", r"\frac"),
        (r'"a \\alpha $x$ $\\input{x}$"', "6:26", r"\\input"),
        ("'''\nOne $x$\n\n> two $\\input{x}$\n'''", "9:8", r"\input"),
        ('"""\nOne\n\n$$\n\\\\input{x}\n$$\n"""', "10:1", r"\\input"),
        ("'see ![x](a.png)'", "6:15", "!["),
        ("'a <b>x</b>'", "6:13", "<b>"),
        ("'a [x](https://a.org)'", "6:13", "["),
        ("'a <https://a.org>'", "6:13", "<"),
        ("'`[^1]` and \\[^1], a[^1]'", "6:30", "[^1]"),
    ),
)
def test_what_a_prompt_cannot_hold_is_told_at_its_place(prompt: str, place: str, marked: str) -> None:
    fault = only(HEAD + PROBLEM + f"prompt = {prompt}\n")
    assert fault.message.startswith(f"s.toml:{place}: prompt has ")
    assert fault.source is not None
    assert fault.source[fault.start : fault.end].startswith(marked)


@pytest.mark.parametrize(
    "prompt", ("where a<b and c>d", "products <x>, <y>", "`<b>` $[^1]$ a[b] (c)", r"\<b> \[a](b) \[^1] ![")
)
def test_mathematics_is_not_taken_for_markup(prompt: str) -> None:
    assert faults(HEAD + PROBLEM + f"prompt = '{prompt}'\n") == ()
