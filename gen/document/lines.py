"""From a derivation to the block that shows it: lines, marks, reasons, result."""

from __future__ import annotations

from collections.abc import Iterator

from gen.derivation.method import METHODS
from gen.derivation.record import Line as WorkedLine
from gen.derivation.record import Step
from gen.derivation.result import Derivation
from gen.document.blocks import NOTHING, DerivationBlock, Line
from gen.document.naming import whole_partial
from gen.document.telling import TELLINGS, Telling
from gen.document.tex import Tex, joined
from gen.document.wording import checked_words, line_tex, pen_for, reason_tex, shape, words
from gen.language.latex import shape_tex, sums_can_be_implied
from gen.language.node import Node
from gen.language.writer import Writer


def derivation_block(derivation: Derivation, einstein: bool = True) -> DerivationBlock:
    """The block that shows `derivation`; sums are implied where that is asked for and unambiguous."""
    return told(derivation, pen_for(einstein and sums_can_be_implied(lines_of(derivation))))


def told(derivation: Derivation, pen: Writer) -> DerivationBlock:
    """The block that shows `derivation`, written with `pen`."""
    telling = next(known for known in TELLINGS if known.method == derivation.method)
    title = next(method.title for method in METHODS if method.name == derivation.method)
    result = telling.result(derivation, pen)
    checked = checked_words(derivation)
    notes = tuple(words(note[:1].upper() + note[1:] + ".") for note in derivation.notes)
    return DerivationBlock(
        title=title,
        lines=_lines(derivation, telling, pen),
        result=result,
        intro=telling.intro(derivation),
        checked=joined((*notes, checked), " ") if notes else checked,
        discussion=telling.discussion(derivation, pen),
        name=title,
    )


def _lines(derivation: Derivation, telling: Telling, pen: Writer) -> tuple[Line, ...]:
    steps = derivation.steps
    given = next(lines_of(derivation), None)
    first = Line(
        right=Tex("0") if given is None else line_tex(given, pen),
        left=telling.left(derivation),
        reason=telling.first(derivation),
    )
    rest = [_line(step, pen, derivation, step is steps[-1]) for step in steps]
    return (first, *rest)


def lines_of(derivation: Derivation) -> Iterator[WorkedLine]:
    """Every line once; of a derivation without steps its answer."""
    if derivation.steps:
        yield derivation.steps[0].before
        yield from (step.after for step in derivation.steps)
    elif derivation.answer is not None:
        yield derivation.answer.line


def _line(step: Step, pen: Writer, derivation: Derivation, last: bool) -> Line:
    apart = step.rule.name == "differentiate_entries"
    return Line(
        right=line_tex(step.after, pen),
        marked=line_tex(step.after, pen, frozenset(step.marks)) if step.marks else NOTHING,
        left=whole_partial(derivation) if apart else NOTHING,
        reason=reason_tex(step.because, pen),
        shape=_shape_under(step, derivation) if last else NOTHING,
        key=step.rule.grain == "key",
    )


def _shape_under(step: Step, derivation: Derivation) -> Tex:
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
    return Tex(rf"{blocks}\text{{ blocks of }}{variable.rows.size(sizes)}\times{variable.cols.size(sizes)}")
