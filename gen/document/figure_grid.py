"""Matrices of cells in pictures: cells with labels, frames around blocks, names at rows and columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from gen.document.drawing import Label, Mark, Note, Rectangle
from gen.document.drawing_labels import maths, room

UNIT = 7.0  # millimetres
PAD = 0.35  # beside the label of a cell, in units
MOST_WIDE = 27.0  # units of a picture; a line of text has 23, and what is wider is set smaller
MOST_HIGH = 33.0  # units of a picture: what a page holds with a caption
WIDEST = 3.6  # a cell that is wider shows a dot for its entry
HIGH = 0.9
ZERO, DOT = maths("0", "0"), maths(r"\bullet", "•")


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell holds: a label, None for a zero; `marked` is the entry that is followed."""

    label: Label | None
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix of cells at a place; each cell is `wide` units wide and HIGH units high."""

    left: float
    top: float
    rows: tuple[tuple[Value, ...], ...]
    wide: float

    @property
    def width(self) -> float:
        """From the left edge to the right one."""
        return self.wide * len(self.rows[0])

    @property
    def height(self) -> float:
        """From the upper edge to the lower one."""
        return HIGH * len(self.rows)

    def cell(self, row: int, column: int) -> tuple[float, float]:
        """The centre of a cell, counted from 0."""
        return self.left + (column + 0.5) * self.wide, self.top + (row + 0.5) * HIGH

    def cells(self) -> tuple[Mark, ...]:
        """Its cells; a marked one comes last, so that no neighbour covers its frame."""
        found: list[tuple[bool, Mark]] = []
        for r, row in enumerate(self.rows):
            for c, value in enumerate(row):
                x, y = self.left + c * self.wide, self.top + r * HIGH
                found.append((value.marked, _cell(value, x, y, self.wide)))
        return tuple(mark for _, mark in sorted(found, key=lambda pair: pair[0]))

    def frame(self, row: int, column: int, high: int, wide: int, thick: bool = False) -> Rectangle:
        """A frame around `high` by `wide` cells that begin at a cell, counted from 0."""
        return Rectangle(
            self.left + column * self.wide,
            self.top + row * HIGH,
            wide * self.wide,
            high * HIGH,
            ink="mark" if thick else "ink",
            thick=thick,
        )

    def row_names(
        self, names: Iterable[Label], side: Literal["left", "right"], marked: int = -1
    ) -> tuple[Note, ...]:
        """Names beside the rows."""
        x = self.left - 0.2 if side == "left" else self.left + self.width + 0.2
        towards: Literal["left", "right"] = "right" if side == "left" else "left"
        return tuple(
            Note(x, self.cell(r, 0)[1], name, "mark" if r == marked else "soft", towards, True)
            for r, name in enumerate(names)
        )

    def column_names(
        self, names: Iterable[Label], side: Literal["above", "below"], marked: int = -1
    ) -> tuple[Note, ...]:
        """Names above or below the columns."""
        y = self.top - 0.15 if side == "above" else self.top + self.height + 0.15
        towards: Literal["above", "below"] = "below" if side == "above" else "above"
        return tuple(
            Note(self.cell(0, c)[0], y, name, "mark" if c == marked else "soft", towards, True)
            for c, name in enumerate(names)
        )


def _cell(value: Value, x: float, y: float, wide: float) -> Rectangle:
    if value.label is None:
        return Rectangle(
            x, y, wide, HIGH, ZERO, ink="mark" if value.marked else "faint", ground="pale", thick=value.marked
        )
    label = value.label if width_of(value.label) <= wide + 0.001 else DOT
    return Rectangle(
        x, y, wide, HIGH, label, ink="mark" if value.marked else "text", ground="wash", thick=value.marked
    )


def width_of(label: Label) -> float:
    """The width of a cell that holds `label`."""
    return room(label) / UNIT + PAD


def cell_width(labels: Iterable[Label | None], least: float = 1.0, widest: float = WIDEST) -> float:
    """The width of cells for these labels; those wider than `widest` are shown as dots."""
    fitting = [w for w in (width_of(label) for label in labels if label is not None) if w <= widest]
    return max([least, *fitting])


def fitting_width(labels: Iterable[Label | None], total: Callable[[float], float]) -> float:
    """The width of cells with which a picture is no wider than MOST_WIDE, as far as dots can help.

    `total` is the width of the picture from that of a cell.
    """
    known = tuple(labels)
    tried = [cell_width(known, widest=widest) for widest in (WIDEST, 2.6, 1.9, 1.4, 1.0)]
    return next((width for width in tried if total(width) <= MOST_WIDE), tried[-1])


def values(
    rows: int, columns: int, at: Callable[[int, int], Label | None], marked: tuple[int, int] | None = None
) -> tuple[tuple[Value, ...], ...]:
    """The cells of a matrix from what stands at (row, column), counted from 0."""
    return tuple(tuple(Value(at(r, c), (r, c) == marked) for c in range(columns)) for r in range(rows))
