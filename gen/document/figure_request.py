"""What a figure is made from, and the record of a kind of figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from gen.derivation.components import small_sizes
from gen.derivation.frame import inner_dims
from gen.document.drawing import Drawing
from gen.document.pen import SIGMA, Pen, pen_for
from gen.document.words import Words, words_of
from gen.errors import InputError, Report, input_error, nearest
from gen.language.node import Node
from gen.language.style import Style

LARGEST = 12  # the largest size that can be asked for


class OptionError(InputError):
    """What is wrong with one option of a figure, by its name."""

    def __init__(self, option: str, report: Report) -> None:
        super().__init__(report)
        self.option = option


@dataclass(frozen=True, slots=True)
class FigureRequest:
    """What an author asks for: `argument` stands after the kind and is the expression where `of` is empty.

    `wrt` is the variable, or variables with commas between them; `symbols` declares names as
    `{"W": "m x n"}`, `sizes` gives numbers to dimensions. `language` is that of the description; `style` is
    that of the formulas, `letters` are those of the indices where an author chooses them; `low` where the
    picture is for a slide, which is wider than it is high. `layout` is that of Jacobians and vec forms;
    `product` says which of several Kronecker products is drawn, counted from 1.
    """

    argument: str
    of: str
    wrt: str
    symbols: Mapping[str, str]
    sizes: Mapping[str, int]
    language: str = "en"
    style: Style = SIGMA
    letters: str = ""
    low: bool = False
    layout: str = "numerator"
    product: int = 1

    @property
    def turned(self) -> bool:
        """Is a flattened derivative the transpose of what it is in numerator layout?"""
        return self.layout == "denominator"

    @property
    def pen(self) -> Pen:
        """What writes the formulas of the figure."""
        return pen_for(self.style, self.language)

    @property
    def words(self) -> Words:
        """What describes the figure for those who do not see it."""
        return words_of(self.language)

    def expression(self, example: str) -> str:
        """The expression. Raises InputError, with `example` as its hint, where there is none."""
        found = self.of.strip() or self.argument.strip()
        if not found:
            raise input_error(
                "syntax", "the figure needs an expression", where="file", hint=f":of: {example}"
            )
        return found

    def variable(self, example: str) -> str:
        """The one variable. Raises InputError where there is none or more than one."""
        found = self.variables()
        if len(found) != 1:
            said = "a variable" if not found else "one variable, not several"
            raise input_error("syntax", f"the figure needs {said}", where="wrt", hint=f":wrt: {example}")
        return found[0]

    def variables(self) -> tuple[str, ...]:
        """All variables, each once."""
        return tuple(dict.fromkeys(name.strip() for name in self.wrt.split(",") if name.strip()))

    def sized(self, expr: Node, variable: Node, symbols: Iterable[Node]) -> dict[str, int]:
        """A number for every dimension: those asked for, else small ones that differ where they can.

        Raises InputError for a dimension that is not there and a size out of range.
        """
        leaves = (expr, variable, *symbols)
        names = tuple(dict.fromkeys(name for name in inner_dims(*leaves) if "(" not in name))
        chosen = small_sizes(expr, variable, names) or dict.fromkeys(names, 2)
        return {**chosen, **checked_sizes(self.sizes, names)}


def checked_sizes(sizes: Mapping[str, int], names: Iterable[str]) -> dict[str, int]:
    """`sizes`, all of dimensions in `names` and between 1 and LARGEST; else InputError."""
    known = tuple(names)
    for name, size in sizes.items():
        if name not in known:
            close = nearest(name, known)
            hint = f"did you mean {close}?" if close else f"dimensions: {', '.join(known) or 'none'}"
            raise input_error(
                "unknown_name", f"{name} is no dimension of this figure", where="file", hint=hint
            )
        if not 1 <= size <= LARGEST:
            raise input_error(
                "too_large", f"{name} is {size}, but a size is from 1 to {LARGEST}", where="file"
            )
    return dict(sizes)


def too_large(what: str, most: int) -> InputError:
    """The error for a picture that nobody could read."""
    return input_error(
        "too_large",
        f"{what}, and a picture shows at most {most}",
        where="file",
        hint="give smaller sizes, such as :sizes: m=2, n=2",
    )


@dataclass(frozen=True, slots=True)
class FigureKind:
    """A kind of figure: its name, the options it takes, what draws it, and what it is for.

    `options` are among of, wrt, let, sizes, layout and product. `make` raises InputError where the request
    cannot be drawn.
    """

    name: str
    options: tuple[str, ...]
    make: Callable[[FigureRequest], Drawing]
    because: str
    example: FigureRequest


def request(of: str = "", wrt: str = "", let: str = "", sizes: str = "") -> FigureRequest:
    """A request as it is typed: `let` as `W: m x n; X: n x p`, `sizes` as `m=2, n=3`."""
    pairs = [part.partition(":") for part in let.split(";") if part.strip()]
    numbers = [part.partition("=") for part in sizes.split(",") if part.strip()]
    return FigureRequest(
        "",
        of,
        wrt,
        {name.strip(): shape.strip() for name, _, shape in pairs},
        {name.strip(): int(size) for name, _, size in numbers},
    )
