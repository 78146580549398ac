"""What the reference says of every function and rule, found by applying the records to general arguments."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gen.derivation.derive import derive, read_expression
from gen.derivation.letters import Alphabet
from gen.derivation.record import Rule
from gen.derivation.result import Derivation
from gen.derivation.slope import slope_of
from gen.errors import InputError
from gen.language.declaration import Declaration
from gen.language.dimension import ONE, Dim, named
from gen.language.function import Function
from gen.language.index import Entry, Index, Pair, Partial, Terms, one
from gen.language.index_parser import parse_terms
from gen.language.node import Node, call, differential, multiply, negative, symbol
from gen.language.reading import read
from gen.language.signature import Pattern, signature

Written = Node | Terms


@dataclass(frozen=True, slots=True)
class Law:
    """An equation that a record states: what it is, and its two sides."""

    what: str
    left: Written
    right: Written


@dataclass(frozen=True, slots=True)
class Example:
    """What a rule makes of an expression; typed text where only the engine can read it."""

    before: Written | str
    after: Written | str


def general_call(function: Function, rule: str | None = None) -> Node:
    """The function of general arguments U, V (u where they are columns, x where it acts on entries)."""
    if function.elementwise:
        return call(function.name, ONE, ONE, symbol("x"))
    shapes = signature(rule or function.signatures[0])
    args = [_argument(letter, p) for letter, p in zip("UV", shapes.params, strict=False)]
    return call(function.name, shapes.result.rows, shapes.result.cols, *args)


def laws(function: Function) -> tuple[Law, ...]:
    """How the function is differentiated, or, where it is linear, how its entries are defined."""
    if function.elementwise:
        whole = general_call(function)
        (x,) = whole.args
        left = one(Partial(one(Entry(whole)), Entry(x)))
        return (Law("derivative", left, slope_of(function, x)),)
    if function.entry is not None:
        return tuple(_definition(function, general_call(function, rule)) for rule in function.signatures)
    whole = general_call(function)
    steps = tuple(differential(a) for a in whole.args)
    found: list[Law] = []
    if function.law is not None:
        found.append(Law("differential", differential(whole), function.law(whole.args, steps)))
    if function.trace_law is not None:
        trace = call("tr", ONE, ONE, whole)
        right = function.trace_law(whole.args, steps)
        found.append(Law("differential under the trace", differential(trace), right))
    if function.ray_law is not None:
        (matrix,), scalar = whole.args, symbol("t")
        ray = call(function.name, matrix.rows, matrix.cols, multiply(scalar, matrix))
        slope = multiply(function.ray_law(matrix, scalar), differential(scalar))
        found.append(Law(f"differential along a ray, {matrix.name} constant", differential(ray), slope))
    return tuple(found)


def worked(function: Function) -> Derivation:
    """The derivative of the record's example: by X, by x, or by its first symbol."""
    names = tuple(read_expression(function.example, None, ()).symbols)
    wrt = next((name for name in ("X", "x") if name in names), names[0])
    return derive(function.example, wrt)


def example_of(rule: Rule) -> Example | None:
    """The rule's example as expressions; None where the rule has none, since it acts on a table."""
    before, arrow, after = rule.example.partition(" => ")
    if not arrow:
        return None
    if "[" in rule.example:
        return Example(_terms(before), _terms(after))
    left = _node(before, ())
    right = left if isinstance(left, str) else _node(after, _declared(left))
    return Example(before, after) if isinstance(right, str) else Example(left, right)


# --- functions --------------------------------------------------------------------


def _argument(letter: str, pattern: Pattern) -> Node:
    return symbol(letter.lower() if pattern.is_vector else letter, pattern.rows, pattern.cols)


def _definition(function: Function, whole: Node) -> Law:
    """The entry of a general call, at compound indices cut so that no delta is left over."""
    assert function.entry is not None
    ways: list[tuple[int, Law]] = []
    for turned in (False, True):
        alphabet = Alphabet(())
        row, col = (_index(d, alphabet, turned) for d in (whole.rows, whole.cols))
        if whole.is_vector and row is None:
            row, col = col, None
        entry = function.entry(whole.args, row, col, alphabet)
        ways.append((len(entry[0].bound), Law("definition", one(Entry(whole, row, col)), entry)))
    return min(ways, key=lambda way: way[0])[1]


def _index(dim: Dim, alphabet: Alphabet, turned: bool) -> Index | None:
    if dim.is_one:
        return None
    if len(dim.names) < 2:
        return alphabet.function(dim)
    parts = [named(name) for name in dim.names]
    fast, slow = reversed(parts) if turned else parts
    return Pair(alphabet(fast), alphabet(slow))


# --- rules ------------------------------------------------------------------------

_N = named("n")
# All square, so that one table serves every example; b is a stacked matrix.
_SYMBOLS = {
    **{name: symbol(name, _N, _N) for name in "ABGWX"},
    **{name: symbol(name, _N) for name in "xy"},
    "a": symbol("a"),
    "b": symbol("b", _N * _N),
}
_LETTERS = re.compile(r"(?<=[\[,])[a-z](?=[\],])")
_COMPOUND = re.compile(r"\(([a-z]),([a-z])\)")
_DIFFERENTIAL = re.compile(r"D\((.*)\)")


def _terms(text: str) -> Terms | str:
    compound = {name: _N for pair in _COMPOUND.findall(text) for name in pair}
    # Where nothing but deltas stands, no axis says what an index runs over.
    for ranges in (compound, dict.fromkeys(_LETTERS.findall(text), _N)):
        try:
            return parse_terms(text, _SYMBOLS, ranges)
        except InputError:
            continue
    return text


def _node(text: str, known: tuple[Declaration, ...]) -> Node | str:
    """An expression, or D around one; `known` are the symbols of the other side and their increments."""
    inside = _DIFFERENTIAL.fullmatch(text)
    # Declared where it occurs only: dimensions that it names are not given to other symbols.
    step = (Declaration("dX", named("m"), _N),) if "dX" in text else ()
    try:
        node = _signed(inside[1] if inside else text, (Declaration("a"), *step, *known))
    except InputError:
        return text
    return differential(node) if inside else node


def _signed(text: str, known: tuple[Declaration, ...]) -> Node:
    """A minus in front stands before the whole product, as the engine writes it."""
    node = read(text, known).node
    return node if text[0] != "-" or node.kind == "sum" else negative(read(text[1:], known).node)


def _declared(node: Node) -> tuple[Declaration, ...]:
    found = {s.name: s for s in _symbols(node)}
    plain = [Declaration(s.name, s.rows, s.cols) for s in found.values()]
    return (*plain, *(Declaration(f"d{d.name}", d.rows, d.cols) for d in plain if not d.name.startswith("d")))


def _symbols(node: Node) -> tuple[Node, ...]:
    if node.kind == "symbol":
        return (node,)
    return tuple(s for a in node.args for s in _symbols(a))
