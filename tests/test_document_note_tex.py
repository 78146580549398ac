"""Notes as TeX: every block as accepted, and what TeX itself says of them."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from gen.build.engine import choose
from gen.build.needs import Needs
from gen.build.typeset import typeset
from gen.document.note_blocks import Figure
from gen.document.note_tex import book_tex
from tests.notes_projects import notes_of
from tests.pdf_text import page_text

DATA = Path(__file__).parent / "data"
GOLDEN = Path(__file__).parent / "golden"
EVERY = (DATA / "every-block.md").read_text(encoding="utf-8")


def body(folder: Path, *chapters: str, more: str = "") -> str:
    """The TeX between the head of the first chapter and the end."""
    tex = book_tex(notes_of(folder, *chapters, more=more), "pdflatex")
    return tex[tex.index(r"\begin{document}") :]


def test_every_block_is_as_accepted(tmp_path: Path) -> None:
    made = body(tmp_path, EVERY)
    golden = GOLDEN / "notes-every-block.tex"
    if os.environ.get("FREEINDEX_ACCEPT"):
        golden.write_text(made, encoding="utf-8")
    assert made == golden.read_text(encoding="utf-8")


def test_what_is_for_pages_alone_is_left_out(tmp_path: Path) -> None:
    tex = body(tmp_path, EVERY)
    assert "Paper alone." in tex and "A page alone." not in tex


@pytest.mark.parametrize(("language", "quoted"), [("en", "“index”"), ("de", "„index“")])
def test_straight_quotes_become_those_of_the_language(tmp_path: Path, language: str, quoted: str) -> None:
    tex = body(tmp_path, EVERY, more=f'language = "{language}"\n')
    assert quoted in tex and "It’s" in tex
    assert "typed" in tex and "’" not in re.findall(r"\\texttt\{[^}]*\}", tex)[0]


def test_text_has_slashes_for_fractions(tmp_path: Path) -> None:
    tex = body(
        tmp_path, "# A\n\nOf {expr}`W'*X/2`, {entry}`A[i,j]*d(x[j], x[q])` and {entry}`d(x[j], x[q])`.\n"
    )
    (line,) = (line for line in tex.splitlines() if line.startswith("Of "))
    assert r"\frac" not in line
    assert r"$W^{\mathsf{T}}\,X/2$" in line
    assert r"$A_{ij}\,(\partial x_{j}/\partial x_{q})$" in line
    assert r"$\partial x_{j}/\partial x_{q}$" in line


def test_a_page_may_end_after_the_second_line_and_before_the_last_two(tmp_path: Path) -> None:
    tex = body(tmp_path, "# A\n\n```{derive} F = W*X\n:wrt: W\n```\n")
    marks = re.findall(r"\\MayBreak(true|false)|\\(nobreak)\n|\\(Line)\{", tex)
    said = ["".join(mark) for mark in marks]
    said = said[said.index("false") :]
    lines = said.count("Line")
    assert said.count("true") == lines - 3
    assert said[:6] == ["false", "Line", "nobreak", "false", "Line", "true"]
    assert said[said.index("nobreak", -4) :][:3] == ["nobreak", "false", "Line"]


def test_a_chapter_alone_has_no_cover(tmp_path: Path) -> None:
    alone, whole = body(tmp_path, "# A\n"), body(tmp_path, "# A\n", "# B\n")
    assert r"\TitlePage" not in alone and r"\ContentsHead" not in alone
    assert r"\TitlePage" in whole and whole.count(r"\ContentsLine") == 2


def test_a_graph_lies_where_it_fits(tmp_path: Path) -> None:
    notes = notes_of(tmp_path, EVERY)
    drawings = [block.drawing for block in notes.chapters[0].blocks if isinstance(block, Figure)]
    (graph,) = (drawing for drawing in drawings if drawing.name.startswith("Computation"))
    assert graph.width > graph.height
    assert graph.words.startswith("A graph from left to right")


def test_a_long_table_goes_on_under_its_header(tmp_path: Path) -> None:
    rows = "".join(f"| row{n} | {n} |\n" for n in range(60))
    tex = body(tmp_path, f"# A\n\n| name | number |\n|---|---|\n{rows}")
    pieces = tex.split(r"\TableSet{")[1:]
    assert [piece.count("row") for piece in pieces] == [24, 24, 12]
    assert all("name" in piece.split(r"\TableLine")[1] for piece in pieces)


def test_what_is_too_wide_wraps(tmp_path: Path) -> None:
    long = "words " * 40
    tex = book_tex(
        notes_of(tmp_path, f"# A\n\n| a | b |\n|---|---|\n| x | {long} |\n\n    {long}\n"), "pdflatex"
    )
    done = typeset(tex, choose(Needs("article", ())), name="wide")
    assert [box for box in done.log.overfull if box.pt > 1] == []
    assert r"\TableShare{2}{4}{88}{4}" in tex and r"\TableShare{2}{84}{88}{5}" in tex


LONG = "Why the derivative of a product of two matrices by the first of them is not the second, transposed"


def test_long_titles_break_in_contents_and_are_cut_in_running_heads(tmp_path: Path) -> None:
    word = "derivative" * 8
    chapters = f"# {LONG}\n\n## {LONG}\n\n### {LONG}\n", f"# {word}\n\n## {word}\n\n{'text ' * 900}\n"
    tex = book_tex(notes_of(tmp_path, *chapters), "pdflatex")
    assert tex.count(r"{Why the derivative of a product of two matrices by…}") == 2
    done = typeset(tex, choose(Needs("article", ())), name="long")
    assert [box for box in done.log.overfull if box.pt > 1] == []


def test_a_title_in_the_contents_has_no_anchor_of_its_own(tmp_path: Path) -> None:
    tex = body(tmp_path, "# On {index}`traces`\n", "# B\n\n## A {index}`form`\n")
    assert tex.count(r"\Place{index.") == 2


GRAPH = """
```{figure} computation-graph
:of: sum(relu(W2*sigmoid(W1*x + b1) + b2))
:wrt: W1, W2, b1
:let: W1: h x n; W2: m x h; x: n; b1: h; b2: m
The caption of a network.
```
"""


@pytest.mark.parametrize("above", ["", "## A section\n"])
def test_a_figure_stands_on_its_page_with_its_caption(tmp_path: Path, above: str) -> None:
    notes = notes_of(tmp_path, f"# A\n\n{'text ' * 400}\n\n{above}{GRAPH}", more='paper = "letter"\n')
    done = typeset(book_tex(notes, "pdflatex", theme="large"), choose(Needs("article", ())), name="high")
    assert done.log.overfull == ()
    with pikepdf.open(BytesIO(done.pdf)) as pdf:
        pages = [page_text(page) for page in pdf.pages]
    (page,) = (words for words in pages if "Thecaptionofanetwork" in words)
    assert "scalar" in page and (not above or "Asection" in page)


def test_long_conventions_stand_on_the_first_page(tmp_path: Path) -> None:
    notes = notes_of(tmp_path, "# A\n", "# B\n", more='paper = "letter"\nsubtitle = "S"\nauthor = "A"\n')
    title = (
        "A rather long title of notes on derivatives of expressions of matrices and of vectors and of more"
    )
    title += ", and of networks that are trained by them, week by week"
    tex = book_tex(replace(notes, title=title), "pdflatex", theme="large")
    done = typeset(tex, choose(Needs("article", ())), name="cover")
    with pikepdf.open(BytesIO(done.pdf)) as pdf:
        first, second = (page_text(page) for page in pdf.pages[:2])
    assert "columnsstacked" in first and second.startswith("Contents")


def test_a_parting_line_has_room_and_text_after_a_formula_begins_at_the_margin(tmp_path: Path) -> None:
    split = r"\begin{split} x &= y \end{split}"
    tex = body(
        tmp_path, f"# A\n\n- a\n\n***\n\n$$x=y$$ (eq-a)\n\nBy it.\n\n$$ {split} $$ (eq-b)\n\nBy that.\n"
    )
    assert r"\Parting" in tex and r"\HairLine" not in tex
    assert r"\DisplaySet{x=y}{\Place{eq-a}(1.1)}" + "\nBy it." in tex
    assert r"\]\Place{eq-b}\ignorespaces" + "\nBy that." in tex


def test_long_words_of_other_languages_are_broken_with_a_hyphen(tmp_path: Path) -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitänsmützenableitungen"
    tex = book_tex(
        notes_of(tmp_path, f"# Kleinste {word}\n\n{word} " * 3, more='language = "de"\n'), "pdflatex"
    )
    assert r"\ifcsname l@ngerman\endcsname" in tex and r"gesell\Syllable{}schafts" in tex
    done = typeset(tex, choose(Needs("article", ())), name="woerter")
    assert [box for box in done.log.overfull if box.pt > 1] == []
    with pikepdf.open(BytesIO(done.pdf)) as pdf:
        assert re.search(
            "(schiff|fahrts|gesell|schafts)-(fahrts|gesell|schafts|kapit)", page_text(pdf.pages[0])
        )
