"""`build` and `check` with a roster, from the outside: one line for every fault, and nobody's name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gen.cli.main import main
from gen.errors import BuildError, InputError, build_error
from gen.project.course import course, dealt_course, versions
from gen.project.lock import lock_text
from gen.project.roster import read_roster
from gen.project.sheet import read_sheet
from gen.project.version import Version
from gen.version import VERSION
from tests.chunk_class import described

SHEET = 'id = "s1"\ntitle = "T"\nseed = 3\nformats = ["worksheet"]\n[[problem]]\nfamily = "trace-product"\n'
ROSTER = "id;name\ns1;Ada Lovelace\ns2;Emmy Noether\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sheet.toml").write_text(SHEET, encoding="utf-8")
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path


def build(folder: Path, *words: str) -> int:
    return main(["build", str(folder / "sheet.toml"), "-o", str(folder / "out"), *words])


def test_a_class_is_built_recorded_and_rebuilt(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    roster = ("--roster", str(folder / "roster.csv"), "--engine", "tinytex")
    assert build(folder, *roster, "--merge") == 0
    out, err = capfd.readouterr()
    assert "worksheet: 2 PDFs" in out
    made = {file.name for file in (folder / "out" / "s1" / "worksheet").iterdir()}
    assert made == {"s1.pdf", "s2.pdf"}
    lock = (folder / "variants.lock").read_text(encoding="utf-8")
    answers = (folder / "out" / "s1" / "answers.csv").read_text(encoding="utf-8")
    assert [line.split(",")[0] for line in answers.splitlines()] == ["id", "s1", "s2"]
    pdf = (folder / "out" / "s1" / "worksheet" / "s2.pdf").read_bytes()
    assert build(folder, *roster, "--student", "S2") == 0
    # The letters in its fonts are those of all who share its chunk; all that is seen is the same.
    assert described((folder / "out" / "s1" / "worksheet" / "s2.pdf").read_bytes()) == described(pdf)
    assert (folder / "variants.lock").read_text(encoding="utf-8") == lock
    timings = (folder / "out" / "s1" / "timings.json").read_text(encoding="utf-8")
    for text in (out, err, lock, answers, timings, *capfd.readouterr()):
        assert "Lovelace" not in text
        assert "Noether" not in text


def test_a_preview_ends_with_what_was_typeset(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert build(folder, "--roster", str(folder / "roster.csv"), "--engine", "tinytex", "--preview") == 0
    out, err = capfd.readouterr()
    assert re.fullmatch(r"2 typeset; \d+\.\d s", err.splitlines()[-1])
    assert "preview.pdf" in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--student", "s1"), "--student goes with --roster"),
        (("--merge",), "--merge goes with --roster"),
        (("--roster", "none.csv"), "none.csv: there is no such file"),
        (("--roster", "{roster}", "--student", "s9"), "no student has the id s9"),
        (("--roster", "{roster}", "--student", "s1", "--merge"), "exclude each other"),
        (("--roster", "{roster}", "--only", "slides"), "no version of slides"),
        (("--seed", "-1"), "'-1' is not a whole number"),
        (("--seed", "x"), "is not a whole number"),
    ],
)
def test_what_does_not_go_together_is_one_line_and_writes_nothing(
    folder: Path, capfd: pytest.CaptureFixture[str], words: tuple[str, ...], message: str
) -> None:
    before = sorted(folder.iterdir())
    filled = [word.format(roster=folder / "roster.csv") for word in words]
    assert build(folder, *filled) == 2
    err = capfd.readouterr().err
    assert message in err
    assert sum(line.startswith("error: ") for line in err.splitlines()) == 1
    assert sorted(folder.iterdir()) == before


def _no_writing(path: Path, text: str) -> None:
    raise build_error(f"cannot write {path}: Read-only file system")


def test_what_cannot_be_recorded_is_built_where_nobody_has_a_version_of_his_own(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gen.cli.recording.write_lines", _no_writing)
    assert build(folder, "--only", "moodle") == 0
    assert (folder / "out" / "s1" / "moodle.xml").is_file()
    err = capfd.readouterr().err
    assert err.startswith("note: cannot write ")
    assert err.count("\n") == 1
    assert build(folder, "--only", "moodle", "--roster", str(folder / "roster.csv")) == 1
    err = capfd.readouterr().err
    assert err.startswith("error: cannot write ")
    assert "copy the sheet" in err


def test_check_lists_the_faults_of_sheet_and_roster(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "sheet.toml").write_text(SHEET + "difficulty = 9\n", encoding="utf-8")
    (folder / "roster.csv").write_text(ROSTER + "S1;Ada Lovelace\n;x\n", encoding="utf-8")
    words = ["check", str(folder / "sheet.toml"), "--roster", str(folder / "roster.csv")]
    assert main(words) == 2
    out, err = capfd.readouterr()
    places = [line.removeprefix(str(folder) + "/").split(" ")[0] for line in out.splitlines()]
    assert places == ["sheet.toml:7:14:", "roster.csv:4:", "roster.csv:5:"]
    assert "Lovelace" not in out + err


def test_check_tells_what_a_class_will_get(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(folder / "sheet.toml"), "--roster", str(folder / "roster.csv")]) == 0
    out = capfd.readouterr().out
    assert "problem 1: trace-product, open, difficulty" in out
    assert "no two students get the same problem" in out
    assert "no fault in 1 problem" in out
    assert sorted(file.name for file in folder.iterdir()) == ["roster.csv", "sheet.toml"]


def test_check_counts_who_has_what_another_has(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    roster = str(folder / "roster.csv")
    _deal(folder, 1)
    lines = (folder / "variants.lock").read_text(encoding="utf-8").splitlines()
    twin = lines[-1].replace('"student": "s1"', '"student": "s2"')
    assert twin != lines[-1]
    (folder / "variants.lock").write_text("\n".join((*lines, twin)) + "\n", encoding="utf-8")
    assert main(["check", str(folder / "sheet.toml"), "--roster", roster]) == 0
    out = capfd.readouterr().out
    assert "note: problem 1: 1 students get one that another has" in out
    assert "no two students" not in out


def test_what_another_version_has_dealt_is_worth_what_it_was(folder: Path) -> None:
    _deal(folder, 2)
    file = folder / "variants.lock"
    text = file.read_text(encoding="utf-8")
    (score,) = course(read_sheet(folder / "sheet.toml"), folder / "sheet.toml", None).dealt.scores
    file.write_text(text.replace(f'"score": {score}', '"score": 30'), encoding="utf-8")
    with pytest.raises(BuildError, match=f"the score is {score}, but 30 has been dealt"):
        _versions(folder)
    file.write_text(file.read_text(encoding="utf-8").replace(VERSION, "0.0.1"), encoding="utf-8")
    assert [(i.difficulty.score, i.total) for one in _versions(folder) for i in one.items] == [(30, 10)] * 2


def test_no_lock_can_give_one_student_another_score(folder: Path) -> None:
    _deal(folder, 2)
    file = folder / "variants.lock"
    lines = file.read_text(encoding="utf-8").splitlines()
    (score,) = course(read_sheet(folder / "sheet.toml"), folder / "sheet.toml", None).dealt.scores
    lines[-1] = lines[-1].replace(f'"score": {score}', '"score": 30')
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(
        InputError, match=f"student s2, .*: the score is 30, but that of all others is {score}"
    ):
        _versions(folder)


def _deal(folder: Path, students: int) -> None:
    """Record what the first students of the roster get."""
    sheet, roster = folder / "sheet.toml", read_roster(folder / "roster.csv")
    some = replace(roster, students=roster.students[:students])
    dealt = dealt_course(read_sheet(sheet), sheet, some)
    (folder / "variants.lock").write_text(lock_text(dealt.lock), encoding="utf-8")


def _versions(folder: Path) -> list[Version]:
    sheet = folder / "sheet.toml"
    return list(versions(course(read_sheet(sheet), sheet, folder / "roster.csv")))


def test_a_line_of_the_lock_that_does_not_fit_stops_a_build_before_it_writes(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    words = ("--roster", str(folder / "roster.csv"), "--only", "html")
    assert build(folder, *words) == 0
    lock, page = folder / "variants.lock", folder / "out" / "s1" / "worksheet" / "s2.html"
    honest = lock.read_text(encoding="utf-8")
    assert build(folder, *words) == 0
    lines = honest.splitlines()
    lines[-1] = lines[-1].replace('"expr": "', '"expr": "3*')
    assert '"student": "s2"' in lines[-1]
    lock.write_text("\n".join(lines) + "\n", encoding="utf-8")
    capfd.readouterr()
    assert build(folder, *words) == 2
    assert f"error: {lock}:{len(lines)}: damaged: the line holds a task" in capfd.readouterr().err
    assert page.is_file()
    # Only those are read for whom something is made.
    assert build(folder, *words, "--student", "s1") == 0
    (folder / "roster.csv").write_text(ROSTER.replace("s2;Emmy Noether\n", ""), encoding="utf-8")
    assert build(folder, *words) == 0


def test_a_lock_is_read_again_for_another_student_and_not_for_another_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("--roster", str(folder / "roster.csv"), "--only", "html")
    assert build(folder, *words) == 0
    read: list[Collection[str]] = []
    monkeypatch.setattr(
        "gen.cli.lock_check.check_dealt", lambda lock, students, families: read.append(students)
    )
    (folder / "roster.csv").write_text(ROSTER.replace("Ada", "Augusta Ada"), encoding="utf-8")
    assert build(folder, *words) == 0
    assert read == []
    (folder / "roster.csv").write_text(ROSTER.replace("s2;", "s3;"), encoding="utf-8")
    assert build(folder, *words) == 0
    assert read == [["s1", "s3"]]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"{}", b'{"schema": "freeindex/variants/1"}\nx\n'])
def test_a_damaged_lock_stops_a_build(
    folder: Path, capfd: pytest.CaptureFixture[str], content: bytes
) -> None:
    (folder / "variants.lock").write_bytes(content)
    assert build(folder) == 2
    err = capfd.readouterr().err
    assert f"error: {folder / 'variants.lock'}:" in err
    assert not (folder / "out").exists()


def _swapped(form: dict[str, Any], other: dict[str, Any]) -> Any:
    return {**form, "right": (form["right"] + 1) % len(form["options"])}


def _doubled(form: dict[str, Any], other: dict[str, Any]) -> Any:
    right = form["options"][form["right"]]
    return {
        **form,
        "options": [{**option, **{k: right[k] for k in ("text", "tex")}} for option in form["options"]],
    }


HARM: dict[str, Callable[[dict[str, Any], dict[str, Any]], Any]] = {
    "another answer is the right one": _swapped,
    "a wrong answer is the right one": _doubled,
    "those of another student": lambda form, other: other,
    "fewer answers": lambda form, other: {"right": 0, "options": form["options"][form["right"] :][:1]},
    "nothing": lambda form, other: {},
}


@pytest.mark.parametrize("harm", HARM)
def test_answers_that_somebody_has_written_into_the_lock_are_not_printed(
    harm: str, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    sheet = SHEET.replace("trace-product", "quadratic-form") + 'form = "choice"\n'
    (folder / "sheet.toml").write_text(sheet, encoding="utf-8")
    words = ("--roster", str(folder / "roster.csv"), "--only", "html")
    assert build(folder, *words) == 0
    lock, page = folder / "variants.lock", folder / "out" / "s1" / "worksheet" / "s1.html"
    before = page.read_bytes()
    entries = [json.loads(line) for line in lock.read_text(encoding="utf-8").splitlines()]
    number = next(n for n, entry in enumerate(entries) if entry.get("student") == "s1")
    entries[number]["form"] = HARM[harm](entries[number]["form"], entries[number + 1]["form"])
    lock.write_text("".join(f"{json.dumps(entry)}\n" for entry in entries), encoding="utf-8")
    capfd.readouterr()
    assert build(folder, *words) != 0
    told = capfd.readouterr().err
    assert f"variants.lock:{number + 1}: damaged: the line records another choice" in told
    assert page.read_bytes() == before


def test_a_family_that_there_is_not_is_no_line_of_the_lock(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    words = ("--roster", str(folder / "roster.csv"), "--only", "html")
    assert build(folder, *words) == 0
    lock = folder / "variants.lock"
    text = lock.read_text(encoding="utf-8").replace('"family": "trace-product"', '"family": "nope"', 1)
    lock.write_text(text, encoding="utf-8")
    capfd.readouterr()
    assert build(folder, *words) == 2
    assert "damaged: the line has the family nope" in capfd.readouterr().err
