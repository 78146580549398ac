"""The frames of a document: cover, outline, conventions, then each problem with the frames of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from math import ceil

from gen.document.blocks import (
    DerivationBlock,
    Document,
    FlatteningBlock,
    Part,
    ProblemBlock,
    Remark,
)
from gen.document.frame import Frame
from gen.document.frame_lines import lines_in_frames
from gen.document.parts import kind_of
from gen.document.slide_room import Room, room_of
from gen.document.tokens import tokens
from gen.document.words import words_of

PICTURE_STEPS = 3  # the blocks, their flattening, the entry traced


def frames_of(document: Document) -> tuple[Frame, ...]:
    """All frames of `document`, numbered. Raises InputError for a theme file that is wrong."""
    words, room = words_of(document.language), room_of(document.theme)
    # A problem without a title is called what it asks.
    problems = tuple(replace(p, title=p.title or p.given) for p in document.problems)
    frames = [Frame("slides/cover.tex", document.title)]
    frames += _outline(problems, words["contents"], document.theme)
    if document.convention:
        frames.append(Frame("slides/convention.tex", words["conventions"]))
    for problem in problems:
        frames += _section(problem, room)
    numbered = (replace(frame, number=n, of=len(frames)) for n, frame in enumerate(frames, start=1))
    return tuple(_told_once(numbered))


def _outline(problems: tuple[ProblemBlock, ...], title: str, theme: str) -> Iterator[Frame]:
    """The list of problems, shared out evenly among as many frames as it takes; one problem needs none."""
    if len(problems) < 2:
        return
    most = round(tokens("slides", theme).ratio("outline_rows"))
    each = ceil(len(problems) / ceil(len(problems) / most))
    for start in range(0, len(problems), each):
        yield Frame("slides/outline.tex", title, listed=problems[start : start + each], continued=start > 0)


def _section(problem: ProblemBlock, room: Room) -> Iterator[Frame]:
    """The page of a problem, then the frames of its question and its parts, which stand below it."""
    inside: list[Frame] = []
    for part in _joined(problem.asked):
        inside += _asked(problem, part, room)
    for part in problem.parts:
        inside += _frames(problem, part, room)
    if problem.closing:
        inside.append(Frame("slides/closing.tex", problem.title, problem, symbols=problem.symbols))
    hints = tuple(Remark("say", hint) for hint in problem.hints)
    page = Frame("slides/problem.tex", problem.title, problem, symbols=problem.symbols, remarks=hints)
    yield replace(page, children=len(inside))
    yield from inside


def _joined(parts: tuple[Part, ...]) -> Iterator[Part]:
    """The parts of a question, lines that stand below each other as one."""
    for derivations, group in groupby(parts, lambda part: isinstance(part, DerivationBlock)):
        if not derivations:
            yield from group
            continue
        blocks = [part for part in group if isinstance(part, DerivationBlock)]
        yield replace(blocks[0], lines=tuple(line for block in blocks for line in block.lines))


def _asked(problem: ProblemBlock, part: Part, room: Room) -> Iterator[Frame]:
    """What stands below the prompt: lines to be filled in or put in order are shown at once."""
    whole = Frame(kind_of(part).slide, part.title or problem.title, problem, part, problem.symbols)
    if isinstance(part, DerivationBlock):
        yield from lines_in_frames(whole, part, room, at_once=True)
    else:
        yield whole


def _frames(problem: ProblemBlock, part: Part, room: Room) -> Iterator[Frame]:
    whole = Frame(kind_of(part).slide, part.title or problem.title, problem, part, problem.symbols)
    match part:
        case DerivationBlock():
            yield from _with_sentences(part, lines_in_frames(whole, part, room))
        case FlatteningBlock():
            yield replace(whole, steps=PICTURE_STEPS)
        case _:
            yield whole


def _with_sentences(part: DerivationBlock, frames: Iterable[Frame]) -> Iterator[Frame]:
    """The sentences that notes print around a derivation are said: before its first frame, after its last."""
    frames = tuple(frames)
    before = tuple(Remark("say", text) for text in (part.intro,) if text)
    after = tuple(Remark("say", text) for text in (*part.discussion, part.checked) if text)
    for n, frame in enumerate(frames, start=1):
        first, last = before if n == 1 else (), after if n == len(frames) else ()
        yield replace(frame, remarks=(*first, *frame.remarks, *last))


def _told_once(frames: Iterable[Frame]) -> Iterator[Frame]:
    """A mistake is told at its first place and only named later; a law is said once a frame."""
    told: set[Remark] = set()
    for frame in frames:
        remarks = tuple(dict.fromkeys(frame.remarks))
        yield replace(frame, remarks=tuple(replace(r, text="") if r in told else r for r in remarks))
        told.update(remark for remark in remarks if remark.kind == "mistake")
