"""A problem in each of its forms for screens: what stands below its prompt, and its solution.

What `gen.document.asked` and `gen.document.solved` lay out on paper, with formulas made from expressions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gen.derivation.record import Display
from gen.document.asked import LETTERS
from gen.document.formula import Blank, Phrase, phrase
from gen.document.item_lines import implied_in
from gen.document.items import prompt_in
from gen.document.law_phrase import RECORDED, reason_phrase
from gen.document.lines import BARE
from gen.document.pen import Pen, pen_for
from gen.document.solved import (
    Depth,
    answer_words,
    arranged,
    hidden_lines,
    is_free,
    margin_of,
    mistake_told,
    note_of,
    order_told,
)
from gen.document.telling import telling_of
from gen.document.web_blocks import (
    WebAsked,
    WebChoices,
    WebLine,
    WebMistake,
    WebOption,
    WebPart,
    WebResult,
    WebShown,
)
from gen.document.web_formulas import (
    answer_formula,
    blank_formula,
    blanked_formula,
    first_formula,
    line_formula,
)
from gen.document.web_lines import web_part
from gen.document.web_margin import in_margin, key_lines, only_lines
from gen.document.words import Written
from gen.document.written import expression
from gen.problems.item import Choice, Fade, FadedLine, FindError, Item, Order
from gen.problems.misconception import Misconception
from gen.problems.worked import Worked


def web_asked(item: Item, pen: Pen) -> tuple[WebAsked, ...]:
    """What stands below the prompt; nothing for an open question."""
    pen, worked = pen.implying(implied_in(item)), item.worked
    match item.body:
        case Choice():
            return (WebChoices("", _options(item.body, pen)),)
        case Fade():
            rest = (_faded(n, line, pen) for n, line in enumerate(item.body.lines[1:], start=2))
            return (_shown((_first(worked, pen), *rest)),)
        case FindError():
            return (_shown(_numbered(worked, item.body, pen), lettered=True),)
        case Order():
            places = range(len(item.body.lines))
            lettered = tuple(_lettered(worked, item.body, places, pen))
            return (_shown((_first(worked, pen),)), _shown(lettered, lettered=True))
    return ()


def language_of(item: Item, pen: Pen) -> str:
    """The language of the title and the prompt where that is not the language of the page."""
    english = prompt_in(item, pen) == prompt_in(item, pen_for(pen.style, RECORDED))
    return _foreign(pen) if english else ""


def _foreign(pen: Pen) -> str:
    """The language of what there is in one only, on a page in another."""
    return "" if pen.words.language == RECORDED else RECORDED


def web_hints(item: Item, pen: Pen) -> tuple[Phrase, ...]:
    """The hints in order."""
    pen = pen.implying(implied_in(item))
    return tuple(reason_phrase(hint, pen) for hint in item.hints)


def web_scheme(item: Item, pen: Pen) -> tuple[Phrase, ...]:
    """What earns marks, row by row."""
    pen = pen.implying(implied_in(item))
    return tuple(reason_phrase(mark.words, pen) for mark in item.marks)


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
            first = (WebChoices(title, _options(item.body, pen, noted=True)),)
        case FindError():
            first = (_mistake(item.worked, item.body, pen), _told(item.body.misconception, pen))
        case Order():
            whole = _in_order(item.worked, item.body, whole, pen)
    return arranged(item, level, first, whole, key_lines(whole, item.worked.steps), _short(item, whole, pen))


# --- lines ------------------------------------------------------------------------


def _shown(lines: tuple[WebLine, ...], *, lettered: bool = False) -> WebPart:
    return WebPart("", "", lines=lines, lettered=lettered)


def _left(worked: Worked) -> Written | None:
    """The derivative that is asked for; nothing where no name is known."""
    d = worked.derivation
    return None if d is None else telling_of(d).left(d)


def _first(worked: Worked, pen: Pen, label: str = "") -> WebLine:
    """The line that a solution begins with."""
    d = worked.derivation
    said = (pen.words["given"],) if d is None else telling_of(d).first(d, pen.words)
    return WebLine(1, first_formula(worked.given, pen, _left(worked)), phrase(said, pen), label=label)


def _numbered(worked: Worked, body: FindError, pen: Pen, *, marked: bool = False) -> tuple[WebLine, ...]:
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
    return (_first(worked, pen, "1"), *rest)


def _lettered(worked: Worked, body: Order, places: Iterable[int], pen: Pen) -> Iterator[WebLine]:
    """The lettered lines at `places`, in that order.

    Where some lines are about single terms, the others say what they are about too.
    """
    whole = _left(worked) if any(left is not None for left in body.lefts) else None
    for number, place in enumerate(places, start=2):
        (line, why), term = body.lines[place], body.lefts[place]
        left = whole if term is None or isinstance(term, Display) else expression(term)
        made = line_formula(line, pen) if left is None else first_formula(line, pen, left)
        yield WebLine(number, made, reason_phrase(why, pen), label=LETTERS[place])


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


# --- answers to choose from -------------------------------------------------------


def _options(body: Choice, pen: Pen, *, noted: bool = False) -> tuple[WebOption, ...]:
    return tuple(
        WebOption(
            letter,
            answer_formula(option.answer, pen),
            note_of(option, pen) if noted else "",
            _foreign(pen) if option.misconception else "",
        )
        for letter, option in zip(LETTERS, body.options, strict=False)
    )


# --- solutions --------------------------------------------------------------------


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
    lines = (_first(worked, pen), *rest) if worked.steps else ()
    return WebPart(anchor, pen.words["solution"], lines=lines, results=(answer,))


def _mistake(worked: Worked, body: FindError, pen: Pen) -> WebPart:
    """The lines with the wrong one marked, and what should stand there."""
    number = body.wrong + 1
    right = WebResult(first_formula(body.right, pen, None), reason_phrase(body.because, pen))
    return WebPart(
        "",
        pen.words.filled("mistake_in", n=number),
        lines=_numbered(worked, body, pen, marked=True),
        results=(right,),
        lettered=True,
        outcome=pen.words.filled("right_line", n=number),
    )


def _told(wrong: Misconception, pen: Pen) -> WebMistake:
    block = mistake_told(wrong, pen)
    return WebMistake(wrong.title, block.paragraphs, _foreign(pen))


def _in_order(worked: Worked, body: Order, whole: WebPart, pen: Pen) -> WebPart:
    """The lines in the right order with their letters; what else is right is said below."""
    lines = (_first(worked, pen), *_lettered(worked, body, body.right, pen))
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
