"""From a document to files: what is made, what stays, and what a failure leaves."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gen.build.documents import NOTHING, Order, build, needs_of
from gen.build.finished import Step
from gen.build.lock import hold
from gen.build.store import Store
from gen.document.blocks import Document, ProblemBlock
from gen.document.format import FORMATS, format_named
from gen.document.tex import Tex
from gen.errors import BuildError, HeldError, InputError

WORKSHEET, SLIDES, NOTES = (format_named(name) for name in ("worksheet", "slides", "notes"))
DOCUMENT = Document(title="T", problems=(ProblemBlock(1, "A title", "A question."),))
BROKEN = replace(DOCUMENT, problems=(ProblemBlock(1, "A title", Tex(r"\undefined")),))


def order(document: Document = DOCUMENT, *formats: Any, others: tuple[str, ...] = ()) -> Order:
    return Order("s1", None, document, formats or (WORKSHEET,), others)


def manifest(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return read


def test_a_build_writes_text_pdf_manifest_and_times(tmp_path: Path) -> None:
    told: list[Step] = []
    built = build(order(), tmp_path / "out", engine="tinytex", progress=told.append)
    assert built.failure is None
    assert built.folder == tmp_path / "out" / "s1"
    assert sorted(file.name for file in built.folder.iterdir()) == [
        "manifest.json",
        "timings.json",
        "worksheet.pdf",
        "worksheet.tex",
    ]
    read = manifest(built.folder)
    assert (read["schema"], read["sheet"], read["seed"], read["engine"]) == (
        "freeindex/manifest/1",
        "s1",
        None,
        "tinytex",
    )
    assert [(file["path"], file["pages"]) for file in read["files"]] == [
        ("worksheet.pdf", 1),
        ("worksheet.tex", None),
    ]
    assert [(step.done, step.total) for step in told] == [(1, 1)]
    first = (built.folder / "worksheet.tex").read_text(encoding="utf-8").splitlines()[0]
    assert "pdflatex" in first


def test_equal_builds_give_equal_bytes(tmp_path: Path) -> None:
    folders = [build(order(), tmp_path / name, engine="tinytex").folder for name in ("a", "b")]
    for name in ("worksheet.pdf", "worksheet.tex", "manifest.json"):
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()


def test_what_was_typeset_before_is_not_typeset_again(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    told: list[Step] = []
    for title in ("A", "A", "B"):
        build(
            order(replace(DOCUMENT, title=title)),
            tmp_path / "out",
            engine="tinytex",
            progress=told.append,
            store=store,
        )
    assert [step.finished.kept for step in told] == [False, True, False]


def test_slides_fall_back_where_beamer_is_missing(tmp_path: Path) -> None:
    built = build(order(DOCUMENT, SLIDES), tmp_path, engine="tinytex")
    assert built.failure is None
    assert "beamer" not in (built.folder / "slides.tex").read_text(encoding="utf-8").splitlines()[0]
    assert (built.folder / "slides.pdf").is_file()


def test_a_failure_keeps_what_was_built_and_lists_both(tmp_path: Path) -> None:
    build(order(DOCUMENT, NOTES, WORKSHEET), tmp_path, engine="tinytex")
    # Notes show the prompt, and so does the worksheet; only one of them is broken here.
    one = Order("s1", None, BROKEN, (NOTES,), ("worksheet",))
    built = build(one, tmp_path, engine="tinytex")
    assert isinstance(built.failure, BuildError)
    assert "notes" in built.failure.report.message
    assert "problem 1" in built.failure.report.message
    assert not (built.folder / "notes.pdf").exists()
    read = manifest(built.folder)
    assert [file["path"] for file in read["files"]] == ["notes.tex", "worksheet.pdf", "worksheet.tex"]
    assert [(file["file"], file["student"]) for file in read["failed"]] == [("notes.pdf", None)]


def test_several_failures_are_one_error(tmp_path: Path) -> None:
    built = build(order(BROKEN, NOTES, WORKSHEET), tmp_path, engine="tinytex")
    assert built.failure is not None
    assert built.failure.report.message.startswith("2 of 2 documents could not be built; the first: ")


def test_formats_that_a_sheet_no_longer_has_are_removed(tmp_path: Path) -> None:
    folder = build(order(DOCUMENT, NOTES, WORKSHEET), tmp_path, engine="tinytex").folder
    build(order(DOCUMENT, WORKSHEET, others=("notes",)), tmp_path, engine="tinytex")
    assert (folder / "notes.pdf").exists()
    build(order(DOCUMENT, WORKSHEET), tmp_path, engine="tinytex")
    assert not (folder / "notes.pdf").exists()


def test_a_fault_in_a_template_writes_nothing(tmp_path: Path) -> None:
    wrong = replace(DOCUMENT, problems=(ProblemBlock(1, "A title", None),))  # type: ignore[arg-type]  # the fault
    with pytest.raises(TypeError):
        build(order(wrong), tmp_path / "out", engine="tinytex")
    assert not (tmp_path / "out").exists()


def test_an_engine_that_nobody_knows_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        build(order(), tmp_path / "out", engine="tex")
    assert not (tmp_path / "out").exists()


def test_no_tex_at_all_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gen.build.engine.ENGINES", ())
    with pytest.raises(BuildError, match="no TeX engine is installed"):
        build(order(), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_another_build_holds_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "s1"
    folder.mkdir()
    with hold(folder), pytest.raises(HeldError):
        build(order(), tmp_path, engine="tinytex")
    assert not (folder / "worksheet.tex").exists()


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_every_format_says_what_it_needs(known: Any) -> None:
    needs = needs_of(known, NOTHING)
    assert needs.documentclass == ("beamer" if known.needs else "article")
    assert len(set(needs.packages)) == len(needs.packages)
    assert "amsmath" in needs.packages
