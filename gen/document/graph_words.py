"""A computation graph in words, for those who do not see it."""

from __future__ import annotations

from gen.derivation.frame import axes
from gen.document.drawing_labels import shape_label
from gen.document.expression_graph import Vertex
from gen.document.figure_words import listed
from gen.document.words import Words
from gen.language.terminal import symbol_terminal, terminal


def graph_words(
    graph: tuple[Vertex, ...], loss: str, variables: tuple[str, ...], moving: set[int], way: str, words: Words
) -> str:
    """What is computed from what, and which gradients come back in this order; `way` names a direction."""
    leaves = [f"{symbol_terminal(v.name)} ({_shape(v, words)})" for v in graph if v.formula is None]
    made = [
        f"{symbol_terminal(v.name)} = {terminal(v.formula)} ({_shape(v, words)})"
        for v in graph
        if v.formula is not None
    ]
    said = words.filled("figure_graph", way=words[way], leaves=listed(leaves, words))
    if made:
        said += words.filled("figure_graph_made", made="; ".join(made))
    if not moving:
        return said
    gradients = ", ".join(
        f"∂{symbol_terminal(loss)}/∂{symbol_terminal(graph[k].name)}" for k in sorted(moving, reverse=True)
    )
    if graph[-1].name == loss:
        said += words.filled("figure_graph_back", back=gradients)
    else:
        said += words.filled("figure_graph_back_loss", loss=loss, back=gradients)
    several = [graph[k].name for k in sorted(moving) if sum(k in v.inputs for v in graph) > 1]
    if several:
        again = "figure_graph_again_one" if len(several) == 1 else "figure_graph_again_many"
        said += words.filled(again, names=listed(several, words))
    return said + words.filled("figure_graph_framed", variables=listed(variables, words))


def _shape(vertex: Vertex, words: Words) -> str:
    return shape_label(axes(vertex.node), words["scalar"]).plain
