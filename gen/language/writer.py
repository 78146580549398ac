"""The walk over lines for every notation; here the index expressions.

A line is a matrix expression or a sum of terms. The lines of one derivation share most of their
factors as objects, so what was written is remembered by identity while they are written.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from gen.language.dimension import ONE
from gen.language.index import NAME, UNIT, Delta, Entry, Factor, Index, Letter, Order, Partial, Term, Terms
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
    return [pen.fresh(line) for line in lines]


class Writer:
    """Writes lines in one notation; what lines share is written once."""

    __slots__ = ("_kept", "_known", "n")

    def __init__(self, notation: Notation) -> None:
        self.n = notation
        self._known: dict[int, str] = {}
        self._kept: list[Line] = []  # their parts are known by their ids, which must stay their own

    def line(self, line: Line, marks: frozenset[Path] = NOTHING) -> str:
        """As `write`."""
        if marks:
            self._kept.append(line)
            return node_text(line, self.n, marks) if isinstance(line, Node) else self.terms(line, marks)[0]
        text = self._known.get(id(line))
        if text is None:
            self._kept.append(line)
            text = self._known[id(line)] = self.fresh(line)
        return text

    def fresh(self, line: Line) -> str:
        """A line that is written once, and that whoever asks for it keeps as long as this writer."""
        return unmarked(line, self.n)[0] if isinstance(line, Node) else self.terms(line, NOTHING)[0]

    def terms(self, terms: Terms, marks: frozenset[Path]) -> tuple[str, int]:
        """A sum of terms, and how tightly it binds."""
        if len(terms) != 1:
            return self._sum(terms, marks)
        n, term = self.n, terms[0]
        negative = term.coef is not UNIT and term.coef.numerator < 0
        if term.bound and not n.implied_sums:
            text, binds = self._summed(term.bound, self._term(0, term, marks)[0]), TERM
        else:
            text, binds = self._term(0, term, marks, not negative)
            binds = TERM - 1 if negative else binds
        return (n.negative + text if negative else text), binds

    def _summed(self, bound: tuple[Letter, ...], text: str, several: bool = False) -> str:
        n = self.n
        return n.summed(tuple(map(n.letter, map(NAME, bound))), text, several)

    def _sum(self, terms: Terms, marks: frozenset[Path]) -> tuple[str, int]:
        n = self.n
        if not terms:
            return n.number(0), ATOM
        out, binds, start = "", ATOM, 0
        while start < len(terms):
            first = terms[start]
            end, bound = start + 1, () if n.implied_sums else first.bound
            if bound:
                # Neighbouring terms that are summed over the same dummy indices share one sum sign.
                while end < len(terms) and terms[end].bound == bound:
                    end += 1
            if end == start + 1:
                text, tight = self._term(start, first, marks)
                negative = first.coef is not UNIT and first.coef.numerator < 0
                if bound:
                    text, tight = self._summed(bound, text), TERM
                elif negative:
                    tight = TERM - 1
            else:
                text, tight, negative = "", TERM, False
                for position in range(start, end):
                    term = terms[position]
                    inner, _ = self._term(position, term, marks)
                    text = _join(text, term.coef is not UNIT and term.coef.numerator < 0, inner, n)
                text = self._summed(bound, text, True)
            binds = SUM if out else tight
            out = _join(out, negative, text, n)
            start = end
        return out, binds

    def _term(
        self, position: int, term: Term, marks: frozenset[Path], alone: bool = False
    ) -> tuple[str, int]:
        """A term without its sign and sum sign; `alone` on its line it needs no brackets."""
        n, known, factors, need = self.n, self._known, term.factors, POSTFIX
        above: list[str] = []
        below: list[str] = []
        if term.coef is not UNIT:
            above, below = self._number(term.coef)
        if len(factors) == 1 and not above and not below:
            need, only = (SUM if alone else SUM + 1), factors[0]
            if not marks and (type(only) is not Entry or only.node.kind != "power"):
                return known.get(id(only)) or self._factor(only, need), POSTFIX
        plain = not marks and need <= n.partial_binds  # a factor is its text, without a mark or brackets
        for place, factor in enumerate(factors):
            text = known.get(id(factor))
            if text is None:
                if type(factor) is Entry and factor.node.kind == "power":
                    inverse = _reciprocal(factor)
                    if inverse is not None:
                        node, row, col = inverse
                        bare = row is None and col is None
                        below.append(self._whole(node, POSTFIX) if bare else self._entry(node, row, col))
                        continue
                text = self._factor(factor, need)
            above.append(text if plain else self._dressed(text, factor, need, (position, place), marks))
        if not above:
            above.append(n.number(1))
        if not below:
            return (above[0], POSTFIX) if len(above) == 1 else (n.entry_times.join(above), TERM)
        bottom = n.entry_times.join(below)
        if len(below) > 1 and n.fraction_binds <= TERM:
            bottom = n.brackets(bottom)
        return n.quotient(n.entry_times.join(above), bottom, False), n.fraction_binds

    def _dressed(self, text: str, factor: Factor, need: int, path: Path, marks: frozenset[Path]) -> str:
        """The text of a factor with its marks, those inside it too, and the brackets a partial needs."""
        n = self.n
        if type(factor) is Partial:
            if marks and (inner := _below(marks, path)):
                text = self._partial(factor, inner)
            if need > n.partial_binds:
                text = n.brackets(text)
        return n.mark(text) if path in marks else text

    def _number(self, coef: Fraction) -> tuple[list[str], list[str]]:
        """The number of a term without its sign: what stands above a fraction bar, and what below."""
        up, down = coef.as_integer_ratio()
        below: list[str] = []
        if down != 1 and self.n.fraction_binds <= TERM:
            below, down = [self.n.number(down)], 1
        size = abs(up) if down == 1 else Fraction(abs(up), down)
        return ([] if size == 1 else [self.n.number(size)]), below

    def _factor(self, factor: Factor, need: int) -> str:
        """Any factor; only one without indices gets brackets by what stands around it."""
        n = self.n
        if type(factor) is Entry:
            node, row, col = factor.node, factor.row, factor.col
            if row is None and col is None:
                return self._whole(node, need)
            text = self._entry(node, row, col)
        elif type(factor) is Partial:
            text = self._partial(factor)
        else:
            assert type(factor) is Delta or type(factor) is Order
            first, second = factor.first, factor.second
            sign = n.delta if type(factor) is Delta else n.order
            text = sign(
                n.letter(first.name) if type(first) is Letter else n.index(first),
                n.letter(second.name) if type(second) is Letter else n.index(second),
            )
        self._known[id(factor)] = text
        return text

    def _partial(self, partial: Partial, marks: frozenset[Path] = NOTHING) -> str:
        """A partial derivative; `marks` are places in what it is taken of."""
        inner, by = partial.inner, partial.by
        if inner is not None and inner.node.kind != "power":
            inside = self._known.get(id(inner)) or self._factor(inner, SUM)
            inside = self.n.mark(inside) if (0, 0) in marks else inside
            short = inner.row is not None or inner.col is not None or self._is_short(inner)
        else:
            inside, binds = self.terms(partial.body, marks)
            whole = partial.body[0].factors if len(partial.body) == 1 else ()
            short = len(whole) == 1 and binds >= POSTFIX and self._is_short(whole[0])
        return self.n.partial(inside, self._known.get(id(by)) or self._factor(by, ATOM), short)

    def _is_short(self, factor: Factor) -> bool:
        """Can it stand behind a ∂ without brackets?"""
        if not isinstance(factor, Entry) or factor.row is not None or factor.col is not None:
            return isinstance(factor, Entry)
        return unmarked(factor.node, self.n)[1] >= POSTFIX

    def _whole(self, node: Node, need: int) -> str:
        text, binds = unmarked(node, self.n)
        return text if binds >= need else self.n.brackets(text)

    def _entry(self, node: Node, row: Index | None, col: Index | None) -> str:
        n = self.n
        if node.kind == "symbol":
            text = n.symbol(node.name)
        elif node.kind == "power" and node.elementwise and node.args[1].is_scalar:
            base, exponent = node.args
            return n.power(self._entry(base, row, col), self._whole(exponent, ATOM), False)
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


def _below(marks: frozenset[Path], path: Path) -> frozenset[Path]:
    """The marks inside a place, as they are read from there."""
    return frozenset([m[len(path) :] for m in marks if len(m) > len(path) and m[: len(path)] == path])


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
