"""Worked solutions as HTML: lines, reasons, blanks, answers.

Sums are always written: a platform states no convention.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gen.derivation.record import Line, Path, Reason
from gen.derivation.result import reason_pieces
from gen.document.item_lines import left_of
from gen.document.pen import PLAIN
from gen.language.latex import LATEX, latex
from gen.language.node import Node
from gen.language.writer import write
from gen.platforms.html import Html, joined, literal, maths, paragraph, table
from gen.problems.dimension_words import shape_reason
from gen.problems.item import Fade, FadedLine, FindError, Order
from gen.problems.worked import Answer, Worked

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BLANK = r"\boxed{\phantom{XXX}}"  # of one width, whatever is left out
_BLANK_LINE = Html(r"\(\boxed{\phantom{XXXXXXXXXXXX}}\)")
_BLANK_WORDS = Html("…………")


def said(reason: Reason) -> Html:
    """A reason as a sentence with its mathematics set."""
    return joined(maths(text) if is_maths else literal(text) for is_maths, text in reason_pieces(reason))


def shown(line: Line) -> Html:
    """A line as mathematics."""
    return maths(latex(line) if isinstance(line, Node | tuple) else line.latex)


def answer_html(answer: Answer) -> Html:
    """An answer as mathematics, or in its words."""
    return maths(answer.tex) if answer.line is None else shown(answer.line)


def worked_html(worked: Worked) -> Html:
    """The whole solution: every line with its reason, the answer and its shape."""
    rows = [_given(worked)]
    rows += [_row("", shown(s.after), said(s.because)) for s in worked.steps]
    shape = said(shape_reason(worked.answer.shape))
    answer = paragraph("Answer: ", answer_html(worked.answer), ", of shape ", shape, ".")
    return joined((table(rows), answer)) if worked.steps else answer


def faded_html(worked: Worked, body: Fade) -> Html:
    """The lines of a solution with their blanks."""
    return table([_given(worked), *(_faded(line) for line in body.lines[1:])])


def numbered_html(worked: Worked, body: FindError) -> Html:
    """The lines of a solution that goes wrong, numbered from 1."""
    rest = enumerate(body.lines[1:], start=2)
    rows = [_row(f"{n}", shown(line), said(why)) for n, (line, why) in rest]
    return table([_given(worked, "1"), *rows])


def lettered_html(worked: Worked, body: Order, places: Sequence[int]) -> Html:
    """The lines at some places with their letters, below the line they start from."""
    # Where some lines are about single terms, the others say what they are about too.
    whole = left_of(worked, PLAIN) if any(left is not None for left in body.lefts) else ""
    return table([_given(worked), *_lettered(body, places, whole)])


def _lettered(body: Order, places: Sequence[int], whole: str) -> Iterator[tuple[str, ...]]:
    for place in places:
        line, why = body.lines[place]
        term = body.lefts[place]
        left = maths(f"{whole}=") if term is None else joined((shown(term), maths("=")))
        yield LETTERS[place], left, shown(line), said(why)


def _given(worked: Worked, label: str = "") -> tuple[str, ...]:
    left = left_of(worked, PLAIN)
    return label, maths(left + "=") if left else "", shown(worked.given), ""


def _row(label: str, line: Html, why: Html) -> tuple[str, ...]:
    return label, Html(r"\(=\)"), line, why


def _faded(faded: FadedLine) -> tuple[str, ...]:
    """What a student gets of a line: of what is hidden nothing, not even its size."""
    line, cue = faded.line, said(faded.cue)
    match faded.hidden:
        case "line":
            return _row("", _BLANK_LINE, cue)
        case "reason":
            return _row("", shown(line), _BLANK_WORDS)
        case "factor" if isinstance(line, Node | tuple):
            return _row("", maths(_blanked(line, faded.places)), cue)
    return _row("", shown(line), said(faded.reason))


def _blanked(line: Line, places: Sequence[Path]) -> str:
    assert isinstance(line, Node | tuple)
    return write(line, _BLANKED, frozenset(places))


_BLANKED = replace(LATEX, mark=lambda tex: BLANK)
