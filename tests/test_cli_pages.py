"""`html` among the formats of a sheet: pages beside the PDFs, or pages alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from gen.cli import main

Run = Callable[..., tuple[int, str, str]]
SHEET = """\
id = "s"
title = "Sheet"
formats = ["worksheet", "solutions"{more}]

[[problem]]
of = "F = W*X"
wrt = "W"
"""


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process: status, standard output, standard error."""

    def call(*words: str) -> tuple[int, str, str]:
        status = main(list(words))
        out, err = capfd.readouterr()
        return status, out, err

    return call


def sheet(folder: Path, more: str = "") -> Path:
    file = folder / "sheet.toml"
    file.write_text(SHEET.replace("{more}", more), encoding="utf-8")
    return file


def listed(folder: Path) -> list[str]:
    """The paths of the manifest."""
    data = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return [file["path"] for file in data["files"]]


def links(pdf: Path) -> list[str]:
    """The addresses that a PDF leads to."""
    with pikepdf.open(pdf) as opened:
        return [
            str(note.A.URI)
            for page in opened.pages
            for note in page.get("/Annots", pikepdf.Array())
            if "/A" in note and "/URI" in note.A
        ]


def test_pages_alone_need_no_tex(tmp_path: Path, run: Run) -> None:
    status, out, err = run("build", str(sheet(tmp_path)), "-o", str(tmp_path), "--only", "html")
    assert (status, err) == (0, "")
    assert out.splitlines() == [f"{tmp_path}/s/{name}.html" for name in ("worksheet", "solutions")]
    assert listed(tmp_path / "s") == ["solutions.html", "worksheet.html"]


def test_each_pdf_leads_to_its_page(tmp_path: Path, run: Run) -> None:
    assert run("build", str(sheet(tmp_path, ', "html"')), "-o", str(tmp_path))[0] == 0
    for name in ("worksheet", "solutions"):
        assert links(tmp_path / f"s/{name}.pdf") == [f"{name}.html"]
        assert (tmp_path / f"s/{name}.html").is_file()
    names = [f"{name}.{ending}" for name in ("solutions", "worksheet") for ending in ("html", "pdf", "tex")]
    assert listed(tmp_path / "s") == names
    # Pages alone leave the PDFs, and PDFs without pages leave none that would be out of date.
    assert run("build", str(sheet(tmp_path)), "-o", str(tmp_path), "--only", "html")[0] == 0
    assert listed(tmp_path / "s") == names
    assert run("build", str(sheet(tmp_path)), "-o", str(tmp_path))[0] == 0
    assert not (tmp_path / "s/worksheet.html").exists()
    assert links(tmp_path / "s/worksheet.pdf") == []


def test_every_student_has_a_page(tmp_path: Path, run: Run) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name\nzs1,Zoë Smith\nab2,A. B.\n", encoding="utf-8")
    words = ("build", str(sheet(tmp_path)), "-o", str(tmp_path), "--roster", str(roster))
    status, out, err = run(*words, "--only", "html")
    assert (status, err) == (0, "")
    assert f"{tmp_path}/s/worksheet: 2 pages" in out
    made = (tmp_path / "s/worksheet/zs1.html").read_text(encoding="utf-8")
    assert "Name: Zoë Smith" in made
    assert run(*words, "--only", "worksheet,html", "--student", "ab2")[0] == 0
    assert links(tmp_path / "s/worksheet/ab2.pdf") == ["ab2.html"]
    assert "worksheet/zs1.html" in listed(tmp_path / "s")


def test_slides_have_no_page_for_each_student(tmp_path: Path, run: Run) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name\nzs1,Z\n", encoding="utf-8")
    words = ("build", str(sheet(tmp_path)), "-o", str(tmp_path), "--roster", str(roster))
    status, _, err = run(*words, "--only", "slides,html")
    assert status == 2 and "there is no version of slides for each student" in err


def test_check_takes_pages_among_the_formats(tmp_path: Path, run: Run) -> None:
    status, out, _ = run("check", str(sheet(tmp_path, ', "html"')))
    assert status == 0 and out.rstrip().endswith("worksheet, solutions, html")


@pytest.mark.parametrize("name", ["slides-plain", "slides-handout"])
def test_slides_lead_to_their_page_from_the_title(tmp_path: Path, run: Run, name: str) -> None:
    assert run("build", str(sheet(tmp_path)), "-o", str(tmp_path), "--only", f"{name},html")[0] == 0
    assert set(links(tmp_path / f"s/{name}.pdf")) == {f"{name}.html"}
    made = (tmp_path / f"s/{name}.html").read_text(encoding="utf-8")
    assert '<mrow class="changed">' in made and "room for your answer" not in made


def test_the_reference_leads_to_its_page(tmp_path: Path, run: Run) -> None:
    assert run("reference", "-o", str(tmp_path))[0] == 0
    assert links(tmp_path / "reference.pdf") == ["reference.html"]
