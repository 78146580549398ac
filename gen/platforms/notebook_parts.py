"""What stands below a question, and what a solution is made of, as paragraphs of Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from gen.document.blocks import (
    CalloutBlock,
    ChoiceBlock,
    DerivationBlock,
    DrawnBlock,
    FlatteningBlock,
    KeyBlock,
    Line,
    OptionLine,
    Part,
    TextBlock,
)
from gen.document.tex import Text
from gen.platforms.notebook_text import BLANK_WORDS, formula, known, sentence

_BLANK_REASON = r"\BlankReason"


def part_paragraphs(part: Part) -> Iterator[str]:
    """The paragraphs of a part, its title the first; grids and drawings are left to their words."""
    if part.title:
        yield f"**{sentence(part.title)}**"
    match part:
        case DerivationBlock():
            yield from _derivation(part)
        case FlatteningBlock(_, intro, rule=rule, words=words):
            yield from _said(intro, rule, words)
        case CalloutBlock(_, text):
            yield from _said(text)
        case TextBlock(_, paragraphs):
            yield from _said(*paragraphs)
        case ChoiceBlock(options) | KeyBlock(_, options):
            yield "\n".join(map(_option, options))
        case DrawnBlock(_, _, caption):
            yield from _said(caption)


def _said(*texts: Text) -> Iterator[str]:
    return (sentence(text) for text in texts if text)


def _derivation(part: DerivationBlock) -> Iterator[str]:
    yield from _said(part.intro)
    if part.lines:
        yield "\n".join(map(_line, part.lines))
    if part.result is not None:
        yield f"$$\n{known(part.result.tex)}\n$$"
        yield from _said(part.result.words)
    yield from _said(*part.discussion, part.checked)


def _line(line: Line) -> str:
    """An item of a list: the label, the line, and its reason on a line of its own."""
    label = f"**{sentence(line.label)}** " if line.label else ""
    shown = BLANK_WORDS if line.right.startswith(_BLANK_REASON) else formula(_row(line))
    reason = sentence(line.reason)
    return f"- {label}{shown}" + (f"\\\n  {reason}" if reason else "")


def _row(line: Line) -> str:
    return f"{line.left} {line.relation} {line.right}".strip()


def _option(option: OptionLine) -> str:
    note = sentence(option.note)
    return f"- **{option.letter}** {formula(option.tex)}" + (f"\\\n  {note}" if note else "")
