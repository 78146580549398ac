"""Words that several rules share; reasons are data, printed by whoever shows them."""

from __future__ import annotations

from gen.derivation.record import Reason
from gen.language.node import Node


def listing(nodes: list[Node]) -> Reason:
    """A, B and C — each once."""
    unique = list(dict.fromkeys(nodes))
    out: list[str | Node] = []
    for place, node in enumerate(unique):
        if place:
            out.append(" and " if place == len(unique) - 1 else ", ")
        out.append(node)
    return tuple(out)


def independent(nodes: list[Node], variable: Node) -> Reason:
    """`X does not depend on W`, or nothing where there is nothing to say."""
    if not nodes:
        return ()
    verb = " does not depend on " if len(set(nodes)) == 1 else " do not depend on "
    return (*listing(nodes), verb, variable)
