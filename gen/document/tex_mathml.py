"""The formulas that authors type, and those that this program writes in TeX, as MathML."""

from __future__ import annotations

from functools import lru_cache

from latex2mathml.converter import convert_to_element
from markupsafe import Markup

from gen.document.formula import Formula
from gen.document.intents import with_intents
from gen.document.mathml_tree import core
from gen.document.tex_commands import translated
from gen.document.web_maths import ROOM, SPOKEN, foreign, in_line, signs


def tex_mathml(tex: str, large: bool = False, language: str = SPOKEN) -> Markup:
    r"""`tex`, which `guarded` or this program made, as one `<math>` or as a row of them, with its words.

    A long formula in a line may be broken before +, − and =, and scrolls where that is not enough; one of
    its own, `large`, stays whole. `language` is that of the page.

    >>> str(tex_mathml(r"W^2"))
    '<math alttext="W squared" aria-label="W squared"><msup><mi>W</mi><mn>2</mn></msup></math>'
    """
    made = tex_formula(tex, large)
    if not large:
        return in_line(made, language)
    return Markup('<math{} displaystyle="true" alttext="{}" aria-label="{}">{}</math>').format(
        foreign("xml:lang", language), made.spoken, made.spoken, Markup(with_intents(made.mathml))
    )


def is_wide(tex: str) -> bool:
    """May the formula be wider than a narrow screen?"""
    return signs(tex_formula(tex, True).mathml) > ROOM


@lru_cache(maxsize=4096)
def tex_formula(tex: str, large: bool = False) -> Formula:
    """The formula; `large` where it is displayed."""
    return core(convert_to_element(translated(tex), display="block" if large else "inline"))
