"""How the formulas of a document are written: the record, and the keys of the table `notation`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from gen.document.conventions import conventions
from gen.document.words import Sentence, Words
from gen.language.style import Matrices, Partial, Style, Sums, Transpose
from gen.project import kinds
from gen.project.keys import Key


@dataclass(frozen=True, slots=True)
class Notation:
    """How derivations are written; `letters` are those an author chooses for indices, or none."""

    sums: Sums = "einstein"
    layout: str = "numerator"
    symmetric: str = "free"
    emphasis: str = "colour+underline"
    partial: Partial = "round"
    transpose: Transpose = "sans"
    matrices: Matrices = "plain"
    letters: str = ""

    @property
    def style(self) -> Style:
        """What of it concerns formulas."""
        return Style(self.sums, self.partial, self.transpose, self.matrices)


USUAL = Notation()


def stated(notation: Notation, words: Words, structures: Collection[str | None]) -> tuple[Sentence, ...]:
    """What a document in this notation states of itself; `structures` are those of its variables."""
    return conventions(
        words,
        einstein=notation.sums == "einstein",
        layout=notation.layout,
        symmetric=notation.symmetric,
        structures=structures,
        letters=notation.letters,
    )


NOTATION_KEYS = (
    Key(
        "sums",
        kinds.choice("einstein", "sigma"),
        "whether repeated indices or Σ say what is summed",
        default="einstein",
    ),
    Key("layout", kinds.choice("numerator", "denominator"), "the layout of Jacobians", default="numerator"),
    Key(
        "symmetric", kinds.choice("free", "projected"), "the derivative by symmetric matrices", default="free"
    ),
    Key("partial", kinds.choice("round", "upright"), "∂ or an upright d in derivatives", default="round"),
    Key(
        "transpose",
        kinds.choice("sans", "roman", "prime", "top"),
        "the sign of a transpose: T without serifs or with them, a prime, ⊤",
        default="sans",
    ),
    Key("matrices", kinds.choice("plain", "bold"), "the names of matrices and vectors", default="plain"),
    Key("letters", kinds.LETTERS, 'the letters of indices in their order, such as "ikqrjlst"', default=""),
    Key("emphasis", kinds.choice("colour+underline"), "the mark of what changed", default="colour+underline"),
)
