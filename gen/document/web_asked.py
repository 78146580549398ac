"""What stands below the prompt of a problem on screens, in each of its forms, and its hints.

What `gen.document.asked` lays out on paper, with formulas made from expressions.
"""

from __future__ import annotations

from gen.derivation.record import Display
from gen.document.formula import Blank, Phrase
from gen.document.item_lines import implied_in
from gen.document.items import prompt_in
from gen.document.law_phrase import RECORDED, reason_phrase
from gen.document.pen import Pen, pen_for
from gen.document.web_blocks import WebAsked, WebChoices, WebLine, WebPart
from gen.document.web_formulas import blank_formula, blanked_formula, line_formula
from gen.document.web_item_lines import (
    first_web_line,
    foreign_to,
    lettered_web_lines,
    numbered_web_lines,
    web_options,
)
from gen.problems.item import Choice, Fade, FadedLine, FindError, Item, Order


def web_asked(item: Item, pen: Pen) -> tuple[WebAsked, ...]:
    """What stands below the prompt; nothing for an open question."""
    pen, worked = pen.implying(implied_in(item)), item.worked
    match item.body:
        case Choice():
            return (WebChoices("", web_options(item.body, pen)),)
        case Fade():
            rest = (_faded(n, line, pen) for n, line in enumerate(item.body.lines[1:], start=2))
            return (_shown((first_web_line(worked, pen), *rest)),)
        case FindError():
            return (_shown(numbered_web_lines(worked, item.body, pen), lettered=True),)
        case Order():
            places = range(len(item.body.lines))
            lettered = tuple(lettered_web_lines(worked, item.body, places, pen))
            return (_shown((first_web_line(worked, pen),)), _shown(lettered, lettered=True))
    return ()


def language_of(item: Item, pen: Pen) -> str:
    """The language of the title and the prompt where that is not the language of the page."""
    english = prompt_in(item, pen) == prompt_in(item, pen_for(pen.style, RECORDED))
    return foreign_to(pen) if english else ""


def web_hints(item: Item, pen: Pen) -> tuple[Phrase, ...]:
    """The hints in order."""
    pen = pen.implying(implied_in(item))
    return tuple(reason_phrase(hint, pen) for hint in item.hints)


def _shown(lines: tuple[WebLine, ...], *, lettered: bool = False) -> WebPart:
    return WebPart("", "", lines=lines, lettered=lettered)


def _faded(number: int, faded: FadedLine, pen: Pen) -> WebLine:
    """What a student gets of a line: of what is hidden nothing."""
    line, cue = faded.line, reason_phrase(faded.cue, pen)
    match faded.hidden:
        case "line":
            return WebLine(number, blank_formula(pen), cue)
        case "reason":
            blank: Phrase = (Blank(),)
            return WebLine(number, line_formula(line, pen), blank)
        case "factor" if not isinstance(line, Display):
            return WebLine(number, blanked_formula(line, faded.places, pen), cue)
    return WebLine(number, line_formula(line, pen), reason_phrase(faded.reason, pen))
