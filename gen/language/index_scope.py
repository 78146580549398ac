"""The expressions and index ranges of one index text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from gen.errors import Code, InputError, Where, input_error
from gen.language.declaration import Declaration
from gen.language.dimension import Dim
from gen.language.index import Index, Letter, Pair
from gen.language.inference import Inference
from gen.language.node import Node
from gen.language.syntax import Syntax

_LETTER = re.compile(r"[a-z][0-9]*\Z")


class IndexScope:
    """What names and letters of one text stand for; `ranges` grows in `find_ranges` only."""

    def __init__(
        self, source: str, symbols: Mapping[str, Node], ranges: Mapping[str, Dim], where: Where
    ) -> None:
        self.source = source
        self.where = where
        self.ranges = dict(ranges)
        self.declarations = {
            name: Declaration(name, node.rows, node.cols, node.structure, node.domain)
            for name, node in symbols.items()
        }

    def error(self, code: Code, message: str, at: Syntax) -> InputError:
        """An error at a place of the text."""
        return input_error(code, message, where=self.where, source=self.source, start=at.start, end=at.end)

    def node(self, syntax: Syntax) -> Node:
        """An expression of the matrix language inside the text."""
        inference = Inference(self.source, syntax, self.declarations, strict=True)
        try:
            node = inference.read(syntax)
            shapes = inference.shapes
            return node if shapes.settled else shapes.final(node, shapes.finish())
        except InputError as error:
            raise InputError(replace(error.report, where=self.where)) from None

    def find_ranges(self, tree: Syntax) -> None:
        """The range of every letter, from axes first and then from deltas."""
        links: list[tuple[Syntax, Syntax, Syntax]] = []
        for part in tree.walk():
            if part.op == "order":
                first, second = (letter_in(word, part) for word in part.words)
                links.append((first, second, part))
            elif part.op == "entry" and is_delta(part):
                if len(part.args) != 3:
                    raise self.error("syntax", "delta has two indices", part)
                links.append((part.args[1], part.args[2], part))
            elif part.op == "entry":
                for index, axis in zip(part.args[1:], self._axes(part), strict=True):
                    self._give(index, axis, part)
        for _ in links:
            for first, second, part in links:
                for one, other in ((first, second), (second, first)):
                    dim = self._dim(one)
                    if dim is not None:
                        self._give(other, dim, part)

    def _axes(self, part: Syntax) -> tuple[Dim, ...]:
        """The dimensions of an expression's axes that are not 1, which its indices run over."""
        node = self.node(part.args[0])
        axes = tuple(dim for dim in (node.rows, node.cols) if not dim.is_one)
        if len(axes) != len(part.args) - 1:
            words = self.source[part.args[0].start : part.args[0].end]
            message = f"{words} has {len(axes)} indices, but {len(part.args) - 1} are given"
            raise self.error("shape", message, part)
        return axes

    def _give(self, index: Syntax, dim: Dim, part: Syntax) -> None:
        if index.op == "pair":
            first, second = index.args
            for one, other in ((first, second), (second, first)):
                known = self._dim(other)
                rest = dim.over(known) if known else None
                if known and rest is None:
                    message = f"{other.name} runs to {known.text()}, which does not divide {dim.text()}"
                    raise self.error("shape", message, part)
                if rest:
                    self._give(one, rest, part)
            return
        if not _LETTER.match(index.name):
            message = f"{index.name} is not an index: an index is a small letter and perhaps digits"
            raise self.error("syntax", message, index if index.end else part)
        if self.ranges.setdefault(index.name, dim) != dim:
            message = f"{index.name} runs to {self.ranges[index.name].text()} and to {dim.text()}"
            raise self.error("shape", message, part)

    def _dim(self, index: Syntax) -> Dim | None:
        if index.op == "letter":
            return self.ranges.get(index.name)
        first, second = (self._dim(arg) for arg in index.args)
        return first * second if first and second else None

    def index(self, syntax: Syntax) -> Index:
        """A letter or pair with its range."""
        if syntax.op == "pair":
            return Pair(self.index(syntax.args[0]), self.index(syntax.args[1]))
        return self.letter(syntax)

    def letter(self, syntax: Syntax) -> Letter:
        """A letter with its range."""
        if syntax.name not in self.ranges:
            raise self.error("shape", f"nothing tells how far {syntax.name} runs", syntax)
        return Letter(syntax.name, self.ranges[syntax.name])


def is_delta(entry: Syntax) -> bool:
    """Is this entry a Kronecker delta?"""
    base = entry.args[0]
    return base.op == "name" and base.name == "delta"


def letter_in(word: str, inside: Syntax) -> Syntax:
    """A letter that has no place of its own, at the place of what holds it."""
    return Syntax("letter", (), word, inside.start, inside.end)
