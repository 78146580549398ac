"""What a speaker says beside the steps of a derivation: the law of each, and the mistakes that it invites."""

from __future__ import annotations

from functools import lru_cache

from gen.derivation.record import Rule
from gen.derivation.result import Derivation
from gen.document.blocks import Remark
from gen.document.pen import Pen
from gen.document.prose import prose
from gen.document.sentence import sentence
from gen.document.tex import Tex, joined
from gen.document.wording import told, words
from gen.problems.invited import invited
from gen.problems.misconception import Misconception


def remarks_of(derivation: Derivation, pen: Pen) -> tuple[tuple[Remark, ...], ...]:
    """The remarks of each step, in order; a step of routine is spoken of only where it invites a mistake."""
    mistakes = invited(derivation)
    return tuple(
        (
            *((_law(step.rule, pen),) if step.rule.grain == "key" else ()),
            *(_mistake(m, pen) for m in mistakes.get(k, ())),
        )
        for k, step in enumerate(derivation.steps)
    )


def _law(rule: Rule, pen: Pen) -> Remark:
    return Remark("law", joined((sentence(rule.law, pen.laws), Tex(": "), words(rule.because, pen))))


def _mistake(wrong: Misconception, pen: Pen) -> Remark:
    return Remark("mistake", told(_tell(wrong.tell), pen), wrong.title)


@lru_cache(maxsize=128)  # there are a few dozen mistakes, and each is told often
def _tell(text: str) -> Tex:
    return prose(text)
