"""From a finished problem to what learning platforms ask: one maker for each kind of question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from gen.document.naming import partial_of
from gen.language.latex import LATEX, symbol_tex
from gen.language.node import Node
from gen.platforms.html import Html, joined, maths, paragraph, prose, table
from gen.platforms.lines import (
    LETTERS,
    answer_html,
    faded_html,
    lettered_html,
    numbered_html,
    said,
    shown,
    worked_html,
)
from gen.platforms.quiz import Answer, ChoiceQuestion, EssayQuestion, Near, NumberQuestion, Question
from gen.problems.entry_question import DIGITS, EntryQuestion, Table, entry_question
from gen.problems.item import Body, Choice, Fade, FindError, Item, Open, Order
from gen.problems.marking import FOLLOW_THROUGH, worth
from gen.problems.misconception import Misconception
from gen.problems.prompts import what_of
from gen.problems.worked import Worked

RIGHT = Html("<p>Right.</p>")
OF_A_NUMBER = Fraction(1, 2)  # of the marks of the whole derivation, as for a choice


@dataclass(frozen=True, slots=True)
class Asking:
    """One kind of question: its name in those of categories, and what is made of a problem, if anything."""

    name: str
    make: Callable[[Item, str], Question | None]


def essay(item: Item, name: str) -> EssayQuestion | None:
    """The problem as on paper, for every form but choice."""
    if isinstance(item.body, Choice):
        return None
    body = item.body
    return EssayQuestion(
        name=name,
        text=joined((prose(item.prompt), _BELOW[type(body)](item.worked, body))),
        points=item.total,
        solution=joined((_key(item.worked, body), worked_html(item.worked))),
        marking=_marking(item),
        lines=min(30, 5 + 2 * len(item.worked.steps)),
    )


def choice(item: Item, name: str) -> ChoiceQuestion | None:
    """The answers of a problem in the form choice, each with what is to be told of it."""
    if not isinstance(item.body, Choice):
        return None
    answers = tuple(
        Answer(answer_html(option.answer), place == item.body.right, _told(option.misconception))
        for place, option in enumerate(item.body.options)
    )
    solution, hints = worked_html(item.worked), _hints(item)
    return ChoiceQuestion(name, prose(item.prompt), item.total, solution, hints, answers)


def number(item: Item, name: str) -> NumberQuestion | None:
    """One entry of the answer of an open problem at small whole numbers."""
    if not isinstance(item.body, Open):
        return None
    # The numbers follow from the problem, so that an export that is made again is the same.
    found = entry_question(item.worked, f"{item.prompt}/{item.worked.answer.text}")
    if found is None:
        return None
    value = paragraph("The value asked for is ", maths(_written(found.value)), ".")
    return NumberQuestion(
        name=name,
        text=_entry_text(item.worked, found),
        points=worth(item.difficulty, OF_A_NUMBER),
        solution=joined((worked_html(item.worked), value)),
        hints=_hints(item),
        value=_rounded(found.value),
        tolerance=found.tolerance,
        near=tuple(Near(_rounded(wrong), _told(misconception)) for wrong, misconception in found.near),
    )


ASKINGS: tuple[Asking, ...] = (
    Asking("derivation", essay),
    Asking("choice", choice),
    Asking("number", number),
)


# --- texts ------------------------------------------------------------------------


def _told(misconception: Misconception | None) -> Html:
    """What is told to who gave an answer: the mistake and what helps."""
    if misconception is None:
        return RIGHT
    return joined(
        (Html("<p><strong>"), misconception.title, Html(".</strong></p>"), prose(misconception.tell))
    )


def _hints(item: Item) -> tuple[Html, ...]:
    return tuple(paragraph(said(hint)) for hint in item.hints)


def _marking(item: Item) -> Html:
    """The marking table, for who marks."""
    rows = [(f"{mark.marks}", said(mark.words)) for mark in item.marks]
    return joined((table(rows), paragraph(FOLLOW_THROUGH)))


def _nothing(worked: Worked, body: Open) -> Html:
    return Html("")


def _lines_to_order(worked: Worked, body: Order) -> Html:
    return lettered_html(worked, body, range(len(body.lines)))


_BELOW: Mapping[type[Any], Callable[[Worked, Any], Html]] = MappingProxyType(
    {Open: _nothing, Fade: faded_html, FindError: numbered_html, Order: _lines_to_order}
)


def _key(worked: Worked, body: Body) -> Html:
    """What the form asks for, before the whole solution."""
    match body:
        case FindError():
            said_first = paragraph(
                f"The mistake is in line {body.wrong + 1}; it should be ", shown(body.right)
            )
            return joined((said_first, paragraph(said(body.because)), _told(body.misconception)))
        case Order():
            order = ", ".join(LETTERS[place] for place in body.right)
            return paragraph(
                f"In order: {order}. Any order is right in which every line stands after those it needs."
            )
    return Html("")


# --- entries ----------------------------------------------------------------------


def _entry_text(worked: Worked, asked: EntryQuestion) -> Html:
    given = [maths(f"{symbol_tex(name)}={_values(values)}") for name, values in asked.given]
    listed = joined(part for k, one in enumerate(given) for part in ((", " if k else ""), one))
    rounding = "" if asked.exact else f" Give {DIGITS} significant digits."
    question = joined((_which(worked, asked.place), "?" + rounding))
    return joined((paragraph("Let ", listed, "."), paragraph(question)))


def _which(worked: Worked, place: tuple[int, ...]) -> Html:
    """Which entry is asked for, up to the question mark."""
    d = worked.derivation
    assert d is not None
    what = prose(what_of(d)).removeprefix("<p>").removesuffix("</p>")
    if isinstance(worked.answer.line, Node) or not place:
        return joined((_WHERE[len(place)].format(*place), Html(what)))
    at = ", ".join(f"{letter.name}={number}" for letter, number in zip(worked.free, place, strict=True))
    return joined(("For ", Html(what), ": what is ", maths(partial_of(d)(LATEX)), " for ", maths(at)))


_WHERE = ("What is ", "What is entry {} of ", "What is the entry in row {}, column {} of ")


def _values(values: Table) -> str:
    if len(values) == 1 and len(values[0]) == 1:
        return f"{values[0][0]}"
    return r"\begin{pmatrix}" + r"\\".join("&".join(map(str, row)) for row in values) + r"\end{pmatrix}"


def _rounded(value: float) -> float:
    """A value with more digits than anybody is asked for, and no more."""
    return float(f"{value:.6g}")


def _written(value: float) -> str:
    """A value in print: 0.5, not 5e-1."""
    return f"{value:.6f}".rstrip("0").rstrip(".") if abs(value) >= 0.001 else f"{value:.9f}".rstrip("0")
