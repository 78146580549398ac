"""Notes as slides: which blocks become frames, and that TeX sets them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gen.build.note_files import NotesOrder
from gen.build.notes_slides import made
from gen.document.blocks import CalloutBlock, DerivationBlock, DrawnBlock, TextBlock
from gen.document.drawing_tikz import drawing_tikz
from gen.document.note_blocks import Figure, Notes
from gen.document.note_slides import slides_of
from gen.document.slides import frames_of
from gen.project.chapters import read_notes_chapters, whole_notes
from gen.project.notes_file import read_notes
from tests.notes_projects import notes_of

PROJECT = """
id = "small"
title = "Small notes"
seed = 1
chapters = ["one.md"]
"""
CHAPTER = """
# Products

## First section

Running text with $x$, see {ref}`eq-linear`.

```{derive} F = W*X
:wrt: W
:label: eq-linear
```

```{definition} A name
What {ref}`eq-linear` says, on a line of its own: $$a = b$$
```

```{figure} sparsity
:of: F = W*X
:wrt: W
:sizes: m=2, n=2, p=3
Which entries of $W$ touch which entries of $F$. Rows go with rows.
```
"""


@pytest.fixture
def notes(tmp_path: Path) -> Notes:
    (tmp_path / "notes.toml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "one.md").write_text(CHAPTER, encoding="utf-8")
    return whole_notes(read_notes_chapters(read_notes(tmp_path / "notes.toml")), lambda words: None)


def test_chapters_are_sections_and_their_pieces_frames(notes: Notes) -> None:
    (section,) = slides_of(notes).problems
    assert (section.number, section.title, section.kind) == (1, "Products", "Chapter")
    assert "First section" in section.prompt
    assert [type(part) for part in section.parts] == [DerivationBlock, CalloutBlock, DrawnBlock]
    assert not any(isinstance(part, TextBlock) for part in section.parts)
    frames = frames_of(slides_of(notes))
    assert [f.title for f in frames if isinstance(f.part, CalloutBlock)] == [r"Definition 1.1\quad{}A name"]


def test_they_are_set_in_a_folder_of_their_own(notes: Notes) -> None:
    files = made(NotesOrder(notes))
    assert files.failure is None
    assert [file.path for file in files.files] == ["slides/slides.tex", "slides/slides.pdf"]


def test_what_stands_in_a_box_has_frames_of_its_own(tmp_path: Path) -> None:
    inner = "```{derive} F = W*X\n:wrt: W\n```\n\n| a |\n|---|\n| b |\n\n- one\n\n      typed\n"
    text = f"# A\n\n````{{remark}} Both\nWords.\n\n{inner}````\n\n````{{problem}}\n{inner}````\n"
    (tmp_path / "notes.toml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "one.md").write_text(text, encoding="utf-8")
    document = slides_of(whole_notes(read_notes_chapters(read_notes(tmp_path / "notes.toml"))))
    kinds = [type(part) for part in document.problems[0].parts]
    assert kinds == [CalloutBlock, DerivationBlock, TextBlock, DerivationBlock]


def test_long_titles_take_several_lines(tmp_path: Path) -> None:
    long = "Why the derivative of a product of two matrices by the first of them is not the second " * 2
    text = f"# {long}\n\n## {long}\n\n```{{derive}} F = W*X\n:wrt: W\n:title: {long}\n```\n"
    (tmp_path / "notes.toml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "one.md").write_text(text, encoding="utf-8")
    files = made(NotesOrder(whole_notes(read_notes_chapters(read_notes(tmp_path / "notes.toml")))))
    assert files.failure is None


def test_derivations_have_the_numbers_that_the_text_calls_them_by(tmp_path: Path) -> None:
    asked = "F = W*X\n:wrt: W\n"
    both = f"{asked}:methods: index, vec\n:title: Two *ways*\n"
    text = f"# A\n\n```{{derive}} {asked}```\n\n```{{compare}} {both}```\n"
    (tmp_path / "notes.toml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "one.md").write_text(text, encoding="utf-8")
    (section,) = slides_of(whole_notes(read_notes_chapters(read_notes(tmp_path / "notes.toml")))).problems
    assert [part.name for part in section.parts] == [
        "Derivation 1.1 in index notation",
        "Derivation 1.2 Two ways in index notation",
        "Derivation 1.2 Two ways with stacked columns",
        "Derivation 1.2 The same numbers",
        "Derivation 1.2 How they fit",
    ]
    assert [part.title.startswith("Derivation 1.") for part in section.parts] == [True] * 5
    assert r"Two \emph{ways}" in section.parts[1].title


_GRAPH = """# {title}

```{{figure}} computation-graph
:of: sum(relu(W2*sigmoid(W1*x + b1) + b2))
:wrt: W1, W2, b1
:let: W1: h x n; W2: m x h; x: n; b1: h; b2: m
A network.
```
"""


def test_a_graph_lies_on_a_slide_and_stands_on_paper(tmp_path: Path) -> None:
    whole = notes_of(tmp_path, _GRAPH.format(title="A"))
    (figure,) = (block for block in whole.chapters[0].blocks if isinstance(block, Figure))
    assert figure.low is not None
    assert figure.drawing.height > figure.drawing.width and figure.low.width > figure.low.height
    (part,) = slides_of(whole).problems[0].parts
    assert isinstance(part, DrawnBlock)
    assert part.drawing == drawing_tikz(figure.low)


def test_lines_of_a_long_title_keep_their_distance(tmp_path: Path) -> None:
    """Around them lines are set without any, `offinterlineskip`."""
    files = made(
        NotesOrder(notes_of(tmp_path, _GRAPH.format(title="Least squares and ridge regression " * 4)))
    )
    tex = next(file.data for file in files.files if file.path.endswith(".tex")).decode()
    (macro,) = re.findall(r"newcommand..ShownTitle.*\n.*", tex)
    assert files.failure is None and r"\normalbaselines#3" in macro
