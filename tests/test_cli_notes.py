"""`freeindex notes` and `freeindex check notes.toml`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from gen.cli import main
from tests.notes_projects import PNG, project

Run = Callable[..., tuple[int, str, str]]
FIRST = "# One\n\nSee {ref}`two`, a {term}`word`.\n\n```{derive} W*X\n:wrt: W\n```\n"
SECOND = "(two)=\n# Two\n\nText.\n"


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process: status, standard output, standard error."""

    def call(*words: str) -> tuple[int, str, str]:
        status = main(list(words))
        out, err = capfd.readouterr()
        return status, out, err

    return call


def test_check_counts_what_is_there(tmp_path: Path, run: Run) -> None:
    file = project(tmp_path, FIRST, SECOND)
    said = f"{file}: no fault in 2 chapters: 1 derivation\n"
    assert run("check", str(file)) == (0, said, "")
    assert run("check", str(tmp_path)) == (0, said, "")
    assert run("notes", str(tmp_path), "--check") == (0, said, "")


def test_check_counts_pictures_from_files(tmp_path: Path, run: Run) -> None:
    (tmp_path / "p.png").write_bytes(PNG)
    file = project(tmp_path, "# A\n\n```{figure} p.png\nA caption.\n```\n")
    assert run("check", str(file)) == (0, f"{file}: no fault in 1 chapter: 1 picture\n", "")


def test_check_tells_all_faults_and_the_first_as_the_error(tmp_path: Path, run: Run) -> None:
    file = project(tmp_path, "# A\n\n{ref}`x`\n\n<b>\n", "# B\n\n```{derve}\n```\n")
    status, out, err = run("check", str(file))
    assert status == 2
    assert [line.split(": ")[0].rsplit("/", 1)[1] for line in out.splitlines()] == [
        "1.md:3:7",
        "1.md:5:1",
        "2.md:3:4",
    ]
    assert err.startswith(f"error: {tmp_path}/1.md:3:7: nothing has the label 'x'\n  {{ref}}`x`\n        ^\n")


def test_check_tells_faults_of_the_file(tmp_path: Path, run: Run) -> None:
    file = project(tmp_path, "# A\n", more="pages = 3\n")
    status, _, err = run("check", str(file))
    assert status == 2 and "the key 'pages' is not known" in err


def test_pages_are_written(tmp_path: Path, run: Run) -> None:
    project(tmp_path, FIRST, SECOND)
    output = tmp_path / "out"
    status, out, err = run("notes", str(tmp_path), "-o", str(output), "--format", "html,ipynb")
    assert (status, err) == (0, "")
    made = sorted(path.relative_to(output).as_posix() for path in output.rglob("*.*") if path.is_file())
    pages = ["n/html/1.html", "n/html/2.html", "n/html/genindex.html", "n/html/index.html"]
    books = ["n/notebooks/1.ipynb", "n/notebooks/2.ipynb"]
    assert [name for name in made if "freeindex" not in name] == [*pages, "n/manifest.json", *books]
    assert len(out.splitlines()) == 6


def test_equal_builds_have_equal_files(tmp_path: Path, run: Run) -> None:
    project(tmp_path, FIRST, SECOND)
    found = []
    for name in ("a", "b"):
        assert run("notes", str(tmp_path), "-o", str(tmp_path / name), "--format", "html,ipynb")[0] == 0
        files = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        found.append([(path.name, path.read_bytes()) for path in files])
    assert found[0] == found[1]


def test_a_chapter_that_is_no_more_leaves_no_page(tmp_path: Path, run: Run) -> None:
    words = ("notes", str(tmp_path), "-o", str(tmp_path / "out"), "--format", "html")
    project(tmp_path, "# One\n", SECOND)
    assert run(*words)[0] == 0
    project(tmp_path, "# One\n")
    assert run(*words)[0] == 0
    assert not (tmp_path / "out/n/html/2.html").exists()
    assert (tmp_path / "out/n/html/1.html").exists()


def test_one_chapter_leaves_the_others_as_they_are(tmp_path: Path, run: Run) -> None:
    words = ("notes", str(tmp_path), "-o", str(tmp_path / "out"), "--format", "html")
    file = project(tmp_path, FIRST, SECOND)
    assert run(*words)[0] == 0
    (tmp_path / "2.md").write_text(SECOND.replace("Text", "Other text"), encoding="utf-8")
    status, out, _ = run(*words, "--chapter", "2")
    assert (status, out) == (0, f"{tmp_path}/out/n/html/2.html\n")
    assert "Other text" in (tmp_path / "out/n/html/2.html").read_text(encoding="utf-8")
    assert len(list((tmp_path / "out/n/html").glob("*.html"))) == 4
    listed = json.loads((tmp_path / "out/n/manifest.json").read_text(encoding="utf-8"))["files"]
    assert len(listed) == 4
    assert file.exists()


def test_the_page_of_a_chapter_alone_is_that_of_the_whole(tmp_path: Path, run: Run) -> None:
    project(tmp_path, FIRST, SECOND)
    words = ("notes", str(tmp_path), "--format", "html", "-o")
    assert run(*words, str(tmp_path / "all"))[0] == 0
    for name in ("1", "2"):
        assert run(*words, str(tmp_path / name), "--chapter", name)[0] == 0
        page = f"n/html/{name}.html"
        assert (tmp_path / name / page).read_bytes() == (tmp_path / "all" / page).read_bytes()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--format", "docx"), "there is no format 'docx' of notes"),
        (("--chapter", "3"), "there is no chapter 3"),
        (("--preview",), "--preview goes with --chapter NAME"),
        (("--engine", "word"), "unknown TeX engine 'word'"),
    ],
)
def test_wrong_words(tmp_path: Path, run: Run, words: tuple[str, ...], message: str) -> None:
    project(tmp_path, FIRST, SECOND)
    status, out, err = run("notes", str(tmp_path), "-o", str(tmp_path / "out"), *words)
    assert (status, out) == (2, "")
    assert message in err
    assert not (tmp_path / "out").exists()


def test_nothing_is_written_where_something_is_wrong(tmp_path: Path, run: Run) -> None:
    project(tmp_path, FIRST, f"{SECOND}\n{{ref}}`nowhere`\n")
    status, out, err = run("notes", str(tmp_path), "-o", str(tmp_path / "out"))
    assert (status, out) == (2, "")
    assert "2.md:6:7: nothing has the label 'nowhere'" in err
    assert not (tmp_path / "out").exists()


def test_the_pdf_of_all_and_of_one_chapter(tmp_path: Path, run: Run) -> None:
    project(tmp_path, FIRST, SECOND)
    words = ("notes", str(tmp_path), "-o", str(tmp_path / "out"), "--format", "pdf")
    assert run(*words)[0] == 0
    assert run(*words, "--chapter", "2", "--preview")[0] == 0
    for name in ("notes", "2"):
        assert (tmp_path / f"out/n/{name}.pdf").read_bytes().startswith(b"%PDF-")
        assert (tmp_path / f"out/n/{name}.tex").is_file()


def test_a_notebook_has_cells_that_derive_and_check(tmp_path: Path, run: Run) -> None:
    project(tmp_path, FIRST)
    (tmp_path / "1.md").write_text(FIRST.replace("{ref}`two`", "it"), encoding="utf-8")
    assert run("notes", str(tmp_path), "-o", str(tmp_path / "out"), "--format", "ipynb")[0] == 0
    book = json.loads((tmp_path / "out/n/notebooks/1.ipynb").read_text(encoding="utf-8"))
    assert (book["nbformat"], book["nbformat_minor"]) == (4, 5)
    names = [cell["id"] for cell in book["cells"]]
    assert len(set(names)) == len(names)
    codes = ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"]
    assert len(codes) == 3
    for code in codes:
        compile(code, "cell", "exec")
    exec(codes[2], {})


def test_init_writes_notes_that_have_no_fault(tmp_path: Path, run: Run) -> None:
    assert run("init", str(tmp_path / "course"))[0] == 0
    status, out, err = run("check", str(tmp_path / "course" / "notes"))
    assert (status, err) == (0, "")
    assert out.endswith("no fault in 1 chapter: 2 derivations, 1 exercise\n")


def test_characters_that_no_font_shows_are_told(tmp_path: Path, run: Run) -> None:
    file = project(tmp_path, "# A\n\nText \ue000, ∑ and é.\n")
    status, out, _ = run("check", str(file))
    assert status == 0
    said = "U+E000 can be seen in no font and will print as [U+E000]"
    assert out.splitlines()[0] == f"{file}: note: {said}"
    assert len(out.splitlines()) == 2


def test_the_pdf_leads_to_the_pages_that_are_made_with_it(tmp_path: Path, run: Run) -> None:
    project(tmp_path, FIRST, SECOND)
    words = ("notes", str(tmp_path), "-o", str(tmp_path / "out"))
    assert run(*words)[0] == 0
    assert addresses(tmp_path / "out/n/notes.pdf") == ["html/index.html"]
    assert run(*words, "--chapter", "2", "--preview")[0] == 0
    assert addresses(tmp_path / "out/n/2.pdf") == ["html/2.html"]
    assert run(*words, "--format", "pdf")[0] == 0
    assert addresses(tmp_path / "out/n/notes.pdf") == []


def addresses(pdf: Path) -> list[str]:
    """The addresses outside that a PDF leads to."""
    with pikepdf.open(pdf) as opened:
        notes = [note for page in opened.pages for note in page.get("/Annots", pikepdf.Array())]
        return [str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A]


def test_a_sheet_for_notes_and_notes_for_a_sheet_are_told_apart(tmp_path: Path, run: Run) -> None:
    notes, sheet = tmp_path / "notes" / "notes.toml", tmp_path / "sheet.toml"
    notes.parent.mkdir()
    project(notes.parent, "# A\n\nText.\n")
    sheet.write_text('id = "s"\ntitle = "S"\n[[problem]]\nof = "x\'*x"\nwrt = "x"\n', encoding="utf-8")
    status, _, told = run("build", str(notes), "-o", str(tmp_path / "out"))
    assert status == 2 and "these are lecture notes" in told and f"freeindex notes {notes}" in told
    status, _, told = run("notes", str(sheet), "-o", str(tmp_path / "out"))
    assert status == 2 and "this is a sheet" in told and f"freeindex build {sheet}" in told
    status, _, told = run("notes", str(tmp_path), "-o", str(tmp_path / "out"))
    assert status == 2 and f"name the folder of the notes: {notes.parent}" in told
    assert not (tmp_path / "out").exists()
