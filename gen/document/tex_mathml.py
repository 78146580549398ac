"""The formulas that authors type, and those that this program writes in TeX, as MathML."""

from __future__ import annotations

from functools import lru_cache

from latex2mathml.converter import convert_to_element
from markupsafe import Markup

from gen.document.mathml_tree import core
from gen.document.tex_commands import translated
from gen.document.web_maths import ROOM, pieces, signs


def tex_mathml(tex: str, large: bool = False) -> Markup:
    r"""`tex`, which `guarded` or this program made, as one `<math>` or as a row of them.

    A long formula in a line may be broken before +, − and =; one of its own, `large`, stays whole.

    >>> str(tex_mathml(r"W^{\mathsf T}"))
    '<math><msup intent="transpose($base)"><mi arg="base">W</mi><mi mathvariant="normal">T</mi></msup></math>'
    """
    made = elements_of(tex, large)
    if large:
        return Markup('<math displaystyle="true">{}</math>').format(Markup(made))
    parts = pieces(made)
    inside = Markup("").join(Markup("<math>{}</math>").format(Markup(part)) for part in parts)
    return inside if len(parts) == 1 else Markup('<span class="long">{}</span>').format(inside)


def is_wide(tex: str) -> bool:
    """May the formula be wider than a narrow screen?"""
    return signs(elements_of(tex, True)) > ROOM


@lru_cache(maxsize=4096)
def elements_of(tex: str, large: bool) -> str:
    """What stands inside `<math>`; `large` where it is displayed."""
    return core(convert_to_element(translated(tex), display="block" if large else "inline"))
