"""What a problem asks: records that say the question and nothing of its answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

Symbols: TypeAlias = tuple[tuple[str, str], ...]
Reading: TypeAlias = Literal["indices", "shape"]


@dataclass(frozen=True, slots=True)
class Derive:
    """The derivative of an expression by a variable; `symbols` are names with declarations.

    `kind`, `method`, `order`, `layout`, `symmetric` and `letters` as for `gen.derive`. `story` is a sentence
    or two of context, Markdown with $TeX$, that stands before the question.
    """

    expr: str
    wrt: str
    symbols: Symbols
    kind: str | None = None
    method: str | None = None
    order: int = 1
    layout: str = "numerator"
    symmetric: str = "free"
    story: str = ""
    letters: str = ""


@dataclass(frozen=True, slots=True)
class Simplify:
    """An index text with deltas, to be written without those that can be used up.

    `ranges` gives every index its dimension.
    """

    text: str
    ranges: Symbols
    symbols: Symbols
    story: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """An expression to be read: `what` is its free and dummy indices, or the shape of a derivative.

    indices: the entry of `expr` is written out, and its indices are told apart; `wrt` is empty.
    shape: the shape of the derivative of `expr` by `wrt`, and how many free indices it has.
    """

    what: Reading
    expr: str
    symbols: Symbols
    wrt: str = ""
    story: str = ""
    letters: str = ""


Task: TypeAlias = Derive | Simplify | Read


def with_letters(task: Task, letters: str) -> Task:
    """The same question with the letters an author chooses for indices; what names its own keeps them."""
    return task if not letters or isinstance(task, Simplify) else replace(task, letters=letters)
