"""The project that `init` makes is one that builds."""

from __future__ import annotations

import pytest

from gen.project.assemble import assemble
from gen.project.example import example
from gen.project.sheet import examine
from gen.project.source import source_of


def sheet_text(name: str) -> str:
    return dict(example(name))["sheet.toml"]


def test_the_files_are_a_sheet_a_roster_and_notes() -> None:
    names = [name for name, _ in example("course")]
    assert names == ["sheet.toml", "roster.csv", "notes/notes.toml", "notes/01-linear-layer.md"]


@pytest.mark.parametrize(
    ("folder", "id"),
    [
        ("week-3", "week-3"),
        ("My Course (2026)", "My-Course-2026"),
        ("数学", "products"),
        ("--x", "x"),
        ("", "products"),
    ],
)
def test_the_sheet_has_no_fault_and_an_id_from_the_folder(folder: str, id: str) -> None:
    sheet, faults = examine(source_of(sheet_text(folder), "sheet.toml"))
    assert faults == ()
    assert sheet is not None
    assert sheet.id == id


def test_the_sheet_can_be_assembled() -> None:
    sheet, _ = examine(source_of(sheet_text("a"), "sheet.toml"))
    assert sheet is not None
    assert len(assemble(sheet).problems) == len(sheet.problems)


def test_the_roster_has_the_columns_that_are_required() -> None:
    roster = dict(example("a"))["roster.csv"]
    assert roster.splitlines()[0] == "id,name"
