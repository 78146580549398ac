"""Formulas before it is known for whom: functions from a notation to what it writes."""

from __future__ import annotations

from gen.derivation.record import Reason
from gen.document.words import Sentence, Written
from gen.language.catalogue import function_named
from gen.language.dimension import Dim
from gen.language.index import Letter, Pair
from gen.language.node import Node
from gen.language.notation import NOTHING, Line, Path
from gen.language.writer import write


def expression(line: Line, marks: frozenset[Path] = NOTHING) -> Written:
    """An expression; what stands at `marks` is marked."""
    return lambda n: write(line, n, marks)


def name(node: Node) -> Written:
    """A symbol that stands as a whole."""
    return lambda n: n.named(node)


def scalar(called: str) -> Written:
    """The name of a number."""
    return lambda n: n.symbol(called)


def letter(index: Letter | Pair) -> Written:
    """An index."""
    return lambda n: n.index(index)


def entry(node: Node, letters: tuple[Letter, ...]) -> Written:
    """A symbol with indices, or as a whole without."""
    return at(node.name, tuple(letter.name for letter in letters)) if letters else name(node)


def at(called: str, places: tuple[str, ...]) -> Written:
    """The entry of a name at letters or numbers."""
    return lambda n: n.entry(n.symbol(called), tuple(n.letter(place) for place in places))


def listed(letters: str) -> Written:
    """Letters in brackets: (i,q)."""
    return lambda n: n.listed(tuple(n.letter(one) for one in letters))


def operator(called: str) -> Written:
    """The name of a function that stands by itself."""
    return lambda n: n.operator(called)


def applied(function: str, inner: Written) -> Written:
    """A function of one argument, such as vec(F)."""
    return lambda n: n.call(function_named(function), (inner(n),), (inner(n),))


def transposed(inner: Written) -> Written:
    """The transpose."""
    return lambda n: n.transpose(inner(n))


def increment(node: Node) -> Written:
    """dF."""
    return lambda n: n.differential(n.named(node), True)


def partial(of: Written, by: Written) -> Written:
    """∂F/∂W."""
    return lambda n: n.partial(of(n), by(n), True)


def slanted(of: Written, by: Written) -> Written:
    """∂F/∂W in one line, for sentences."""
    return lambda n: n.slanted(of(n), by(n))


def second_partial(of: Written, first: Written, then: Written) -> Written:
    """∂²f/∂x∂xᵀ."""
    return lambda n: n.second(of(n), first(n), then(n))


def equation(left: Written, right: Written) -> Written:
    """left = right."""
    return lambda n: f"{left(n)}{n.equals}{right(n)}"


def continued(right: Written) -> Written:
    """= right: the line goes on from the one above."""
    return lambda n: n.equals.lstrip() + right(n)


def shape(dims: tuple[Dim, ...]) -> Written:
    """m × p × m × n."""
    return lambda n: n.shape(dims)


def size(called: str, value: int) -> Written:
    """A dimension with a number put in for it: m = 2."""
    return equation(scalar(called), whole(value))


def whole(value: int) -> Written:
    """A whole number."""
    return lambda n: n.number(value)


def number(value: float) -> Written:
    """A small positive number as a digit and a power of ten."""
    digit, _, power = f"{value:.0e}".partition("e")
    return lambda n: n.scientific(int(digit), int(power))


def row(parts: tuple[Written, ...]) -> Sentence:
    """Formulas one after the other, commas between them."""
    out: list[str | Written] = []
    for part in parts:
        out += [", ", part] if out else [part]
    return tuple(out)


def reason(pieces: Reason) -> Sentence:
    """A reason with its expressions as formulas."""
    return tuple(piece if isinstance(piece, str) else _piece(piece) for piece in pieces)


def _piece(piece: object) -> Written:
    if isinstance(piece, Letter | Pair):
        return letter(piece)
    assert isinstance(piece, Node | tuple), f"a reason holds {type(piece).__name__}"
    return expression(piece)
