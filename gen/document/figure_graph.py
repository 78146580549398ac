"""The computation graph of an expression: values forward, gradients backward, with their shapes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from gen.derivation.derive import read_expression
from gen.derivation.frame import axes, first_free, names_for
from gen.document.drawing import Drawing, Label, Mark, Note, Rectangle, Wire
from gen.document.drawing_labels import expression, joined, room, shape_label, symbol_label, written
from gen.document.drawing_path import Point
from gen.document.expression_graph import Vertex, expression_graph
from gen.document.figure_grid import MOST_HIGH, UNIT
from gen.document.figure_request import FigureRequest
from gen.document.graph_across import Value, across
from gen.document.graph_layers import Layers, layered
from gen.document.graph_words import graph_words
from gen.document.pen import Pen
from gen.document.written import name, scalar, slanted
from gen.errors import InputError, input_error, nearest_name
from gen.language.node import Node, symbol

MOST = 24  # values
WIDEST = 32.0  # units; a line has 23, and what is wider is set smaller
WIDEST_ACROSS = 27.5
_SLIDE = 19.5, 7.0  # units of a slide with a caption
_HIGH, _PORT = 1.0, 0.9
_GAP, _PASS = 0.5, 0.9
_APART = 0.22  # forward and backward wires stand so far from the middle between them
_RUN, _BEND = 0.85, 1.1  # beside their labels wires are upright, then they bend


@dataclass(frozen=True, slots=True)
class _Box:
    """A value of the graph and its place."""

    vertex: Vertex
    label: Label
    shape: Label
    middle: float
    wide: float
    top: float


def graph_figure(asked: FigureRequest) -> Drawing:
    """Every value in a box, arrows to what is computed from it; dashed arrows back to the variables.

    From left to right, with the shape of a value over its box and its gradient under it, where a line has
    room for that; else from top to bottom, with the shape left of an arrow and the gradient right of it. On a
    slide it lies where that makes it larger.
    Raises InputError.
    """
    reading = read_expression(asked.expression("normF(W*X - Y)^2"), asked.symbols, asked.variables())
    variables = asked.variables()
    for one in variables:
        if one not in reading.node.names:
            close = nearest_name(one, reading.node.names)
            hint = f"did you mean {close}?" if close else None
            raise input_error(
                "unknown_name", f"{one} does not occur in the expression", where="wrt", hint=hint
            )
    symbols = tuple(reading.symbols.values())
    first = symbols[0] if symbols else reading.node
    result = names_for(reading.node, first, symbols, reading.definition, 1, reading.names)[0]
    taken = {*reading.names, result, *reading.node.names}
    graph = expression_graph(reading.node, result, taken)
    if len(graph) > MOST:
        raise too_large_graph(f"the graph has {len(graph)} values", MOST)
    loss = result if reading.node.is_scalar else first_free("LJE", taken)
    moving = {k for k, v in enumerate(graph) if not v.node.names.isdisjoint(variables)}
    edges = [(source, target) for target, v in enumerate(graph) for source in v.inputs]
    labels = [_label(v, asked.pen) for v in graph]
    shapes = [shape_label(axes(v.node), asked.words["scalar"]) for v in graph]
    values = [
        Value(
            labels[k],
            shapes[k],
            _gradient(loss, v, asked.pen) if k in moving else None,
            v.formula is not None,
            v.name in variables,
        )
        for k, v in enumerate(graph)
    ]
    title = asked.words.filled("figure_graph_name", of=graph[-1].name)
    flat = across(values, edges)
    lying = Drawing(
        title,
        flat.width,
        flat.height,
        flat.marks,
        graph_words(graph, loss, variables, moving, "figure_across", asked.words),
    )
    if flat.width <= WIDEST_ACROSS and flat.height <= MOST_HIGH:
        return lying
    wide = [
        max(room(label) / UNIT + 0.6, _PORT * len(v.inputs)) for v, label in zip(graph, labels, strict=True)
    ]
    spare = [
        max(w, 2 * _label_room(v, shapes[k], loss, k in moving, asked.pen))
        for k, (v, w) in enumerate(zip(graph, wide, strict=True))
    ]
    laid = layered(spare, edges, _GAP, _PASS)
    tops = _tops(laid)
    level = {n: k for k, layer in enumerate(laid.layers) for n in layer}
    boxes = [
        _Box(v, labels[k], shapes[k], laid.centres[k], wide[k], tops[level[k]]) for k, v in enumerate(graph)
    ]
    marks: list[Mark] = []
    for edge, (source, target) in enumerate(edges):
        places = [(laid.centres[n], tops[level[n]]) for n in laid.routes[edge][1:-1]]
        port = _port(laid, edges, edge, boxes[target])
        marks += _edge(boxes[source], boxes[target], port, places, source in moving)
    last = boxes[-1]
    under, out = last.top + _HIGH, last.top + _HIGH + _RUN + 0.4
    marks.append(Wire(((last.middle - _APART, under), (last.middle - _APART, out)), arrow=True))
    if moving:
        back = ((last.middle + _APART, out), (last.middle + _APART, under))
        marks.append(Wire(back, "mark", arrow=True, dashed=True))
    for k, box in enumerate(boxes):
        marks += _box_marks(box, loss, k in moving, box.vertex.name in variables, asked.pen)
    width = max(laid.centres[k] + room_ / 2 for k, room_ in enumerate(spare)) + 0.4
    if width > WIDEST:
        raise too_large_graph(f"the graph is {round(width * UNIT)} millimetres wide", round(WIDEST * UNIT))
    if out > MOST_HIGH:
        raise too_large_graph(f"the graph is {round(out * UNIT)} millimetres high", round(MOST_HIGH * UNIT))
    moved = tuple(_moved(mark, 0.2) for mark in marks)
    standing = Drawing(
        title,
        width,
        out + 0.2,
        moved,
        graph_words(graph, loss, variables, moving, "figure_down", asked.words),
    )
    return lying if asked.low and _scale(lying) > _scale(standing) else standing


def _scale(drawing: Drawing) -> float:
    """How large the drawing is on a slide."""
    return min(_SLIDE[0] / drawing.width, _SLIDE[1] / drawing.height)


def too_large_graph(what: str, most: int) -> InputError:
    """The error for a graph that nobody could read."""
    return input_error(
        "too_large", f"{what}, and a picture shows at most {most}", hint="draw a part of the expression"
    )


def _tops(laid: Layers) -> list[float]:
    """The upper edge of each layer; wires that go far to the side get more room to bend."""
    y, tops = 0.2, []
    for layer in laid.layers:
        tops.append(y)
        steps = (pair for route in laid.routes for pair in pairwise(route) if pair[0] in layer)
        reach = max((abs(laid.centres[a] - laid.centres[b]) for a, b in steps), default=0.0)
        y += _HIGH + _RUN + _BEND + 0.08 * reach
    return tops


def _label(vertex: Vertex, pen: Pen) -> Label:
    called = symbol_label(_named(vertex), pen)
    if vertex.formula is None:
        return called
    return joined(called, expression(vertex.formula, pen), by=("=", " = "))


def _named(vertex: Vertex) -> Node:
    return symbol(vertex.name, vertex.node.rows, vertex.node.cols)


def _gradient(loss: str, vertex: Vertex, pen: Pen) -> Label:
    return written(slanted(scalar(loss), name(_named(vertex))), pen)


def _label_room(vertex: Vertex, shape: Label, loss: str, moves: bool, pen: Pen) -> float:
    """How much room the labels of a value need on either side of the middle."""
    said = [room(shape, True)]
    said += [room(_gradient(loss, vertex, pen), True)] if moves else []
    return max(said) / UNIT + _APART + 0.25


def _port(laid: Layers, edges: list[tuple[int, int]], edge: int, target: _Box) -> float:
    """Where an edge meets its target: edges that come from the left meet it further to the left."""
    arriving = sorted(
        (laid.centres[laid.routes[k][-2]], k) for k, pair in enumerate(edges) if pair[1] == edges[edge][1]
    )
    place = [k for _, k in arriving].index(edge)
    return target.middle + (place - (len(arriving) - 1) / 2) * _PORT


def _edge(source: _Box, target: _Box, port: float, places: list[Point], moves: bool) -> list[Mark]:
    """The wire forward, and the dashed one back where a gradient comes back, through `places` kept free."""

    def through(side: float) -> tuple[Point, ...]:
        x, y = source.middle + _APART * side, source.top + _HIGH
        points: list[Point] = [(x, y), (x, y + _RUN)]
        for middle, top in places:
            across = middle + _APART * side
            points += [(across, top), (across, top + _HIGH + _RUN)]
        return (*points, (port + _APART * side, target.top))

    forward = Wire(through(-1), arrow=True, curved=True)
    if not moves:
        return [forward]
    return [forward, Wire(tuple(reversed(through(1))), "mark", arrow=True, curved=True, dashed=True)]


def _box_marks(box: _Box, loss: str, moves: bool, variable: bool, pen: Pen) -> list[Mark]:
    operation = box.vertex.formula is not None
    rectangle = Rectangle(
        box.middle - box.wide / 2,
        box.top,
        box.wide,
        _HIGH,
        box.label,
        ink="mark" if variable else "ink" if operation else "text",
        ground="wash" if operation else "ground",
        round=True,
        thick=variable,
    )
    y = box.top + _HIGH + _RUN / 2
    marks: list[Mark] = [rectangle, Note(box.middle - _APART - 0.12, y, box.shape, "soft", "right", True)]
    if moves:
        back = _gradient(loss, box.vertex, pen)
        marks.append(Note(box.middle + _APART + 0.12, y, back, "mark", "left", True))
    return marks


def _moved(mark: Mark, right: float) -> Mark:
    if isinstance(mark, Rectangle):
        return replace(mark, left=mark.left + right)
    if isinstance(mark, Note):
        return replace(mark, x=mark.x + right)
    return replace(mark, points=tuple((x + right, y) for x, y in mark.points))
