"""Slips: a factor, a number or a sign."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from gen.language.node import Node
from gen.language.product_parts import compose, parts
from gen.problems import entry_mistakes as entries
from gen.problems.misconception import Misconception
from gen.problems.mistake_places import summed
from gen.problems.mistake_sources import BOOKKEEPING
from gen.problems.reform import each, scaled


def scalar_factor_lost(node: Node) -> Iterator[Node]:
    """A scalar in front or below, such as det X or ‖x‖, left out."""
    whole = parts(node)
    for k in range(len(whole.scalars)):
        rest = whole.scalars[:k] + whole.scalars[k + 1 :]
        if rest or whole.chain:
            yield compose(whole.coef, rest, whole.chain)


def number_lost(node: Node) -> Iterator[Node]:
    """The whole number in front, or the one below, left out."""
    whole = parts(node)
    size = abs(whole.coef)
    if size != 1 and (whole.scalars or whole.chain):
        yield compose(whole.coef / size, whole.scalars, whole.chain)


def sign_lost(node: Node) -> Iterator[Node]:
    """The sign of the whole, then that of the terms that are taken away."""
    yield scaled(node, -1)

    def change(n: Node) -> Iterator[Node]:
        if any(parts(a).coef < 0 for a in n.args):
            yield summed(*[scaled(a, -1) if parts(a).coef < 0 else a for a in n.args])

    yield from each(node, ("sum",), change)


def counted_twice(node: Node) -> Iterator[Node]:
    """A factor 2 that is not there."""
    whole = parts(node)
    yield compose(whole.coef * Fraction(2), whole.scalars, whole.chain) if whole.chain else scaled(node, 2)


SLIPS: tuple[Misconception, ...] = (
    Misconception(
        "scalar-factor-lost",
        "A scalar factor lost",
        "A number that multiplies the function multiplies its derivative, and so does the slope of an outer "
        "function of a scalar. Go through the scalar factors of the lines before and see which one is "
        "missing.",
        BOOKKEEPING,
        in_form=scalar_factor_lost,
        in_entries=entries.scalar_lost,
    ),
    Misconception(
        "constant-lost",
        "A constant factor lost",
        "A constant factor stays in front of the derivative. Follow the number from line to line.",
        BOOKKEEPING,
        in_form=number_lost,
        plain=True,
        in_entries=entries.number_lost,
    ),
    Misconception(
        "sign-lost",
        "A sign lost",
        "A sign is the wrong way round. Follow the minus from line to line: $Y - WX$ and $WX - Y$ differ "
        "by it.",
        "sign lost on the residual: 4 of 145 questions",
        in_form=sign_lost,
        plain=True,
        in_entries=entries.sign_lost,
    ),
    Misconception(
        "counted-twice",
        "A factor 2 too many",
        "The 2 belongs to squares, and to a variable that stands in two equal places. Count how often the "
        "variable "
        "stands in the function: each place gives one term.",
        BOOKKEEPING,
        in_form=counted_twice,
        plain=True,
        in_entries=entries.counted_twice,
    ),
)
