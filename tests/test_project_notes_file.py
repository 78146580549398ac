"""`notes.toml`: its record, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.errors import InputError
from gen.project.notes_file import NOTES_KEYS, examine_notes, notes_path, read_notes
from gen.project.source import read_source
from tests.notes_projects import project


def test_a_whole_file(tmp_path: Path) -> None:
    more = (
        'subtitle = "S"\nauthor = "A"\ndate = 2026-11-26\npaper = "letter"\nseed = 7\nraw = ["html"]\n'
        'theme = "print"\nnotation = { sums = "sigma", layout = "denominator" }\n'
        '[symbols]\nstrict = true\nW = "m x n"\n'
    )
    notes = read_notes(project(tmp_path, "# A\n", "# B\n", more=more))
    assert notes.chapters == ("1.md", "2.md")
    assert notes.names == ("1", "2")
    assert (notes.paper, notes.seed, notes.raw, notes.theme) == ("letter", 7, ("html",), "print")
    assert (notes.notation.sums, notes.notation.layout) == ("sigma", "denominator")
    assert notes.strict and [declared.name for declared in notes.declarations] == ["W"]
    assert notes.date == "2026-11-26"


BAD = [
    ('title = "T"\nchapters = ["1.md"]\n', "id is missing"),
    ('id = "n"\nchapters = ["1.md"]\n', "title is missing"),
    ('id = "n"\ntitle = "T"\n', "chapters is missing"),
    ('id = "n"\ntitle = "T"\nchapters = []\n', "notes.toml:3:12: chapters must be a list of texts"),
    ('id = "n"\ntitle = "T"\nchapters = ["2.md"]\n', "notes.toml:3:13: 2.md: there is no such file"),
    ('id = "n"\ntitle = "T"\nchapters = ["1.md", "1.md"]\n', "notes.toml:3:21: 1.md is named twice"),
    ('id = "n"\ntitle = "T"\nchapters = ["../1.md"]\n', "notes.toml:3:13: '../1.md' is no file of a chapter"),
    ('id = "n"\ntitle = "T"\nchapters = ["a b.md"]\n', "notes.toml:3:13: 'a b.md' cannot name a chapter"),
    ('id = "n"\ntitle = "T"\nchapters = ["index.md"]\n', "'index.md' cannot name a chapter"),
    (
        'id = "n"\ntitle = "T"\nchapters = ["1.md"]\nthem = "x"\n',
        "notes.toml:4:1: the key 'them' is not known",
    ),
    ('id = "n"\ntitle = "T"\nchapters = ["1.md"]\ntheme = "dark"\n', "there is no theme 'dark'"),
    ('id = "n"\ntitle = "T"\nchapters = ["1.md"]\nraw = ["js"]\n', 'raw does not know "js"'),
    ('id = "n"\ntitle = "T"\nchapters = ["1.md"]\n[symbols]\nW = "m y n"\n', "notes.toml:5:8: y is not"),
    (
        'id = "n"\ntitle = "T"\nchapters = ["1.md"]\n[symbols]\nW = "m x n"\nm = "scalar"\n',
        "notes.toml:6:1: m is a dimension of W",
    ),
    ('id = "n"\ntitle = "T"\nchapters = ["1.md"]\n[notation]\nsums = "x"\n', 'sums does not know "x"'),
    ('id = "n"\ntitle = "T"\nchapters = ["1.md"]\ndate = "2026-02-30"\n', "notes.toml:4:8: date is no day"),
    ('id = "a/b"\ntitle = "T"\nchapters = ["1.md"]\n', "id may hold only letters"),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_faults(tmp_path: Path, text: str, message: str) -> None:
    project(tmp_path, "# A\n")
    file = tmp_path / "notes.toml"
    file.write_text(text, encoding="utf-8")
    notes, faults = examine_notes(read_source(file))
    assert notes is None
    assert message in faults[0].message
    with pytest.raises(InputError):
        read_notes(file)


def test_all_faults_are_told_in_their_order(tmp_path: Path) -> None:
    file = project(tmp_path, "# A\n", more='pape = "a4"\ntheme = "dark"\n')
    _, faults = examine_notes(read_source(file))
    assert ["pape" in faults[0].message, "dark" in faults[1].message] == [True, True]


def test_a_project_is_named_by_its_folder_too(tmp_path: Path) -> None:
    file = project(tmp_path, "# A\n")
    assert notes_path(tmp_path) == file
    assert notes_path(file) == file


def test_formats_tell_of_every_key() -> None:
    said = (Path(__file__).parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")
    for key in NOTES_KEYS:
        assert f"{key.name} = " in said or f"[{key.name}]" in said


def test_a_theme_that_is_wrong_is_told_with_its_lines(tmp_path: Path) -> None:
    file = project(tmp_path, "# A\n", more='theme = "own.toml"\n')
    theme = '[colour]\nink = "blue"\n[paper.type]\nbody = [10]\n[paper.lenth]\na = 1\n'
    (tmp_path / "own.toml").write_text(theme, encoding="utf-8")
    _, faults = examine_notes(read_source(file))
    assert [fault.message.removeprefix(f"{tmp_path}/") for fault in faults] == [
        'own.toml:2:7: colour.ink must be a colour such as "1B3A5C"',
        "own.toml:4:8: paper.type.body must be two numbers, the size and the distance of lines in points",
        "own.toml:5:1: there is no token paper.lenth",
    ]
