"""Lines of worked solutions that need no derivation: as blocks, with labels, blanks and marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial

from gen.derivation.record import Line as WorkedLine
from gen.derivation.record import Path, Reason
from gen.document.blocks import Line
from gen.document.extent import height, width
from gen.document.pen import Pen
from gen.document.telling import telling_of
from gen.document.tex import Tex, Text
from gen.document.wording import line_tex, reason_tex, sentence_tex
from gen.language.index import Terms
from gen.language.latex import sums_can_be_implied
from gen.language.node import Node
from gen.language.notation import Notation
from gen.language.writer import write
from gen.problems.item import Choice, FindError, Item
from gen.problems.worked import Worked

LONG_REASON = 48  # letters of TeX that fill about one line of the column of reasons
AXIS = 0.25  # ems from the foot of a line to its middle


def left_of(worked: Worked, pen: Pen) -> Tex:
    """The left side of the first line: the derivative that is asked for; nothing where no name is known."""
    d = worked.derivation
    if d is None:
        return Tex("")
    return Tex(telling_of(d).left(d)(pen.n))


def first_reason(worked: Worked, pen: Pen) -> Text:
    """What stands beside the first line."""
    d = worked.derivation
    if d is None:
        return pen.words["given"]
    return sentence_tex(telling_of(d).first(d, pen.words), pen)


def first_line(worked: Worked, pen: Pen, label: Text = "") -> Line:
    """The line that a solution begins with."""
    left = left_of(worked, pen)
    relation = Tex("=") if left else Tex("")
    return Line(
        right=line_tex(worked.given, pen),
        left=left,
        relation=relation,
        reason=first_reason(worked, pen),
        label=label,
    )


def plain_line(
    line: WorkedLine,
    reason: Reason,
    pen: Pen,
    *,
    label: Text = "",
    marks: frozenset[Path] = frozenset(),
) -> Line:
    """A line that goes on from the one above."""
    right = line_tex(line, pen)
    return Line(
        right=right,
        marked=line_tex(line, pen, marks) if marks else Tex(""),
        reason=reason_tex(reason, pen),
        label=label,
    )


def blanked(line: Node | Terms, places: Sequence[Path], pen: Pen) -> Tex:
    r"""A line with `\Blank` in the place of what stands at `places`."""
    return Tex(write(line, _blanking(pen.n), frozenset(places)))


def blank_line(line: WorkedLine, pen: Pen) -> Tex:
    r"""`\BlankLine` of the size of a line."""
    return Tex(_blank(r"\BlankLine", line_tex(line, pen)))


def blank_reason(reason: Reason, pen: Pen) -> Tex:
    """Room for a reason: one line, or two where it is long."""
    long = len(reason_tex(reason, pen)) > LONG_REASON
    return Tex(r"\BlankReasons{}" if long else r"\BlankReason{}")


def _blank(command: str, tex: str) -> str:
    """A blank of the size of `tex`, which itself must not reach a worksheet: width, height, depth."""
    tall = height(tex)
    up, down = 0.5 * tall + AXIS, 0.5 * tall - AXIS
    return f"{command}{{{width(tex):.1f}em}}{{{up:.2f}em}}{{{down:.2f}em}}"


def implied_in(item: Item) -> bool:
    """May sums be implied in everything that is printed of a problem?"""
    worked, body = item.worked, item.body
    lines: list[object] = [worked.given, worked.answer.line, *(s.after for s in worked.steps)]
    if isinstance(body, Choice):
        lines += [option.answer.line for option in body.options]
    if isinstance(body, FindError):
        lines += [line for line, _ in body.lines]
    return sums_can_be_implied(lines)


@cache
def _blanking(notation: Notation) -> Notation:
    """The notation in which a blank stands for what is marked."""
    return replace(notation, mark=partial(_blank, r"\Blank"))
