"""What parts of a formula mean, as the `intent` attributes of MathML 4, where they can mean one thing only.

A screen reader that knows them says "transpose of W", not "W to the T"; others pass over them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from xml.etree.ElementTree import Element, fromstring, tostring

_OPERATIONS: Mapping[str, str] = MappingProxyType(
    {"⊗": "kronecker-product", "⊙": "hadamard-product", "⊘": "hadamard-division"}
)
_TELLING = ("T</mi>", "<mn>1</mn>", "∂", *_OPERATIONS)  # without any of these there is nothing to say


@lru_cache(maxsize=8192)  # the same symbols stand on every line
def with_intents(mathml: str) -> str:
    """Elements in a row, with what their parts mean."""
    if not any(sign in mathml for sign in _TELLING):
        return mathml
    row = fromstring(f"<mrow>{mathml}</mrow>")
    add_intents(row)
    return "".join(shown(element) for element in row)


def add_intents(elements: Iterable[Element]) -> None:
    """Say of each element inside `elements` what it means."""
    for element in elements:
        for part in element.iter():
            if part.tag == "msup":
                _raised(part)
            elif part.tag == "mfrac":
                _derivative(part)
            elif part.tag == "mo" and (name := _OPERATIONS.get(part.text or "")) is not None:
                part.set("intent", name)


def shown(element: Element) -> str:
    """The element with both its tags, as `gen.language.mathml` reads them."""
    return tostring(element, encoding="unicode", short_empty_elements=False)


def _raised(element: Element) -> None:
    base, above = element
    if base.tag == "mo":
        return  # a bracket carries what belongs to all that it closes
    if above.tag == "mi" and above.text == "T" and above.get("mathvariant") == "normal":
        _meant(element, "transpose", {"base": base})
    elif above.tag == "mrow" and "".join(above.itertext()) == "−1":
        _meant(element, "inverse", {"base": base})


def _derivative(element: Element) -> None:
    """∂F/∂W; without what is differentiated, or twice, there is no name for it."""
    above, below = element
    if all(part.tag == "mrow" and len(part) == 2 and part[0].text == "∂" for part in (above, below)):
        _meant(element, "partial-derivative", {"of": above[1], "by": below[1]})


def _meant(element: Element, name: str, parts: Mapping[str, Element]) -> None:
    element.set("intent", f"{name}({','.join(f'${part}' for part in parts)})")
    for part, inner in parts.items():
        inner.set("arg", part)
