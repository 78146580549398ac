"""What each format shows of a document: pure functions from blocks to views."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gen.document.blocks import Document, ProblemBlock, Symbol
from gen.document.frame import Frame
from gen.document.slides import frames_of
from gen.document.tokens import Medium
from gen.document.words import words_of


@dataclass(frozen=True, slots=True)
class View:
    """What a template shows: the document as the format wants it.

    `kind` is the word for the format in titles; `total` the sum of marks, None when
    no problem has any; `frames` is empty on paper.
    """

    document: Document
    kind: str
    medium: Medium
    total: int | None = None
    frames: tuple[Frame, ...] = ()


def worksheet(document: Document) -> View:
    """The questions only: what answers them does not even reach the template."""
    asked = tuple(_asked(problem, document.hints != "none") for problem in document.problems)
    hints = document.hints if any(problem.hints for problem in asked) else "none"
    shown = replace(document, problems=asked, opening=(), marking=(), hints=hints, symbols=_common(document))
    return View(shown, _word(document, "worksheet"), "paper", _total(document))


def solutions(document: Document) -> View:
    """Every problem with all its parts, without the paragraphs of the notes; then the marking table."""
    return View(replace(document, opening=()), _word(document, "solutions"), "paper", _total(document))


def notes(document: Document) -> View:
    """Running text: the same parts with their discussions, nothing to hand in."""
    plain = tuple(replace(problem, marks=None) for problem in document.problems)
    shown = replace(document, problems=plain, student=None, symbols=_common(document))
    return View(shown, _word(document, "notes"), "paper")


def reference(document: Document) -> View:
    """Everything that is known of functions and rules; there is nothing to leave out."""
    return View(document, _word(document, "reference"), "paper")


def slides(document: Document) -> View:
    """Frames that uncover one step at a time."""
    return View(document, _word(document, "slides"), "slides", frames=frames_of(document))


def handout(document: Document) -> View:
    """The same frames with everything on them, one page each."""
    shown = tuple(frame.uncovered() for frame in frames_of(document))
    return View(document, _word(document, "handout"), "slides", frames=shown)


def speaker_notes(document: Document) -> View:
    """The frames of the handout, each with what the speaker says below it."""
    return replace(handout(document), kind=_word(document, "speaker_notes"))


def _word(document: Document, key: str) -> str:
    return words_of(document.language)[key]


def _asked(problem: ProblemBlock, hints: bool) -> ProblemBlock:
    """What a student gets of a problem."""
    return replace(problem, parts=(), closing="", scheme=(), hints=problem.hints if hints else ())


def _common(document: Document) -> tuple[Symbol, ...]:
    """The symbols for a table of all problems: none where every problem says its own."""
    return () if all(problem.symbols for problem in document.problems) else document.symbols


def _total(document: Document) -> int | None:
    marks = [problem.marks for problem in document.problems if problem.marks is not None]
    return sum(marks) if marks else None
