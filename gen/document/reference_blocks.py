"""What the reference is made of: every piece in two forms, as LaTeX and as plain Unicode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gen.document.tex import Tex


@dataclass(frozen=True, slots=True)
class Piece:
    """Words, a formula, or something typed; `tex` is ready for a line of text."""

    kind: Literal["words", "maths", "typed"]
    tex: Tex
    plain: str


Phrase = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Equation:
    """A displayed equation with a note on what it is; its TeX is for math mode, without dollars."""

    left: Piece
    right: Piece
    note: Phrase


@dataclass(frozen=True, slots=True)
class Statement:
    """A law that is stated in one piece, as its record has it, with a note on where it is used."""

    law: Piece
    note: Phrase


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is said of an entry, under a label."""

    label: str
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """A function or a rule: its name as typed, how it prints, what it is, its laws, and facts.

    `aside` stands at the end of the heading; `anchor` names the entry within the page.
    """

    anchor: str
    name: Piece
    printed: Phrase
    title: Phrase
    aside: Phrase
    equations: tuple[Equation, ...]
    statements: tuple[Statement, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A group of entries under a heading; `label` says what the entries are."""

    anchor: str
    title: str
    label: str
    intro: str
    entries: tuple[ReferenceEntry, ...]
