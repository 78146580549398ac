"""The solution of a problem for screens, in each of its forms and at the level that is asked for.

What `gen.document.solved` lays out on paper, with formulas made from expressions.
"""

from __future__ import annotations

from dataclasses import replace

from gen.document.asked import LETTERS
from gen.document.formula import Phrase, phrase
from gen.document.item_lines import implied_in
from gen.document.law_phrase import reason_phrase
from gen.document.lines import BARE
from gen.document.pen import Pen
from gen.document.solved import (
    Depth,
    answer_words,
    arranged,
    hidden_lines,
    is_free,
    margin_of,
    mistake_told,
    order_told,
)
from gen.document.web_blocks import WebChoices, WebLine, WebMistake, WebPart, WebResult, WebShown
from gen.document.web_formulas import answer_formula, first_formula, line_formula
from gen.document.web_item_lines import (
    first_web_line,
    foreign_to,
    lettered_web_lines,
    numbered_web_lines,
    web_options,
)
from gen.document.web_lines import web_part
from gen.document.web_margin import in_margin, key_lines, only_lines
from gen.problems.item import Choice, FindError, Item, Order
from gen.problems.misconception import Misconception
from gen.problems.worked import Worked


def web_solved(
    item: Item, level: Depth, anchor: str, pen: Pen, *, graded: bool = True
) -> tuple[WebShown, ...]:
    """The parts of the solution, with marks where it is `graded`; the `anchor` is for what they hold."""
    pen = pen.implying(implied_in(item))
    margin = margin_of(item) if graded else BARE
    whole = in_margin(_derivation(item, anchor, pen), margin, hidden_lines(item), pen.words.language)
    first: tuple[WebShown, ...] = ()
    match item.body:
        case Choice():
            title = pen.words.filled("answer_is", letter=LETTERS[item.body.right])
            first = (WebChoices(title, web_options(item.body, pen, noted=True)),)
        case FindError():
            first = (_mistake(item.worked, item.body, pen), _told(item.body.misconception, pen))
        case Order():
            whole = _in_order(item.worked, item.body, whole, pen)
    return arranged(item, level, first, whole, key_lines(whole, item.worked.steps), _short(item, whole, pen))


def web_scheme(item: Item, pen: Pen) -> tuple[Phrase, ...]:
    """What earns marks, row by row."""
    pen = pen.implying(implied_in(item))
    return tuple(reason_phrase(mark.words, pen) for mark in item.marks)


def _derivation(item: Item, anchor: str, pen: Pen) -> WebPart:
    """The whole solution, all lines of it."""
    known = item.worked.derivation
    if known is None:
        return _worked(item.worked, f"{anchor}.solution", pen)
    return web_part(known, f"{anchor}.{known.method}", pen)


def _worked(worked: Worked, anchor: str, pen: Pen) -> WebPart:
    """A solution without a derivation: simplified index lines."""
    rest = (
        WebLine(
            n,
            line_formula(step.after, pen, frozenset(step.marks)),
            reason_phrase(step.because, pen),
        )
        for n, step in enumerate(worked.steps, start=2)
    )
    answer = WebResult(answer_formula(worked.answer, pen), phrase(answer_words(worked, pen.words), pen))
    lines = (first_web_line(worked, pen), *rest) if worked.steps else ()
    return WebPart(anchor, pen.words["solution"], lines=lines, results=(answer,))


def _mistake(worked: Worked, body: FindError, pen: Pen) -> WebPart:
    """The lines with the wrong one marked, and what should stand there."""
    number = body.wrong + 1
    right = WebResult(first_formula(body.right, pen, None), reason_phrase(body.because, pen))
    return WebPart(
        "",
        pen.words.filled("mistake_in", n=number),
        lines=numbered_web_lines(worked, body, pen, marked=True),
        results=(right,),
        lettered=True,
        outcome=pen.words.filled("right_line", n=number),
    )


def _told(wrong: Misconception, pen: Pen) -> WebMistake:
    block = mistake_told(wrong, pen)
    return WebMistake(wrong.title, block.paragraphs, foreign_to(pen))


def _in_order(worked: Worked, body: Order, whole: WebPart, pen: Pen) -> WebPart:
    """The lines in the right order with their letters; what else is right is said below."""
    lines = (first_web_line(worked, pen), *lettered_web_lines(worked, body, body.right, pen))
    checked = (pen.words["any_order"],) if is_free(body) else whole.checked
    return WebPart(
        whole.anchor,
        order_told(body, pen.words),
        lines=lines,
        results=whole.results,
        checked=checked,
        lettered=True,
    )


def _short(item: Item, whole: WebPart, pen: Pen) -> WebPart:
    """The answer alone; of a worked solution with blanks the lines that had one, of lines their order."""
    lines = only_lines(whole, {n + 1 for n in hidden_lines(item)})
    title = whole.title if isinstance(item.body, Order) else pen.words["answer"]
    # Marks are shown beside all the lines that earn them, or beside none.
    results = whole.results if lines else tuple(replace(result, marks="") for result in whole.results)
    return WebPart(whole.anchor, title, lines=lines, results=results)
