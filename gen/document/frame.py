"""What a slide is: a frame with its steps, and lines that have their places from its first moment."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gen.document.blocks import Line, Part, ProblemBlock, Remark, Result, Symbol
from gen.document.tex import Text


@dataclass(frozen=True, slots=True)
class Slot:
    """A line with the number of grid places it takes and the step at which it appears.

    `first` is 0 for a line carried over from the frame before.
    """

    line: Line
    places: int
    first: int


@dataclass(frozen=True, slots=True)
class Frame:
    """One slide with its steps; `template` sets it, `part` is what it is cut from.

    It has a page for each step from `start` on; step k shows what has `first` <= k, so that nothing jumps.
    `below` is the number of places kept for the result, `listed` are the problems of an outline, and
    `remarks` are for the speaker. In the outline of the PDF `children` frames that follow stand below it.
    """

    template: str
    title: Text
    problem: ProblemBlock | None = None
    part: Part | None = None
    symbols: tuple[Symbol, ...] = ()
    slots: tuple[Slot, ...] = ()
    result: Result | None = None
    steps: int = 1
    start: int = 1
    below: int = 0
    continued: bool = False
    number: int = 0
    of: int = 0
    listed: tuple[ProblemBlock, ...] = ()
    remarks: tuple[Remark, ...] = ()
    children: int = 0

    @property
    def labelled(self) -> bool:
        """Does any line have a number or a letter?"""
        return any(slot.line.label for slot in self.slots)

    def uncovered(self) -> Frame:
        """The frame with everything shown on its only page."""
        shown = tuple(replace(slot, first=self.steps if slot.first else 0) for slot in self.slots)
        return replace(self, slots=shown, start=self.steps)
