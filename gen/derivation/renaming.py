"""The parts of a derivation told with other names: of symbols, of dimensions and of indices."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from gen.derivation.record import Display, Line, Problem, Reason, Result, Results, Step
from gen.language.dimension import Dim, named, product, triangle
from gen.language.index import Delta, Entry, Factor, Index, Letter, Order, Pair, Partial, Term, Terms
from gen.language.node import Node

TOKEN = re.compile(r"\$[sd][0-9]+")


@dataclass(frozen=True, slots=True)
class Renaming:
    """New names for old ones; a name that is not in a table stays.

    `symbols` are names of symbols and increments, `dims` of dimensions, `letters` of indices.
    The other fields remember what has been renamed, for lines share most of their parts.
    """

    symbols: Mapping[str, str]
    dims: Mapping[str, str]
    letters: Mapping[str, str]
    _dims: dict[Dim, Dim] = field(default_factory=dict)
    _nodes: dict[Node, Node] = field(default_factory=dict)
    _lines: dict[int, tuple[Terms, Terms]] = field(default_factory=dict)
    _factors: dict[int, tuple[Factor, Factor]] = field(default_factory=dict)
    _letters: dict[Letter, Letter] = field(default_factory=dict)

    def dim(self, dim: Dim) -> Dim:
        """A dimension; n(n+1)/2 is renamed inside."""
        if not dim.names:
            return dim
        known = self._dims.get(dim)
        if known is None:
            known = product((Dim(dim.factor), *(self._dim_name(name) for name in dim.names)))
            self._dims[dim] = known
        return known

    def _dim_name(self, name: str) -> Dim:
        base, corner, _ = name.partition("*(")
        if not corner:
            return named(self.dims.get(name, name))
        factors = (Dim(int(x)) if x.isdigit() else self._dim_name(x) for x in base.split("*"))
        return triangle(product(factors))

    def node(self, node: Node) -> Node:
        """A matrix expression."""
        known = self._nodes.get(node)
        if known is None:
            known = Node(
                node.kind,
                self.dim(node.rows),
                self.dim(node.cols),
                tuple([self.node(a) for a in node.args]),
                self.symbols.get(node.name, node.name) if node.kind == "symbol" else node.name,
                node.number,
                tuple([self.dim(d) for d in node.dims]),
                node.elementwise,
                node.structure,
                node.domain,
            )
            self._nodes[node] = known
        return known

    def letter(self, letter: Letter) -> Letter:
        """An index with its range."""
        known = self._letters.get(letter)
        if known is None:
            known = Letter(self.letters.get(letter.name, letter.name), self.dim(letter.dim))
            self._letters[letter] = known
        return known

    def index(self, index: Index) -> Index:
        """A letter or a pair of indices."""
        if isinstance(index, Letter):
            return self.letter(index)
        return Pair(self.index(index.first), self.index(index.second))

    def line(self, line: Line) -> Line:
        """A line of a derivation."""
        if isinstance(line, Node):
            return self.node(line)
        return line if isinstance(line, Display) else self.terms(line)

    def terms(self, terms: Terms) -> Terms:
        """Index terms. What was renamed is kept with its name in memory, so that its id stays its own."""
        known = self._lines.get(id(terms))
        if known is None:
            known = terms, tuple([self._term(t) for t in terms])
            self._lines[id(terms)] = known
        return known[1]

    def _term(self, term: Term) -> Term:
        factors = tuple([self._factor(f) for f in term.factors])
        return Term(term.coef, factors, tuple([self.letter(x) for x in term.bound]))

    def _factor(self, factor: Factor) -> Factor:
        known = self._factors.get(id(factor))
        if known is None:
            known = factor, self._new_factor(factor)
            self._factors[id(factor)] = known
        return known[1]

    def _new_factor(self, factor: Factor) -> Factor:
        if isinstance(factor, Entry):
            return self._entry(factor)
        if isinstance(factor, Partial):
            return Partial(self.terms(factor.body), self._entry(factor.by))
        make = Delta if isinstance(factor, Delta) else Order
        return make(self.index(factor.first), self.index(factor.second))

    def _entry(self, e: Entry) -> Entry:
        row = None if e.row is None else self.index(e.row)
        return Entry(self.node(e.node), row, None if e.col is None else self.index(e.col))

    def words(self, text: str) -> str:
        """A sentence in which canonical names may stand."""
        if "$" not in text:
            return text
        names = {**self.symbols, **self.dims}
        return TOKEN.sub(lambda found: names.get(found[0], found[0]), text)

    def reason(self, reason: Reason) -> Reason:
        """A reason: words, and expressions and indices between them."""
        return tuple([self._piece(piece) for piece in reason])

    def _piece(self, piece: str | Node | Terms | Index) -> str | Node | Terms | Index:
        if isinstance(piece, str):
            return self.words(piece)
        if isinstance(piece, Letter | Pair):
            return self.index(piece)
        return self.node(piece) if isinstance(piece, Node) else self.terms(piece)

    def problem(self, p: Problem, source: str) -> Problem:
        """A problem, with the text it was typed as."""
        expr, wrt, symbols = self.node(p.expr), self.node(p.wrt), tuple([self.node(s) for s in p.symbols])
        return Problem(expr, source, wrt, p.kind, p.method, p.layout, p.symmetric, p.order, symbols)

    def results(self, r: Results) -> Results:
        """The answer in the forms it has."""
        return Results(self._result(r.index), self._result(r.matrix), self._result(r.vec))

    def step(self, s: Step) -> Step:
        """A step with its lines and its reason."""
        before, after = self.line(s.before), self.line(s.after)
        return Step(s.rule, s.path, before, after, self.reason(s.because), s.marks, s.check)

    def _result(self, r: Result | None) -> Result | None:
        if r is None:
            return None
        line = self.node(r.line) if isinstance(r.line, Node) else self.terms(r.line)
        free = None if r.free is None else tuple([self.letter(x) for x in r.free])
        return Result(line, tuple([self.dim(d) for d in r.shape]), free)
