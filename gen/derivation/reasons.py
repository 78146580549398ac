"""Words that several rules share; reasons are data, printed by whoever shows them."""

from __future__ import annotations

from gen.derivation.record import Reason
from gen.language.node import Node, multiply

COUNTS = ("no", "one", "two", "three", "four", "five", "six")


def listing(nodes: list[Node]) -> Reason:
    """A, B and C — each once."""
    unique = nodes if len(nodes) == 1 else list(dict.fromkeys(nodes))
    out: list[str | Node] = []
    for place, node in enumerate(unique):
        if place:
            out.append(" and " if place == len(unique) - 1 else ", ")
        out.append(node)
    return tuple(out)


def independent(nodes: list[Node], variable: Node) -> Reason:
    """`X does not depend on W`, or nothing where there is nothing to say."""
    if len(nodes) == 1:
        return (nodes[0], " does not depend on ", variable)
    if not nodes:
        return ()
    verb = " does not depend on " if len(set(nodes)) == 1 else " do not depend on "
    return (*listing(nodes), verb, variable)


def vanishing(nodes: list[Node], variable: Node, what: str) -> Reason:
    """`b does not depend on x, so its derivative is zero`; `what` is derivative or differential."""
    bare = [unsigned(node) for node in nodes]
    one = len(bare) == 1 or len(set(bare)) == 1
    return (
        *independent(bare, variable),
        f", so its {what} is zero" if one else f", so their {what}s are zero",
    )


def unsigned(node: Node) -> Node:
    """The node without the number in front of it or below it."""
    if node.kind == "quotient" and node.args[1].kind == "number":
        return unsigned(node.args[0])
    if node.kind == "product" and node.args[0].kind == "number" and len(node.args) > 1:
        return unsigned(multiply(*node.args[1:]))
    return node


def counted(number: int) -> str:
    """Small numbers in words."""
    return COUNTS[number] if number < len(COUNTS) else str(number)
