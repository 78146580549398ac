"""What stands below the prompt of a problem, in each of its forms."""

from __future__ import annotations

from dataclasses import replace

from gen.derivation.record import Display
from gen.document.blocks import ChoiceBlock, DerivationBlock, Line, OptionLine, Part
from gen.document.item_lines import blank_line, blank_reason, blanked, first_line, left_of, plain_line
from gen.document.tex import Tex
from gen.document.wording import line_tex, reason_tex
from gen.language.writer import Writer
from gen.problems.item import Choice, Fade, FadedLine, FindError, Item, Order
from gen.problems.worked import Answer, Worked

LETTERS = "ABCDEFGHIJ"


def asked_of(item: Item, pen: Writer) -> tuple[Part, ...]:
    """The parts of the question; none for an open one."""
    match item.body:
        case Choice():
            return (ChoiceBlock(options(item.body, pen)),)
        case Fade():
            return (DerivationBlock("", _faded(item.worked, item.body, pen)),)
        case FindError():
            return (DerivationBlock("", numbered(item.worked, item.body, pen)),)
        case Order():
            lettered = ordered(item.worked, item.body, tuple(range(len(item.body.lines))), pen)
            start = DerivationBlock("", (first_line(item.worked, pen),))
            return (start, DerivationBlock("", lettered, boxed=True))
    return ()


def options(body: Choice, pen: Writer) -> tuple[OptionLine, ...]:
    """The answers with their letters."""
    return tuple(
        OptionLine(letter, answer_tex(option.answer, pen), place == body.right)
        for place, (letter, option) in enumerate(zip(LETTERS, body.options, strict=False))
    )


def answer_tex(answer: Answer, pen: Writer) -> Tex:
    """An answer as mathematics."""
    return Tex(answer.tex) if answer.line is None else line_tex(answer.line, pen)


def numbered(worked: Worked, body: FindError, pen: Writer) -> tuple[Line, ...]:
    """The lines of a solution that goes wrong, numbered from 1."""
    rest = body.lines[1:]
    return (
        first_line(worked, pen, "1"),
        *(plain_line(line, why, pen, label=f"{n}") for n, (line, why) in enumerate(rest, start=2)),
    )


def ordered(worked: Worked, body: Order, places: tuple[int, ...], pen: Writer) -> tuple[Line, ...]:
    """The lettered lines at `places`, in that order.

    Where some lines are about single terms, the others say what they are about too.
    """
    whole = left_of(worked) if any(left is not None for left in body.lefts) else Tex("")
    out: list[Line] = []
    for place in places:
        line, why = body.lines[place]
        term = body.lefts[place]
        left = whole if term is None else line_tex(term, pen)
        out.append(replace(plain_line(line, why, pen, label=LETTERS[place]), left=left))
    return tuple(out)


def _faded(worked: Worked, body: Fade, pen: Writer) -> tuple[Line, ...]:
    first = first_line(worked, pen)
    return (first, *(_with_blank(line, pen) for line in body.lines[1:]))


def _with_blank(line: FadedLine, pen: Writer) -> Line:
    """What a student gets of a line: of what is hidden only its size."""
    cue = reason_tex(line.cue, pen)
    match line.hidden:
        case "line":
            return Line(blank_line(line.line, pen), reason=cue)
        case "reason":
            return Line(line_tex(line.line, pen), reason=blank_reason(line.reason, pen))
        case "factor" if not isinstance(line.line, Display):
            return Line(blanked(line.line, line.places, pen), reason=cue)
    return plain_line(line.line, line.reason, pen)
