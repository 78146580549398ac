"""Question banks: what a sheet draws from them, and what is wrong with them, by file, line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.errors import Report
from gen.problems.deal import Dealt
from gen.problems.difficulty import level_of
from gen.problems.slot import Kept
from gen.project.bank import bank_files, bank_of, read_bank, tagged
from gen.project.course import Course, dealt_course, document, lock_file, versions
from gen.project.lock import lock_text
from gen.project.notation import USUAL
from gen.project.quiz import nameless
from gen.project.sheet import Sheet, examine, read_sheet
from gen.project.source import read_source, source_of

BANK = """\
title = "Products"
[symbols]
W = "m x n"
[[problem]]
of = "F = W*X"
wrt = "W"
prompt = 'From <the> definition.'
tags = ["Matrix", "product"]
source = "exam 2024, 3"
[[problem]]
of = "x'*A*x"
wrt = "x"
tags = ["forms", "matrix"]
[[problem]]
of = "tr(A*X*B)"
wrt = "X"
tags = "matrix"
difficulty = 5
[[problem]]
family = "trace-product"
tags = ["matrix", "trace"]
[[problem]]
family = ["least-squares", "matrix-least-squares"]
difficulty = 4
tags = ["matrix"]
"""
HEAD = 'id = "b1"\ntitle = "T"\nseed = 7\nformats = ["worksheet"]\n'
DRAW = '[[problem]]\nfrom = "bank/*.toml"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bank").mkdir()
    (tmp_path / "bank" / "a.toml").write_text(BANK, encoding="utf-8")
    return tmp_path


def sheet(folder: Path, text: str) -> Sheet:
    file = folder / "sheet.toml"
    file.write_text(HEAD + text, encoding="utf-8")
    return read_sheet(file)


def only(folder: Path, text: str) -> Report:
    file = folder / "sheet.toml"
    file.write_text(HEAD + text, encoding="utf-8")
    (fault,) = examine(read_source(file))[1]
    assert len(fault.lines()) <= 4
    return fault


def dealt(folder: Path, text: str, students: int) -> Course:
    return dealt_course(sheet(folder, text), folder / "sheet.toml", nameless(students))


# --- reading ----------------------------------------------------------------------


def test_a_bank_holds_written_and_generated_problems() -> None:
    problems, faults = bank_of(source_of(BANK, "a.toml"), USUAL)
    assert faults == ()
    assert [(p.member is not None, p.difficulty) for p in problems] == [
        (True, None),
        (True, None),
        (True, 5),
        (False, None),
        (False, 4),
    ]
    assert problems[0].source == "exam 2024, 3"
    assert problems[0].place == "a.toml:5:6"
    assert problems[3].place == "a.toml:19:12"


def test_tags_are_found_in_any_case_and_all_of_them() -> None:
    problems, _ = bank_of(source_of(BANK, "a.toml"), USUAL)
    assert len(tagged(problems, ())) == 5
    assert len(tagged(problems, ("matrix",))) == 5
    assert tagged(problems, ("MATRIX", "forms")) == (problems[1],)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[problem]]\nof = "W*X"\n', "b.toml:1:1: wrt is missing"),
        ('[[problem]]\nof = "W*X"\nwrt = "W"\ntgas = "a"\n', "b.toml:4:1: the key 'tgas' is not known"),
        (
            '[[problem]]\nof = "W*X"\nwrt = "W"\nmarks = 3\n',
            "b.toml:4:1: marks belongs to the [[problem]] of the",
        ),
        ('[[problem]]\nfamily = "trace-prodct"\n', 'b.toml:2:10: family does not know "trace-prodct"'),
        ('[[problem]]\nof = "W*X"\nwrt = "W"\ndifficulty = 9\n', "b.toml:4:14: difficulty must be"),
        ('[[problem]]\nof = "W*X"\nwrt = "W"\ntags = [3]\n', "b.toml:4:8: tags must be a word"),
        ('[[problem]]\nof = "W*X"\nwrt = "W"\n[problem.symbols]\nW = "m x"\n', "b.toml:5:"),
        ("problem = 3\n", "b.toml:1:1: problem must be tables"),
        ('[[problem]\nof = "W*X"\n', "b.toml:1:"),
    ],
)
def test_faults_name_the_file_of_the_bank(folder: Path, text: str, said: str) -> None:
    (folder / "bank" / "b.toml").write_text(text, encoding="utf-8")
    (fault,) = read_bank(folder / "bank" / "b.toml", USUAL)[1]
    assert said in fault.message
    drawn = only(folder, DRAW)
    assert drawn.message == fault.message


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        ('of = "W*+X"\nwrt = "W"\n', "b.toml:2:6: "),
        ('of = "F = W*X"\nwrt = "W"\nprompt = \'$\\input{x}$\'\n', "\\input"),
        ('family = "trace-product"\ndifficulty = 5\n', "b.toml:1:12: there is no such problem"),
    ],
)
def test_what_cannot_be_derived_is_told_when_it_is_drawn(folder: Path, problem: str, said: str) -> None:
    (folder / "bank" / "b.toml").write_text("[[problem]]\n" + problem, encoding="utf-8")
    assert said in only(folder, DRAW).message


@pytest.mark.parametrize("pattern", ["", "/etc/*", "bank/[", "**x/*", "a\x00b"])
def test_patterns_that_are_none(folder: Path, pattern: str) -> None:
    try:
        assert bank_files(folder, pattern) == ()
    except ValueError as error:
        assert str(error)


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        (
            DRAW + 'tags = ["matrx"]\n',
            "sheet.toml:7:8: no problem has the tags matrx",
            'did you mean "matrix"?',
        ),
        (DRAW + "difficulty = 1\n", "sheet.toml:7:14: no problem of bank/*.toml", "there is difficulty"),
        (DRAW + "difficulty = [3, 9]\n", "sheet.toml:7:14: difficulty must be", ""),
        (
            DRAW + 'family = "trace-product"\n',
            "sheet.toml:7:1: family belongs to the problems of the bank",
            "",
        ),
        (DRAW + "count = 0\n", "sheet.toml:7:9: count must be", ""),
        (DRAW + "fade = 1\n", "sheet.toml:7:1: fade goes with", ""),
        (DRAW + "tgas = 1\n", "sheet.toml:7:1: the key 'tgas' is not known", "did you mean tags?"),
        ('[[problem]]\nfrom = "bnk/*.toml"\n', "sheet.toml:6:8: there is no file bnk/*.toml", "the folder"),
        ('[[problem]]\nfrom = "/etc/*"\n', "sheet.toml:6:8: from must be a pattern", ""),
    ],
)
def test_faults_of_a_draw(folder: Path, text: str, said: str, hint: str) -> None:
    fault = only(folder, text)
    assert said in fault.message
    assert hint in (fault.hint or "")


# --- drawing ----------------------------------------------------------------------


def test_levels_are_spread_over_those_there_are(folder: Path) -> None:
    (drawn,) = sheet(folder, DRAW + "count = 3\n").generated
    assert drawn.levels == (2, 4, 5)
    (drawn,) = sheet(folder, DRAW + "difficulty = [5, 2]\ncount = 3\n").generated
    assert drawn.levels == (5, 2, 5)
    (drawn,) = sheet(folder, DRAW + "difficulty = [5, 2]\n").generated
    assert (drawn.count, drawn.levels) == (2, (5, 2))


def test_everybody_gets_the_levels_and_the_marks_of_the_sheet(folder: Path) -> None:
    text = DRAW + "count = 4\n" + '[[problem]]\nof = "a\'*x"\nwrt = "x"\nmarks = 2\n'
    found = dealt(folder, text, 8)
    pool: dict[int, Kept] = {k.level: k for k in found.sheet.generated[0].pool}
    assert set(found.sheet.generated[0].levels) <= set(pool)
    totals = set()
    for one in versions(found):
        assert [item.total for item in one.items] == [place.marks for place in found.places]
        totals.add(sum(item.total for item in one.items))
        canonicals = [card.canonical for card in one.drawn]
        assert len(set(canonicals)) == len(canonicals)
        assert len(document(found, one).problems) == 5
    assert len(totals) == 1


def test_generated_entries_give_their_level(folder: Path) -> None:
    found = dealt(folder, DRAW + 'tags = ["trace"]\n', 5)
    levels = {level_of(card.score) for hand in found.dealt.hands for card in hand.drawn}
    assert levels == {found.sheet.generated[0].levels[0]}
    assert len({card.canonical for hand in found.dealt.hands for card in hand.drawn}) == 5


def deal_again(folder: Path, bank: str, students: int) -> Dealt:
    (folder / "bank" / "a.toml").write_text(bank, encoding="utf-8")
    return dealt(folder, DRAW + "count = 3\n", students).dealt


def test_the_order_of_a_bank_does_not_matter(folder: Path) -> None:
    head, *tables = BANK.split("[[problem]]\n")
    turned = "[[problem]]\n".join((head, *reversed(tables)))
    assert deal_again(folder, BANK, 6) == deal_again(folder, turned, 6)


def test_another_student_changes_nothing(folder: Path) -> None:
    assert deal_again(folder, BANK, 6).hands == deal_again(folder, BANK, 7).hands[:6]


def test_what_is_recorded_stays_when_the_bank_changes(folder: Path) -> None:
    text = DRAW + "count = 3\n"
    found = dealt(folder, text, 3)
    lock_file(folder / "sheet.toml").write_text(lock_text(found.lock), encoding="utf-8")
    (folder / "bank" / "a.toml").write_text(BANK.replace("x'*A*x", "x'*A*A*x"), encoding="utf-8")
    again = dealt(folder, text, 4)
    assert again.dealt.hands[:3] == found.dealt.hands
    assert len(again.dealt.hands) == 4


def test_problems_are_asked_in_the_form_of_the_draw(folder: Path) -> None:
    found = dealt(folder, DRAW + 'form = "choice"\ncount = 2\n', 4)
    assert {item.form for one in versions(found) for item in one.items} == {"choice"}


def test_a_drawn_prompt_stands_before_the_question(folder: Path) -> None:
    found = dealt(folder, DRAW + 'tags = ["product"]\n', 1)
    (one,) = versions(found)
    assert one.items[0].prompt.startswith("From <the> definition. Let $W")
