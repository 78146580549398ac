"""A way whose lines are those of another one: one sentence says so instead of a copy."""

from __future__ import annotations

from dataclasses import replace

from gen.derivation.result import Derivation
from gen.document.blocks import DerivationBlock
from gen.document.formula import phrase
from gen.document.pen import Pen
from gen.document.web_blocks import WebPart
from gen.document.wording import sentence_tex
from gen.document.words import Sentence
from gen.document.written import name


def has_lines_of(d: Derivation, others: tuple[Derivation, ...]) -> bool:
    """Whether `d` is backpropagation to a scalar and comes after the same lines by indices in `others`."""
    before = others[: next((n for n, other in enumerate(others) if other is d), 0)]
    return (
        d.method == "backprop"
        and d.upstream is None
        and any(other.method == "index" and other.lines() == d.lines() for other in before)
    )


def without_lines(block: DerivationBlock, d: Derivation, pen: Pen) -> DerivationBlock:
    """The block that says it."""
    return replace(
        block, lines=(), result=None, intro=sentence_tex(_said(d, pen), pen), checked="", discussion=()
    )


def web_without_lines(part: WebPart, d: Derivation, pen: Pen) -> WebPart:
    """The same for screens."""
    return WebPart(part.anchor, part.title, phrase(_said(d, pen), pen), (), (), (), (), ())


def _said(d: Derivation, pen: Pen) -> Sentence:
    return pen.words.sentence("backprop_same", of=name(d.value))
