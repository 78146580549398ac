"""The kinds of figures that are made from data."""

from __future__ import annotations

from gen.document.figure_commutation import commutation_figure
from gen.document.figure_flattening import flattening_figure
from gen.document.figure_graph import graph_figure
from gen.document.figure_index import index_figure
from gen.document.figure_kron import kron_figure
from gen.document.figure_request import FigureKind, FigureRequest, request
from gen.document.figure_sparsity import sparsity_figure
from gen.errors import input_error, nearest

__all__ = ["FIGURES", "FigureKind", "FigureRequest", "figure_named"]

FIGURES: tuple[FigureKind, ...] = (
    FigureKind(
        "flattening",
        ("of", "wrt", "let", "sizes", "layout"),
        flattening_figure,
        "the matrix of matrices and the flattened matrix hold the same entries in different places",
        request("W*X", "W"),
    ),
    FigureKind(
        "kron-blocks",
        ("of", "wrt", "let", "sizes", "layout", "product"),
        kron_figure,
        "a Kronecker product is the second factor once for every entry of the first",
        request("W*X", "W"),
    ),
    FigureKind(
        "commutation",
        ("sizes",),
        commutation_figure,
        "transposing a matrix permutes its stacked entries",
        request(sizes="m=2, n=3"),
    ),
    FigureKind(
        "index-diagram",
        ("of", "wrt", "let"),
        index_figure,
        "a sum over an index is a wire between two boxes, and δ is a plain wire",
        request("W*X", "W"),
    ),
    FigureKind(
        "computation-graph",
        ("of", "wrt", "let"),
        graph_figure,
        "values go forward through a graph and gradients come back through it",
        request("normF(relu(W*X + b*ones(1,p)) - Y)^2", "W, b"),
    ),
    FigureKind(
        "sparsity",
        ("of", "wrt", "let", "sizes", "layout"),
        sparsity_figure,
        "an entry of the value depends on some entries of the variable only",
        request("W*X", "W"),
    ),
)


def figure_named(name: str) -> FigureKind:
    """The kind called `name`; InputError naming the nearest one when there is none."""
    names = [kind.name for kind in FIGURES]
    if name not in names:
        near = nearest(name, names)
        hint = f"did you mean {near}?" if near else f"kinds: {', '.join(names)}"
        raise input_error("unknown_name", f"no kind of figure is called {name}", where="file", hint=hint)
    return FIGURES[names.index(name)]
