"""What a document is made of: frozen blocks, which hold finished LaTeX and text only.

The order of the file is from the inside out. `Text` is plain text, printed
literally, or `Tex`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from gen.document.reference_blocks import Section
from gen.document.tex import Tex, Text
from gen.document.theme import USUAL

NOTHING = Tex("")
AIR = 5.0  # millimetres in which nobody writes


@dataclass(frozen=True, slots=True)
class Symbol:
    """One row of the symbols table: the symbol, its shape, what it stands for."""

    tex: Tex
    shape: Tex
    role: Text = ""


@dataclass(frozen=True, slots=True)
class Space:
    """Room for an answer: `amount` is millimetres, or the number of ruled lines."""

    kind: Literal["blank", "lines", "grid"] = "blank"
    amount: float = 60.0

    @property
    def is_seen(self) -> bool:
        """Is it room to write in, and not only some air before what follows?"""
        return self.kind != "blank" or self.amount > AIR


@dataclass(frozen=True, slots=True)
class Remark:
    """What a lecturer says beside a line: the law behind it, a mistake made there, or a sentence.

    Notes of slides print them, with `title` before the text.
    """

    kind: Literal["say", "law", "mistake"]
    text: Text
    title: Text = ""


@dataclass(slots=True, unsafe_hash=True)
class Line:
    r"""One line of a derivation; its fields are `Final`, since a sheet has a hundred of them.

    `marked` is `right` with what changed inside `\chg{...}`; `left` is empty where
    the line goes on from the one above; `shape` is set under a key line. `label` stands
    before the line, `marks` beside it. `remarks` are for the speaker.
    """

    right: Final[Tex]
    marked: Final[Tex] = NOTHING
    left: Final[Tex] = NOTHING
    relation: Final[Tex] = Tex("=")
    reason: Final[Text] = ""
    shape: Final[Tex] = NOTHING
    key: Final[bool] = True
    label: Final[Text] = ""
    marks: Final[Text] = ""
    remarks: Final[tuple[Remark, ...]] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What a derivation ends in, the shape of it in words, and the marks beside it."""

    tex: Tex
    words: Text = ""
    marks: Text = ""


@dataclass(frozen=True, slots=True)
class DerivationBlock:
    """A derivation with its sentences.

    `intro` stands before the lines, `checked` says how the result was checked,
    `discussion` are the paragraphs of the notes. `name` is the title without
    mathematics, for the outline of a PDF. `boxed` lines have a box before their labels.
    """

    title: Text
    lines: tuple[Line, ...]
    result: Result | None = None
    intro: Text = ""
    checked: Text = ""
    discussion: tuple[Text, ...] = ()
    name: str = ""
    boxed: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One entry of a picture of matrices."""

    tex: Tex
    zero: bool = False
    traced: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """One block of a matrix of matrices: its label and its rows of cells."""

    label: Tex
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class FlatteningBlock:
    """A matrix whose elements are matrices, beside the matrix it is flattened to.

    `tiles[i][k]` is the block of entry (i, k); `flat` has one row a row label and
    one cell a column label. `words` says which entry lands where, `rule` in general.
    `split` is the size (rows, columns) of the groups drawn into the flattening.
    """

    title: Text
    intro: Text
    tiles: tuple[tuple[Tile, ...], ...]
    flat: tuple[tuple[Cell, ...], ...]
    row_labels: tuple[Tex, ...]
    column_labels: tuple[Tex, ...]
    block_name: Tex
    flat_name: Tex
    row_name: Tex
    column_name: Tex
    split: tuple[int, int]
    rule: Text = ""
    words: Text = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class CalloutBlock:
    """A sentence or two to remember, with a heading."""

    title: Text
    text: Text
    name: str = ""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Paragraphs under a heading; a heading may be empty."""

    title: Text
    paragraphs: tuple[Text, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One answer to choose, with its letter; `note` says in the solutions what is right or wrong with it."""

    letter: str
    tex: Tex
    right: bool = False
    note: Text = ""


@dataclass(frozen=True, slots=True)
class ChoiceBlock:
    """Answers to choose from: side by side where they are short, one below the other where not."""

    options: tuple[OptionLine, ...]
    title: Text = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class KeyBlock:
    """The same answers in the solutions: which is right, and what each of the others shows."""

    title: Text
    options: tuple[OptionLine, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class DrawnBlock:
    """A finished picture with its caption."""

    title: Text
    drawing: Tex
    caption: Text = ""
    name: str = ""


Part = DerivationBlock | FlatteningBlock | CalloutBlock | TextBlock | ChoiceBlock | KeyBlock | DrawnBlock


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A row of the marking table: what earns marks, and the number of its line, if it has one."""

    marks: int
    words: Text
    line: Text = ""


@dataclass(frozen=True, slots=True)
class ProblemBlock:
    """One problem: what is asked, and the parts that answer it in the order shown.

    `asked` is what stands below the prompt, such as answers to choose from; `scheme` are the rows
    of the marking table. `name` is the title without mathematics, for the outline of the PDF; `given`
    is what is differentiated, for pages that go on with the problem. `kind` is the word before the number
    where that is not the one for problems.
    """

    number: int
    title: Text
    prompt: Text
    parts: tuple[Part, ...] = ()
    marks: int | None = None
    space: Space = Space()
    symbols: tuple[Symbol, ...] = ()
    closing: Text = ""
    name: str = ""
    asked: tuple[Part, ...] = ()
    hints: tuple[Text, ...] = ()
    scheme: tuple[MarkRow, ...] = ()
    given: Text = ""
    kind: Text = ""


@dataclass(frozen=True, slots=True)
class Student:
    """For whom a sheet is made; printed into the fields that are else left open."""

    name: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """What tells one sheet from all others: a short text, and the same for machines, as rows of a square.

    `side` is the number of modules of a row.
    """

    text: str
    rows: tuple[Tex, ...]
    side: int


@dataclass(frozen=True, slots=True)
class Document:
    """Everything the formats choose from; `sections` are those of the reference, which has no problems.

    `hints` says where a worksheet prints them: upside down at the foot of each problem, on a last
    page, or nowhere. `marking` are the sentences below the marking table. `theme` is one of
    `gen.document.theme.THEMES`, the path of a file, or its text. `page` is the address of the accessible
    page that says the same, from the PDF.
    """

    title: Text
    problems: tuple[ProblemBlock, ...]
    course: Text = ""
    author: Text = ""
    date: Text = ""
    term: Text = ""
    instructions: Text = ""
    convention: tuple[Text, ...] = ()
    symbols: tuple[Symbol, ...] = ()
    opening: tuple[Text, ...] = ()
    paper: Literal["a4", "letter"] = "a4"
    language: str = "en"
    student: Student | None = None
    sections: tuple[Section, ...] = ()
    hints: Literal["none", "foot", "last"] = "none"
    marking: tuple[Text, ...] = ()
    code: Code | None = None
    theme: str = field(default=USUAL, metadata={"printed": False})
    page: str = ""
