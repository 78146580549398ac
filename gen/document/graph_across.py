"""A computation graph from left to right: boxes in columns, wires forward and back between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gen.document.drawing import Label, Mark, Note, Rectangle, Wire
from gen.document.drawing_labels import room
from gen.document.drawing_path import Point
from gen.document.figure_grid import UNIT
from gen.document.graph_layers import Layers, layered

_HIGH, _PORT, _APART = 1.0, 0.5, 0.13
_LABEL = 0.5  # the height of a label over or under a box
_GAP, _PASS = 0.3, 0.8
_BEND, _OUT = 1.0, 0.9
_EDGE = 0.2


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the graph: its label, its shape, the gradient that comes back to it if one does."""

    label: Label
    shape: Label
    back: Label | None
    operation: bool
    variable: bool


@dataclass(frozen=True, slots=True)
class Across:
    """The marks of the graph and its size."""

    marks: tuple[Mark, ...]
    width: float
    height: float


def across(values: Sequence[Value], edges: Sequence[tuple[int, int]]) -> Across:
    """Over each box stands its shape, under it the gradient that comes back; edges go from source to target.

    Values come after all they depend on. Solid arrows go forward, dashed ones back; the last value has
    an arrow out of it.
    """
    arriving = [sum(target == k for _, target in edges) for k in range(len(values))]
    high = [max(_HIGH, _PORT * count + 0.1) for count in arriving]
    laid = layered([h + 2 * _LABEL for h in high], edges, _GAP, _PASS)
    wide = [_wide(value) for value in values]
    columns = _columns(laid, wide)
    level = {n: k for k, layer in enumerate(laid.layers) for n in layer}
    middles = [(columns[level[k]][0] + columns[level[k]][1]) / 2 for k in range(len(values))]
    heights = [centre + _EDGE for centre in laid.centres]
    marks: list[Mark] = []
    for edge, (source, target) in enumerate(edges):
        port = heights[target] + _port(laid, edges, edge) * _PORT
        begin = middles[source] + wide[source] / 2, heights[source]
        end = middles[target] - wide[target] / 2, port
        between = [(columns[level[n]], heights[n]) for n in laid.routes[edge][1:-1]]
        marks.append(Wire(_through(begin, between, end, -_APART), arrow=True, curved=True))
        if values[source].back is not None:
            way = tuple(reversed(_through(begin, between, end, _APART)))
            marks.append(Wire(way, "mark", arrow=True, curved=True, dashed=True))
    last = len(values) - 1
    x, y = middles[last] + wide[last] / 2, heights[last]
    marks.append(Wire(((x, y - _APART), (x + _OUT, y - _APART)), arrow=True))
    if values[last].back is not None:
        marks.append(Wire(((x + _OUT, y + _APART), (x, y + _APART)), "mark", arrow=True, dashed=True))
    for k, value in enumerate(values):
        marks += _box(value, middles[k], heights[k], wide[k], high[k])
    reach = [heights[k] + high[k] / 2 + _LABEL for k in range(len(values))]
    return Across(tuple(marks), columns[-1][1] + _OUT + _EDGE, max(reach) + _EDGE)


def _wide(value: Value) -> float:
    beside = [room(value.shape, True)] + ([room(value.back, True)] if value.back is not None else [])
    return max(room(value.label) / UNIT + 0.5, _HIGH, *(width / UNIT + 0.1 for width in beside))


def _columns(laid: Layers, wide: Sequence[float]) -> list[tuple[float, float]]:
    """The left and right edge of each layer; wires that go far up or down get more room to bend."""
    x, out = _EDGE, list[tuple[float, float]]()
    for layer in laid.layers:
        broad = max((wide[n] for n in layer if n < len(wide)), default=0.0)
        out.append((x, x + broad))
        steps = (pair for route in laid.routes for pair in pairwise(route) if pair[0] in layer)
        reach = max((abs(laid.centres[a] - laid.centres[b]) for a, b in steps), default=0.0)
        x += broad + _BEND + 0.1 * reach
    return out


def _port(laid: Layers, edges: Sequence[tuple[int, int]], edge: int) -> float:
    """Where an edge meets its target, in ports from its middle: edges from above meet it further up."""
    same = [k for k, pair in enumerate(edges) if pair[1] == edges[edge][1]]
    arriving = sorted(same, key=lambda k: (laid.centres[laid.routes[k][-2]], k))
    return arriving.index(edge) - (len(arriving) - 1) / 2


def _through(
    begin: Point, between: Sequence[tuple[tuple[float, float], float]], end: Point, aside: float
) -> tuple[Point, ...]:
    points = [(begin[0], begin[1] + aside)]
    for (left, right), y in between:
        points += [(left, y + aside), (right, y + aside)]
    return (*points, (end[0], end[1] + aside))


def _box(value: Value, x: float, y: float, wide: float, high: float) -> list[Mark]:
    marks: list[Mark] = [
        Rectangle(
            x - wide / 2,
            y - high / 2,
            wide,
            high,
            value.label,
            ink="mark" if value.variable else "ink" if value.operation else "text",
            ground="wash" if value.operation else "ground",
            round=True,
            thick=value.variable,
        ),
        Note(x, y - high / 2 - 0.1, value.shape, "soft", "below", True),
    ]
    if value.back is not None:
        marks.append(Note(x, y + high / 2 + 0.1, value.back, "mark", "above", True))
    return marks
