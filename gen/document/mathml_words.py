"""How a formula is read aloud, from its MathML: for what was typed as TeX and has no tree of its own.

The words are those of `gen.language.spoken` where both can say the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from xml.etree.ElementTree import Element

from gen.language.terminal import GREEK

_SAID: Mapping[str, str] = MappingProxyType(
    {
        "=": "equals", "+": "plus", "−": "minus", "±": "plus or minus", "·": "times", "×": "by", "/": "over",
        "∗": "star", "∘": "composed with", "⊗": "Kronecker", "⊙": "times entry by entry", "⊕": "direct sum",
        "⊘": "over entry by entry", "∂": "partial", "∇": "nabla", "∑": "sum", "∏": "product", "∫": "integral",
        "∞": "infinity", "≤": "is at most", "≥": "is at least", "<": "is less than", ">": "is greater than",
        "≠": "is not", "≈": "is about", "≡": "is identical to", "∈": "in", "∉": "not in",
        "⊂": "is a subset of",
        "⊆": "is a subset of", "∪": "union", "∩": "intersection", "→": "to", "↦": "maps to", "⇒": "implies",
        "⟹": "implies", "⇔": "if and only if", "⟺": "if and only if", "∀": "for all", "∃": "there is",
        "…": "and so on", "⋯": "and so on", "⋮": "and so on", "⋱": "and so on", "′": "prime",
        "″": "double prime",
        "‖": "norm bar", "|": "bar", "⊥": "perpendicular to", "∼": "is like", "∝": "is proportional to",
        "(": "open bracket", ")": "close bracket", "[": "open bracket", "]": "close bracket",
        "\u2061": "of", "\u2062": "",
    }
)  # fmt: skip
_ABOVE: Mapping[str, str] = MappingProxyType(
    {"ˆ": "hat", "^": "hat", "˜": "tilde", "¯": "bar", "→": "vector", "˙": "dot", "¨": "double dot"}
)
_POWERS: Mapping[str, str] = MappingProxyType(
    {"T": "transpose", "−1": "inverse", "2": "squared", "3": "cubed"}
)
_BARRED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"overlined": ("bar",), "underlined": ("underlined",)}
)
_LETTERS: Mapping[str, str] = MappingProxyType({sign: name for name, sign in GREEK.items()})
BLANK = "blank"  # what is left out for the reader to fill in
_SPACES = re.compile(r"\s+")


def table_said(rows: Sequence[Sequence[str]]) -> str:
    """The words for a table in brackets, whose cells are words; it may stand in a cell of another."""
    told = "; ".join(f"row {n}: {', '.join(row)}" for n, row in enumerate(rows, start=1))
    return f"matrix, {told}, end of matrix"


def said(elements: Iterable[Element]) -> str:
    """The words for elements in a row."""
    return _SPACES.sub(" ", " ".join(_said(element) for element in elements)).strip()


def _said(element: Element) -> str:
    parts = [_said(child) for child in element] if len(element) else []
    match element.tag:
        case "mspace" | "mphantom":
            return ""
        case "mi" | "mn" | "mo" | "mtext":
            text = (element.text or "").strip()
            return _SAID.get(text) or _LETTERS.get(text) or unicodedata.normalize("NFKC", text)
        case "mfrac":
            return f"{_grouped(element[0], parts[0])} over {_grouped(element[1], parts[1])}"
        case "msqrt":
            return f"square root of {' '.join(parts)}"
        case "mroot":
            return f"root {parts[1]} of {parts[0]}"
        case "msub":
            return f"{parts[0]} sub {parts[1]}"
        case "msup":
            return f"{parts[0]} {_power(element[1], parts[1])}"
        case "msubsup":
            return f"{parts[0]} sub {parts[1]} {_power(element[2], parts[2])}"
        case "munder" | "mover" if element.get("accent") == "true" or _text(element[1]) in ("⏟", "⏞"):
            return f"{parts[0]} {_ABOVE.get(_text(element[1]), '')}"
        case "munder" | "mover" if element[0].tag in ("munder", "mover"):
            return f"{parts[0]}, which is {parts[1]},"
        case "munder":
            return f"{parts[0]} over {parts[1]} of"
        case "mover":
            return f"{parts[0]} with {parts[1]} above"
        case "munderover":
            return f"{parts[0]} from {parts[1]} to {parts[2]} of"
        case "mtable":
            return "; ".join(f"row {n}: {row}" for n, row in enumerate(parts, start=1))
        case "mtr":
            return ", ".join(part or "nothing" for part in parts)
    return " ".join([*parts, *_BARRED.get(element.get("class", ""), ())])


def _power(element: Element, words: str) -> str:
    text = _text(element)
    if text and set(text) <= set("′″"):
        return words
    return _POWERS.get(text, f"to the power {words}")


def _grouped(element: Element, words: str) -> str:
    return words if len(element) < 2 or len(words.split()) < 3 else f"the whole {words}"


def _text(element: Element) -> str:
    return "".join(element.itertext())
