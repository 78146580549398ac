"""What a chapter of lecture notes is made of: frozen blocks, finished for paper and for screens.

The order of the file is from the inside out. An `anchor` is unique in the notes and is what links lead
to; a `number` is what is printed before a title, "" where there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from gen.document.blocks import DerivationBlock, FlatteningBlock, ProblemBlock, TextBlock
from gen.document.drawing import Drawing
from gen.document.formula import Phrase
from gen.document.inline import Inline
from gen.document.tex import Text
from gen.document.web_blocks import WebAsked, WebPart, WebPicture, WebShown, WebText


@dataclass(frozen=True, slots=True)
class Heading:
    """A title inside a chapter; the chapter's own has `level` 1."""

    level: int
    inside: Inline
    anchor: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    inside: Inline


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; `start` is its first number, None where it has bullets."""

    items: tuple[tuple[NoteBlock, ...], ...]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines of a program or of a terminal, as typed."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody else wrote."""

    blocks: tuple[NoteBlock, ...]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with a header; `align` has one word a column: left, right or centre."""

    header: tuple[Inline, ...]
    rows: tuple[tuple[Inline, ...], ...]
    align: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Display:
    """A formula of the author's on a line of its own, in guarded TeX."""

    tex: str
    anchor: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Derived:
    """One derivation: for paper and for screens, and what a notebook needs to derive it again.

    `call` is the Python that makes it, such as `derive("W*X", "W")`; `check` the NumPy that tests its
    answer, "" where there is none.
    """

    anchor: str
    number: str
    title: Inline
    paper: DerivationBlock
    web: WebPart
    call: str
    check: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """One derivative in several ways, the `table` that has them side by side, and how they fit together."""

    anchor: str
    number: str
    title: Inline
    parts: tuple[Derived, ...]
    table: TableBlock | None = None
    picture: FlatteningBlock | None = None
    fits: TextBlock | None = None
    web_picture: WebPicture | None = None
    web_fits: WebText | None = None


@dataclass(frozen=True, slots=True)
class Exercise:
    """A problem; its solution stands at the anchor `solution` of `solution_chapter`, or nowhere ("").

    `prompt` is what is asked, by the author or else by the program; it says all there is to say.
    `asked` is what stands below it on screens, and then the `hints`; `language` is that of the prompt where
    it is not that of the notes.
    """

    anchor: str
    number: str
    problem: ProblemBlock
    solution: str = ""
    prompt: tuple[NoteBlock, ...] = ()
    solution_chapter: str = ""
    asked: tuple[WebAsked, ...] = ()
    hints: tuple[Phrase, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Solution:
    """The solution of the exercise at the anchor `of` of `of_chapter`; `number` is that of the exercise.

    `web` are its parts for screens, `blocks` what the author says of it, which comes first; `calls`
    are the Python that makes the derivations again.
    """

    anchor: str
    number: str
    of: str
    problem: ProblemBlock
    web: tuple[WebShown, ...] = ()
    blocks: tuple[NoteBlock, ...] = ()
    of_chapter: str = ""
    calls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A definition, an identity, a remark: text that is set apart, with its number."""

    kind: Literal["definition", "identity", "remark", "warning"]
    anchor: str
    number: str
    title: Inline
    blocks: tuple[NoteBlock, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture made of data, with its caption; the drawing has the words for those who do not see it.

    `low` is the same for a slide, None where that is no other drawing.
    """

    anchor: str
    number: str
    drawing: Drawing
    caption: Inline
    low: Drawing | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture from a file, as bytes; `words` tell what it shows to those who do not see it."""

    anchor: str
    number: str
    file: str
    data: bytes
    words: str
    caption: Inline


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule that the notes have used: its name, its law and why it holds, on paper and on screens."""

    name: str
    law: Text
    because: Text
    web_law: Phrase
    web_because: Phrase
    first_used: Inline


@dataclass(frozen=True, slots=True)
class RulesTable:
    """The rules that all derivations up to this place have used."""

    rows: tuple[RuleRow, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line between two parts of the text."""


@dataclass(frozen=True, slots=True)
class Only:
    """What stands in one format only."""

    format: Literal["pdf", "html"]
    blocks: tuple[NoteBlock, ...]


@dataclass(frozen=True, slots=True)
class RawBlock:
    """What goes into one format as it is, where the project allows it."""

    format: str
    text: str


NoteBlock: TypeAlias = (
    Heading
    | Paragraph
    | ListBlock
    | Listing
    | Quotation
    | TableBlock
    | Display
    | Derived
    | Compared
    | Exercise
    | Solution
    | Box
    | Figure
    | Picture
    | RulesTable
    | Rule
    | Only
    | RawBlock
)


@dataclass(frozen=True, slots=True)
class IndexLine:
    """A term of the index and where it stands: (chapter, anchor, words for the link), in order."""

    term: str
    places: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter; `name` is that of its file without the ending, which names its page as well.

    `blocks` do not hold its title.
    """

    name: str
    number: str
    title: Inline
    anchor: str
    blocks: tuple[NoteBlock, ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """The whole of a notes project, or one chapter of it alone.

    `contents` are all chapters without their blocks, in order: what leads from page to page is the same
    where one chapter is made alone.
    """

    id: str
    title: str
    chapters: tuple[Chapter, ...]
    subtitle: str = ""
    author: str = ""
    date: str = ""
    language: str = "en"
    paper: Literal["a4", "letter"] = "a4"
    convention: tuple[Text, ...] = ()
    web_convention: tuple[Phrase, ...] = ()
    index: tuple[IndexLine, ...] = ()
    contents: tuple[Chapter, ...] = ()
