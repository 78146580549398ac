"""A computation graph in words, for those who do not see it."""

from __future__ import annotations

from gen.derivation.frame import axes
from gen.document.drawing_labels import shape_label
from gen.document.expression_graph import Vertex
from gen.document.figure_request import listed
from gen.language.terminal import symbol_terminal, terminal


def graph_words(
    graph: tuple[Vertex, ...], loss: str, variables: tuple[str, ...], moving: set[int], way: str
) -> str:
    """What is computed from what, and which gradients come back, in this order."""
    leaves = [f"{symbol_terminal(v.name)} ({_shape(v)})" for v in graph if v.formula is None]
    made = [
        f"{symbol_terminal(v.name)} = {terminal(v.formula)} ({_shape(v)})"
        for v in graph
        if v.formula is not None
    ]
    said = f"A graph from {way} that begins with {listed(leaves)}."
    if made:
        said += f" Computed, one after the other: {'; '.join(made)}."
    if not moving:
        return said
    back = [
        f"∂{symbol_terminal(loss)}/∂{symbol_terminal(graph[k].name)}" for k in sorted(moving, reverse=True)
    ]
    above = "" if graph[-1].name == loss else f" of a loss {loss}"
    said += f" Dashed arrows lead the gradients{above} back, in this order: {', '.join(back)}."
    several = [graph[k].name for k in sorted(moving) if sum(k in v.inputs for v in graph) > 1]
    if several:
        verb = "is" if len(several) == 1 else "are"
        said += f" {listed(several)} {verb} used more than once: what comes back there is added."
    return said + f" Framed thickly: {listed(variables)}."


def _shape(vertex: Vertex) -> str:
    return shape_label(axes(vertex.node)).plain
