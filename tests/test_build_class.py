"""The files of a class: one folder a format, the key, the print file, what stays and what goes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from gen.build.class_build import PREVIEW, build_class, build_preview
from gen.build.class_order import ClassOrder
from gen.build.means import Means
from gen.build.page_text import PageReader
from gen.build.pdf import count_pages
from gen.document.format import format_named
from gen.errors import BuildError
from gen.project.seat import Seat
from tests.chunk_class import Sheets, code_of, described, drawing, seats

SHEETS = (format_named("worksheet"),)


ORDER = ClassOrder("s1", 7, Sheets(), seats(2, 1), SHEETS, merge=True)


def listed(folder: Path) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def manifest(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return read


def broken(*numbers: int) -> Sheets:
    return Sheets(tuple((str(number), r"\undefined") for number in numbers))


def test_a_class_is_built_one_is_rebuilt_and_who_leaves_goes(tmp_path: Path) -> None:
    folder = build_class(ORDER, tmp_path, engine="tinytex").built.folder
    kept = ["answers.csv", "manifest.json", "print.pdf", "timings.json"]
    assert listed(folder) == sorted([*kept, "worksheet/1.pdf", "worksheet/2.pdf"])
    pages = {1: 1, 2: 2}
    assert count_pages((folder / "print.pdf").read_bytes()) == 4
    read = manifest(folder)
    assert read["seed"] == 7
    assert [(f["path"], f["student"], f["pages"]) for f in read["files"]] == [
        ("answers.csv", None, None),
        ("print.pdf", None, 4),
        ("worksheet/1.pdf", "1", pages[1]),
        ("worksheet/2.pdf", "2", pages[2]),
    ]
    assert "Name" not in (folder / "manifest.json").read_text(encoding="utf-8")
    answers = (folder / "answers.csv").read_text(encoding="utf-8")
    assert answers == "id,problem,variant,answer\n2,1,,x\n1,1,,x\n"

    one = replace(ORDER, seats=seats(2), answers=False, whole=False, merge=False, keep_tex=True)
    before = (folder / "worksheet" / "2.pdf").read_bytes()
    build_class(one, tmp_path, engine="tinytex")
    assert listed(folder) == sorted([*kept, "worksheet/1.pdf", "worksheet/2.pdf", "worksheet/2.tex"])
    # Fonts hold the letters of all who share a run: the bytes may differ, and nothing that is seen.
    assert described((folder / "worksheet" / "2.pdf").read_bytes()) == described(before)

    gone = replace(ORDER, seats=seats(1), merge=False)
    build_class(gone, tmp_path, engine="tinytex")
    assert listed(folder) == sorted([*(k for k in kept if k != "print.pdf"), "worksheet/1.pdf"])


def test_a_sheet_that_fails_is_told_by_its_student_and_nothing_is_merged(tmp_path: Path) -> None:
    order = replace(ORDER, seats=seats(1, 2), recipe=broken(2))
    built = build_class(order, tmp_path, engine="tinytex").built
    assert isinstance(built.failure, BuildError)
    assert "worksheet/2, problem 1" in built.failure.report.message
    assert [(f["student"], f["file"]) for f in manifest(built.folder)["failed"]] == [("2", "worksheet/2.pdf")]
    assert listed(built.folder) == [
        "answers.csv",
        "manifest.json",
        "timings.json",
        "worksheet/1.pdf",
        "worksheet/2.tex",
    ]
    with pytest.raises(BuildError):
        build_preview(order, tmp_path / "other", engine="tinytex")


def test_the_file_for_the_printer_shows_what_the_worksheets_show_with_each_font_once(tmp_path: Path) -> None:
    order = replace(ORDER, seats=seats(*range(1, 9)))
    folder = build_class(order, tmp_path, engine="tinytex").built.folder
    files = [folder / "worksheet" / f"{number}.pdf" for number in range(1, 9)]
    pages: list[str] = []
    for file in files:
        with pikepdf.open(file) as one:
            pages += [drawing(page) for page in one.pages]
    with pikepdf.open(folder / "print.pdf") as printed:
        shown = [drawing(page) for page in printed.pages if "/Font" in page.resources]
        fonts = {font.objgen for page in printed.pages for _, font in page.resources.get("/Font", {}).items()}
        names = [str(font.BaseFont) for font in map(printed.get_object, fonts)]
    assert shown == pages
    assert len(names) == len(set(names))
    assert (folder / "print.pdf").stat().st_size < sum(file.stat().st_size for file in files) / 3


def test_a_student_who_cannot_be_laid_out_is_told_and_the_others_are_made(tmp_path: Path) -> None:
    # A prompt that is no text is a fault of the program: not even that takes the others with it.
    order = replace(ORDER, seats=(*seats(1), Seat("x", "x", "x", "Name")), merge=False, pages=SHEETS)
    built = build_class(order, tmp_path, engine="tinytex").built
    assert built.failure is not None
    assert built.failure.report.message.startswith("student x: ValueError: ")
    assert "worksheet/1.pdf" in listed(built.folder)
    assert (built.folder / "worksheet" / "1.html").read_text(encoding="utf-8") == "<p>worksheet of 1</p>"
    assert "x,1" not in (built.folder / "answers.csv").read_text(encoding="utf-8")


def test_a_preview_writes_one_page_and_nothing_else(tmp_path: Path) -> None:
    path, pages = build_preview(ORDER, tmp_path, engine="tinytex")
    assert pages == (2, 1)
    assert listed(tmp_path) == [f"s1/{PREVIEW}"]
    assert count_pages(path.read_bytes()) == 1


def test_without_a_roster_the_files_are_those_of_a_sheet(tmp_path: Path) -> None:
    order = replace(ORDER, seats=(Seat("none", "", "1"),), merge=False)
    folder = build_class(order, tmp_path, engine="tinytex").built.folder
    assert listed(folder) == [
        "answers.csv",
        "manifest.json",
        "timings.json",
        "worksheet.pdf",
        "worksheet.tex",
    ]
    assert [f["student"] for f in manifest(folder)["files"]] == [None] * 3


def test_a_class_in_chunks_with_a_bad_sheet_and_one_student_made_again(tmp_path: Path) -> None:
    order = replace(ORDER, seats=seats(3, 1, 2, 4), recipe=broken(2))
    built = build_class(order, tmp_path, engine="tinytex", means=Means(jobs=1)).built
    assert built.failure is not None and "worksheet/2, problem 1" in built.failure.report.message
    assert [made.student for made in built.manifest.files if made.pages] == ["3", "1", "4"]
    assert [failed.student for failed in built.manifest.failed] == ["2"]
    assert not (built.folder / "print.pdf").exists()

    whole = build_class(
        replace(order, recipe=Sheets()), tmp_path, engine="tinytex", means=Means(jobs=2)
    ).built
    assert whole.failure is None
    with pikepdf.open(whole.folder / "print.pdf") as printed:
        texts = [PageReader().read(page)[0] for page in printed.pages]
    shown = [number for text in texts for number in (1, 2, 3, 4) if code_of(number) in text]
    assert list(dict.fromkeys(shown)) == [3, 1, 2, 4]

    file = whole.folder / "worksheet" / "4.pdf"
    before = file.read_bytes()
    one = replace(ORDER, seats=seats(4), answers=False, whole=False, merge=False)
    build_class(one, tmp_path, engine="tinytex")
    assert described(file.read_bytes()) == described(before)
