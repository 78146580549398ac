"""Generated problems in a sheet: what can be asked for, and what is wrong with it."""

from __future__ import annotations

import pytest

from gen.document.blocks import Space
from gen.errors import Report
from gen.problems.slot import Wanted
from gen.project.generated import GENERATED_KEYS, GeneratedProblem
from gen.project.keys import Key
from gen.project.sheet import Sheet, examine
from gen.project.source import source_of
from gen.project.written import WrittenProblem

HEAD = 'id = "s1"\ntitle = "T"\n'
WRITTEN = '[[problem]]\nof = "F = W*X"\nwrt = "W"\n'
GENERATED = '[[problem]]\nfamily = "trace-product"\n'


def sheet(text: str) -> Sheet:
    found, wrong = examine(source_of(text, "s.toml"))
    assert not wrong
    assert found is not None
    return found


def only(text: str) -> Report:
    (fault,) = examine(source_of(text, "s.toml"))[1]
    assert len(fault.lines()) <= 4
    return fault


def test_written_and_generated_problems_keep_their_order() -> None:
    read = sheet(HEAD + WRITTEN + GENERATED + WRITTEN)
    kinds = [type(problem) for problem in read.problems]
    assert kinds == [WrittenProblem, GeneratedProblem, WrittenProblem]
    assert (len(read.written), len(read.generated)) == (2, 1)
    assert read.generated[0].place("family") == "s.toml:7:10"
    assert read.generated[0].place("count") == "s.toml:6:12"


def test_everything_that_can_be_said_is_read() -> None:
    read = sheet(
        HEAD
        + 'marks = 9\nhints = "upside-down"\nsolution = "outline"\n[[problem]]\n'
        + 'family = ["trace-product"]\nrequire = ["trace", "delta_substitution", "trace"]\ndifficulty = 3\n'
        + 'count = 3\nform = "fade"\nfade = [1, 2, 3]\nmethods = ["index"]\nmarks = 3\nlines = 4\n'
        + 'solution = "answer"\n'
    )
    (problem,) = read.generated
    require = ("delta_substitution", "trace", "trace")
    assert problem.wanted() == Wanted(("trace-product",), require, 3, "fade", "index")
    assert (problem.count, problem.fade, problem.marks, problem.space) == (3, (1, 2, 3), 3, Space("lines", 4))
    assert (read.hints, read.solution, problem.solution) == ("upside-down", "outline", "answer")


def test_one_number_fades_all_problems() -> None:
    read = sheet(HEAD + GENERATED + 'form = "fade"\nfade = 2\ncount = 3\n')
    assert read.generated[0].fade == (2, 2, 2)
    mixed = sheet(HEAD + GENERATED + 'form = "fade"\nfade = ["reasons", 1]\ncount = 2\n')
    assert mixed.generated[0].fade == ("reasons", 1)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ('[[problem]]\nfamily = "trace-prodct"\n', "4:10: family does not know", 'mean "trace-product"'),
        ('[[problem]]\nfamly = "trace-product"\n', "4:1: the key 'famly' is not known", "mean family"),
        ('[[problem]]\nrequire = ["chain_rul"]\n', "4:11: require does not know", 'mean "chain_rule"'),
        (GENERATED + "difficulty = 9\n", "5:14: difficulty must be a whole number from 1 to 5", ""),
        (GENERATED + "count = 0\n", "5:9: count must be a whole number from 1", ""),
        (GENERATED + "count = 1000000000\n", "5:9: count must be a whole number from 1", ""),
        (GENERATED + 'form = "chioce"\n', "5:8: form does not know", 'mean "choice"'),
        (GENERATED + "fade = 2\n", "5:1: fade goes with form", ""),
        (GENERATED + 'form = "fade"\nfade = "reason"\n', "6:8: fade does not know", 'mean "reasons"'),
        (GENERATED + 'form = "fade"\ncount = 3\nfade = [1, 2]\n', "7:8: fade has 2 entries", ""),
        (GENERATED + 'prompt = "x"\n', "5:1: prompt goes with written problems", ""),
        (GENERATED + 'of = "x"\n', "5:1: of goes with written problems", ""),
        (GENERATED + 'space = "2cm"\nlines = 3\n', "6:1: space and lines exclude each other", ""),
        (GENERATED + "[[question]]\nfamily = 1\n[[question]]\n", "5:1: the key 'question' is not known", ""),
        (WRITTEN + "difficulty = 2\n", "6:1: difficulty goes with generated problems", ""),
    ],
)
def test_every_fault_has_its_place_and_a_hint(text: str, message: str, hint: str) -> None:
    fault = only(HEAD + text)
    assert fault.message.startswith(f"s.toml:{message}")
    assert hint in str(fault.hint)


def test_marks_add_up_or_are_told_of() -> None:
    problems = GENERATED + "marks = 4\ncount = 3\n" + WRITTEN + "marks = 2\n"
    assert sheet(HEAD + "marks = 14\n" + problems).marks == 14
    fault = only(HEAD + "marks = 40\n" + problems)
    assert fault.message == "s.toml:3:9: marks are 40, but those of the problems add up to 14"
    # Where a problem has none yet, they can still add up.
    assert sheet(HEAD + "marks = 40\n" + problems + WRITTEN).marks == 40
    assert "add up to 14" in only(HEAD + "marks = 10\n" + problems + WRITTEN).message


def test_all_counts_together_have_a_limit() -> None:
    fault = only(HEAD + (GENERATED + "count = 100\n") * 3)
    assert (fault.code, fault.message[:11]) == ("too_large", "s.toml:9:1:")


@pytest.mark.parametrize("key", GENERATED_KEYS, ids=lambda key: key.name)
def test_no_key_takes_a_table(key: Key) -> None:
    name = key.name
    table = "[[problem]]\n" if name == "family" else GENERATED
    assert only(HEAD + table + f"{name} = {{ a = 1 }}\n").message.split(": ")[1].startswith(name)
