"""What stands beside the lines of a derivation on a page, and which of its lines are shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from gen.derivation.record import Step
from gen.document.lines import Margin
from gen.document.problem_html import marks_of
from gen.document.web_blocks import Fold, WebLine, WebPart


def in_margin(part: WebPart, margin: Margin, blanks: Collection[int], language: str) -> WebPart:
    """`part` with the marks of a margin, and a sign at the lines that had `blanks`, counted from 0.

    The numbers in the margin are left to the list, which has its own.
    """
    if not blanks and not margin.marks and not margin.result:
        return part

    def beside(line: WebLine) -> WebLine:
        number = line.number - 1
        marks = margin.marks.get(number, "")
        shown = marks_of(marks, language) if marks else ""
        return replace(line, was_blank=number in blanks, marks=shown)

    results = part.results
    if margin.result and results:
        results = (replace(results[0], marks=marks_of(margin.result, language)), *results[1:])
    return replace(part, lines=_each(part, beside), results=results)


def key_lines(part: WebPart, steps: tuple[Step, ...]) -> WebPart:
    """`part` with its key lines, the first and the last, and nothing about its check."""
    last = len(steps) + 1
    key = {n for n, step in enumerate(steps, start=2) if step.rule.grain == "key"}
    return replace(part, lines=only_lines(part, {1, last, *key}), checked=())


def only_lines(part: WebPart, numbers: Collection[int]) -> tuple[WebLine, ...]:
    """The lines of these numbers, none of them folded."""
    return tuple(line for line in all_lines(part) if line.number in numbers)


def all_lines(part: WebPart) -> Iterator[WebLine]:
    """The lines in order, out of their folds."""
    for line in part.lines:
        yield from line.lines if isinstance(line, Fold) else (line,)


def _each(part: WebPart, change: Callable[[WebLine], WebLine]) -> tuple[WebLine | Fold, ...]:
    return tuple(
        Fold(tuple(change(inner) for inner in line.lines)) if isinstance(line, Fold) else change(line)
        for line in part.lines
    )
