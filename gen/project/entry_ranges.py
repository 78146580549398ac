"""How far indices run where nobody declares it: what stands in one place has one range."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gen.language.dimension import ONE, Dim
from gen.language.dimension import named as dim_named
from gen.language.node import Node, symbol

_ENTRY = re.compile(r"([A-Za-z][A-Za-z0-9_]*)\[([^\[\]]*)\]")
_BINDERS = ("sum",)
_DELTA = "delta"


def ranges_and_symbols(content: str, declared: Mapping[str, Node]) -> tuple[dict[str, Dim], dict[str, Node]]:
    """The range of every letter in `content`, and the symbols that are named there, with their shapes.

    Two letters at one axis of a symbol, or in one delta, run equally far; an axis of a declared symbol
    says how far.

    >>> ranges, symbols = ranges_and_symbols("d(x[j], x[q])", {})
    >>> ranges["j"] == ranges["q"] == symbols["x"].rows
    True
    """
    places = [
        (found[1], tuple(letter.strip() for letter in found[2].split(",")))
        for found in _ENTRY.finditer(content)
        if found[1] not in _BINDERS
    ]
    group = _groups(places)
    known: dict[str, Dim] = {}
    for name, letters in places:
        for axis, letter in zip(_axes(declared.get(name)), letters, strict=False):
            known.setdefault(group[letter], axis)
    ranges = {letter: known.get(root, dim_named(f"size_{root}")) for letter, root in group.items()}
    symbols = {
        name: symbol(name, ranges[letters[0]], ranges[letters[1]] if len(letters) > 1 else ONE)
        for name, letters in reversed(places)
        if name not in declared and name != _DELTA and len(letters) <= 2
    }
    return ranges, symbols


def _axes(node: Node | None) -> tuple[Dim, ...]:
    return () if node is None else tuple(dim for dim in (node.rows, node.cols) if not dim.is_one)


def _groups(places: list[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    """For every letter the one that stands for all that run equally far."""
    root = {letter: letter for _, letters in places for letter in letters}
    first: dict[tuple[str, int], str] = {}
    for name, letters in places:
        for axis, letter in enumerate(letters):
            same = letters[0] if name == _DELTA else first.setdefault((name, axis), letter)
            old, new = root[letter], root[same]
            root = {one: new if at == old else at for one, at in root.items()}
    return root
