"""What the page of a derivation is made of: frozen blocks with finished formulas and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from gen.document.formula import Formula, Phrase
from gen.document.tex import Text


@dataclass(frozen=True, slots=True)
class GridCell:
    """One entry of a table; a zero is shown faintly, and a `traced` one is followed from table to table."""

    formula: Formula
    zero: bool = False
    traced: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix as a table: every row and every column has its header.

    `rows_are` and `columns_are` are the words before the headers for those who do not see the table.
    """

    caption: tuple[Formula, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[GridCell, ...]], ...]
    rows_are: str
    columns_are: str


@dataclass(frozen=True, slots=True)
class Grids:
    """Tables in rows of `across`, as the blocks of a matrix whose elements are matrices."""

    name: str
    grids: tuple[Grid, ...]
    across: int = 1


@dataclass(frozen=True, slots=True)
class WebLine:
    """One line of a derivation and why it holds; a line that is a table has no formula.

    `label` stands before the line, `marks` beside it; `was_blank` where the reader had it to fill in.
    """

    number: int
    formula: Formula | None
    reason: Phrase
    grids: Grids | None = None
    label: str = ""
    marks: str = ""
    was_blank: bool = False


@dataclass(frozen=True, slots=True)
class Fold:
    """Routine lines that are shown when they are asked for."""

    lines: tuple[WebLine, ...]


@dataclass(frozen=True, slots=True)
class WebResult:
    """The answer in one of its forms, and what it is in words."""

    formula: Formula
    words: Phrase
    marks: str = ""


@dataclass(frozen=True, slots=True)
class WebPart:
    """One derivation: what is done, the lines, the answer, and how it was checked.

    `lettered` where the labels of the lines stand for their numbers; `outcome` is the heading of the answer
    where that is no result.
    """

    anchor: str
    title: str
    intro: Phrase = ()
    lines: tuple[WebLine | Fold, ...] = ()
    results: tuple[WebResult, ...] = ()
    discussion: tuple[Phrase, ...] = ()
    notes: tuple[Phrase, ...] = ()
    checked: Phrase = ()
    picture: Grids | None = None
    picture_words: Phrase = ()
    lettered: bool = False
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class WebPicture:
    """A matrix of matrices and its flattening; `words` say which entry lands where, `rule` in general."""

    title: str
    intro: Phrase
    tiles: Grids
    flat: Grids
    rule: Phrase
    words: Phrase


@dataclass(frozen=True, slots=True)
class WebText:
    """Paragraphs under a heading."""

    title: str
    paragraphs: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class WebOption:
    """One answer to choose, with its letter; `note` says in the solutions what is right or wrong with it.

    `language` is that of the note where it is not that of the page.
    """

    letter: str
    formula: Formula
    note: Text = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class WebChoices:
    """Answers to choose from, or the key to them, which has a title."""

    title: str
    options: tuple[WebOption, ...]


@dataclass(frozen=True, slots=True)
class WebMistake:
    """What is told of a mistake, under its name; `language` is its own where that is not that of the page."""

    title: str
    paragraphs: tuple[Text, ...]
    language: str = ""


WebAsked: TypeAlias = WebPart | WebChoices
WebShown: TypeAlias = WebPart | WebChoices | WebPicture | WebText | WebMistake


@dataclass(frozen=True, slots=True)
class WebSymbol:
    """A row of the table of symbols."""

    symbol: Formula
    shape: Phrase
    role: Phrase


@dataclass(frozen=True, slots=True)
class WebGroup:
    """The derivations by one variable."""

    anchor: str
    title: Phrase
    parts: tuple[WebPart, ...]


@dataclass(frozen=True, slots=True)
class WebPage:
    """A whole page; `name` is its title without mathematics."""

    name: str
    title: Phrase
    symbols: tuple[WebSymbol, ...]
    groups: tuple[WebGroup, ...]
    conventions: tuple[Phrase, ...]
    language: str = "en"
