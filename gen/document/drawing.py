"""Pictures as data: what is drawn where, from which TikZ and SVG are made.

One unit is the side of a matrix cell; y grows downwards, as rows do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from gen.document.formula import Formula
from gen.document.tex import Tex

Ink = Literal["text", "ink", "mark", "soft", "faint"]
Ground = Literal["none", "wash", "pale", "ground"]


@dataclass(frozen=True, slots=True)
class Label:
    """A formula or words for paper and for screens; `plain` is Unicode, for a line of text.

    `styled` is the same in the style of the document, where that writes other signs; "" where it does not.
    """

    tex: Tex
    plain: str
    formula: Formula | None = None
    styled: str = ""

    @property
    def seen(self) -> str:
        """What screens show."""
        return self.styled or self.plain


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle with its label in the middle; `round` for tensors of an index diagram."""

    left: float
    top: float
    width: float
    height: float
    label: Label | None = None
    ink: Ink = "text"
    ground: Ground = "none"
    round: bool = False
    thick: bool = False


@dataclass(frozen=True, slots=True)
class Wire:
    """A line through `points`, bent smoothly where `curved`; an arrow points to its end."""

    points: tuple[tuple[float, float], ...]
    ink: Ink = "text"
    arrow: bool = False
    curved: bool = False
    dashed: bool = False
    thick: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A label at a place; `side` says which side of the label is there."""

    x: float
    y: float
    label: Label
    ink: Ink = "text"
    side: Literal["centre", "left", "right", "above", "below"] = "centre"
    small: bool = False


Mark: TypeAlias = Rectangle | Wire | Note


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture `width` by `height` units; `words` tell what it shows to those who do not see it.

    `marks` are drawn in their order, later ones above earlier ones. `unit` is the side of a cell in
    millimetres on paper.
    """

    name: str
    width: float
    height: float
    marks: tuple[Mark, ...]
    words: str
    unit: float = 7.0
