"""`freeindex families`, `freeindex new sheet`, and exports for platforms, as they are typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gen.cli import main
from gen.problems.catalogue import FAMILIES
from gen.project.new_sheet import new_sheet
from gen.project.sheet import examine, read_sheet
from gen.project.source import source_of
from gen.project.topics import TOPICS, families_about
from tests import platform_readers as readers

Run = Callable[..., tuple[int, str, str]]
SHEET = """\
id = "s1"
title = "A & <b>"
seed = 5
formats = ["worksheet"]
[[problem]]
of = "F = W*X"
wrt = "W"
prompt = 'From <the> definition.'
marks = 6
[[problem]]
family = "trace-product"
[[problem]]
family = "quadratic-form"
form = "choice"
"""


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process: status, standard output, standard error."""

    def call(*words: str) -> tuple[int, str, str]:
        status = main(list(words))
        out, err = capfd.readouterr()
        return status, out, err

    return call


def told(err: str) -> str:
    lines = err.splitlines()
    assert lines[0].startswith("error: ")
    assert len(lines) <= 4
    assert all(line.startswith("  ") for line in lines[1:])
    return err


# --- families ---------------------------------------------------------------------


def test_families_of_a_topic_are_listed_with_an_example(run: Run) -> None:
    status, out, _ = run("families", "--topic", "Index-Notation")
    assert status == 0
    for family in families_about("index notation"):
        assert f"  {family.name}: {family.title}\n" in out
    assert "50 or more different ones, level 1" in out
    assert "example: simplify " in out


def test_families_as_json(run: Run) -> None:
    status, out, _ = run("families", "--topic", "traces", "--format", "json")
    assert status == 0
    value = json.loads(out)
    assert value["schema"] == "freeindex/families/1"
    assert [one["name"] for one in value["families"]] == [f.name for f in families_about("traces")]
    first = value["families"][0]
    assert first["levels"]
    assert first["members_at_least"] > 1
    assert "$" in first["example"]


@pytest.mark.parametrize("command", [("families",), ("new", "sheet")])
def test_an_unknown_topic_names_the_nearest(run: Run, command: tuple[str, ...]) -> None:
    status, out, err = run(*command, "--topic", "tracs")
    assert (status, out) == (2, "")
    assert 'did you mean "traces"?' in told(err)


# --- new sheet --------------------------------------------------------------------


@pytest.mark.parametrize("topic", [None, *TOPICS])
def test_a_new_sheet_of_every_topic_is_read_without_fault(topic: str | None) -> None:
    text = new_sheet(topic, None, 3, "s.toml")
    sheet, faults = examine(source_of(text, "s.toml"))
    assert faults == ()
    assert sheet is not None
    assert sum(problem.count for problem in sheet.generated) == 3
    names = {family.name for family in families_about(topic)}
    assert {name for problem in sheet.generated for name in problem.families} <= names
    assert text == new_sheet(topic, None, 3, "s.toml")


def test_a_new_sheet_passes_the_check(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, _ = run("new", "sheet", "--topic", "traces", "--level", "3", "--count", "2", "-o", "t.toml")
    assert (status, out) == (0, "t.toml\nnext: freeindex check t.toml\n")
    status, out, _ = run("check", "t.toml")
    assert status == 0
    assert "no fault in 2 problems" in out
    assert "difficulty 3 3" in out
    assert all(problem.difficulty == 3 for problem in read_sheet(Path("t.toml")).generated)


def test_a_sheet_that_is_there_is_kept(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sheet.toml"
    file.write_text("mine", encoding="utf-8")
    status, _, err = run("new", "sheet", "--topic", "traces", "-o", str(file))
    assert status == 2
    assert "there is such a file already" in told(err)
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--level", "9"), "there are levels 1 to 5"),
        (("traces",), "--topic traces"),
        (("inverse", "and", "det"), "--topic 'inverse and det'"),
        (("--topic", "third order", "--level", "5"), "there is level 2"),
        (("--count", "41"), "may be 40 at most"),
        (("--count", "0"), "--count"),
    ],
)
def test_what_there_is_not(run: Run, words: tuple[str, ...], said: str) -> None:
    status, out, err = run("new", "sheet", *words, "-o", "-")
    assert (status, out) == (2, "")
    assert said in told(err)


def test_only_sheets_are_new(run: Run) -> None:
    status, _, err = run("new", "shet")
    assert status == 2
    assert "sheet" in told(err)


# --- exports ----------------------------------------------------------------------


@pytest.fixture
def sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "sheet.toml"
    file.write_text(SHEET, encoding="utf-8")
    return file


def test_versions_are_exported_without_tex(run: Run, sheet: Path) -> None:
    status, out, _ = run("build", "sheet.toml", "--only", "moodle,qti", "--count", "4")
    assert (status, out) == (0, "output/s1/moodle.xml\noutput/s1/qti.zip\n")
    questions = readers.moodle(Path("output/s1/moodle.xml").read_bytes())
    title, groups = readers.qti(Path("output/s1/qti.zip").read_bytes())
    assert title == "A & <b>"
    assert [place.rpartition("/")[2] for place in questions] == list(groups)
    assert [(len(found), found[0].kind) for found in questions.values()] == [
        (1, "essay"),
        (1, "numerical"),
        (4, "essay"),
        (4, "numerical"),
        (4, "multichoice"),
    ]
    files = json.loads(Path("output/s1/manifest.json").read_text(encoding="utf-8"))["files"]
    assert [file["path"] for file in files] == ["moodle.xml", "qti.zip"]


def test_more_versions_change_none_of_those_before(run: Run, sheet: Path) -> None:
    run("build", "sheet.toml", "--only", "moodle", "--count", "3")
    few = readers.moodle(Path("output/s1/moodle.xml").read_bytes())
    run("build", "sheet.toml", "--only", "moodle", "--count", "6")
    many = readers.moodle(Path("output/s1/moodle.xml").read_bytes())
    for place, found in few.items():
        assert many[place][: len(found)] == found


def test_a_roster_gives_versions_and_no_name(run: Run, sheet: Path, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("id,name\ns1,Ada Lovelace\ns2,Emmy Noether\n", encoding="utf-8")
    status, _, _ = run("build", "sheet.toml", "--only", "moodle", "--roster", "roster.csv")
    data = Path("output/s1/moodle.xml").read_bytes()
    assert status == 0
    assert b"Lovelace" not in data
    assert [len(found) for found in readers.moodle(data).values()] == [1, 1, 2, 2, 2]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--only", "moodel"), "did you mean moodle?"),
        (("--count", "3"), "--count goes with --only moodle or qti"),
        (("--only", "qti", "--count", "3", "--roster", "roster.csv"), "exclude each other"),
        (("--only", "qti", "--preview"), "--preview does not go with --only qti"),
        (("--only", "qti", "--count", "100000"), "from 1 to 1000"),
    ],
)
def test_wrong_exports(run: Run, sheet: Path, words: tuple[str, ...], said: str) -> None:
    status, out, err = run("build", "sheet.toml", *words)
    assert (status, out) == (2, "")
    assert said in told(err)
    assert not Path("output").exists()


def test_every_family_has_a_topic_that_can_be_typed() -> None:
    for family in FAMILIES:
        assert family in families_about(family.topic.upper().replace(" ", "_"))
