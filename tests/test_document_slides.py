"""Frames: what is shown, in which order, said beside it; and on the pages nothing jumps."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from gen import derive
from gen.build.documents import needs_of
from gen.build.engine import Engine, installed, missing
from gen.build.typeset import Typeset, typeset
from gen.document.blocks import (
    NOTHING,
    DerivationBlock,
    Document,
    Line,
    ProblemBlock,
    Remark,
    Result,
)
from gen.document.format import format_named
from gen.document.frame import Frame
from gen.document.frame_lines import folded, places
from gen.document.lesson import problem_block
from gen.document.pen import USUAL
from gen.document.render import render
from gen.document.slide_room import room_of
from gen.document.slides import frames_of
from gen.document.tex import Tex
from gen.document.theme import THEMES
from tests.document_samples import asked_document, index_part, long_document, seed_document
from tests.pdf_glyphs import Glyph, glyphs

ROOM = room_of()
SPEAKING = replace(USUAL, aloud=True)


def _frames(part: DerivationBlock) -> tuple[Frame, ...]:
    document = Document("title", (ProblemBlock(1, "problem", "prompt", (part,)),))
    return tuple(frame for frame in frames_of(document) if frame.part is part)


def _part(count: int, result: bool = True) -> DerivationBlock:
    lines = tuple(Line(Tex(f"x_{{{n}}}"), left=Tex("y") if n == 0 else NOTHING) for n in range(count))
    return DerivationBlock("many", lines, Result(Tex("z")) if result else None)


def spoken_document() -> Document:
    """Derivations with remarks: short ones, one with long lines, and one whose entries take dots."""
    linear = [derive("W*X", "W", method=method) for method in ("index", "vec")]
    declared = {"W": "k x n", "x": "n", "b": "k", "y": "k"}
    softmax = [derive("-y'*log(softmax(W*x + b))", "W", symbols=declared)]
    entries = [derive("A*X*B", "X", method="components")]
    derivations = (linear, softmax, entries)
    return Document(
        "Said aloud",
        tuple(problem_block(n, tuple(one), pen=SPEAKING) for n, one in enumerate(derivations, start=1)),
    )


# --- lines among frames -------------------------------------------------------------


def test_every_line_appears_once_and_in_order() -> None:
    for count in range(1, 14):
        for result in (True, False):
            part = _part(count, result)
            frames = _frames(part)
            shown = [slot.line.right for frame in frames for slot in frame.slots if slot.first > 0]
            assert shown == [line.right for line in part.lines], (count, result)
            assert [frame.result is not None for frame in frames] == [False] * (len(frames) - 1) + [result]


def test_no_frame_holds_more_than_there_is_room_for() -> None:
    for part in (_part(12), index_part(), *long_document().problems[0].parts):
        assert isinstance(part, DerivationBlock)
        for frame in _frames(part):
            taken = sum(slot.places for slot in frame.slots)
            assert taken + (frame.below if frame.result else 0) <= ROOM.slots


def test_the_result_does_not_stand_alone() -> None:
    for count in range(1, 14):
        last = _frames(_part(count))[-1]
        assert any(slot.first for slot in last.slots), count


def test_a_frame_that_goes_on_repeats_the_last_line_with_its_left_side_and_without_its_reason() -> None:
    part = replace(_part(12), lines=tuple(replace(line, reason="why") for line in _part(12).lines))
    first, second, *_ = _frames(part)
    carried = second.slots[0]
    assert carried.first == 0
    assert carried.line.right == first.slots[-1].line.right
    assert (carried.line.left, carried.line.reason) == ("y", "")
    assert "Continued" in second.title and "Continued" not in first.title


def test_steps_are_one_a_new_line_and_one_for_the_result() -> None:
    (frame,) = _frames(_part(3))
    assert [slot.first for slot in frame.slots] == [1, 2, 3]
    assert (frame.start, frame.steps) == (1, 4)


def test_an_uncovered_frame_has_one_page_and_hides_nothing() -> None:
    frames = frames_of(seed_document())
    assert {frame.steps for frame in frames} >= {1, 3}  # the picture too has steps
    for frame in (frame.uncovered() for frame in frames):
        assert frame.start == frame.steps
        assert all(slot.first in (0, frame.steps) for slot in frame.slots)


def test_routine_lines_are_folded_into_the_next() -> None:
    law = Remark("law", "said")
    lines = (
        Line(Tex("a"), left=Tex("f"), key=False, reason="one"),
        Line(Tex("b"), key=False, reason="two", remarks=(law,)),
        Line(Tex("c"), reason=Tex("$3$")),
        Line(Tex("d"), key=False, reason="four"),
    )
    assert [line.right for line in folded(lines)] == ["a", "c", "d"]
    assert folded(lines)[1].reason == "two; $3$"
    assert folded(lines)[1].remarks == (law,)


def test_long_lines_take_more_places() -> None:
    short, long = Line(Tex("x")), Line(Tex("+".join(["x_{ij}"] * 40)))
    assert places(short, 2.0, ROOM) == ROOM.least < places(long, 2.0, ROOM)
    assert places(Line(Tex("x"), reason="word " * 40), 2.0, ROOM) > ROOM.least


def test_numbers_for_the_marking_table_are_not_shown() -> None:
    lines = (Line(Tex("a"), label="1"), Line(Tex("b"), label="2", marks="1"))
    assert {slot.line.label for f in _frames(DerivationBlock("t", lines)) for slot in f.slots} == {""}
    kept = tuple(replace(line, marks="") for line in lines)
    assert [slot.line.label for slot in _frames(DerivationBlock("t", kept))[0].slots] == ["1", "2"]


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_changes_the_room(theme: str) -> None:
    room = room_of(theme)
    assert room.slots >= 4 * room.least
    assert room.line < room.wide
    assert (room == ROOM) == (theme != "large")


# --- the document -------------------------------------------------------------------


def test_frames_are_numbered() -> None:
    frames = frames_of(seed_document())
    assert [frame.number for frame in frames] == list(range(1, len(frames) + 1))
    assert {frame.of for frame in frames} == {len(frames)}


def test_an_outline_lists_all_problems_and_shares_them_out_evenly() -> None:
    for count in range(1, 24):
        problems = tuple(ProblemBlock(n, f"problem {n}", "prompt") for n in range(1, count + 1))
        listed = [f.listed for f in frames_of(Document("t", problems)) if f.template == "slides/outline.tex"]
        assert [p.number for part in listed for p in part] == (list(range(1, count + 1)) if count > 1 else [])
        sizes = [len(part) for part in listed]
        assert not sizes or max(sizes) - min(sizes) < len(sizes)


def test_each_problem_has_a_page_below_which_its_frames_stand() -> None:
    document = seed_document()
    frames = frames_of(document)
    pages = [frame for frame in frames if frame.template == "slides/problem.tex"]
    assert [page.problem.number for page in pages if page.problem] == [p.number for p in document.problems]
    for page in pages:
        inside = frames[page.number : page.number + page.children]
        assert {frame.template for frame in inside}.isdisjoint({"slides/problem.tex"})
        assert all(frame.problem is page.problem for frame in inside)
    assert sum(1 + page.children for page in pages) == sum(frame.problem is not None for frame in frames)


def test_a_problem_without_a_title_is_called_what_it_asks() -> None:
    document = Document("t", (ProblemBlock(1, "", "prompt", given=Tex("$f=x$")),))
    assert [f.title for f in frames_of(document) if f.problem] == ["$f=x$"]


def test_lines_of_a_question_are_shown_at_once() -> None:
    document = asked_document()
    asked = [part for p in document.problems for part in p.asked if isinstance(part, DerivationBlock)]
    shown = [f for f in frames_of(document) if isinstance(f.part, DerivationBlock) and f.steps == 1]
    rights = [slot.line.right for frame in shown for slot in frame.slots if slot.first]
    assert asked
    assert set(rights) >= {line.right for part in asked for line in part.lines}


# --- what is said -------------------------------------------------------------------


def test_remarks_follow_their_lines_and_mistakes_are_told_once() -> None:
    frames = frames_of(spoken_document())
    remarks = [remark for frame in frames for remark in frame.remarks]
    told = [remark.title for remark in remarks if remark.kind == "mistake" and remark.text]
    assert len(told) == len(set(told)) >= 5
    assert any(remark.kind == "mistake" and not remark.text for remark in remarks)
    assert any(remark.kind == "law" and r"\delta" in remark.text for remark in remarks)
    swapped = [f for f in frames if any("⊗" in remark.title for remark in f.remarks)]
    assert swapped and all(r"\otimes" in frame.slots[-1].line.right for frame in swapped)


def test_without_a_speaker_there_are_no_remarks() -> None:
    block = problem_block(1, (derive("W*X", "W"),))
    assert all(not line.remarks for part in block.parts for line in getattr(part, "lines", ()))


def test_notes_print_what_is_said_and_slides_do_not() -> None:
    document = spoken_document()
    notes = render(document, format_named("slides-notes"), "pdflatex")
    assert r"\Remark{Law:}" in notes and r"\Remark{A mistake often made here:}" in notes
    assert r"\newcommand{\Slide}[5]" in notes
    slides = render(document, format_named("slides"), "pdflatex")
    assert r"\note{#5}" in slides


# --- pages --------------------------------------------------------------------------

ENGINES = tuple(engine for engine in installed() if engine.plain_name == "pdflatex")
CASES = tuple(
    (name, engine)
    for name in ("slides", "slides-plain", "slides-handout", "slides-notes")
    for engine in ENGINES
    if not missing(engine, needs_of(format_named(name)))
)


def _typeset(document: Document, name: str, engine: Engine) -> Typeset:
    return typeset(render(document, format_named(name), engine.plain_name), engine, name=name)


@pytest.mark.parametrize(("name", "engine"), CASES, ids=lambda part: getattr(part, "name", part))
@pytest.mark.parametrize("theme", THEMES)
def test_slides_have_a_clean_log_after_one_run(name: str, engine: Engine, theme: str) -> None:
    done = _typeset(replace(spoken_document(), theme=theme), name, engine)
    assert done.runs == 1
    assert done.log.overfull == () and done.log.missing_characters == () and done.log.warnings == ()
    with pikepdf.open(BytesIO(done.pdf)) as read, read.open_outline() as outline:
        below = [len(entry.children) for entry in outline.root]
    assert sum(below) > 5 and len(below) == 3 + 2  # cover, contents, and the problems


@pytest.mark.parametrize(
    ("name", "engine"),
    [case for case in CASES if case[0] in ("slides", "slides-plain")],
    ids=lambda part: getattr(part, "name", part),
)
def test_what_is_shown_stays_in_its_place(name: str, engine: Engine) -> None:
    document = spoken_document()
    pages = glyphs(_typeset(document, name, engine).pdf)
    frames = format_named(name).view(document).frames
    assert len(pages) == sum(frame.steps for frame in frames)
    at = 0
    for frame in frames:
        for before, after in zip(
            pages[at : at + frame.steps], pages[at + 1 : at + frame.steps], strict=False
        ):
            assert {glyph for glyph in before if not _near(glyph, after)} == set(), frame.number
        at += frame.steps


def _near(glyph: Glyph, others: set[Glyph]) -> bool:
    font, code, x, y = glyph
    return any((font, code, x + dx, y + dy) in others for dx in (-0.5, 0, 0.5) for dy in (-0.5, 0, 0.5))
