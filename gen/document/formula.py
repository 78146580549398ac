"""A formula of a page: its MathML and its words, made by one walk over one expression."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from gen.derivation.record import Reason
from gen.language.catalogue import function_named
from gen.language.dimension import Dim
from gen.language.index import Letter, Pair
from gen.language.mathml import MATHML, one, shape_mathml
from gen.language.node import Node
from gen.language.notation import Line, Notation, Path
from gen.language.spoken import SPOKEN, shape_spoken
from gen.language.writer import write

Written: TypeAlias = Callable[[Notation], str]


@dataclass(frozen=True, slots=True)
class Formula:
    """What stands inside `<math>`, and how it is read aloud."""

    mathml: str
    spoken: str


Phrase: TypeAlias = tuple[str | Formula, ...]


def both(written: Written) -> Formula:
    """What `written` makes of the notation for eyes and of the one for ears."""
    return Formula(written(MATHML), written(SPOKEN))


def formula(line: Line, marks: frozenset[Path] = frozenset()) -> Formula:
    """An expression; what stands at `marks` is marked."""
    return Formula(write(line, MATHML, marks), write(line, SPOKEN))


def named(name: str) -> Formula:
    """A symbol."""
    return both(lambda n: n.symbol(name))


def entry(name: str, letters: tuple[Letter, ...]) -> Written:
    """The symbol `name` with indices."""
    return lambda n: n.entry(n.symbol(name), tuple(n.index(letter) for letter in letters))


def applied(function: str, inner: Written) -> Written:
    """A function of one argument, such as vec(F)."""
    return lambda n: n.call(function_named(function), (inner(n),), (inner(n),))


def transposed(inner: Written) -> Written:
    """The transpose."""
    return lambda n: n.transpose(inner(n))


def increment(name: str) -> Written:
    """dF."""
    return lambda n: n.differential(n.symbol(name), True)


def partial(of: Written, by: Written) -> Formula:
    """∂F/∂W."""
    return both(lambda n: n.partial(of(n), by(n), True))


def slanted(of: Written, by: Written) -> Formula:
    """∂F/∂W in one line, for sentences."""
    a, b = both(of), both(by)
    sign, over = (f'<mo lspace="0" rspace="0">{x}</mo>' for x in "∂/")
    mathml = f"{sign}{a.mathml}{over}{sign}{b.mathml}"
    return Formula(mathml, f"partial of {a.spoken} by {b.spoken}")


def second_partial(of: Written, first: Written, then: Written) -> Formula:
    """∂²f/∂x∂xᵀ."""
    a, b, c = both(of), both(first), both(then)
    above = f"<mrow><msup><mo>∂</mo><mn>2</mn></msup>{a.mathml}</mrow>"
    below = f"<mrow><mo>∂</mo>{b.mathml}<mo>∂</mo>{c.mathml}</mrow>"
    words = f"second partial of {a.spoken} by {b.spoken} and {c.spoken}"
    return Formula(f"<mfrac>{above}{below}</mfrac>", words)


def equation(left: Formula | None, right: Formula) -> Formula:
    """left = right; with nothing on the left the line goes on from the one above."""
    before, said = (left.mathml, left.spoken + " ") if left is not None else ("", "")
    sign = '<mo form="infix">=</mo>'
    return Formula(f"{before}{sign}{right.mathml}", f"{said}equals {right.spoken}")


def shape(dims: tuple[Dim, ...]) -> Formula:
    """m × p × m × n."""
    return Formula(shape_mathml(dims), shape_spoken(dims))


def number(value: float) -> Formula:
    """A small positive number as a digit and a power of ten."""
    digit, _, power = f"{value:.0e}".partition("e")
    exponent = int(power)
    raised = f"<mo form='prefix'>−</mo><mn>{-exponent}</mn>" if exponent < 0 else f"<mn>{exponent}</mn>"
    tens = f"<msup><mn>10</mn>{one(raised)}</msup>"
    sign = "minus " if exponent < 0 else ""
    return Formula(f"<mn>{digit}</mn><mo>·</mo>{tens}", f"{digit} times 10 to the {sign}{abs(exponent)}")


def reason(pieces: Reason) -> Phrase:
    """A reason with its expressions as formulas."""
    return tuple(piece if isinstance(piece, str) else _piece(piece) for piece in pieces)


def _piece(piece: object) -> Formula:
    if isinstance(piece, Letter | Pair):
        return both(lambda n: n.index(piece))
    assert isinstance(piece, Node | tuple), f"a reason holds {type(piece).__name__}"
    return formula(piece)
