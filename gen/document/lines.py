"""From a derivation to the block that shows it: lines, marks, reasons, result."""

from __future__ import annotations

from gen.derivation.method import METHODS
from gen.derivation.record import Step
from gen.derivation.result import Derivation
from gen.document.blocks import NOTHING, DerivationBlock, Line
from gen.document.naming import whole_partial
from gen.document.telling import TELLINGS, Telling
from gen.document.tex import Tex, joined
from gen.document.wording import checked_words, line_tex, reason_tex, shape, words
from gen.language.latex import shape_tex, sums_can_be_implied
from gen.language.node import Node


def derivation_block(derivation: Derivation, einstein: bool = True) -> DerivationBlock:
    """The block that shows `derivation`; sums are implied where that is asked for and unambiguous."""
    telling = next(known for known in TELLINGS if known.method == derivation.method)
    implied = einstein and _unambiguous(derivation)
    title = next(method.title for method in METHODS if method.name == derivation.method)
    result = telling.result(derivation, implied)
    checked = checked_words(derivation)
    notes = tuple(words(note[:1].upper() + note[1:] + ".") for note in derivation.notes)
    return DerivationBlock(
        title=title,
        lines=_lines(derivation, telling, implied),
        result=result,
        intro=telling.intro(derivation),
        checked=joined((*notes, checked), " ") if notes else checked,
        discussion=telling.discussion(derivation, implied),
        name=title,
    )


def _lines(derivation: Derivation, telling: Telling, implied: bool) -> tuple[Line, ...]:
    steps = derivation.steps
    if not steps:
        answer = derivation.answer
        right = line_tex(answer.line, implied) if answer is not None else Tex("0")
        return (Line(right=right, left=telling.left(derivation), reason=telling.first(derivation)),)
    first = Line(
        right=line_tex(steps[0].before, implied),
        left=telling.left(derivation),
        reason=telling.first(derivation),
    )
    rest = [_line(step, implied, derivation, step is steps[-1]) for step in steps]
    return (first, *rest)


def _line(step: Step, implied: bool, derivation: Derivation, last: bool) -> Line:
    apart = step.rule.name == "differentiate_entries"
    return Line(
        right=line_tex(step.after, implied),
        marked=line_tex(step.after, implied, frozenset(step.marks)) if step.marks else NOTHING,
        left=whole_partial(derivation) if apart else NOTHING,
        reason=reason_tex(step.because, implied),
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


def _unambiguous(derivation: Derivation) -> bool:
    lines = [line for step in derivation.steps for line in (step.before, step.after)]
    return all(sums_can_be_implied(line) for line in lines if isinstance(line, tuple))
