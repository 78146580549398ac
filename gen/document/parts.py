"""How each kind of part is set: the templates it uses and the packages it needs.

One record a kind, so that a new kind of part is a block, a record here and its
templates.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from gen.document.blocks import (
    CalloutBlock,
    ChoiceBlock,
    DerivationBlock,
    Document,
    DrawnBlock,
    FlatteningBlock,
    KeyBlock,
    Part,
    TextBlock,
)
from gen.document.latex import Needed


@dataclass(frozen=True, slots=True)
class PartKind:
    """A kind of part: its block, the template on paper and on slides, its packages."""

    block: type
    paper: str
    slide: str
    packages: tuple[Needed, ...] = ()
    libraries: tuple[str, ...] = ()


PARTS = (
    PartKind(DerivationBlock, "paper/derivation.tex", "slides/derivation.tex"),
    PartKind(
        FlatteningBlock,
        "paper/flattening.tex",
        "slides/flattening.tex",
        (Needed("tikz"),),
        ("arrows.meta",),
    ),
    PartKind(CalloutBlock, "paper/callout.tex", "slides/callout.tex"),
    PartKind(TextBlock, "paper/text.tex", "slides/text.tex"),
    PartKind(ChoiceBlock, "paper/choice.tex", "slides/choice.tex"),
    PartKind(KeyBlock, "paper/key.tex", "slides/choice.tex"),
    PartKind(DrawnBlock, "paper/drawn.tex", "slides/drawn.tex", (Needed("tikz"),), ("arrows.meta",)),
)


_KIND = MappingProxyType({kind.block: kind for kind in PARTS})


def kind_of(part: Part) -> PartKind:
    """The record of the kind of `part`."""
    return _KIND[type(part)]


def packages_of(document: Document) -> tuple[Needed, ...]:
    """The packages that the parts of `document` ask for, in order."""
    return tuple(package for kind in _kinds(document) for package in kind.packages)


def libraries_of(document: Document) -> tuple[str, ...]:
    """The TikZ libraries that the parts of `document` ask for, each once."""
    return tuple(dict.fromkeys(name for kind in _kinds(document) for name in kind.libraries))


def _kinds(document: Document) -> tuple[PartKind, ...]:
    return tuple(kind_of(part) for problem in document.problems for part in (*problem.asked, *problem.parts))
