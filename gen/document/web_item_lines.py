"""Lines and answers of problems for screens, which questions and solutions share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gen.derivation.record import Display
from gen.document.asked import LETTERS
from gen.document.formula import phrase
from gen.document.law_phrase import RECORDED, reason_phrase
from gen.document.pen import Pen
from gen.document.solved import note_of
from gen.document.telling import telling_of
from gen.document.web_blocks import WebLine, WebOption
from gen.document.web_formulas import answer_formula, first_formula, line_formula
from gen.document.words import Written
from gen.document.written import expression
from gen.problems.item import Choice, FindError, Order
from gen.problems.worked import Worked


def first_web_line(worked: Worked, pen: Pen, label: str = "") -> WebLine:
    """The line that a solution begins with."""
    d = worked.derivation
    said = (pen.words["given"],) if d is None else telling_of(d).first(d, pen.words)
    return WebLine(1, first_formula(worked.given, pen, _left(worked)), phrase(said, pen), label=label)


def numbered_web_lines(
    worked: Worked, body: FindError, pen: Pen, *, marked: bool = False
) -> tuple[WebLine, ...]:
    """The lines of a solution that goes wrong, numbered from 1; the wrong one may be marked."""
    rest = (
        WebLine(
            n + 1,
            line_formula(line, pen, marked=marked and n == body.wrong),
            reason_phrase(why, pen),
            label=f"{n + 1}",
        )
        for n, (line, why) in enumerate(body.lines)
        if n
    )
    return (first_web_line(worked, pen, "1"), *rest)


def lettered_web_lines(worked: Worked, body: Order, places: Iterable[int], pen: Pen) -> Iterator[WebLine]:
    """The lettered lines at `places`, in that order.

    Where some lines are about single terms, the others say what they are about too.
    """
    whole = _left(worked) if any(left is not None for left in body.lefts) else None
    for number, place in enumerate(places, start=2):
        (line, why), term = body.lines[place], body.lefts[place]
        left = whole if term is None or isinstance(term, Display) else expression(term)
        made = line_formula(line, pen) if left is None else first_formula(line, pen, left)
        yield WebLine(number, made, reason_phrase(why, pen), label=LETTERS[place])


def web_options(body: Choice, pen: Pen, *, noted: bool = False) -> tuple[WebOption, ...]:
    return tuple(
        WebOption(
            letter,
            answer_formula(option.answer, pen),
            note_of(option, pen) if noted else "",
            foreign_to(pen) if option.misconception else "",
        )
        for letter, option in zip(LETTERS, body.options, strict=False)
    )


def foreign_to(pen: Pen) -> str:
    """The language of what there is in one only, on a page in another."""
    return "" if pen.words.language == RECORDED else RECORDED


def _left(worked: Worked) -> Written | None:
    """The derivative that is asked for; nothing where no name is known."""
    d = worked.derivation
    return None if d is None else telling_of(d).left(d)
