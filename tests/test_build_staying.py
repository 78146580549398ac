"""What stays of formats that are not made now: what fits the sheet, the roster and the lock, and no other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gen.build.class_build import build_class
from gen.build.class_order import ClassOrder
from gen.build.means import Means
from gen.build.store import Store
from gen.document.format import format_named
from tests.chunk_class import Sheets, seats

WORKSHEET, SOLUTIONS = format_named("worksheet"), format_named("solutions")
BOTH = ClassOrder("s1", 7, Sheets(content="c"), seats(1, 2, 3), (), pages=(WORKSHEET, SOLUTIONS))
ONE = replace(BOTH, pages=(WORKSHEET,), others=("solutions", "moodle"))


def built(order: ClassOrder, folder: Path, *, kept: bool = True) -> tuple[list[str], list[str]]:
    """The files below the folder that the manifest lists, and the lines that were told."""
    told: list[str] = []
    store = Store(folder / "store") if kept else None
    manifest = build_class(order, folder, means=Means(store=store, tell=told.append)).built.manifest
    there = {path.relative_to(folder / "s1").as_posix() for path in (folder / "s1").glob("*/*")}
    listed = {one.path for one in manifest.files if "/" in one.path}
    assert there == listed
    return sorted(listed), told


def solutions(*numbers: int) -> list[str]:
    return [f"solutions/{number}.html" for number in numbers]


def worksheets(*numbers: int) -> list[str]:
    return [f"worksheet/{number}.html" for number in numbers]


def test_what_fits_stays(tmp_path: Path) -> None:
    built(BOTH, tmp_path)
    assert built(ONE, tmp_path) == ([*solutions(1, 2, 3), *worksheets(1, 2, 3)], [])
    # And is known to fit after a build that has not made it.
    assert built(ONE, tmp_path) == ([*solutions(1, 2, 3), *worksheets(1, 2, 3)], [])


def test_what_is_of_another_version_of_the_sheet_goes_and_is_told(tmp_path: Path) -> None:
    built(BOTH, tmp_path)
    other = replace(ONE, recipe=Sheets(content="d"), seats=seats(1, 2))
    said = ["removed 3 files of another version of the sheet: solutions"]
    assert built(other, tmp_path) == (worksheets(1, 2), said)


def test_what_is_of_another_row_of_the_roster_or_of_who_has_left_goes(tmp_path: Path) -> None:
    built(BOTH, tmp_path)
    first, second = seats(1, 2)
    other = replace(ONE, seats=(replace(first, name="Another"), second))
    files, said = built(other, tmp_path)
    assert files == [*solutions(2), *worksheets(1, 2)]
    assert said == ["removed 2 files of another version of the sheet: solutions"]


def test_what_is_made_for_one_student_leaves_all_others_alone(tmp_path: Path) -> None:
    built(BOTH, tmp_path)
    one = replace(ONE, recipe=Sheets(content="d"), seats=seats(2), whole=False, answers=False)
    files, said = built(one, tmp_path)
    assert files == [*solutions(1, 3), *worksheets(1, 2, 3)]
    assert said == ["removed 1 file of another version of the sheet: solutions"]
    # The others' are known to be of the sheet as it was.
    again = replace(ONE, recipe=Sheets(content="d"))
    assert built(again, tmp_path)[1] == ["removed 2 files of another version of the sheet: solutions"]


def test_where_nobody_knows_what_is_there_stays_and_is_told(tmp_path: Path) -> None:
    built(BOTH, tmp_path, kept=False)
    files, said = built(replace(ONE, seats=seats(1, 2)), tmp_path)
    assert files == [*solutions(1, 2), *worksheets(1, 2)]
    assert said == [
        "removed 1 file of another version of the sheet: solutions",
        "note: 2 files of an earlier build may not fit the sheet as it is now: solutions; build them too",
    ]


def test_files_for_learning_platforms_stay(tmp_path: Path) -> None:
    built(BOTH, tmp_path)
    manifest = tmp_path / "s1" / "manifest.json"
    (tmp_path / "s1" / "moodle.xml").write_bytes(b"")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    line = f'"files": [{{"path": "moodle.xml", "sha256": "{empty}", "pages": null, "student": null}},'
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('"files": [', line), encoding="utf-8")
    built(replace(ONE, recipe=Sheets(content="d")), tmp_path)
    assert (tmp_path / "s1" / "moodle.xml").exists()
    assert "moodle.xml" in manifest.read_text(encoding="utf-8")
