"""From a derivation to the part of a page that shows it: lines, folds, results, check."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from gen.derivation.components import Table
from gen.derivation.record import Display, Step
from gen.derivation.result import Derivation
from gen.document.formula import both, phrase
from gen.document.law_phrase import law_phrase, reason_phrase
from gen.document.pen import PLAIN, Pen
from gen.document.reason_words import note_in
from gen.document.results import Told, checked_words
from gen.document.telling import telling_of
from gen.document.web_blocks import Fold, WebLine, WebPart, WebResult
from gen.document.web_tables import blocks, component_table, entries, flattened
from gen.document.written import continued, equation, expression, whole
from gen.language.latex import sums_can_be_implied

FEWEST = 2  # routine lines that are worth folding


def web_part(d: Derivation, anchor: str, pen: Pen = PLAIN) -> WebPart:
    """The part of a page that shows `d`; sums are implied where the pen would and that is unambiguous."""
    lines = [line for step in d.steps for line in (step.before, step.after) if isinstance(line, tuple)]
    pen = pen.implying(sums_can_be_implied(lines))
    telling, words = telling_of(d), pen.words
    picture = flattened(d, pen) if d.method == "vec" else None
    discussion = phrase(telling.discussion(d, words), pen)
    told = telling.result(d, words)
    checked = checked_words(d, words) or (words["unchecked"],)
    return WebPart(
        anchor=anchor,
        title=words[f"method_{d.method}"],
        intro=phrase(telling.intro(d, words), pen),
        lines=_folded(d, pen),
        results=() if told is None else (_result(told, pen),),
        discussion=(discussion,) if discussion else (),
        notes=tuple(law_phrase(note_in(note, words), pen) for note in d.notes),
        checked=phrase(checked, pen),
        picture=picture[0] if picture else None,
        picture_words=picture[1] if picture else (),
    )


# --- lines ------------------------------------------------------------------------


def _folded(d: Derivation, pen: Pen) -> tuple[WebLine | Fold, ...]:
    """The lines in order; neighbouring routine ones, but never the last, are folded."""
    lines = list(_lines(d, pen))
    out: list[WebLine | Fold] = []
    for routine, run in groupby(lines, key=lambda known: known[1] and known is not lines[-1]):
        found = tuple(line for line, _ in run)
        out += [Fold(found)] if routine and len(found) >= FEWEST else found
    return tuple(out)


def _lines(d: Derivation, pen: Pen) -> Iterator[tuple[WebLine, bool]]:
    """Every line, and whether the step to it is routine."""
    telling = telling_of(d)
    made = component_table(d) if d.method == "components" else None
    if d.steps:
        given = d.steps[0].before
        start = expression(d.problem.expr if isinstance(given, Display) else given)
    else:
        start = expression(d.answer.line) if d.answer is not None else whole(0)
    first = telling.first(d, pen.words) or (pen.words["asked"],)
    yield WebLine(1, both(equation(telling.left(d), start), pen), phrase(first, pen)), False
    for count, step in enumerate(d.steps, start=2):
        yield _line(count, step, d, made, pen), step.rule.grain == "routine"


def _line(count: int, step: Step, d: Derivation, made: Table | None, pen: Pen) -> WebLine:
    why = reason_phrase(step.because, pen)
    if not isinstance(step.after, Display):
        marked = expression(step.after, frozenset(step.marks))
        return WebLine(count, both(continued(marked), pen), why)
    assert made is not None, "a line that is a table belongs to the components method"
    if step.rule.name == "differentiate_entries":
        return WebLine(count, None, why, blocks(d, made, pen))
    if len(made.entries) == 1:
        return WebLine(count, both(continued(expression(made.entries[0][1])), pen), why)
    return WebLine(count, None, why, entries(d, made, pen))


# --- the answer -------------------------------------------------------------------


def _result(told: Told, pen: Pen) -> WebResult:
    return WebResult(both(equation(told.left, expression(told.line)), pen), phrase(told.words, pen))
