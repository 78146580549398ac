"""From a derivation to the block that shows it: lines, marks, reasons, result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from gen.derivation.record import Step
from gen.derivation.result import Derivation
from gen.document.blocks import NOTHING, DerivationBlock, Line, Result
from gen.document.naming import whole_partial_of
from gen.document.pen import USUAL, Pen
from gen.document.reason_words import note_in
from gen.document.remarks import remarks_of
from gen.document.results import Told, checked_words
from gen.document.telling import Telling, telling_of
from gen.document.tex import Tex, Text, as_tex, joined
from gen.document.wording import line_tex, reason_tex, sentence_tex, shape, words
from gen.language.latex import shape_tex, sums_can_be_implied
from gen.language.node import Node


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands before and beside the lines of a derivation, by their numbers, and beside its result."""

    labels: Mapping[int, Text]
    marks: Mapping[int, Text]
    result: Text


BARE = Margin(MappingProxyType({}), MappingProxyType({}), "")


def derivation_block(derivation: Derivation, pen: Pen = USUAL) -> DerivationBlock:
    """The block that shows `derivation`; sums are implied where the pen would and that is unambiguous."""
    return block_with(derivation, pen.implying(_unambiguous(derivation)).remembering())


def block_with(derivation: Derivation, pen: Pen, margin: Margin = BARE) -> DerivationBlock:
    """The same by a pen for which it is known already whether sums can be implied, with a margin."""
    telling = telling_of(derivation)
    title = pen.words[f"method_{derivation.method}"]
    found = telling.result(derivation, pen.words)
    checked = sentence_tex(checked_words(derivation, pen.words), pen)
    notes = tuple(words(note_in(note, pen.words), pen) for note in derivation.notes)
    discussion = telling.discussion(derivation, pen.words)
    return DerivationBlock(
        title=title,
        lines=_lines(derivation, telling, pen, margin),
        result=None if found is None else result(found, pen, margin.result),
        intro=sentence_tex(telling.intro(derivation, pen.words), pen),
        checked=joined((*notes, checked), " ") if notes else checked,
        discussion=(sentence_tex(discussion, pen),) if discussion else (),
        name=title,
    )


def result(found: Told, pen: Pen, marks: Text = "") -> Result:
    """What a derivation ends in, as TeX, with the marks beside it."""
    left = found.left(pen.n)
    return Result(Tex(f"{left}={line_tex(found.line, pen)}"), sentence_tex(found.words, pen), marks)


def _lines(derivation: Derivation, telling: Telling, pen: Pen, margin: Margin) -> tuple[Line, ...]:
    steps, answer = derivation.steps, derivation.answer
    given = steps[0].before if steps else None if answer is None else answer.line
    first = Line(
        right=Tex("0") if given is None else line_tex(given, pen),
        left=Tex(telling.left(derivation)(pen.n)),
        reason=sentence_tex(telling.first(derivation, pen.words), pen),
        label=margin.labels.get(0, ""),
        marks=margin.marks.get(0, ""),
    )
    rest = [_line(derivation, number, pen, margin) for number in range(1, len(steps) + 1)]
    if pen.aloud:
        said = remarks_of(derivation, pen)
        rest = [replace(line, remarks=remarks) for line, remarks in zip(rest, said, strict=True)]
    return (first, *rest)


def _line(derivation: Derivation, number: int, pen: Pen, margin: Margin) -> Line:
    """The line that a step leads to; 0 is the one that is given."""
    steps = derivation.steps
    step = steps[number - 1]
    apart = step.rule.name == "differentiate_entries"
    return Line(
        right=line_tex(step.after, pen),
        marked=line_tex(step.after, pen, frozenset(step.marks)) if step.marks else NOTHING,
        left=Tex(whole_partial_of(derivation)(pen.n)) if apart else NOTHING,
        reason=reason_tex(step.because, pen),
        shape=_shape_under(step, derivation, pen) if number == len(steps) else NOTHING,
        key=step.rule.grain == "key",
        label=margin.labels.get(number, ""),
        marks=margin.marks.get(number, ""),
    )


def _shape_under(step: Step, derivation: Derivation, pen: Pen) -> Tex:
    """The shape of the last line: of the entries it stands for, or of the factors before vec(dX)."""
    after = step.after
    if isinstance(after, tuple):
        return shape(tuple(letter.dim for letter in derivation.free))
    if isinstance(after, Node):
        if after.kind == "product" and len(after.args) == 2 and not after.args[0].is_scalar:
            return Tex(r"\,".join(rf"({shape_tex((part.rows, part.cols))})" for part in after.args))
        return shape((after.rows, after.cols))
    sizes = dict(derivation.sizes)
    value, variable = derivation.value, derivation.problem.wrt
    blocks = rf"{value.rows.size(sizes)}\times{value.cols.size(sizes)}"
    of = as_tex(pen.words["blocks_of"])
    return Tex(rf"{blocks}\text{{ {of} }}{variable.rows.size(sizes)}\times{variable.cols.size(sizes)}")


def _unambiguous(derivation: Derivation) -> bool:
    lines = [line for step in derivation.steps for line in (step.before, step.after)]
    return sums_can_be_implied(lines)
