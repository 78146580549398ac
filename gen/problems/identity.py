"""When two problems are one up to renaming, and when they share a structure.

`canonical` is a text in which symbols, dimensions and indices are numbered by first occurrence:
two problems are the same up to renaming when it is equal. `skeleton` also forgets numbers,
transposes and signs: two problems with one skeleton differ in details only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gen.derivation.derive import read_expression
from gen.derivation.renaming import Renaming
from gen.language.dimension import Dim
from gen.language.index import Entry, Factor, Terms, factor_letters
from gen.language.index_parser import parse_terms
from gen.language.node import Node
from gen.language.reading import Reading
from gen.language.text import text
from gen.problems.index_world import nodes_of, ranges_of
from gen.problems.reform import parts_of
from gen.problems.task import Derive, Read, Simplify, Task

_NAME = re.compile(r"[A-Za-z]\w*")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a task is up to renaming, and up to details."""

    canonical: str
    skeleton: str


def canonical(task: Task) -> str:
    """The task with numbers for names."""
    return identity(task).canonical


def skeleton(task: Task) -> str:
    """What is left of a task without its numbers, signs and transposes."""
    return identity(task).skeleton


def identity(task: Task) -> Identity:
    """Both, from one reading of the task."""
    if isinstance(task, Simplify):
        return _of_terms(task)
    reading = read_expression(task.expr, dict(task.symbols), (task.wrt,) if task.wrt else ())
    parts = parts_of(reading.node)
    found = dict.fromkeys([part for part in parts if part.kind == "symbol"])
    names = {n.name: f"{n.structure or ''}{k}" for k, n in enumerate(found)}
    bones = f"{_bones(reading.node, names)} by {names.get(task.wrt, '')}"
    # Where one name at most is typed for each dimension, names can be changed in what is typed.
    plain = all(len(d.names) < 2 and "(" not in d.text() for part in parts for d in part.dims)
    return Identity(_canonical(task, reading, tuple(found), plain), bones)


def _canonical(task: Derive | Read, reading: Reading, found: tuple[Node, ...], plain: bool) -> str:
    wrt = reading.symbols[task.wrt] if task.wrt else None
    nodes = found if wrt is None or wrt in found else (*found, wrt)
    forth = _numbering(nodes)
    if plain and not any("(" in name for name in forth.dims):
        names = {**forth.symbols, **forth.dims}
        typed = _NAME.sub(lambda found: names.get(found[0], found[0]), text(reading.node))
        shapes = [_declaration(s, forth) for s in nodes]
    else:
        typed = text(forth.node(reading.node))
        shapes = [_declared(forth.node(s)) for s in nodes]
    asked = [forth.symbols[task.wrt] if task.wrt else ""]
    if isinstance(task, Read):
        asked.append(task.what)
    else:
        asked += [task.kind or "", task.method or "", str(task.order), task.layout, task.symmetric]
    return f"{typed} by {' '.join(filter(None, asked))} with {', '.join(shapes)}"


def _declaration(symbol: Node, forth: Renaming) -> str:
    """As `_declared` of the renamed symbol."""
    rows, cols = (
        Dim(d.factor, tuple(sorted([forth.dims[name] for name in d.names]))).text()
        for d in (symbol.rows, symbol.cols)
    )
    flags = " ".join(filter(None, (symbol.structure, symbol.domain)))
    return f"{forth.symbols[symbol.name]}: {rows} x {cols}" + (f" {flags}" if flags else "")


def _numbering(nodes: tuple[Node, ...]) -> Renaming:
    dims = dict.fromkeys(name for node in nodes for d in (node.rows, node.cols) for name in d.names)
    symbols = {node.name: f"S{k}" for k, node in enumerate(nodes, 1)}
    return Renaming(symbols, {name: f"n{k}" for k, name in enumerate(dims, 1)}, {})


def _declared(node: Node) -> str:
    flags = " ".join(filter(None, (node.structure, node.domain)))
    return f"{node.name}: {node.rows.text()} x {node.cols.text()}" + (f" {flags}" if flags else "")


def _bones(node: Node, names: dict[str, str]) -> str:
    if node.kind == "transpose":
        return _bones(node.args[0], names)
    if node.kind == "symbol":
        return names[node.name]
    if node.kind in ("number", "size"):
        return ""
    inside = [x for x in (_bones(a, names) for a in node.args) if x]
    if len(inside) == 1 and node.kind in ("product", "quotient", "sum"):
        return inside[0]
    return f"{node.name or node.kind}({' '.join(inside)})"


def _of_terms(task: Simplify) -> Identity:
    terms = parse_terms(task.text, nodes_of(task.symbols), ranges_of(task.ranges), where="expr")
    letters = dict.fromkeys(x.name for t in terms for f in t.factors for x in factor_letters(f))
    used = dict.fromkeys(node for t in terms for f in t.factors for node in _nodes(f))
    first = _numbering(tuple(used))
    dims = dict.fromkeys(n for t in terms for f in t.factors for x in factor_letters(f) for n in x.dim.names)
    forth = Renaming(
        first.symbols,
        {name: f"n{k}" for k, name in enumerate(dims, 1)},
        {name: f"i{k}" for k, name in enumerate(letters, 1)},
    )
    renamed: Terms = forth.terms(terms)
    bones = " + ".join(" ".join(type(f).__name__ for f in t.factors) for t in terms)
    return Identity(
        f"simplify {text(renamed)} with {', '.join(_declared(forth.node(n)) for n in used)}", bones
    )


def _nodes(factor: Factor) -> list[Node]:
    """The symbols of what a factor is an entry of."""
    return [n for n in parts_of(factor.node) if n.kind == "symbol"] if isinstance(factor, Entry) else []
