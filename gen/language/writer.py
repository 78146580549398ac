"""The walk over lines for every notation; here the index expressions.

A line is a matrix expression or a sum of terms. The lines of one derivation share most of their
factors as objects, so what was written is remembered by identity while they are written.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from gen.language.dimension import ONE
from gen.language.index import UNIT, Delta, Entry, Factor, Index, Letter, Partial, Term, Terms
from gen.language.node import Node
from gen.language.node_writer import node_text, unmarked
from gen.language.notation import ATOM, NOTHING, POSTFIX, SUM, TERM, Line, Notation, Path


def write(line: Line, notation: Notation, marks: frozenset[Path] = NOTHING) -> str:
    """A matrix expression or a sum of index terms as text; the places in `marks` are marked."""
    if isinstance(line, Node):
        return node_text(line, notation, marks)
    return Writer(notation).terms(line, marks)[0]


def write_all(lines: Sequence[Line], notation: Notation) -> list[str]:
    """The texts of lines that share their parts."""
    pen = Writer(notation)
    return [pen.line(line) for line in lines]


class Writer:
    """Writes lines in one notation; what lines share is written once."""

    __slots__ = ("_kept", "_known", "n")

    def __init__(self, notation: Notation) -> None:
        self.n = notation
        self._known: dict[int, str] = {}
        self._kept: list[Factor | Line] = []  # what is known by its id, which must stay its own

    def line(self, line: Line, marks: frozenset[Path] = NOTHING) -> str:
        """As `write`."""
        if marks:
            return node_text(line, self.n, marks) if isinstance(line, Node) else self.terms(line, marks)[0]
        text = self._known.get(id(line))
        if text is None:
            text = unmarked(line, self.n)[0] if isinstance(line, Node) else self.terms(line, NOTHING)[0]
            self._known[id(line)] = text
            self._kept.append(line)
        return text

    def terms(self, terms: Terms, marks: frozenset[Path]) -> tuple[str, int]:
        """A sum of terms, and how tightly it binds."""
        if len(terms) != 1:
            return self._sum(terms, marks)
        n, term = self.n, terms[0]
        negative = term.coef is not UNIT and _is_negative(term)
        if term.bound and not n.implied_sums:
            text, binds = self._term(0, term, marks)[0], TERM
            text = n.summed(tuple([n.letter(x.name) for x in term.bound]), text, False)
        else:
            text, binds = self._term(0, term, marks, alone=not negative)
            binds = TERM - 1 if negative else binds
        return (n.negative + text if negative else text), binds

    def _sum(self, terms: Terms, marks: frozenset[Path]) -> tuple[str, int]:
        n = self.n
        if not terms:
            return n.number(0), ATOM
        out, binds, start = "", ATOM, 0
        while start < len(terms):
            first = terms[start]
            end = start + 1
            if first.bound and not n.implied_sums:
                # Neighbouring terms that are summed over the same dummy indices share one sum sign.
                while end < len(terms) and terms[end].bound == first.bound:
                    end += 1
                several = end > start + 1
                inner = ""
                for position in range(start, end):
                    term = terms[position]
                    text, _ = self._term(position, term, marks)
                    inner = _join(inner, several and _is_negative(term), text, n)
                text = n.summed(tuple([n.letter(x.name) for x in first.bound]), inner, several)
                negative = not several and _is_negative(first)
                out, binds = _join(out, negative, text, n), (SUM if out else TERM)
            else:
                text, tight = self._term(start, first, marks)
                negative = _is_negative(first)
                binds = SUM if out else (TERM - 1 if negative else tight)
                out = _join(out, negative, text, n)
            start = end
        return out, binds

    def _term(
        self, position: int, term: Term, marks: frozenset[Path], *, alone: bool = False
    ) -> tuple[str, int]:
        """A term without its sign and sum sign; `alone` on its line it needs no brackets."""
        n, known, factors = self.n, self._known.get, term.factors
        above, below = ([], []) if term.coef is UNIT else self._number(term.coef)
        need = POSTFIX
        if len(factors) == 1 and not above and not below:
            need = SUM if alone else SUM + 1
        for place, factor in enumerate(factors):
            text = known(id(factor))
            if text is None:
                if type(factor) is Entry and factor.node.kind == "power":
                    inverse = _reciprocal(factor)
                    if inverse is not None:
                        below.append(self._entry(*inverse, POSTFIX))
                        continue
                text = self._factor(factor, need)
            if need > n.partial_binds and type(factor) is Partial:
                text = n.brackets(text)
            if marks and (position, place) in marks:
                text = n.mark(text)
            above.append(text)
        if not above:
            above.append(n.number(1))
        if not below:
            return (above[0], POSTFIX) if len(above) == 1 else (n.entry_times.join(above), TERM)
        bottom = n.entry_times.join(below)
        if len(below) > 1 and n.fraction_binds <= TERM:
            bottom = n.brackets(bottom)
        return n.quotient(n.entry_times.join(above), bottom, False), n.fraction_binds

    def _number(self, coef: Fraction) -> tuple[list[str], list[str]]:
        """The number of a term without its sign: what stands above a fraction bar, and what below."""
        (up, down), below = coef.as_integer_ratio(), list[str]()
        if down != 1 and self.n.fraction_binds <= TERM:
            below, down = [self.n.number(down)], 1
        size = abs(up) if down == 1 else Fraction(abs(up), down)
        return ([] if size == 1 else [self.n.number(size)]), below

    def _factor(self, factor: Factor, need: int) -> str:
        """Any factor; only one without indices gets brackets by what stands around it."""
        if isinstance(factor, Entry):
            text = self._entry(factor.node, factor.row, factor.col, need)
            if factor.row is None and factor.col is None:
                return text
        elif isinstance(factor, Partial):
            text = self._partial(factor)
        else:
            sign = self.n.delta if type(factor) is Delta else self.n.order
            text = sign(self.n.index(factor.first), self.n.index(factor.second))
        self._known[id(factor)] = text
        self._kept.append(factor)
        return text

    def _partial(self, partial: Partial) -> str:
        inner, by = partial.inner, partial.by
        if inner is not None and inner.node.kind != "power":
            inside = self._known.get(id(inner)) or self._factor(inner, SUM)
            short = inner.row is not None or inner.col is not None or self._is_short(inner)
        else:
            inside, binds = self.terms(partial.body, NOTHING)
            whole = partial.body[0].factors if len(partial.body) == 1 else ()
            short = len(whole) == 1 and binds >= POSTFIX and self._is_short(whole[0])
        return self.n.partial(inside, self._known.get(id(by)) or self._factor(by, ATOM), short)

    def _is_short(self, factor: Factor) -> bool:
        """Can it stand behind a ∂ without brackets?"""
        if not isinstance(factor, Entry) or factor.row is not None or factor.col is not None:
            return isinstance(factor, Entry)
        return unmarked(factor.node, self.n)[1] >= POSTFIX

    def _entry(self, node: Node, row: Index | None, col: Index | None, need: int) -> str:
        n = self.n
        if row is None and col is None:
            text, binds = unmarked(node, n)
            return text if binds >= need else n.brackets(text)
        if node.kind == "symbol":
            text = n.symbol(node.name)
        elif node.kind == "power" and node.elementwise and node.args[1].is_scalar:
            base, exponent = node.args
            inside = self._entry(base, row, col, ATOM)
            return n.power(inside, self._entry(exponent, None, None, ATOM), False)
        else:
            text, binds = unmarked(node, n)
            if binds < ATOM:
                text = n.brackets(text)
        places: tuple[str, ...] = ()
        if row is not None:
            places = (n.letter(row.name) if type(row) is Letter else n.index(row),)
        if col is not None:
            places += (n.letter(col.name) if type(col) is Letter else n.index(col),)
        return n.entry(text, places)


def _is_negative(term: Term) -> bool:
    return term.coef is not UNIT and term.coef.numerator < 0


def _join(out: str, negative: bool, text: str, n: Notation) -> str:
    if not out:
        return n.negative + text if negative else text
    return out + (n.minus if negative else n.plus) + text


def _reciprocal(factor: Entry) -> tuple[Node, Index | None, Index | None] | None:
    """What stands below a fraction bar: s or s^k where the factor is s^-1 or s^-k, entries alike."""
    node = factor.node
    base, exponent = node.args
    if not (node.is_scalar or node.elementwise) or exponent.kind != "number":
        return None
    if exponent.number.numerator >= 0:
        return None
    if exponent.number == -1:
        return base, factor.row, factor.col
    up = Node("number", ONE, ONE, number=-exponent.number)
    raised = Node("power", node.rows, node.cols, args=(base, up), elementwise=node.elementwise)
    return raised, factor.row, factor.col
