"""The solution of a problem in each of its forms, at the level that is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, TypeVar

from gen.document.asked import LETTERS, answer_tex, numbered, options, ordered
from gen.document.blocks import DerivationBlock, KeyBlock, Line, OptionLine, Part, Result, TextBlock
from gen.document.item_lines import first_line, plain_line
from gen.document.lines import BARE, Margin, block_with
from gen.document.pen import Pen
from gen.document.prose import prose
from gen.document.results import index_words, matrix_words
from gen.document.tex import Tex, Text, joined, spaced
from gen.document.wording import line_tex, reason_tex, sentence_tex, told
from gen.document.words import Sentence, Words
from gen.problems.item import Choice, Fade, FindError, Item, Option, Order
from gen.problems.misconception import Misconception
from gen.problems.worked import Worked

Depth = Literal["answer", "outline", "full"]
Shown = TypeVar("Shown")


def solved(item: Item, level: Depth, pen: Pen) -> tuple[Part, ...]:
    """The parts of the solution: what the form asks for, then the derivation.

    The pen is that of the item, which implies sums only where that is unambiguous in all its lines.
    """
    whole = _derivation(item, pen)
    first: tuple[Part, ...] = ()
    match item.body:
        case Choice():
            first = (_key(item.body, pen),)
        case FindError():
            first = _mistake(item.worked, item.body, pen)
        case Order():
            whole = _in_order(item, item.body, whole, pen)
    outline = replace(whole, lines=_key_lines(whole.lines), checked="")
    return arranged(item, level, first, whole, outline, _short(item, whole, pen))


def arranged(
    item: Item, level: Depth, first: tuple[Shown, ...], whole: Shown, outline: Shown, short: Shown
) -> tuple[Shown, ...]:
    """What a level shows: what the form asks for, then the derivation, with all or its key lines only.

    `short` is the answer alone. Lines that were put in order have no outline.
    """
    if level == "answer":
        return first or (short,)
    if isinstance(item.body, Order):
        return (whole,)
    return (*first, whole if level == "full" else outline)


def _short(item: Item, whole: DerivationBlock, pen: Pen) -> DerivationBlock:
    """The answer alone; of a worked solution with blanks the lines that had one, of lines their order."""
    hidden = hidden_lines(item)
    lines = tuple(line for n, line in enumerate(whole.lines) if n in hidden)
    title = whole.title if isinstance(item.body, Order) else pen.words["answer"]
    # Marks are shown beside all the lines that earn them, or beside none.
    result = whole.result if lines or whole.result is None else replace(whole.result, marks="")
    return DerivationBlock(title, lines, result, name=whole.name)


def _key_lines(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The key lines, with the first and the last."""
    last = len(lines) - 1
    return tuple(line for n, line in enumerate(lines) if line.key or n in (0, last))


# --- the derivation ---------------------------------------------------------------


def _derivation(item: Item, pen: Pen) -> DerivationBlock:
    """The whole solution with the marks of an open or faded question beside its lines."""
    worked, margin = item.worked, margin_of(item)
    if worked.derivation is not None:
        return block_with(worked.derivation, pen, margin)
    block = _worked(worked, pen)
    lines = tuple(
        replace(line, marks=margin.marks.get(n, ""), label=margin.labels.get(n, ""))
        for n, line in enumerate(block.lines)
    )
    result = None if block.result is None else replace(block.result, marks=margin.result)
    return replace(block, lines=lines, result=result)


def margin_of(item: Item) -> Margin:
    """Where marks are earned, and which lines were blank."""
    beside = {} if isinstance(item.body, Choice | FindError | Order) else _beside(item)
    hidden = hidden_lines(item)
    if not beside and not hidden:
        return BARE
    labels = {n: _label(n, hidden, numbers=bool(beside)) for n in range(len(item.worked.steps) + 1)}
    shape = next((f"{mark.marks}" for mark in item.marks if beside and mark.line is None), "")
    return Margin(labels, beside, shape)


def _label(number: int, hidden: frozenset[int], *, numbers: bool) -> Text:
    """Whether a line had a blank, and its number where the marking table names lines."""
    named = f"{number + 1}" if numbers else ""
    if number not in hidden:
        return named
    return joined((Tex(r"$\triangleright$"), Tex(r"\,"), named)) if named else Tex(r"$\triangleright$")


def _worked(worked: Worked, pen: Pen) -> DerivationBlock:
    """A solution without a derivation: simplified index lines."""
    rest = (
        replace(
            plain_line(step.after, step.because, pen, marks=frozenset(step.marks)),
            key=step.rule.grain == "key",
        )
        for step in worked.steps
    )
    title = pen.words["solution"]
    return DerivationBlock(
        title=title,
        lines=(first_line(worked, pen), *rest) if worked.steps else (),
        result=Result(answer_tex(worked.answer, pen), sentence_tex(answer_words(worked, pen.words), pen)),
        name=title,
    )


def answer_words(worked: Worked, words: Words) -> Sentence:
    """What an answer without a derivation is."""
    shape = worked.answer.shape
    return index_words(shape, len(worked.free), words) if worked.free else matrix_words(shape, words)


def _beside(item: Item) -> dict[int, Text]:
    """The marks of each line, 0 being the line given."""
    return {mark.line: f"{mark.marks}" for mark in item.marks if mark.line is not None}


def hidden_lines(item: Item) -> frozenset[int]:
    """The lines that were blank or had a blank."""
    if not isinstance(item.body, Fade):
        return frozenset()
    return frozenset(n for n, line in enumerate(item.body.lines) if line.hidden)


# --- choice -----------------------------------------------------------------------


def _key(body: Choice, pen: Pen) -> KeyBlock:
    noted: list[OptionLine] = []
    for line, option in zip(options(body, pen), body.options, strict=True):
        noted.append(OptionLine(line.letter, line.tex, line.right, note_of(option, pen)))
    title = pen.words.filled("answer_is", letter=LETTERS[body.right])
    return KeyBlock(title, tuple(noted), title)


def note_of(option: Option, pen: Pen) -> Text:
    """Which mistake an answer shows, and what to tell the student."""
    wrong = option.misconception
    if wrong is None:
        return pen.words["right"]
    return joined((Tex(r"\textbf{"), wrong.title, Tex(".} "), told(prose(wrong.tell), pen)))


# --- find the mistake -------------------------------------------------------------


def _mistake(worked: Worked, body: FindError, pen: Pen) -> tuple[Part, ...]:
    number = body.wrong + 1
    lines = [
        replace(line, marked=Tex(rf"\chg{{{line.right}}}")) if n == body.wrong else line
        for n, line in enumerate(numbered(worked, body, pen))
    ]
    title = pen.words.filled("mistake_in", n=number)
    why = joined((spaced(pen.words.filled("should_stand", n=number)), reason_tex(body.because, pen)))
    result = Result(line_tex(body.right, pen), why)
    return (DerivationBlock(title, tuple(lines), result, name=title), mistake_told(body.misconception, pen))


def mistake_told(wrong: Misconception, pen: Pen) -> TextBlock:
    """What is told of a mistake, under its name."""
    return TextBlock(wrong.title, (told(prose(wrong.tell), pen),), wrong.title)


# --- order ------------------------------------------------------------------------


def _in_order(item: Item, body: Order, whole: DerivationBlock, pen: Pen) -> DerivationBlock:
    """The lines in the right order with their letters; what else is right is said below."""
    title = order_told(body, pen.words)
    lines = (first_line(item.worked, pen), *ordered(item.worked, body, body.right, pen))
    note = pen.words["any_order"] if is_free(body) else whole.checked
    return DerivationBlock(title, lines, whole.result, checked=note, name=title)


def order_told(body: Order, words: Words) -> str:
    """The title that says the right order."""
    return words.filled("in_order", order=", ".join(LETTERS[place] for place in body.right))


def is_free(body: Order) -> bool:
    """Are other orders right as well?"""
    return len(body.before) < len(body.lines) * (len(body.lines) - 1) // 2
