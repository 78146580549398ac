"""One walk over expressions for every notation: who needs brackets is decided here once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from gen.language.catalogue import function_named
from gen.language.dimension import ONE, Dim
from gen.language.function import Function
from gen.language.index import UNIT, Delta, Entry, Factor, Index, Letter, Order, Pair, Partial, Term, Terms
from gen.language.node import Node

Path: TypeAlias = tuple[int, ...]
Line: TypeAlias = Node | Terms

SUM, TERM, POSTFIX, ATOM = 1, 2, 3, 4  # how tightly an expression binds
NOTHING: frozenset[Path] = frozenset()
REMEMBERED = 4096  # texts of matrix expressions; the lines of a derivation share most of theirs


@dataclass(frozen=True, slots=True, eq=False)
class Notation:
    """How one output language writes each thing; all fields take and give finished text.

    `fraction_binds` is how tightly a quotient holds together (a TeX fraction needs no
    brackets); `bare_calls` are functions whose argument needs no brackets of their own.
    """

    number: Callable[[Fraction], str]
    symbol: Callable[[str], str]
    size: Callable[[Dim], str]
    constant: Callable[[str, tuple[Dim, ...]], str]
    brackets: Callable[[str], str]
    times: str
    hadamard: str
    plus: str
    minus: str
    quotient: Callable[[str, str, bool], str]
    fraction_binds: int
    power: Callable[[str, str, bool], str]
    transpose: Callable[[str], str]
    call: Callable[[Function, tuple[str, ...], tuple[str, ...]], str]
    call_binds: Callable[[Function], int]
    differential: Callable[[str, bool], str]
    differential_binds: int
    index: Callable[[Index], str]
    entry: Callable[[str, tuple[str, ...]], str]
    delta: Callable[[str, str], str]
    order: Callable[[str, str], str]
    partial: Callable[[str, str, bool], str]
    summed: Callable[[tuple[str, ...], str, bool], str]
    entry_times: str
    mark: Callable[[str], str]
    implied_sums: bool = False


def write(line: Line, notation: Notation, marks: frozenset[Path] = NOTHING) -> str:
    """A matrix expression or a sum of index terms as text; the places in `marks` are marked."""
    if isinstance(line, Node):
        return _node(line, notation, marks, ())[0]
    return _terms(line, notation, marks)[0]


# --- matrix expressions -------------------------------------------------------


def _node(node: Node, n: Notation, marks: frozenset[Path], path: Path) -> tuple[str, int]:
    text, binds = _bare(node, n, marks, path)
    return (n.mark(text), binds) if path in marks else (text, binds)


def _at(node: Node, need: int, n: Notation, marks: frozenset[Path], path: Path) -> str:
    """A node as an operand: bracketed where it binds less tightly than needed."""
    text, binds = _bare(node, n, marks, path)
    if binds < need:
        text = n.brackets(text)
    return n.mark(text) if path in marks else text


def _bare(node: Node, n: Notation, marks: frozenset[Path], path: Path) -> tuple[str, int]:
    """A node without a mark of its own, and how tightly it binds."""
    return _composed(node, n, marks, path) if marks else _unmarked(node, n)


@lru_cache(maxsize=REMEMBERED)
def _unmarked(node: Node, n: Notation) -> tuple[str, int]:
    return _composed(node, n, NOTHING, ())


def _composed(node: Node, n: Notation, marks: frozenset[Path], path: Path) -> tuple[str, int]:
    kind, args = node.kind, node.args
    if kind == "symbol":
        return n.symbol(node.name), ATOM
    if kind == "number":
        text = n.number(node.number)
        return text, ATOM if node.number >= 0 and node.number.denominator == 1 else TERM - 1
    if kind == "size":
        return n.size(node.dims[0]), ATOM if len(node.dims[0].names) <= 1 else TERM
    if kind == "constant":
        return n.constant(node.name, node.dims), ATOM
    if kind == "sum":
        return _sum(node, n, marks, path), SUM
    if kind == "product":
        return _product(node, n, marks, path)
    if kind == "hadamard":
        parts = [_at(a, POSTFIX, n, marks, (*path, i)) for i, a in enumerate(args)]
        return n.hadamard.join(parts), TERM
    if kind == "quotient":
        binds = TERM if node.elementwise else n.fraction_binds
        left = _at(args[0], SUM if binds > TERM else TERM, n, marks, (*path, 0))
        right = _at(args[1], SUM if binds > TERM else POSTFIX, n, marks, (*path, 1))
        return n.quotient(left, right, node.elementwise), binds
    if kind == "power":
        if args[0].kind in ("power", "transpose", "quotient") and n.fraction_binds > TERM:
            base = n.brackets(_node(args[0], n, marks, (*path, 0))[0])
        else:
            base = _at(args[0], ATOM if args[0].kind == "call" else POSTFIX, n, marks, (*path, 0))
        return n.power(base, _at(args[1], ATOM, n, marks, (*path, 1)), node.elementwise), POSTFIX
    if kind == "transpose":
        return n.transpose(_at(args[0], POSTFIX, n, marks, (*path, 0))), POSTFIX
    if kind == "differential":
        return n.differential(
            _node(args[0], n, marks, (*path, 0))[0], args[0].kind == "symbol"
        ), n.differential_binds
    function = function_named(node.name)
    need = ATOM if len(args) == 1 else POSTFIX
    inside: list[str] = []
    bracketed: list[str] = []
    # Each argument is written once: twice would double the work with every level of nesting.
    for i, a in enumerate(args):
        text, binds = _bare(a, n, marks, (*path, i))
        marked = (*path, i) in marks
        inside.append(n.mark(text) if marked else text)
        text = n.brackets(text) if binds < need else text
        bracketed.append(n.mark(text) if marked else text)
    return n.call(function, tuple(inside), tuple(bracketed)), n.call_binds(function)


def _sum(node: Node, n: Notation, marks: frozenset[Path], path: Path) -> str:
    out = ""
    for i, arg in enumerate(node.args):
        here = (*path, i)
        sign, text = _signed(arg, n, marks, here)
        if here in marks:
            text = n.mark(text)
        if i == 0:
            out = ("-" if sign else "") + text
        else:
            out += (n.minus if sign else n.plus) + text
    return out


def _signed(node: Node, n: Notation, marks: frozenset[Path], path: Path) -> tuple[bool, str]:
    """(is it negative, its text without the sign)."""
    if node.kind == "number" and node.number < 0:
        return True, n.number(-node.number)
    if node.kind == "product" and node.args[0].kind == "number" and node.args[0].number < 0:
        return True, _product(node, n, marks, path, absolute=True)[0]
    if node.kind == "quotient" and not node.elementwise:
        sign, _ = _signed(node.args[0], n, marks, path)
        if sign:
            left_need = SUM if n.fraction_binds > TERM else TERM
            left, binds = _unsigned(node.args[0], n, marks, (*path, 0))
            left = n.brackets(left) if binds < left_need else left
            right_need = SUM if n.fraction_binds > TERM else POSTFIX
            return True, n.quotient(left, _at(node.args[1], right_need, n, marks, (*path, 1)), False)
    text, binds = _bare(node, n, marks, path)
    return False, n.brackets(text) if binds < TERM else text


def _unsigned(node: Node, n: Notation, marks: frozenset[Path], path: Path) -> tuple[str, int]:
    if node.kind == "product":
        return _product(node, n, marks, path, absolute=True)
    return n.number(abs(node.number)), ATOM


def _product(
    node: Node, n: Notation, marks: frozenset[Path], path: Path, *, absolute: bool = False
) -> tuple[str, int]:
    args = node.args
    lead, start = "", 0
    if args[0].kind == "number" and len(args) > 1:
        value = abs(args[0].number) if absolute else args[0].number
        if abs(value) == 1:
            lead, start = ("-" if value < 0 else ""), 1
        elif value < 0:
            lead, start = "-" + n.number(-value) + n.times, 1
        else:
            lead, start = n.number(value) + n.times, 1
    parts: list[str] = []
    for i in range(start, len(args)):
        need = POSTFIX if args[i].kind != "quotient" or i > start else TERM
        if i == len(args) - 1 == start and lead in ("", "-") and args[i].kind == "hadamard":
            need = TERM
        if args[i].kind == "product" and i == 0 and n.fraction_binds <= TERM:
            need = TERM
        parts.append(_at(args[i], need, n, marks, (*path, i)))
    return lead + n.times.join(parts), (TERM if not lead.startswith("-") else TERM - 1)


# --- index expressions ---------------------------------------------------------


def _terms(terms: Terms, n: Notation, marks: frozenset[Path]) -> tuple[str, int]:
    if not terms:
        return n.number(Fraction(0)), ATOM
    out, binds = "", ATOM
    for group in _groups(terms):
        first = group[0][1]
        alone = len(group) == 1
        negative = alone and _is_negative(first)
        if first.bound and not n.implied_sums:
            inner = ""
            for position, term in group:
                inner = _join(inner, not alone and _is_negative(term), _term(position, term, n, marks)[0], n)
            text = n.summed(tuple(n.index(x) for x in first.bound), inner, not alone)
            out, binds = _join(out, negative, text, n), (SUM if out else TERM)
            continue
        for position, term in group:
            lone = len(terms) == 1 and term.coef == 1
            text, tight = _term(position, term, n, marks, alone=lone)
            negative = _is_negative(term)
            binds = SUM if out else (TERM - 1 if negative else tight)
            out = _join(out, negative, text, n)
    return out, binds


def _is_negative(term: Term) -> bool:
    return term.coef is not UNIT and term.coef < 0


def _join(out: str, negative: bool, text: str, n: Notation) -> str:
    if not out:
        return ("-" if negative else "") + text
    return out + (n.minus if negative else n.plus) + text


def _groups(terms: Terms) -> list[list[tuple[int, Term]]]:
    """Neighbouring terms that are summed over the same dummy indices share one sum sign."""
    groups: list[list[tuple[int, Term]]] = []
    for position, term in enumerate(terms):
        if groups and term.bound and groups[-1][0][1].bound == term.bound:
            groups[-1].append((position, term))
        else:
            groups.append([(position, term)])
    return groups


def _term(
    position: int, term: Term, n: Notation, marks: frozenset[Path], *, alone: bool = False
) -> tuple[str, int]:
    """A term without its sign and sum sign; `alone` on its line it needs no brackets."""
    above: list[str] = []
    below: list[str] = []
    coef = term.coef if term.coef is UNIT else abs(term.coef)
    if coef is not UNIT and coef.denominator != 1 and n.fraction_binds <= TERM:
        below.append(n.number(Fraction(coef.denominator)))
        coef = Fraction(coef.numerator)
    unit = coef is UNIT or coef == 1
    single = len(term.factors) == 1 and unit and not below
    for place, factor in enumerate(term.factors):
        inverse = _reciprocal(factor)
        if inverse is not None:
            below.append(_factor(inverse, n, POSTFIX))
            continue
        text = _factor(factor, n, POSTFIX if not single else SUM if alone else SUM + 1)
        above.append(n.mark(text) if (position, place) in marks else text)
    if not unit or not above:
        above.insert(0, n.number(coef))
    text, binds = n.entry_times.join(above), TERM if len(above) > 1 else POSTFIX
    if below:
        bottom = n.entry_times.join(below)
        if len(below) > 1 and n.fraction_binds <= TERM:
            bottom = n.brackets(bottom)
        text, binds = n.quotient(text, bottom, False), n.fraction_binds
    return text, binds


def _reciprocal(factor: Factor) -> Entry | None:
    """What stands below a fraction bar: s or s^k where the factor is s^-1 or s^-k, entries alike."""
    if not isinstance(factor, Entry) or factor.node.kind != "power":
        return None
    node = factor.node
    base, exponent = node.args
    if not (node.is_scalar or node.elementwise) or exponent.kind != "number" or exponent.number >= 0:
        return None
    if exponent.number == -1:
        return Entry(base, factor.row, factor.col)
    up = Node("number", ONE, ONE, number=-exponent.number)
    raised = Node("power", node.rows, node.cols, args=(base, up), elementwise=node.elementwise)
    return Entry(raised, factor.row, factor.col)


def _factor(factor: Factor, n: Notation, need: int) -> str:
    if isinstance(factor, Delta):
        return n.delta(n.index(factor.first), n.index(factor.second))
    if isinstance(factor, Order):
        return n.order(n.index(factor.first), n.index(factor.second))
    if isinstance(factor, Partial):
        inside, binds = _terms(factor.body, n, NOTHING)
        whole = factor.body[0].factors if len(factor.body) == 1 else ()
        short = len(whole) == 1 and binds >= POSTFIX and _is_short(whole[0], n)
        return n.partial(inside, _entry(factor.by, n, ATOM), short)
    return _entry(factor, n, need)


def _is_short(factor: Factor, n: Notation) -> bool:
    """Can it stand behind a ∂ without brackets?"""
    if not isinstance(factor, Entry) or factor.row is not None or factor.col is not None:
        return isinstance(factor, Entry)
    return _bare(factor.node, n, NOTHING, ())[1] >= POSTFIX


def _entry(entry: Entry, n: Notation, need: int) -> str:
    node, row, col = entry.node, entry.row, entry.col
    if row is None and col is None:
        return _at(node, need, n, NOTHING, ())
    if node.kind == "power" and node.elementwise and node.args[1].is_scalar:
        inner = _entry(Entry(node.args[0], entry.row, entry.col), n, ATOM)
        exponent = _at(node.args[1], ATOM, n, NOTHING, ())
        return n.power(inner, exponent, False)
    places = tuple([n.index(x) for x in (row, col) if x is not None])
    return n.entry(_at(node, ATOM, n, NOTHING, ()), places)


def index_text(index: Index, pair: Callable[[str, str], str]) -> str:
    """A letter, or a compound index written by `pair`."""
    if isinstance(index, Letter):
        return index.name
    assert isinstance(index, Pair)
    return pair(index_text(index.first, pair), index_text(index.second, pair))
