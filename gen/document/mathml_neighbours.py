"""What stands side by side in a formula: negated signs, names of functions, signs between two things."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from xml.etree.ElementTree import Element

OPENING = frozenset("([{⟨⌊⌈|‖")
CLOSING = frozenset(")]}⟩⌋⌉")
THIN = "0.1667em"
BROKEN = frozenset("+−=")  # before which a long formula may be broken
SCRIPTED = frozenset(("msub", "msup", "msubsup", "munder", "mover", "munderover"))


def negated(elements: list[Element]) -> list[Element]:
    """A stroke and the sign that it goes through are one sign."""
    out: list[Element] = []
    for element in elements:
        if out and out[-1].tag == "mpadded" and "".join(out[-1].itertext()) == "⧸" and element.tag == "mo":
            out.pop()
            element.text = unicodedata.normalize("NFC", (element.text or "") + "\u0338")
        out.append(element)
    return out


def spaced(elements: list[Element]) -> list[Element]:
    """Names of functions stand apart from what is beside them, but not from brackets."""
    for at, element in enumerate(elements):
        name = function(element)
        if name is None:
            continue
        before = elements[at - 1] if at else None
        after = elements[at + 1] if at + 1 < len(elements) else None
        touches = (
            before is None or before.tag == "mspace" or (before.tag == "mo" and function(before) is None)
        )
        if before is not None and before.tag == "mo" and before.text in CLOSING:
            touches = False
        bracketed = after is None or after.tag in ("mspace", "mtd")
        if after is not None and after.tag in ("mo", "mrow"):
            first = after if after.tag == "mo" or not len(after) else after[0]
            bracketed = first.tag == "mo" and (first.text in OPENING or function(first) is None)
        name.set("lspace", "0" if touches else THIN)
        name.set("rspace", "0" if bracketed else THIN)
    return elements


def function(element: Element) -> Element | None:
    """The name of a function that `element` is, scripts included."""
    base = element
    while base.tag in SCRIPTED and len(base):
        base = base[0]
    return base if base.tag == "mo" and len(base.text or "") > 1 and (base.text or "")[0].isalpha() else None


def infix(elements: Iterable[Element]) -> list[Element]:
    """Signs between two things say so, because a line may begin with them."""
    out: list[Element] = []
    for element in elements:
        if out and element.tag == "mo" and element.text in BROKEN:
            before = out[-1]
            if before.tag != "mo" or before.text in CLOSING or before.text in ("|", "‖", "′", "…", "⋯"):
                element.attrib.clear()
                element.set("form", "infix")
        out.append(element)
    return out
