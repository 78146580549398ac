"""Sharing a document out among slides: which lines stand together, and when each appears.

Each line has its place on a fixed grid from the first moment its frame is shown, so
nothing jumps. Step k of a frame shows what has `first` <= k; `first` is 0 for a line
carried over from the frame before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

from gen.document.blocks import (
    NOTHING,
    ChoiceBlock,
    DerivationBlock,
    Document,
    FlatteningBlock,
    Line,
    Part,
    ProblemBlock,
    Result,
    Symbol,
)
from gen.document.breaking import height, width
from gen.document.parts import kind_of
from gen.document.tex import Tex, Text, joined
from gen.document.tokens import tokens
from gen.document.words import words_of


@dataclass(frozen=True, slots=True)
class Slot:
    """A line with the number of grid places it takes and the step at which it appears."""

    line: Line
    places: int
    first: int


@dataclass(frozen=True, slots=True)
class Frame:
    """One slide with its steps; `template` sets it, `part` is what it is cut from.

    `below` is the number of places kept for the result.
    """

    template: str
    title: Text
    problem: ProblemBlock | None = None
    part: Part | None = None
    symbols: tuple[Symbol, ...] = ()
    slots: tuple[Slot, ...] = ()
    result: Result | None = None
    steps: int = 1
    below: int = 0
    continued: bool = False
    number: int = 0
    of: int = 0

    def uncovered(self) -> Frame:
        """The frame with everything shown in its only step."""
        shown = tuple(replace(slot, first=min(slot.first, 1)) for slot in self.slots)
        return replace(self, slots=shown, steps=1)


PICTURE_STEPS = 3  # the blocks, their flattening, the entry traced


def frames_of(document: Document) -> tuple[Frame, ...]:
    """All frames of `document`, numbered."""
    frames = [Frame("slides/cover.tex", document.title)]
    if document.convention:
        frames.append(Frame("slides/convention.tex", words_of(document.language)["conventions"]))
    for problem in document.problems:
        frames.append(Frame("slides/problem.tex", problem.title, problem, symbols=problem.symbols))
        for part in (*_shown(problem), *problem.parts):
            frames += _frames(problem, part)
        if problem.closing:
            frames.append(Frame("slides/closing.tex", problem.title, problem, symbols=problem.symbols))
    return tuple(replace(frame, number=n, of=len(frames)) for n, frame in enumerate(frames, start=1))


def _shown(problem: ProblemBlock) -> tuple[Part, ...]:
    """What is asked with the prompt; lines to be filled in or put in order are for paper."""
    return tuple(part for part in problem.asked if isinstance(part, ChoiceBlock))


def _frames(problem: ProblemBlock, part: Part) -> Iterator[Frame]:
    whole = Frame(kind_of(part).slide, part.title or problem.title, problem, part, problem.symbols)
    match part:
        case DerivationBlock():
            yield from _derivation(whole, part)
        case FlatteningBlock():
            yield replace(whole, steps=PICTURE_STEPS)
        case _:
            yield whole


def _derivation(whole: Frame, part: DerivationBlock) -> Iterator[Frame]:
    """The lines of `part` in frames; a frame that goes on repeats the last line before it."""
    lines = tuple(piece for line in folded(part.lines) for piece in _unfolded(line))
    left = max((width(line.left) for line in lines), default=0.0)
    room = round(tokens("slides").ratio("slots"))
    below = 0 if part.result is None else _places_below(part.result)
    last = room - below
    rest = [Slot(line, min(places(line, left), last), 0) for line in lines]
    carried: tuple[Slot, ...] = ()
    while True:
        taken = sum(slot.places for slot in carried)
        fits = _how_many(rest, room - taken)
        if fits == len(rest) and _how_many(rest, last - taken) < len(rest):
            fits = max(1, fits - 1) if len(rest) > 1 else 0
        if not fits and carried and rest:
            carried, fits = (), max(1, _how_many(rest, room))
            if fits == len(rest) and _how_many(rest, last) < len(rest):
                fits -= 1
        new = tuple(replace(slot, first=n) for n, slot in enumerate(rest[:fits], start=1))
        rest = rest[fits:]
        result = None if rest else part.result
        yield replace(
            whole,
            title=joined((whole.title, Tex(r"\Continued{}"))) if whole.continued else whole.title,
            slots=(*carried, *new),
            result=result,
            below=below,
            steps=max(1, len(new) + (result is not None)),
        )
        if not rest:
            return
        whole = replace(whole, continued=True)
        carried = _carried(lines, new[-1], left, last)


def folded(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """`lines` without the routine ones, whose reasons go to the line that follows.

    The last line always stays, and so do the first and every line with a left side.
    """
    out: list[Line] = []
    waiting: tuple[Text, ...] = ()
    for n, line in enumerate(lines):
        if n and n < len(lines) - 1 and not line.key and not line.left:
            waiting = (*waiting, line.reason)
            continue
        reason = joined((*waiting, line.reason), "; ") if waiting else line.reason
        out.append(replace(line, reason=reason))
        waiting = ()
    return tuple(out)


def _unfolded(line: Line) -> tuple[Line, ...]:
    """`line`, or two where the left side is too long to stand beside the right one."""
    if width(line.left) <= tokens("slides").ratio("left_em"):
        return (line,)
    return (Line(right=line.left, relation=NOTHING), replace(line, left=NOTHING))


def _carried(lines: tuple[Line, ...], slot: Slot, left: float, last: int) -> tuple[Slot, ...]:
    """`slot` fit to stand first on the next frame, unless it would leave no room there."""
    line = slot.line
    if not line.left:
        above = [before.left for before in lines[: lines.index(line) + 1] if before.left]
        line = replace(line, left=above[-1]) if above else line
    line = replace(line, shape=NOTHING)
    standing = Slot(line, places(line, left), 0)
    return (standing,) if standing.places < last else ()


def _how_many(slots: list[Slot], room: int) -> int:
    taken = 0
    for n, slot in enumerate(slots):
        taken += slot.places
        if taken > room:
            return n
    return len(slots)


def places(line: Line, left: float) -> int:
    """How many places of the grid `line` takes, by estimate; the left column is `left` ems wide."""
    ratio = tokens("slides").ratio
    wide = left + width(line.right)
    tall = max(height(line.left), height(line.right)) + (1.0 if line.shape else 0.0)
    reason = _reason_lines(line.reason)
    if wide <= ratio("line_em"):
        return max(1, ceil(max(tall, reason) / ratio("slot_em")))
    rows = max(1, ceil((wide - left) / (ratio("wide_em") - left)))
    return max(1, ceil((rows * max(tall, 1.4) + 1.15 * reason + 0.4) / ratio("slot_em")))


def _places_below(result: Result) -> int:
    """How many places a result takes: one, unless it is broken or tall."""
    ratio = tokens("slides").ratio
    rows = ceil(width(result.tex) / ratio("wide_em"))
    words = _reason_lines(result.words)
    beside = width(result.tex) <= ratio("line_em")
    tall = (
        max(height(result.tex), words) if beside else rows * max(height(result.tex), 1.4) + 1.15 * words + 0.8
    )
    return min(round(ratio("slots")) - 1, max(1, ceil((tall + 0.4) / ratio("slot_em"))))


def _reason_lines(reason: Text) -> int:
    return ceil(width(reason) / (0.55 * tokens("slides").ratio("reason_letters"))) if reason else 0
