"""The files of a class: one folder a format, the key, the print file, what stays and what goes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from gen.build.class_build import PREVIEW, ClassOrder, Sitter, build_class, build_preview
from gen.build.page_text import PageReader
from gen.build.pdf import count_pages
from gen.document.blocks import Document, ProblemBlock, Student
from gen.document.format import format_named
from gen.document.qr import code_block
from gen.document.tex import Tex
from gen.errors import BuildError
from tests.chunk_class import code_of, described, sheet

SHEETS = (format_named("worksheet"),)


def sitter(file: str, prompt: str = "A question.") -> Sitter:
    shown = Document(
        title="T",
        problems=(ProblemBlock(1, "A title", Tex(prompt)),),
        student=Student(f"Name {file}", file),
        code=code_block("s1", "SSGM-V3E9"),
    )
    return Sitter(file, shown)


ORDER = ClassOrder("s1", 7, (sitter("b"), sitter("A")), SHEETS, answers="id\n", merge=True)


def listed(folder: Path) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def manifest(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return read


def test_a_class_is_built_one_is_rebuilt_and_who_leaves_goes(tmp_path: Path) -> None:
    folder = build_class(ORDER, tmp_path, engine="tinytex").folder
    kept = ["answers.csv", "manifest.json", "print.pdf", "timings.json"]
    assert listed(folder) == sorted([*kept, "worksheet/A.pdf", "worksheet/b.pdf"])
    assert count_pages((folder / "print.pdf").read_bytes()) == 4
    read = manifest(folder)
    assert read["seed"] == 7
    assert [(f["path"], f["student"], f["pages"]) for f in read["files"]] == [
        ("answers.csv", None, None),
        ("print.pdf", None, 4),
        ("worksheet/A.pdf", "A", 1),
        ("worksheet/b.pdf", "b", 1),
    ]
    assert "Name" not in (folder / "manifest.json").read_text(encoding="utf-8")

    one = replace(ORDER, sitters=(sitter("b"),), answers=None, whole=False, merge=False, keep_tex=True)
    before = (folder / "worksheet" / "b.pdf").read_bytes()
    build_class(one, tmp_path, engine="tinytex")
    assert listed(folder) == sorted([*kept, "worksheet/A.pdf", "worksheet/b.pdf", "worksheet/b.tex"])
    assert (folder / "worksheet" / "b.pdf").read_bytes() == before

    gone = replace(ORDER, sitters=(sitter("A"),), merge=False, answers="id\n1\n")
    build_class(gone, tmp_path, engine="tinytex")
    assert listed(folder) == sorted([*(k for k in kept if k != "print.pdf"), "worksheet/A.pdf"])


def test_a_sheet_that_fails_is_told_by_its_student_and_nothing_is_merged(tmp_path: Path) -> None:
    broken = replace(ORDER, sitters=(sitter("a"), sitter("b", r"\undefined")))
    built = build_class(broken, tmp_path, engine="tinytex")
    assert isinstance(built.failure, BuildError)
    assert "worksheet/b, problem 1" in built.failure.report.message
    assert [(f["student"], f["file"]) for f in manifest(built.folder)["failed"]] == [("b", "worksheet/b.pdf")]
    assert listed(built.folder) == [
        "answers.csv",
        "manifest.json",
        "timings.json",
        "worksheet/a.pdf",
        "worksheet/b.tex",
    ]
    with pytest.raises(BuildError):
        build_preview(broken, tmp_path / "other", engine="tinytex")


def test_a_preview_writes_one_page_and_nothing_else(tmp_path: Path) -> None:
    path, pages = build_preview(ORDER, tmp_path, engine="tinytex")
    assert pages == (1, 1)
    assert listed(tmp_path) == [f"s1/{PREVIEW}"]
    assert count_pages(path.read_bytes()) == 1


def test_without_a_roster_the_files_are_those_of_a_sheet(tmp_path: Path) -> None:
    order = replace(ORDER, sitters=(replace(sitter("x"), file=""),), merge=False)
    folder = build_class(order, tmp_path, engine="tinytex").folder
    assert listed(folder) == [
        "answers.csv",
        "manifest.json",
        "timings.json",
        "worksheet.pdf",
        "worksheet.tex",
    ]
    assert [f["student"] for f in manifest(folder)["files"]] == [None] * 3


def test_a_class_in_chunks_with_a_bad_sheet_and_one_student_made_again(tmp_path: Path) -> None:
    def sheets(bad: str = "") -> tuple[Sitter, ...]:
        return tuple(
            Sitter(str(number), sheet(number, bad if number == 2 else "")) for number in (3, 1, 2, 4)
        )

    order = replace(ORDER, sitters=sheets(r"\undefined"))
    built = build_class(order, tmp_path, engine="tinytex", jobs=1)
    assert built.failure is not None and "worksheet/2, problem 1" in built.failure.report.message
    assert [made.student for made in built.manifest.files if made.pages] == ["3", "1", "4"]
    assert [failed.student for failed in built.manifest.failed] == ["2"]
    assert not (built.folder / "print.pdf").exists()

    whole = build_class(replace(order, sitters=sheets()), tmp_path, engine="tinytex", jobs=2)
    assert whole.failure is None
    with pikepdf.open(whole.folder / "print.pdf") as printed:
        texts = [PageReader().read(page)[0] for page in printed.pages]
    shown = [number for text in texts for number in (1, 2, 3, 4) if code_of(number) in text]
    assert list(dict.fromkeys(shown)) == [3, 1, 2, 4]

    file = whole.folder / "worksheet" / "4.pdf"
    before = file.read_bytes()
    one = replace(ORDER, sitters=sheets()[3:], answers=None, whole=False, merge=False)
    build_class(one, tmp_path, engine="tinytex")
    # Fonts hold the letters of all who share a run: the bytes may differ, and nothing that is seen.
    assert described(file.read_bytes()) == described(before)
