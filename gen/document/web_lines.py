"""From a derivation to the part of a page that shows it: lines, folds, results, check."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from gen.derivation.components import Table
from gen.derivation.method import METHODS
from gen.derivation.record import Display, Line, Result, Step
from gen.derivation.result import Derivation
from gen.document.formula import Formula, Phrase, both, equation, formula, named, number, reason, shape
from gen.document.naming import second
from gen.document.web_blocks import Fold, WebLine, WebPart, WebResult
from gen.document.web_tables import blocks, component_table, entries, flattened
from gen.document.web_telling import WEB_TELLINGS, partial_of, stacked_partial_of, whole_partial_of

FEWEST = 2  # routine lines that are worth folding
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")


def web_part(d: Derivation, anchor: str) -> WebPart:
    """The part of a page that shows `d`."""
    telling = next(known for known in WEB_TELLINGS if known.method == d.method)
    picture = flattened(d) if d.method == "vec" else None
    discussion = telling.discussion(d)
    return WebPart(
        anchor=anchor,
        title=next(method.title for method in METHODS if method.name == d.method),
        intro=telling.intro(d),
        lines=_folded(d),
        results=tuple(_results(d)),
        discussion=(discussion,) if discussion else (),
        notes=tuple(note[:1].upper() + note[1:] + "." for note in d.notes),
        checked=_checked(d),
        picture=picture[0] if picture else None,
        picture_words=picture[1] if picture else (),
    )


# --- lines ------------------------------------------------------------------------


def _folded(d: Derivation) -> tuple[WebLine | Fold, ...]:
    """The lines in order; neighbouring routine ones, but never the last, are folded."""
    lines = list(_lines(d))
    out: list[WebLine | Fold] = []
    for routine, run in groupby(lines, key=lambda known: known[1] and known is not lines[-1]):
        found = tuple(line for line, _ in run)
        out += [Fold(found)] if routine and len(found) >= FEWEST else found
    return tuple(out)


def _lines(d: Derivation) -> Iterator[tuple[WebLine, bool]]:
    """Every line, and whether the step to it is routine."""
    telling = next(known for known in WEB_TELLINGS if known.method == d.method)
    made = component_table(d) if d.method == "components" else None
    if d.steps:
        start = _written(d.steps[0].before, d)
    else:
        start = formula(d.answer.line) if d.answer is not None else both(lambda n: n.number(0))
    yield WebLine(1, equation(telling.left(d), start), telling.first(d)), False
    for count, step in enumerate(d.steps, start=2):
        yield _line(count, step, d, made), step.rule.grain == "routine"


def _line(count: int, step: Step, d: Derivation, made: Table | None) -> WebLine:
    why = reason(step.because)
    if not isinstance(step.after, Display):
        return WebLine(count, equation(None, formula(step.after, frozenset(step.marks))), why)
    assert made is not None, "a line that is a table belongs to the components method"
    if step.rule.name == "differentiate_entries":
        return WebLine(count, None, why, blocks(d, made))
    if len(made.entries) == 1:
        return WebLine(count, equation(None, formula(made.entries[0][1])), why)
    return WebLine(count, None, why, entries(d, made))


def _written(line: Line, d: Derivation) -> Formula:
    return formula(d.problem.expr) if isinstance(line, Display) else formula(line)


# --- the answer -------------------------------------------------------------------


def _results(d: Derivation) -> Iterator[WebResult]:
    """The answer in the forms it has: entries where there is no matrix form, and stacked."""
    found = d.results
    if d.problem.kind == "differential" and found.matrix is not None:
        left = both(lambda n: n.differential(n.symbol(d.value.name), True))
        yield WebResult(equation(left, formula(found.matrix.line)), _matrix_words(found.matrix))
        return
    if found.matrix is not None:
        yield WebResult(
            equation(whole_partial_of(d), formula(found.matrix.line)), _matrix_words(found.matrix)
        )
    elif found.index is not None:
        yield WebResult(equation(partial_of(d), formula(found.index.line)), _index_words(found.index, d))
    if found.vec is not None and not (second(d) and found.matrix is not None):
        yield WebResult(equation(stacked_partial_of(d), formula(found.vec.line)), _matrix_words(found.vec))


def _index_words(result: Result, d: Derivation) -> Phrase:
    count = len(d.free)
    if not count:
        return ("a scalar",)
    what = {1: "a vector", 2: "a matrix"}.get(count, "a tensor")
    named_count = f"{_NUMBERS[count]} free " + ("index" if count == 1 else "indices")
    return (f"{named_count}: {what} of shape ", shape(result.shape))


def _matrix_words(result: Result) -> Phrase:
    if not result.shape:
        return ("a scalar",)
    return (f"a {'vector' if len(result.shape) == 1 else 'matrix'} of shape ", shape(result.shape))


def _checked(d: Derivation) -> Phrase:
    """How the derivation was checked, with its figures."""
    check = d.check
    if check is None or not d.verified:
        return ("This derivation was not checked by numbers.",)
    sizes: list[str | Formula] = []
    for name, size in d.sizes:
        sizes += [" with " if not sizes else ", ", equation(named(name), _count(size))]
    agree: Phrase = ("exactly",) if check.max_error == 0 else ("to ", number(check.max_error))
    start = f"Checked at {check.points} random points"
    return (start, *sizes, f": every line, and a {d.against} derivative, agree ", *agree, ".")


def _count(size: int) -> Formula:
    return both(lambda n: n.number(size))
