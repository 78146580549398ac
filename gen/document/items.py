"""Finished problems of `gen.problems` as blocks: the question in its form, hints, solution, marks."""

from __future__ import annotations

from typing import Literal, TypeAlias

from gen.document.asked import asked_of
from gen.document.blocks import MarkRow, Part, ProblemBlock, Space
from gen.document.item_lines import implied_in
from gen.document.naming import given
from gen.document.pen import USUAL, Pen
from gen.document.prose import prose
from gen.document.solved import solved
from gen.document.tex import Tex, Text
from gen.document.wording import reason_tex, sentence_tex
from gen.language.latex import LATEX
from gen.problems.catalogue import FAMILY_NAMED
from gen.problems.item import Choice, Item, Mark, Open
from gen.problems.prompts import prompt_of

Level: TypeAlias = Literal["none", "answer", "outline", "full"]
# How much of a solution is shown: nothing, the answer, its key lines, every line.
LEVELS: tuple[Level, ...] = ("none", "answer", "outline", "full")


def item_blocks(
    items: tuple[Item, ...],
    *,
    level: Level = "full",
    spaces: tuple[Space | None, ...] = (),
    pen: Pen = USUAL,
    first: int = 1,
) -> tuple[ProblemBlock, ...]:
    """The blocks of problems in a row, numbered from `first`."""
    rooms = spaces or (None,) * len(items)
    return tuple(
        item_block(number, item, level=level, space=space, pen=pen)
        for number, (item, space) in enumerate(zip(items, rooms, strict=True), start=first)
    )


def item_block(
    number: int,
    item: Item,
    *,
    level: Level = "full",
    space: Space | None = None,
    pen: Pen = USUAL,
    title: Text = "",
) -> ProblemBlock:
    """The block of one problem.

    `level` says how much of its solution there is. Without `space` there is room for the answer
    as the form needs it. `title` is that of the family where it is not given. Where hints are
    printed, if at all, is said by `Document.hints`.
    """
    pen = pen.implying(implied_in(item)).remembering()
    known, derivation = FAMILY_NAMED.get(item.member.family), item.worked.derivation
    named = title or (known.title if known else "")
    return ProblemBlock(
        number=number,
        title=named,
        prompt=prose(prompt_in(item, pen)),
        parts=parts_of(item, level, pen),
        marks=item.total,
        space=space or _room(item),
        name="" if isinstance(named, Tex) else named,
        asked=asked_of(item, pen),
        hints=tuple(reason_tex(hint, pen) for hint in item.hints),
        scheme=() if level == "none" else _scheme(item, pen),
        given="" if derivation is None else sentence_tex((given(derivation),), pen),
    )


def parts_of(item: Item, level: Level, pen: Pen) -> tuple[Part, ...]:
    """The parts of the solution."""
    return () if level == "none" else solved(item, level, pen)


def _scheme(item: Item, pen: Pen) -> tuple[MarkRow, ...]:
    return tuple(
        MarkRow(
            mark.marks,
            reason_tex(mark.words, pen),
            ""
            if mark.line is None or isinstance(item.body, Choice)
            else pen.words.filled("line", n=mark.line + 1),
        )
        for mark in item.marks
    )


def _line(item: Item, mark: Mark, pen: Pen) -> Text:
    """The line that earns a mark, by its number; answers to choose from have none."""
    if mark.line is None or isinstance(item.body, Choice):
        return ""
    return pen.words.filled("line", n=mark.line + 1)


def prompt_in(item: Item, pen: Pen) -> str:
    """The prompt, Markdown with `$TeX$`, in the notation of the document; its sums are always written."""
    plain = pen.implying(False)
    if plain.n is LATEX and r"\frac" not in item.prompt:
        return item.prompt
    return prompt_of(item.worked, item.body, plain.in_text[0])


def _room(item: Item) -> Space:
    """Room for an answer: for every line of an open question, a little for a mistake to be named."""
    if isinstance(item.body, Open):
        return Space("blank", min(110.0, 15.0 + 10.0 * len(item.worked.steps)))
    if item.form == "find-error":
        return Space("lines", 3)
    return Space("blank", 2.0)
