"""The graph of an expression: symbols and operations, each once however often it is used."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from gen.derivation.frame import first_free
from gen.language.node import Node, symbol

_INSIDE = ("number", "size", "constant")  # written where they are used
_NORMS = ("norm2", "normF")


@dataclass(frozen=True, slots=True)
class Vertex:
    """A value: its name, the vertices it is computed from, and how; `formula` is None for a symbol."""

    node: Node
    name: str
    inputs: tuple[int, ...]
    formula: Node | None


def expression_graph(expr: Node, result: str, taken: Collection[str]) -> tuple[Vertex, ...]:
    """The values on the way to `expr`, each after those it is computed from; the last is `result`.

    Transposes and numbers in front are written where a value is used; other operations get names of
    their own, none of them in `taken`.
    """
    heads = {name.partition("_")[0] for name in (*taken, result)}
    bases = first_free("ZUVH", heads), first_free("zuvh", heads)
    graph = _Graph(bases)
    graph.vertex(expr, result)
    return tuple(graph.vertices)


class _Graph:
    """The vertices found so far."""

    def __init__(self, bases: tuple[str, str]) -> None:
        self._bases = bases
        self._known: dict[Node, int] = {}
        self.vertices: list[Vertex] = []

    def vertex(self, node: Node, name: str = "") -> int:
        """The number of a value; it is entered where it is new."""
        if node in self._known:
            return self._known[node]
        if node.kind == "symbol":
            made = Vertex(node, node.name, (), None)
        else:
            inputs: dict[int, None] = {}
            formula = self._body(node, inputs)
            made = Vertex(node, name or self._name(node), tuple(inputs), formula)
        self._known[node] = len(self.vertices)
        self.vertices.append(made)
        return self._known[node]

    def _name(self, node: Node) -> str:
        wide = not (node.rows.is_one or node.cols.is_one)
        count = sum(v.formula is not None for v in self.vertices) + 1
        return f"{self._bases[0] if wide else self._bases[1]}_{count}"

    def _body(self, node: Node, inputs: dict[int, None]) -> Node:
        """The operation with names for what it is applied to."""
        if node.kind == "power" and node.args[0].kind == "call" and node.args[0].name in _NORMS:
            base, exponent = node.args
            return _with(node, (self._body(base, inputs), self._operand(exponent, inputs)))
        return _with(node, tuple(self._operand(arg, inputs) for arg in node.args))

    def _operand(self, node: Node, inputs: dict[int, None]) -> Node:
        if node.kind in _INSIDE:
            return node
        if node.kind == "transpose" or (node.kind == "product" and _is_scaled(node)):
            return _with(node, tuple(self._operand(arg, inputs) for arg in node.args))
        at = self.vertex(node)
        inputs[at] = None
        return symbol(self.vertices[at].name, node.rows, node.cols)


def _is_scaled(node: Node) -> bool:
    """A number times one other thing, such as -Y."""
    return sum(arg.kind not in ("number", "size") for arg in node.args) == 1


def _with(node: Node, args: tuple[Node, ...]) -> Node:
    return Node(
        node.kind,
        node.rows,
        node.cols,
        args,
        node.name,
        node.number,
        node.dims,
        node.elementwise,
        node.structure,
        node.domain,
    )
