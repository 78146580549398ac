"""The row of a tensor network: how wide each tensor is, and on which side its indices leave it."""

from __future__ import annotations

from dataclasses import dataclass, field

from gen.document.drawing_labels import room
from gen.document.figure_grid import UNIT
from gen.document.index_network import Network, Tensor

HIGH, LEAST = 1.0, 1.0
JOIN, OPEN, NAME, DELTA = 1.2, 0.6, 0.45, 1.3
APART = 0.5  # between wires that are parallel


@dataclass(slots=True)
class Slot:
    """A tensor in its place, and which of its legs leave it where."""

    tensor: Tensor
    left: float = 0.0
    wide: float = 0.0
    high: float = HIGH
    out_left: list[str] = field(default_factory=list)
    out_right: list[str] = field(default_factory=list)
    down: list[str] = field(default_factory=list)
    up: list[tuple[str, int]] = field(default_factory=list)


def joined_letters(net: Network) -> dict[int, tuple[str, ...]]:
    """For each tensor the indices that only it and its right neighbour have, once each."""
    found: dict[int, list[str]] = {}
    for letter in net.letters():
        places = net.places(letter)
        if letter in net.bound and len(places) == 2 and places[1][0] == places[0][0] + 1:
            (k, leg), (n, end) = places
            # An end of a δ is where it is: the other end does not face this neighbour.
            if not (net.tensors[k].plain and leg == 0) and not (net.tensors[n].plain and end == 1):
                found.setdefault(k, []).append(letter)
    return {k: tuple(letters) for k, letters in found.items()}


def leave(net: Network, slots: list[Slot], joined: dict[int, tuple[str, ...]]) -> list[str]:
    """Free indices get a side of their tensor; gives the indices whose wires go over the boxes."""
    straight = {letter for letters in joined.values() for letter in letters}
    over: list[str] = []
    for letter in net.letters():
        places = net.places(letter)
        if letter in straight:
            continue
        if letter in net.bound or len(places) > 1:
            over.append(letter)
            for k, leg in places:
                slots[k].up.append((letter, leg))
            continue
        ((k, leg),) = places
        slot = slots[k]
        if slot.tensor.plain:
            (slot.out_left if leg == 0 else slot.out_right).append(letter)
        elif not slot.out_left and k - 1 not in joined:
            slot.out_left.append(letter)
        elif not slot.out_right and k not in joined:
            slot.out_right.append(letter)
        else:
            slot.down.append(letter)
    return over


def measure(slots: list[Slot], joined: dict[int, tuple[str, ...]]) -> None:
    """The widths and places of all boxes from left to right."""
    x = 0.0
    for k, slot in enumerate(slots):
        if slot.tensor.plain:
            slot.wide = DELTA
        else:
            ports = max(len(slot.up), len(slot.down))
            slot.wide = max(LEAST, room(slot.tensor.label) / UNIT + 0.5, APART * (ports + 1))
            slot.high = max(HIGH, APART * (1 + max(len(joined.get(k, ())), len(joined.get(k - 1, ())))))
        if k - 1 in joined:
            x += JOIN
        elif k:
            x += 0.5 + (OPEN + NAME if slots[k - 1].out_right else 0)
        if slot.out_left:
            x += OPEN + NAME
        slot.left = x
        x += slot.wide
