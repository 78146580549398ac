"""Every rule of every method, in one visible tuple; rules made for a variable are made for a symbolic X."""

from __future__ import annotations

from dataclasses import dataclass

from gen.derivation.calculus_rules import CALCULUS
from gen.derivation.components import DIFFERENTIATE_ENTRIES, MULTIPLY_OUT
from gen.derivation.compound import COMPOUND
from gen.derivation.contraction import CONTRACTION
from gen.derivation.delta_rules import DELTA
from gen.derivation.differential_method import FREE_ENTRIES, GATHER
from gen.derivation.differential_rules import differential_rules
from gen.derivation.index_form_rules import INDEX_FORM
from gen.derivation.index_method import IDENTIFY, MATRIX_FORM
from gen.derivation.pushing import increment
from gen.derivation.record import Rule
from gen.derivation.vec_method import COLLECT, STRUCTURED
from gen.derivation.vec_rules import vec_rules
from gen.language.dimension import named
from gen.language.node import symbol

VARIABLE = symbol("X", named("m"), named("n"))


@dataclass(frozen=True, slots=True)
class Chapter:
    """Rules that serve one purpose, in the order in which a method tries them."""

    title: str
    purpose: str
    rules: tuple[Rule, ...]


CHAPTERS: tuple[Chapter, ...] = (
    Chapter(
        "Definitions by indices",
        "An entry of a compound expression is written as a sum of products of entries.",
        INDEX_FORM,
    ),
    Chapter(
        "Derivatives of entries",
        "A partial derivative is pushed inward until it stands before entries of the variable only.",
        CALCULUS,
    ),
    Chapter(
        "Deltas and sums",
        "Partial derivatives of entries become deltas, and deltas end the sums over their indices.",
        (*DELTA, CONTRACTION, *COMPOUND),
    ),
    Chapter(
        "Back to matrices",
        "Sums over neighbouring indices are read as products of matrices.",
        (MATRIX_FORM, IDENTIFY),
    ),
    Chapter(
        "Differentials",
        "A differential is pushed inward until it stands before the variable only; what stands around it "
        "is the derivative.",
        (*differential_rules(VARIABLE), GATHER, FREE_ENTRIES),
    ),
    Chapter(
        "Stacked columns",
        "The stacked differential is brought to the form of one matrix times the stacked increment.",
        (*vec_rules(increment(VARIABLE)), COLLECT, STRUCTURED),
    ),
    Chapter(
        "Entry by entry",
        "Small matrices are multiplied out and each entry is differentiated by itself.",
        (MULTIPLY_OUT, DIFFERENTIATE_ENTRIES),
    ),
)

RULES: tuple[Rule, ...] = tuple(rule for chapter in CHAPTERS for rule in chapter.rules)
