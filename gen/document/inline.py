"""What a line of running text is made of: frozen pieces, from which each format makes its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from gen.document.formula import Formula
from gen.document.tex import Tex


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text, printed literally."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Text set apart; `strong` where it is more than a stress."""

    inside: Inline
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """Text as it is typed into a program."""

    text: str


@dataclass(frozen=True, slots=True)
class Maths:
    """A formula that the author wrote in TeX, already guarded; `display` on a line of its own."""

    tex: Tex
    display: bool = False


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula made of an expression of the matrix language, for paper and for screens.

    `display` where it stands on a line of its own.
    """

    tex: Tex
    formula: Formula
    display: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to an address outside."""

    address: str
    inside: Inline


@dataclass(frozen=True, slots=True)
class Reference:
    """The number of something in the notes, as a link: `text` is what is printed, such as "Section 2.1".

    `target` is the anchor, `chapter` the name of the chapter that holds it.
    """

    target: str
    chapter: str
    text: str


@dataclass(frozen=True, slots=True)
class Indexed:
    """A term that the index lists with this place; it is printed like other words.

    `anchor` is unique in the notes. `term` is how the index spells it, `inside` how the text does.
    """

    term: str
    anchor: str
    inside: Inline


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line that the author asked for."""


@dataclass(frozen=True, slots=True)
class Raw:
    """What goes into one format as it is, where the project allows it."""

    format: str
    text: str


Piece: TypeAlias = Words | Emphasis | Typed | Maths | Expression | Link | Reference | Indexed | Break | Raw
Inline: TypeAlias = tuple[Piece, ...]


def plain(inline: Inline) -> str:
    """The words alone, for titles of pages and outlines; formulas as they are read aloud or typed."""
    out: list[str] = []
    for piece in inline:
        match piece:
            case Words(text) | Typed(text):
                out.append(text)
            case Emphasis(inside) | Link(_, inside) | Indexed(_, _, inside):
                out.append(plain(inside))
            case Maths(tex):
                out.append(tex)
            case Expression(_, formula):
                out.append(formula.spoken)
            case Reference(_, _, text):
                out.append(text)
            case Break():
                out.append(" ")
            case Raw():
                pass
    return "".join(out)
