"""From the elements that `latex2mathml` makes to those of MathML Core, as the own printer writes them.

Markers (`gen.document.tex_commands`) become what they stand for, letters of other alphabets those of Unicode,
names of functions get the spaces of TeX, and what a browser of today does not know goes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

from gen.document.formula import Formula
from gen.document.intents import shown
from gen.document.mathml_letters import ALPHABETS, lettered
from gen.document.mathml_neighbours import BROKEN, OPENING, SCRIPTED, THIN, infix, negated, spaced
from gen.document.mathml_words import said

# Attributes of MathML Core that the library gives, and what else is written here.
_KEPT = frozenset(
    """
    accent accentunder class depth displaystyle form height intent largeop linethickness lspace mathvariant
    maxsize minsize movablelimits rspace scriptlevel stretchy symmetric width
    """.split()
)
_ENTITY = re.compile(r"&#x([0-9A-Fa-f]+);")
_SIGNS: Mapping[str, str] = MappingProxyType({"-": "−", "*": "∗", "⟂": "⊥", "⧵": "∖"})
_ACCENTS: Mapping[str, str] = MappingProxyType({"^": "ˆ", "∼": "˜", **{sign: sign for sign in "´¯˘ˇ˙¨`→"}})
_BARS: Mapping[str, str] = MappingProxyType({"mover": "overlined", "munder": "underlined"})
_BRACKETS = frozenset("()[]{}|‖⟨⟩⌊⌋⌈⌉")
_SIDED = frozenset("()[]{}⟨⟩⌊⌋⌈⌉")
_BIG = "1.2em"
_CLOSE = frozenset("∂∇…⋯⋮⋱∀∃¬′|‖!/")  # without room on either side
_NAMES = frozenset("∞∅∠⊤ℏℓℵ∆")  # signs that are things, not operations
_LARGE = frozenset("∑∏⋃⋂⨁⨂")
_LIMIT_WORDS = frozenset(("lim", "max", "min", "sup", "inf", "det", "gcd", "Pr", "lim inf", "lim sup"))
_SCRIPTS: Mapping[str, str] = MappingProxyType({"msub": "munder", "msup": "mover", "msubsup": "munderover"})
_MARKED = frozenset(("boxed", "changed"))


def core(made: Element) -> Formula:
    """What stands inside `made`, a `<math>` of the library, and how it is read."""
    elements = infix(_inside(made, aligned=False))
    return Formula("".join(shown(element) for element in elements), said(elements))


def _inside(element: Element, aligned: bool) -> list[Element]:
    """The cleaned children, without rows that hold nothing or one thing."""
    out: list[Element] = []
    for child in element:
        for made in _clean(child, aligned):
            plain_row = made.tag == "mrow" and not made.attrib
            out += list(made) if plain_row and (len(made) == 1 or element.tag == "math") else [made]
    return spaced(negated(out))


def _clean(element: Element, aligned: bool) -> list[Element]:
    marker = element.get("mathcolor")
    if marker is not None:
        return _marked(marker, _one_row(element, aligned))
    if element.tag in ("mi", "mo", "mn", "mtext") and not len(element):
        return _token(element)
    if element.tag == "mspace":
        width = element.get("width", "")
        width = "-0.167em" if width == "negativethinmathspace" else width
        return [Element("mspace", {"width": width})] if width else []
    out = Element(element.tag, {k: v for k, v in element.attrib.items() if k in _KEPT})
    if element.tag == "mtable":
        aligned = element.get("columnspacing") == "0em"
        _classed(out, "aligned" if aligned else "small" if element.get("rowspacing") == "0.1em" else "")
    if element.tag == "mtd":
        _classed(out, element.get("columnalign", "").replace("center", ""))
    children = _inside(element, aligned)
    if aligned and out.get("class") == "left" and children and children[0].text in BROKEN:
        children[0].attrib["form"] = "infix"
    if element.tag in SCRIPTED or element.tag in ("mfrac", "mroot", "mtable", "mtr"):
        children = [_one(child) for child in children]
    out.extend(children)
    if element.tag in _SCRIPTS:
        _limits(out)
    if element.tag in ("mover", "munder"):
        _accent(out)
    return [out]


def _one_row(element: Element, aligned: bool) -> Element:
    row = Element("mrow")
    row.extend(_inside(element, aligned))
    while len(row) == 1 and row[0].tag == "mrow" and not row[0].attrib:
        row = row[0]
    return row


def _one(element: Element) -> Element:
    return element[0] if element.tag == "mrow" and not element.attrib and len(element) == 1 else element


def _classed(element: Element, name: str) -> None:
    if name:
        element.set("class", name)


# --- tokens -----------------------------------------------------------------------


def _token(element: Element) -> list[Element]:
    text = _ENTITY.sub(lambda found: chr(int(found[1], 16)), element.text or "")
    if element.tag == "mtext":
        out = Element("mtext")
        _classed(out, element.get("mathvariant", "").replace("italic", "slanted").replace("normal", ""))
        out.text = text
        return [out] if text else []
    text = _SIGNS.get(text, text).replace("~", "∼")
    if not text:
        return []
    sign = (len(text) == 1 and unicodedata.category(text)[0] in "SP") or set(text) == {"′"}
    tag = element.tag
    if text in _NAMES:
        tag = "mi"
    elif sign and tag == "mi":
        tag = "mo"
    elif tag == "mi" and len(text) > 1:
        tag = "mo"  # a name of a function
    kept = {k: v for k, v in element.attrib.items() if k in _KEPT and k != "mathvariant"}
    if tag == "mo":
        if text in _BRACKETS and element.tag == "mi":
            kept["stretchy"] = "false"
        if "minsize" in kept:
            form = {"form": "prefix" if text in OPENING else "postfix"}
            kept |= {"stretchy": "true", "lspace": "0", "rspace": "0", **(form if text in _SIDED else {})}
            if kept["minsize"] == _BIG:
                # Browsers keep the room of the largest bracket beside one that may grow.
                del kept["minsize"], kept["maxsize"]
                kept["stretchy"] = "false"
        if set(text) <= _CLOSE:
            kept |= {"lspace": "0", "rspace": "0"}
    out = Element(tag, kept)
    out.text = text
    return [out]


def _marked(marker: str, row: Element) -> list[Element]:
    """What a marker asks for."""
    if marker in ALPHABETS:
        if marker == "sans" and _plain(row) == "T":
            return [_upright("T")]  # the sign of a transpose, as the own printer writes it
        for token in row.iter():
            token.text = token.text and lettered(token.text, marker)
        return [row]
    if marker == "upright":
        return _merged(row)
    if marker == "colon":
        out = Element("mo", {"lspace": "0", "rspace": THIN})
        out.text = ":"
        return [out]
    if marker == "relation":
        space = {"width": "0.2778em"}
        row.insert(0, Element("mspace", space))
        row.append(Element("mspace", space))
    if marker == "ordinary":
        for operator in row.iter("mo"):
            operator.attrib.update(lspace="0", rspace="0")
    if marker == "gathered":
        for table in row.iter("mtable"):
            table.set("displaystyle", "true")
    if marker == "limits":
        row.set("class", "limits")
    if marker in _MARKED:
        row.set("class", marker)
    return [row]


def _merged(row: Element) -> list[Element]:
    """Letters that stand side by side are one upright name."""
    out: list[Element] = []
    for element in list(row):
        text = element.text or ""
        if element.tag != "mi":
            out.append(element)
        elif out and out[-1].tag == "mi":
            out[-1] = _upright((out[-1].text or "") + text)
        else:
            out.append(_upright(text))
    return out


def _upright(text: str) -> Element:
    out = Element("mi", {"mathvariant": "normal"} if len(text) == 1 else {})
    out.text = text
    return out


def _plain(element: Element) -> str:
    return "".join(element.itertext())


# --- scripts and accents ----------------------------------------------------------


def _limits(element: Element) -> None:
    """Scripts of sums and of limits stand above and below them in a displayed formula."""
    base = element[0]
    if base.get("class") == "limits":
        del base.attrib["class"]
        element.tag = _SCRIPTS[element.tag]
        for operator in base.iter("mo"):
            operator.set("movablelimits", "false")
    elif base.tag == "mo" and (base.text in _LIMIT_WORDS or base.get("movablelimits") == "true"):
        base.set("movablelimits", "true")
        element.tag = _SCRIPTS[element.tag]
    elif base.tag == "mo" and base.text in _LARGE:
        element.tag = _SCRIPTS[element.tag]


def _accent(element: Element) -> None:
    """Signs above a letter are small and near it; no font draws a bar that is as wide as what it covers."""
    if len(element) != 2 or element[1].tag != "mo":
        return
    sign = element[1]
    text = sign.text or ""
    if text == "―":
        name, inside = _BARS[element.tag], element[0]
        element.clear()
        element.tag = "mrow"
        element.set("class", name)
        element.append(inside)
    elif text in _ACCENTS:
        # The library gives hats and tildes over single letters a mark of their own.
        narrow = element.get("accent") == "true" or sign.get("stretchy") == "false"
        sign.text = _ACCENTS[text] if narrow or text == "∼" else text
        sign.attrib.clear()
        sign.set("stretchy", "true" if not narrow and sign.text in "^˜→" else "false")
        element.set("accent", "true")
