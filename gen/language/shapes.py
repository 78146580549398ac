"""The symbols and shapes of one expression while it is being read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from gen.errors import Code, InputError, input_error
from gen.language.declaration import Declaration
from gen.language.dimension import ONE, Dim
from gen.language.names import CONSTANTS, default_reading
from gen.language.node import Node, symbol
from gen.language.parse_errors import MAX_DEPTH
from gen.language.syntax import Syntax
from gen.language.unification import Unknowns, unknowns_in
from gen.language.wording import excerpt, names_for, renamed, shape_words

_WORD = re.compile(r"(?<![A-Za-z0-9_])[A-Za-z][A-Za-z0-9_]*")
_SIZED = {"eye": "eye(n)", "vector": "ones(n)", "matrix": "ones(m,n)"}


@dataclass(slots=True)
class Typed:
    """A node with its place, for messages; while shapes are being inferred, unknown dimensions are in it."""

    node: Final[Node]
    syntax: Final[Syntax]
    start: Final[int]
    end: Final[int]


def typed(node: Node, syntax: Syntax) -> Typed:
    """A node at the place of the whole operation."""
    return Typed(node, syntax, syntax.start, syntax.end)


class Shapes:
    """What is known so far; `finish` and `final` turn it into nodes without unknowns."""

    def __init__(self, source: str, tree: Syntax, declarations: Mapping[str, Declaration]) -> None:
        self.source = source
        self.tree = tree
        self.declarations = declarations
        self.symbols: dict[str, Node] = {}
        self.unknowns = Unknowns()
        self._dims: set[str] | None = None
        self._reserved: str | None = None
        self._open: list[tuple[Dim, Dim, InputError]] = []
        self._shapeless: list[tuple[tuple[Dim, ...], Syntax]] = []

    @property
    def declared_dims(self) -> set[str]:
        """The names that stand for dimensions in declarations."""
        out: set[str] = set()
        for known in self.declarations.values():
            out.update(known.rows.names, known.cols.names)
        return out

    @property
    def dims(self) -> set[str]:
        """The names that stand for dimensions, in declarations or in the text."""
        if self._dims is None:
            self._dims = self.declared_dims | dimension_names(self.tree)
        return self._dims

    def symbol(self, name: str) -> Node:
        """The symbol called `name`: as declared, or as an undeclared name is read."""
        if name in self.symbols:
            return self.symbols[name]
        known = self.declarations.get(name)
        if known:
            node = symbol(name, known.rows, known.cols, known.structure, known.domain)
        elif (reading := default_reading(name)) == "matrix":
            node = symbol(name, self.unknowns.fresh(), self.unknowns.fresh())
        else:
            node = symbol(name, ONE if reading == "scalar" else self.unknowns.fresh())
        self.symbols[name] = node
        return node

    def shapeless(self, syntax: Syntax, count: int) -> tuple[Dim, ...]:
        """The dimensions of an eye, vector(c) or matrix(c), which the context must give."""
        dims = tuple(self.unknowns.fresh() for _ in range(count))
        self._shapeless.append((dims, syntax))
        return dims

    def equal(self, left: Dim, right: Dim, fault: Callable[[], InputError]) -> None:
        """Make two dimensions equal, or raise the fault."""
        outcome = self.unknowns.unify(left, right)
        if outcome == "open":
            self._open.append((left, right, fault()))
        elif outcome != "equal":
            raise fault()

    def alike(self, left: Dim, right: Dim) -> bool:
        """Are two dimensions known to be equal?"""
        return self.unknowns.resolve(left) == self.unknowns.resolve(right)

    # --- the end ------------------------------------------------------------------

    @property
    def settled(self) -> bool:
        """Is nothing unknown, and nothing nested too deep? Then there is nothing to finish.

        A text has at least as many characters as its node has levels.
        """
        return not self.unknowns.count and len(self.source) <= MAX_DEPTH

    def finish(self) -> Mapping[str, Dim]:
        """A name for every unknown that is left, in the order of appearance.

        Raises InputError `shape` where a size is open.
        """
        before = len(self._open) + 1
        while self._open and len(self._open) < before:
            before, waiting = len(self._open), self._open
            self._open = []
            for left, right, fault in waiting:
                outcome = self.unknowns.unify(left, right)
                if outcome == "open":
                    self._open.append((left, right, fault))
                elif outcome != "equal":
                    raise fault
        if self._open:
            report = self._open[0][2].report
            raise input_error(
                "shape",
                "the shapes cannot be inferred: " + report.message,
                source=self.source,
                start=report.start,
                end=report.end,
                hint="declare the shapes of the names in it",
            )
        self._check_shapeless()
        return names_for(self._symbol_dims(), self.names_in_use())

    def reserve(self, name: str) -> None:
        """Keep a name from being given to a dimension."""
        self._reserved = name

    def final(self, node: Node, names: Mapping[str, Dim], depth: int = 0) -> Node:
        """A node with every dimension known; `names` is what `finish` returned.

        Raises InputError `too_large` for a node nested too deep: x'*x*x'*x*... is
        flat as typed, but each scalar in it holds the one before it.
        """
        if depth > MAX_DEPTH:
            message = f"the expression is nested more than {MAX_DEPTH} deep"
            raise input_error("too_large", message, source=self.source, start=0, end=len(self.source))

        def known(dim: Dim) -> Dim:
            return renamed(self.unknowns.resolve(dim), names) if dim.names else dim

        rows, cols = known(node.rows), known(node.cols)
        args = tuple(self.final(arg, names, depth + 1) for arg in node.args)
        settled = rows is node.rows and cols is node.cols and not node.dims
        if settled and all(a is b for a, b in zip(args, node.args, strict=True)):
            return node
        return Node(
            node.kind,
            rows,
            cols,
            args,
            node.name,
            node.number,
            tuple(known(dim) for dim in node.dims),
            node.elementwise,
            node.structure,
            node.domain,
        )

    def _check_shapeless(self) -> None:
        given = {name for dim in self._symbol_dims() for name in dim.names}
        for dims, syntax in self._shapeless:
            for dim in dims:
                if any(name not in given for name in unknowns_in(self.unknowns.resolve(dim))):
                    words = excerpt(self.source, syntax.start, syntax.end)
                    hint = f"write its size: {_SIZED[syntax.name]}"
                    raise self.error("shape", f"nothing tells the size of {words}", syntax, hint=hint)

    def _symbol_dims(self) -> list[Dim]:
        return [self.unknowns.resolve(d) for s in self.symbols.values() for d in (s.rows, s.cols)]

    def names_in_use(self) -> frozenset[str]:
        """Names of symbols, functions and dimensions, declared or not."""
        used = self.declared_dims.union(self.declarations, self.symbols)
        used.update(_WORD.findall(self.source, self.tree.start))
        if self._reserved is not None:
            used.add(self._reserved)
        return frozenset(used)

    # --- words ---------------------------------------------------------------------

    def words(self, typed: Typed) -> str:
        """The piece of source a node comes from."""
        return excerpt(self.source, typed.start, typed.end)

    def shape(self, typed: Typed) -> str:
        """The shape of a node in words, as far as it is known."""
        dims = [self.unknowns.resolve(typed.node.rows), self.unknowns.resolve(typed.node.cols)]
        names = names_for([*self._symbol_dims(), *dims], self.names_in_use())
        return shape_words(renamed(dims[0], names), renamed(dims[1], names))

    def both(self, left: Typed, right: Typed) -> str:
        """`A is m × n and B is p × q`."""
        if self.words(left) == self.words(right):
            return f"{self.words(left)} is {self.shape(left)}"
        return f"{self.words(left)} is {self.shape(left)} and {self.words(right)} is {self.shape(right)}"

    def error(
        self,
        code: Code,
        message: str,
        at: Syntax | Typed,
        until: Typed | None = None,
        *,
        hint: str | None = None,
    ) -> InputError:
        """An error at a place of the source."""
        end = (until or at).end
        return input_error(code, message, source=self.source, start=at.start, end=end, hint=hint)


def dimension_names(tree: Syntax) -> frozenset[str]:
    """Names that eye(n), ones(m,n), ... use as dimensions."""
    return frozenset(
        name.name
        for part in tree.walk()
        if part.op == "call" and part.name in CONSTANTS and part.name not in ("vector", "matrix")
        for arg in part.args
        for name in arg.walk()
        if name.op == "name"
    )
