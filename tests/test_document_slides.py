"""Sharing lines out among slides: nothing lost, nothing jumps."""

from __future__ import annotations

from gen.document.blocks import NOTHING, DerivationBlock, Document, Line, ProblemBlock, Result
from gen.document.slides import Frame, folded, frames_of, places
from gen.document.tex import Tex
from gen.document.tokens import tokens
from tests.document_samples import index_part, long_document, seed_document

ROOM = round(tokens("slides").ratio("slots"))


def _frames(part: DerivationBlock) -> tuple[Frame, ...]:
    document = Document("title", (ProblemBlock(1, "problem", "prompt", (part,)),))
    return tuple(frame for frame in frames_of(document) if frame.part is part)


def _part(count: int, result: bool = True) -> DerivationBlock:
    lines = tuple(Line(Tex(f"x_{{{n}}}"), left=Tex("y") if n == 0 else NOTHING) for n in range(count))
    return DerivationBlock("many", lines, Result(Tex("z")) if result else None)


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
            assert taken + (frame.below if frame.result else 0) <= ROOM


def test_a_frame_that_goes_on_repeats_the_last_line_with_its_left_side() -> None:
    first, second, *_ = _frames(_part(12))
    carried = second.slots[0]
    assert carried.first == 0
    assert carried.line.right == first.slots[-1].line.right
    assert carried.line.left == "y"
    assert "Continued" in second.title and "Continued" not in first.title


def test_steps_are_one_a_new_line_and_one_for_the_result() -> None:
    (frame,) = _frames(_part(3))
    assert [slot.first for slot in frame.slots] == [1, 2, 3]
    assert frame.steps == 4
    assert frame.uncovered().steps == 1
    assert [slot.first for slot in frame.uncovered().slots] == [1, 1, 1]


def test_routine_lines_are_folded_into_the_next() -> None:
    lines = (
        Line(Tex("a"), left=Tex("f"), key=False, reason="one"),
        Line(Tex("b"), key=False, reason="two"),
        Line(Tex("c"), reason=Tex("$3$")),
        Line(Tex("d"), key=False, reason="four"),
    )
    assert [line.right for line in folded(lines)] == ["a", "c", "d"]
    assert folded(lines)[1].reason == "two; $3$"


def test_long_lines_take_more_places() -> None:
    short, long = Line(Tex("x")), Line(Tex("+".join(["x_{ij}"] * 40)))
    assert places(short, 2.0) == 1 < places(long, 2.0)
    assert places(Line(Tex("x"), reason="word " * 40), 2.0) > 1


def test_frames_are_numbered() -> None:
    frames = frames_of(seed_document())
    assert [frame.number for frame in frames] == list(range(1, len(frames) + 1))
    assert {frame.of for frame in frames} == {len(frames)}
