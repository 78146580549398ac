"""Where everything of a tensor network stands: boxes in a row, wires between, over and out of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from gen.document.drawing import Ink, Label, Mark, Note, Rectangle, Wire
from gen.document.drawing_labels import maths
from gen.document.drawing_path import Point
from gen.document.figure_grid import DOT
from gen.document.index_network import Network, Tensor
from gen.document.network_slots import APART, HIGH, NAME, OPEN, Slot, joined_letters, leave, measure

_LEVEL, _FIRST = 0.8, 0.45  # heights of the wires that go over boxes
_FREE, _FREE_LEVEL = 0.45, 1.4
_HEAD = 0.3  # the length of wire before an arrowhead


@dataclass(frozen=True, slots=True)
class Laid:
    """A network drawn around the line y = 0: its marks, and how far it reaches."""

    marks: tuple[Mark, ...]
    width: float
    above: float
    below: float


def laid_out(net: Network, vanishing: Collection[str]) -> Laid:
    """The picture of a network; the wires of `vanishing` indices are marked.

    Indices of two neighbours are straight wires between them. All others go over the boxes: where three
    or more ends meet, or a free index is met twice, in dots. Free indices have open ends with names; a
    summed index that stands once ends in a dot. An arrowhead leads into a box at its row index, so that
    along the arrows stand the factors of a matrix product, and against them transposes.
    """
    slots = [Slot(t) for t in net.tensors]
    joined = joined_letters(net)
    over = leave(net, slots, joined)
    measure(slots, joined)
    marks: list[Mark] = []
    for k, slot in enumerate(slots):
        marks += _wires_right(slots, k, joined.get(k, ()), vanishing)
        marks += _open_ends(slot)
    buses, above = _buses(net, slots, over, vanishing)
    marks += buses
    marks += [mark for slot in slots for mark in _body(slot)]
    tallest = max((slot.high for slot in slots), default=HIGH) / 2
    lowest = max((slot.high / 2 + (OPEN + NAME if slot.down else 0) for slot in slots), default=tallest)
    last = slots[-1] if slots else Slot(Tensor(maths("1", "1"), ()))
    width = last.left + last.wide + (OPEN + NAME if last.out_right else 0)
    return Laid(tuple(marks), width, max(above, tallest), lowest)


def _ink(letter: str, vanishing: Collection[str]) -> tuple[Ink, bool]:
    return ("mark", True) if letter in vanishing else ("text", False)


def _wires_right(
    slots: list[Slot], k: int, letters: tuple[str, ...], vanishing: Collection[str]
) -> list[Mark]:
    marks: list[Mark] = []
    for n, letter in enumerate(letters):
        start, end = slots[k].left + slots[k].wide, slots[k + 1].left
        y = (n - (len(letters) - 1) / 2) * APART
        ink, thick = _ink(letter, vanishing)
        marks.append(Wire(((start, y), (end, y)), ink, thick=thick))
        marks += _heads(slots[k].tensor, letter, (start, y), (_HEAD, 0.0), ink)
        marks += _heads(slots[k + 1].tensor, letter, (end, y), (-_HEAD, 0.0), ink)
        name_ink: Ink = "mark" if thick else "soft"
        marks.append(Note((start + end) / 2, y - 0.08, _name(letter), name_ink, "below", True))
    return marks


def _heads(tensor: Tensor, letter: str, at: Point, away: Point, ink: Ink) -> list[Mark]:
    """The arrowhead where the wire of a row index meets its box; `away` leads out of the box."""
    return [_head(at, away, ink)] if tensor.legs.index(letter) in tensor.rows else []


def _head(at: Point, away: Point, ink: Ink) -> Wire:
    start = at[0] + away[0], at[1] + away[1]
    return Wire((start, at), ink, arrow=True, thick=ink == "mark")


def _open_ends(slot: Slot) -> list[Mark]:
    marks: list[Mark] = []
    right = slot.left + slot.wide
    for letter in slot.out_left:
        marks.append(Wire(((slot.left - OPEN, 0.0), (slot.left, 0.0))))
        marks += _heads(slot.tensor, letter, (slot.left, 0.0), (-_HEAD, 0.0), "text")
        marks.append(Note(slot.left - OPEN - 0.1, 0.0, _name(letter), "ink", "right"))
    for letter in slot.out_right:
        marks.append(Wire(((right, 0.0), (right + OPEN, 0.0))))
        marks += _heads(slot.tensor, letter, (right, 0.0), (_HEAD, 0.0), "text")
        marks.append(Note(right + OPEN + 0.1, 0.0, _name(letter), "ink", "left"))
    for n, letter in enumerate(slot.down):
        x = slot.left + slot.wide * (n + 1) / (len(slot.down) + 1)
        marks.append(Wire(((x, slot.high / 2), (x, slot.high / 2 + OPEN))))
        marks += _heads(slot.tensor, letter, (x, slot.high / 2), (0.0, _HEAD), "text")
        marks.append(Note(x, slot.high / 2 + OPEN + 0.08, _name(letter), "ink", "above"))
    return marks


def _buses(
    net: Network, slots: list[Slot], over: list[str], vanishing: Collection[str]
) -> tuple[list[Mark], float]:
    """The wires over the boxes, and how far up they reach."""
    ports = {letter: _ports(net, slots, letter) for letter in over}
    free = {letter for letter in over if letter not in net.bound}
    spans = {letter: (min(x for x, _ in at), max(x for x, _ in at)) for letter, at in ports.items()}
    base = -max((slot.high for slot in slots), default=HIGH) / 2 - _FIRST
    height: dict[str, float] = {}
    for letter in sorted(over, key=lambda x: (x in free, spans[x][1] - spans[x][0])):
        a, b = spans[letter]
        under = [
            height[x] - (_FREE_LEVEL if x in free else _LEVEL)
            for x in height
            if spans[x][0] <= b + 0.3 and a <= spans[x][1] + 0.3
        ]
        height[letter] = min(under, default=base)
    marks: list[Mark] = []
    above = 0.0
    for letter, at in ports.items():
        y = height[letter]
        a, b = spans[letter]
        ink, thick = _ink(letter, vanishing)
        name_ink: Ink = "mark" if thick else "ink" if letter in free else "soft"
        marks += [Wire(((x, top), (x, y)), ink, thick=thick) for x, top in at]
        for (k, leg), port in zip(net.places(letter), at, strict=True):
            marks += [_head(port, (0.0, -_HEAD), ink)] if leg in net.tensors[k].rows else []
        if b > a:
            marks.append(Wire(((a, y), (b, y)), ink, thick=thick))
        middle = sorted(at)[len(at) // 2][0] if len(at) != 2 else (a + b) / 2
        reach = y - 0.5
        if letter in free:
            marks += [Wire(((middle, y), (middle, y - _FREE))), Note(middle, y, DOT)]
            marks.append(Note(middle, y - _FREE - 0.08, _name(letter), "ink", "below"))
            reach = y - _FREE - 0.6
        else:
            inner = sorted(at)[1:-1] if len(at) > 2 else [(a, y)] if len(at) == 1 else []
            marks += [Note(x, y, DOT, ink) for x, _ in inner]
            beside = a + 0.25 if len(at) == 1 else (a + b) / 2 + (0.3 if len(at) > 2 else 0)
            marks.append(Note(beside, y - 0.1, _name(letter), name_ink, "below", True))
        above = max(above, -reach)
    return marks, above


def _ports(net: Network, slots: list[Slot], letter: str) -> list[tuple[float, float]]:
    """Where an index leaves the upper edges of its tensors."""
    out: list[tuple[float, float]] = []
    for k, leg in net.places(letter):
        slot = slots[k]
        if slot.tensor.plain:
            out.append((slot.left if leg == 0 else slot.left + slot.wide, 0.0))
            continue
        # What leads to the left leaves further to the left.
        order = sorted(slot.up, key=lambda pair: (_mean(net, pair[0]), slot.up.index(pair)))
        place = order.index((letter, leg))
        out.append((slot.left + slot.wide * (place + 1) / (len(order) + 1), -slot.high / 2))
    return out


def _mean(net: Network, letter: str) -> float:
    places = net.places(letter)
    return sum(k for k, _ in places) / len(places)


def _body(slot: Slot) -> list[Mark]:
    if slot.tensor.plain:
        right, middle = slot.left + slot.wide, slot.left + slot.wide / 2
        return [
            Wire(((slot.left, 0.0), (right, 0.0)), "ink"),
            Note(middle, 0.1, slot.tensor.label, "ink", "above", True),
        ]
    ground = slot.left, -slot.high / 2, slot.wide, slot.high
    return [Rectangle(*ground, slot.tensor.label, "ink", "wash", round=True)]


def _name(letter: str) -> Label:
    return maths(letter, letter)
