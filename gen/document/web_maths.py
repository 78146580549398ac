"""How a formula stands in HTML: one `<math>`, or a row of them where it may have to be broken."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from gen.document.formula import Formula
from gen.document.intents import with_intents
from gen.document.words import words_of
from gen.language.mathml import elements

_BREAK = re.compile(r'<mo form="infix">[+−=]</mo>')
_TAG = re.compile(r"<[^>]*>")
SPOKEN = "en"  # the language in which formulas are spoken
SHORT = 14  # signs of a formula that stands on any screen in one piece
ROOM = 22  # signs that a screen held upright shows side by side
COLUMN = 36  # signs that stand beside a reason


def maths(made: Formula, large: bool = False, language: str = SPOKEN) -> Markup:
    """The formula with its words; a long one may be broken before +, − and =.

    A browser breaks no line inside `<math>`: the parts are elements of their own, which are
    one formula for those who hear it. `large` sets fractions and sums at their full height. A page in
    another `language` says that the words are English.
    """
    size = Markup(' displaystyle="true"') if large else Markup("")
    parts = pieces(made.mathml)
    words = escape(made.spoken)
    if len(parts) == 1:
        return Markup('<math{}{} alttext="{}" aria-label="{}">{}</math>').format(
            foreign("xml:lang", language), size, words, words, Markup(_row(made.mathml))
        )
    inside = Markup("").join(
        Markup('<math{} aria-hidden="true">{}</math>').format(size, Markup(_row(part))) for part in parts
    )
    return Markup('<span class="long" role="math"{} aria-label="{}">{}</span>').format(
        foreign("lang", language), words, inside
    )


def foreign(attribute: str, language: str) -> Markup:
    """What tells that the words of a formula are in another language than its page."""
    return Markup("") if language == SPOKEN else Markup(' {}="{}"').format(attribute, SPOKEN)


def scrolling(language: str) -> Markup:
    """The attributes of what scrolls sideways because a formula is long."""
    label = words_of(language)["long_formula"]
    return Markup(' tabindex="0" role="group" aria-label="{}"').format(label)


def pieces(mathml: str) -> tuple[str, ...]:
    """Where a formula may be broken: before the signs that stand outside all brackets."""
    if signs(mathml) <= SHORT:
        return (mathml,)
    out = [""]
    for element in elements(mathml):
        if _BREAK.fullmatch(element) and out[-1]:
            out.append("")
        out[-1] += element
    return tuple(out)


def signs(mathml: str) -> int:
    """How many signs are printed, which tells roughly how wide a formula is."""
    return len(_TAG.sub("", mathml.replace("\u2062", "").replace("\u2061", "")))


def wide(made: Formula) -> bool:
    """May a part of it be wider than a narrow screen?"""
    return any(signs(part) > ROOM for part in pieces(made.mathml))


def deep(made: Formula) -> bool:
    """Is it so wide that the reason stands below it, not beside it?"""
    return any(signs(part) > COLUMN for part in pieces(made.mathml))


def _row(mathml: str) -> str:
    made = with_intents(mathml)
    return made if len(elements(made)) == 1 else f"<mrow>{made}</mrow>"


def in_line(made: Formula, language: str = SPOKEN) -> Markup:
    """A formula in a line of text; it scrolls where breaking it is not enough."""
    shown = maths(made, language=language)
    return (
        Markup('<span class="wide"{}>{}</span>').format(scrolling(language), shown) if wide(made) else shown
    )


def set_apart(made: Formula, language: str = SPOKEN) -> Markup:
    """A formula on a line of its own, which scrolls where it is too wide."""
    scrolls = scrolling(language) if wide(made) else Markup("")
    return Markup('<div class="formula"{}>{}</div>').format(scrolls, maths(made, True, language))
