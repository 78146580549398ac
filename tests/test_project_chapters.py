"""Chapters: numbers, labels, references, the index, and one chapter alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gen.document.inline import Indexed, Maths, Reference, Words, plain
from gen.document.note_blocks import (
    Compared,
    Derived,
    Display,
    Exercise,
    Heading,
    ListBlock,
    Listing,
    Notes,
    Only,
    Paragraph,
    Picture,
    Quotation,
    RulesTable,
    Solution,
    TableBlock,
)
from gen.document.tex import Tex
from gen.errors import InputError
from gen.project.chapter_text import LIMIT
from gen.project.chapters import examine_chapters, read_notes_chapters, single_chapter
from gen.project.notes_file import read_notes
from tests.notes_projects import PNG, faults_in, notes_of, project, shown

FIRST = """\
# Why {expr}`F = W*X`

(sec-one)=
## One

See {ref}`sec-two`, {ref}`the words <eq-two>`, {eq}`eq-sum`, {ref}`ex`.

$$
a = b
$$ (eq-sum)

```{derive} W*X
:wrt: W
:label: eq-one
```

```{compare} W*X
:wrt: W
:methods: vec, index
```

### Deep

```{problem} tr(A*X)
:wrt: X
:label: ex
A question with {ref}`eq-one`.
```
"""
SECOND = """\
# Two

(sec-two)=
## A section

:::{definition} Trace
:label: def
The {term}`trace`, and {index}`traces <trace>`.
:::

```{derive} tr(A*X)
:wrt: X
:label: eq-two
```

```{solution} ex
:level: answer
```

```{reference}
```
"""


def everything(value: Any) -> Iterator[Any]:
    """All records inside a value."""
    if isinstance(value, tuple):
        for part in value:
            yield from everything(part)
    elif is_dataclass(value):
        yield value
        for field in fields(value):
            yield from everything(getattr(value, field.name))


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Notes:
    return notes_of(tmp_path_factory.mktemp("notes"), FIRST, SECOND)


def test_things_are_counted_within_their_chapter(notes: Notes) -> None:
    one, two = notes.chapters
    numbers = [(type(b).__name__, b.number) for b in one.blocks if hasattr(b, "number")]
    assert numbers == [
        ("Heading", "1.1"),
        ("Display", "1.1"),
        ("Derived", "1.1"),
        ("Compared", "1.2"),
        ("Heading", "1.1.1"),
        ("Exercise", "1.1"),
    ]
    numbers = [(type(b).__name__, b.number) for b in two.blocks if hasattr(b, "number")]
    assert numbers == [("Heading", "2.1"), ("Box", "2.1"), ("Derived", "2.1"), ("Solution", "1.1")]


def test_references_print_a_number_and_lead_to_an_anchor(notes: Notes) -> None:
    found = [(r.target, r.chapter, r.text) for r in everything(notes.chapters[0]) if isinstance(r, Reference)]
    assert found == [
        ("sec-two", "2", "Section 2.1"),
        ("eq-two", "2", "the words"),
        ("eq-sum", "1", "(1.1)"),
        ("ex", "1", "Exercise 1.1"),
        ("eq-one", "1", "Derivation 1.1"),
    ]


def test_anchors_are_unique_and_every_reference_has_one(notes: Notes) -> None:
    anchors = [part.anchor for part in everything(notes.chapters) if getattr(part, "anchor", "")]
    assert len(anchors) == len(set(anchors))
    for part in everything(notes):
        if isinstance(part, Reference):
            assert part.target in anchors


def test_an_exercise_and_its_solution_know_each_other(notes: Notes) -> None:
    exercise = next(b for b in notes.chapters[0].blocks if isinstance(b, Exercise))
    solution = next(b for b in notes.chapters[1].blocks if isinstance(b, Solution))
    assert (exercise.solution, exercise.solution_chapter) == (solution.anchor, "2")
    assert (solution.of, solution.of_chapter) == (exercise.anchor, "1")
    assert exercise.problem.parts == ()
    (asked,) = exercise.prompt
    assert isinstance(asked, Paragraph) and plain(asked.inside) == "A question with Derivation 1.1."
    (part,) = solution.problem.parts
    assert getattr(part, "lines", None) == ()


def test_the_index_lists_terms_with_their_places(notes: Notes) -> None:
    (line,) = notes.index
    assert line.term == "trace"
    assert [(chapter, words) for chapter, _, words in line.places] == [("2", "Section 2.1")] * 2
    marked = [part.anchor for part in everything(notes) if isinstance(part, Indexed)]
    assert [anchor for _, anchor, _ in line.places] == marked


def test_the_rules_are_those_used_so_far_with_their_first_use(notes: Notes) -> None:
    table = next(b for b in notes.chapters[1].blocks if isinstance(b, RulesTable))
    first = {row.name: row.first_used for row in table.rows}
    assert first["product_index"] == (Reference("eq-one", "1", "Derivation 1.1"),)
    used = {plain(places) for places in first.values()}
    assert used <= {"Derivation 1.1", "Derivation 1.2", "Exercise 1.1", "Derivation 2.1"}


def test_the_title_is_not_among_the_blocks(notes: Notes) -> None:
    assert plain(notes.chapters[0].title) == "Why F equals W times X"
    assert all(not (isinstance(b, Heading) and b.level == 1) for b in notes.chapters[0].blocks)


@pytest.mark.parametrize("name", ["1", "2", "2.md"])
def test_a_chapter_alone_is_as_in_the_whole(tmp_path: Path, notes: Notes, name: str) -> None:
    read = read_notes_chapters(read_notes(project(tmp_path, FIRST, SECOND)))
    alone = single_chapter(read, name)
    (chapter,) = alone.chapters
    assert alone.contents == notes.contents
    assert [(known.name, known.number, plain(known.title)) for known in alone.contents] == [
        ("1", "1", "Why F equals W times X"),
        ("2", "2", "Two"),
    ]
    assert chapter == next(known for known in notes.chapters if known.name == name.removesuffix(".md"))


def test_a_chapter_that_there_is_not(tmp_path: Path) -> None:
    read = read_notes_chapters(read_notes(project(tmp_path, FIRST, SECOND)))
    with pytest.raises(InputError, match="there is no chapter 3"):
        single_chapter(read, "3")


def test_methods_stand_in_the_order_asked_for(notes: Notes) -> None:
    compared = next(b for b in notes.chapters[0].blocks if isinstance(b, Compared))
    assert [part.call.split("method=")[1] for part in compared.parts] == ['"vec")', '"index")']
    assert compared.fits is not None


MARKDOWN = """\
# A

- one

  ```{derive} tr(A*X)
  :wrt: X
  ```
- two

3. three

> said

| a | b |
|:--|--:|
| 1 | $x$ |

```python
print("x")
```

% a comment
<!-- another -->

````{only} pdf
```{definition}
Text.
```
````

Last\\
line
"""


def test_markdown_becomes_blocks(tmp_path: Path) -> None:
    blocks = notes_of(tmp_path, MARKDOWN).chapters[0].blocks
    kinds = [type(block) for block in blocks]
    assert kinds == [ListBlock, ListBlock, Quotation, TableBlock, Listing, Only, Paragraph]
    bullets, numbered = blocks[0], blocks[1]
    assert isinstance(bullets, ListBlock) and isinstance(numbered, ListBlock)
    assert isinstance(bullets.items[0][1], Derived)
    assert (bullets.start, numbered.start) == (None, 3)
    assert isinstance(blocks[3], TableBlock) and blocks[3].align == ("left", "right")
    assert blocks[4] == Listing('print("x")', "python")


def test_sums_of_money_are_no_formula(tmp_path: Path) -> None:
    (chapter,) = notes_of(tmp_path, "# T\n\nIt costs $5 or $6 for $n$ books.\n").chapters
    assert chapter.blocks == (
        Paragraph((Words("It costs $5 or $6 for "), Maths(Tex("n")), Words(" books."))),
    )


def test_quotation_marks_are_curly_in_prose_and_straight_in_code(tmp_path: Path) -> None:
    text = '# A\n\nThe "rule" isn\'t `"x"`.\n\n```\n"x"\n```\n'
    words, listing = notes_of(tmp_path, text).chapters[0].blocks
    assert isinstance(words, Paragraph) and plain(words.inside) == 'The “rule” isn’t "x".'
    assert listing == Listing('"x"', "")


def test_raw_text_is_let_through_where_the_project_says_so(tmp_path: Path) -> None:
    text = "# A\n\n<b>x</b>\n\n```{raw} tex\n\\foo\n```\n"
    assert faults_in(tmp_path, text, more='raw = ["tex", "html"]\n') == ()


def test_a_picture_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "p.png").write_bytes(PNG)
    (picture,) = notes_of(tmp_path, "# A\n\n```{figure} p.png\nA caption.\n```\n").chapters[0].blocks
    assert isinstance(picture, Picture)
    assert (picture.number, picture.data, picture.words) == ("1.1", PNG, "A caption.")


def test_entries_are_printed_as_they_are_typed(tmp_path: Path) -> None:
    text = "# A\n\n{entry}`F[i,k] = sum[j](W[i,j]*X[j,k])` {entry}`delta[i,q]*X[r,k]`\n"
    blocks = notes_of(tmp_path, text, more='[symbols]\nW = "m x n"\nX = "n x p"\n').chapters[0].blocks
    found = [part.tex for part in everything(blocks) if hasattr(part, "formula")]
    assert found == [r"F_{ik} = \sum_{j} W_{ij}\,X_{jk}", r"\delta_{iq}\,X_{rk}"]


def test_faults_of_all_chapters_are_told_in_their_order(tmp_path: Path) -> None:
    found = faults_in(tmp_path, "# A\n\n{ref}`x`\n\n```{derive} W*(\n:wrt: W\n```\n", "# B\n\n<i>\n")
    assert [shown(fault, tmp_path)[0].split(": ")[0] for fault in found] == [
        "1.md:3:7",
        "1.md:5:16",
        "2.md:3:1",
    ]


def test_a_label_in_two_chapters(tmp_path: Path) -> None:
    (fault,) = faults_in(tmp_path, "# A\n\n(x)=\n## S\n", "# B\n\n(x)=\n## S\n")
    assert shown(fault, tmp_path) == ("2.md:3:2: the label x is given twice", "x")
    assert fault.hint is not None and fault.hint.endswith("1.md:3")


def test_an_exercise_that_is_wrong_is_told_once(tmp_path: Path) -> None:
    text = "# A\n\n```{problem} W*(\n:wrt: W\n:label: p\n```\n\n```{solution} p\n```\n"
    assert len(faults_in(tmp_path, text)) == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"# A\n\n\xff\n", "1.md:3:1: not UTF-8 text (byte 0xFF)"),
        (b"# A\n" + b"x" * LIMIT, "1.md: larger than 500 kB"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, data: bytes, message: str) -> None:
    file = project(tmp_path, "# A\n")
    (tmp_path / "1.md").write_bytes(data)
    _, faults = examine_chapters(read_notes_chapters(read_notes(file)))
    assert shown(faults[0], tmp_path)[0] == message


@pytest.mark.parametrize("heading", ["#", "# A\n\n##  \n", "# A\n\n### <!-- none -->\n"])
def test_a_heading_has_a_text(tmp_path: Path, heading: str) -> None:
    message, marked = shown(faults_in(tmp_path, heading)[0], tmp_path)
    assert message.endswith(": the heading has no text") and marked.startswith("#")


def test_control_characters_are_named_with_their_place(tmp_path: Path) -> None:
    faults = faults_in(tmp_path, "# A\n\nx\x07y \x00\x1b\tz\n\x0c\n")
    assert [shown(fault, tmp_path)[0].removesuffix(" has no place in a text") for fault in faults] == [
        "1.md:3:2: the control character U+0007 (BEL)",
        "1.md:3:5: the control character U+0000 (NUL)",
        "1.md:4:1: the control character U+000C (FF)",
    ]


def test_line_ends_and_marks_of_other_systems(tmp_path: Path) -> None:
    file = project(tmp_path, "# A\n")
    (tmp_path / "1.md").write_bytes(b"\xef\xbb\xbf# A\r\n\r\n```{derive} W*X\r\n:wrt: W\r\n```")
    notes, faults = examine_chapters(read_notes_chapters(read_notes(file)))
    assert faults == ()
    assert isinstance(notes.chapters[0].blocks[0], Derived)


def test_displays_have_numbers_only_where_they_have_labels(tmp_path: Path) -> None:
    blocks = notes_of(tmp_path, "# A\n\n$$a$$\n\n(x)=\n$$b$$\n").chapters[0].blocks
    assert blocks == (Display("a"), Display("b", "x", "1.1"))


PIECES = st.sampled_from(
    (
        *(
            "# A",
            "## B",
            "```{derive} W*X",
            ":wrt: W",
            "```",
            "(x)=",
            "{ref}`x`",
            "- a",
            "> b",
            ":::{remark}",
        ),
        *(":::", "$x$", "$$", "\\", "{expr}`W", "<b>", "| a |", "|---|", "% c", "````{only} pdf", "````"),
        *("  ", "%", "(", "é"),
    )
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=12))
def test_any_text_makes_notes_or_faults_with_places(tmp_path: Path, pieces: list[str]) -> None:
    for fault in faults_in(tmp_path, "\n".join(pieces)):
        assert fault.message.startswith(f"{tmp_path}/1.md:")
        assert len(fault.lines()) <= 4


def test_conventions_of_symmetric_variables_are_told_where_there_are_some(tmp_path: Path) -> None:
    plain_notes = notes_of(tmp_path, "# A\n\n```{derive} tr(A*S)\n:wrt: S\n```\n")
    text = "# A\n\n```{derive} tr(A*S)\n:wrt: S\n:let: S: n x n symmetric\n```\n"
    symmetric = notes_of(tmp_path, text)
    assert len(symmetric.convention) == len(plain_notes.convention) + 1
    assert len(symmetric.web_convention) == len(plain_notes.web_convention) + 1
