"""Sharing the lines of a derivation out among frames."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil

from gen.document.blocks import NOTHING, DerivationBlock, Line, Result
from gen.document.dotted import dotted
from gen.document.extent import height, width
from gen.document.frame import Frame, Slot
from gen.document.slide_room import Room
from gen.document.tex import Tex, Text, joined

_LEADING = 1.2  # ems from one line of a reason to the next, in its own size
_PAD = 0.35  # ems left free in a place
_GAP = 0.45  # ems between the rows of a line
_SIDE = 0.5  # ems by which left sides, which are fractions, are wider than the estimate
_SUM = 0.35  # ems by which the limits of a sum reach below a fraction
_SHAPE = 1.2  # ems of the shape under a line
_ROW = 1.4  # ems of the lowest row of a formula


def lines_in_frames(
    whole: Frame, part: DerivationBlock, room: Room, *, at_once: bool = False
) -> Iterator[Frame]:
    """The lines of `part` in frames like `whole`, one step a line and one for the result.

    A frame that goes on repeats the last line before it, without its reason; not where the lines are shown
    `at_once`, as those of a question are, which also stay unfolded.
    """
    shown = part.lines if at_once else folded(_unnumbered(part.lines))
    lines = tuple(piece for line in shown for piece in _unfolded(_fit(line, room), room))
    left = max((width(line.left) + _SIDE for line in lines if line.left), default=0.0)
    below = 0 if part.result is None else _places_below(part.result, room)
    last = room.slots - below
    rest = [Slot(line, min(places(line, left, room), room.slots), 0) for line in lines]
    carried: tuple[Slot, ...] = ()
    ended = False
    while not ended:
        taken = sum(slot.places for slot in carried)
        fits = _how_many(rest, room.slots - taken)
        if rest and not fits:
            carried, taken = (), 0
            fits = _how_many(rest, room.slots)
        ended = fits == len(rest) == _how_many(rest, last - taken)
        if rest and fits == len(rest) == _how_many(rest, last) and not ended:
            carried, ended = (), True  # rather than a frame for the result alone
        if fits == len(rest) > 1 and not ended:
            fits -= 1  # the last line stands with the result
        new = tuple(replace(slot, first=1 if at_once else n) for n, slot in enumerate(rest[:fits], start=1))
        rest = rest[fits:]
        result = part.result if ended else None
        yield replace(
            whole,
            title=joined((whole.title, Tex(r"\Continued{}"))) if whole.continued else whole.title,
            slots=(*carried, *new),
            result=result,
            below=below,
            steps=1 if at_once else max(1, len(new) + (result is not None)),
            remarks=tuple(remark for slot in new for remark in slot.line.remarks),
        )
        whole = replace(whole, continued=True)
        if not at_once and new:
            carried = _carried(lines, new[-1], left, last, room)


def folded(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """`lines` without the routine ones, whose reasons and remarks go to the line that follows.

    The last line always stays, and so do the first and every line with a left side.
    """
    out: list[Line] = []
    waiting: tuple[Line, ...] = ()
    for n, line in enumerate(lines):
        if n and n < len(lines) - 1 and not line.key and not line.left:
            waiting = (*waiting, line)
            continue
        reason = joined((*(one.reason for one in waiting), line.reason), "; ") if waiting else line.reason
        remarks = (*(remark for one in waiting for remark in one.remarks), *line.remarks)
        out.append(replace(line, reason=reason, remarks=remarks))
        waiting = ()
    return tuple(out)


def _unnumbered(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """`lines` without their numbers where these are for the marking table: folding would leave gaps."""
    return tuple(replace(line, label="") for line in lines) if any(line.marks for line in lines) else lines


def _fit(line: Line, room: Room) -> Line:
    """`line` with dots in matrices that would be too small to read."""
    short = dotted(line.right, 1.15 * room.wide)
    return line if short == line.right else replace(line, right=short, marked=NOTHING)


def _unfolded(line: Line, room: Room) -> tuple[Line, ...]:
    """`line`, or two where the left side is too long to stand beside the right one."""
    if width(line.left) <= room.left:
        return (line,)
    return (Line(right=line.left, relation=NOTHING, label=line.label), replace(line, left=NOTHING, label=""))


def _carried(lines: tuple[Line, ...], slot: Slot, left: float, last: int, room: Room) -> tuple[Slot, ...]:
    """`slot` fit to stand first on the next frame, unless it would leave no room there."""
    line = slot.line
    if not line.left:
        above = [before.left for before in lines[: lines.index(line) + 1] if before.left]
        line = replace(line, left=above[-1]) if above else line
    line = replace(line, shape=NOTHING, reason="", label="", remarks=())
    standing = Slot(line, places(line, left, room), 0)
    return (standing,) if standing.places <= last else ()


def _how_many(slots: list[Slot], room: int) -> int:
    taken = 0
    for n, slot in enumerate(slots):
        taken += slot.places
        if taken > room:
            return n
    return len(slots)


def places(line: Line, left: float, room: Room) -> int:
    """How many places of the grid `line` takes, by estimate; the left column is `left` ems wide."""
    wide = left + width(line.right)
    tall = max(_tall(line.left), _tall(line.right)) + (_SHAPE if line.shape else 0.0)
    if wide <= room.line:
        high = max(tall, _high(line.reason, room.reason, room))
        return max(room.least, ceil((high + _PAD) / room.slot))
    rows = max(1, ceil((wide - left) / (room.wide - left)))
    high = rows * max(tall, _ROW) + _GAP * rows + _high(line.reason, (room.wide - left) / room.small, room)
    return max(room.least, ceil(high / room.slot))


def _places_below(result: Result, room: Room) -> int:
    """How many places a result takes: as few as a line, unless it is broken or tall."""
    rows = ceil(width(result.tex) / room.wide)
    if width(result.tex) <= room.line:
        high = max(_tall(result.tex), _high(result.words, room.reason, room))
    else:
        high = rows * max(_tall(result.tex), _ROW) + _high(result.words, room.wide, room) + 2 * _PAD
    return min(room.slots - room.least, max(room.least, ceil((high + _PAD) / room.slot)))


def _tall(tex: Tex) -> float:
    """The height of a formula in ems; a sum beside a fraction stands deeper."""
    return height(tex) + (_SUM if r"\sum" in tex and r"\frac" in tex else 0.0)


def _high(reason: Text, ems: float, room: Room) -> float:
    """The height of a reason set in lines of so many of its own ems, in ems of the text."""
    return ceil(width(reason) / ems) * _LEADING * room.small if reason else 0.0
