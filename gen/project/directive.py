"""What a chapter is read into: its blocks as a tree, and the directives in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias

from markdown_it.token import Token

from gen.derivation.result import Derivation
from gen.document.inline import Inline
from gen.document.note_blocks import NoteBlock, RuleRow
from gen.errors import Report
from gen.language.declaration import Declaration
from gen.project.chapter_text import ChapterText
from gen.project.keys import Key
from gen.project.notes_file import NotesFile


@dataclass(frozen=True, slots=True)
class Option:
    """An option as typed: `:name: value`, with the places of both."""

    name: str
    value: str
    start: int
    value_start: int


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive: `values` are its options as read, `given` as typed; `start` to `end` is `{name}`."""

    kind: DirectiveKind
    argument: str
    argument_start: int
    values: Mapping[str, Any]
    given: tuple[Option, ...]
    body: str
    body_line: int
    start: int
    end: int

    def option(self, name: str) -> Option | None:
        """An option as typed, None where it is left out."""
        return next((option for option in self.given if option.name == name), None)

    def span(self, name: str = "") -> tuple[int, int]:
        """Where the value of an option stands, else the argument, else the name of the directive."""
        option = self.option(name)
        if option is not None:
            return option.value_start, option.value_start + len(option.value)
        if self.argument and not name:
            return self.argument_start, self.argument_start + len(self.argument)
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Branch:
    """A block of a chapter as written.

    `anchor` and `number` are known from reading alone. `inline` is the running text of a paragraph, a
    heading or a cell, as the parser gives it; `content` that of a listing or a formula. A directive that is
    not `sound` has faults already: nothing is made of it.
    """

    kind: str
    line: int
    start: int
    end: int
    children: tuple[Branch, ...] = ()
    inline: Token | None = None
    content: str = ""
    info: str = ""
    level: int = 0
    first: int | None = None
    directive: Directive | None = None
    label: str = ""
    label_start: int = 0
    anchor: str = ""
    number: str = ""
    sound: bool = True


class Making(Protocol):
    """What the maker of a directive is given: the project, the chapter, and what is known of the notes."""

    @property
    def notes(self) -> NotesFile:
        """The project."""

    @property
    def text(self) -> ChapterText:
        """The chapter."""

    def blocks(self, branches: tuple[Branch, ...]) -> tuple[NoteBlock, ...]:
        """The blocks of a body."""

    def caption(self, branch: Branch) -> Inline:
        """The body of a directive as one line. Raises InputError where it is anything else."""

    def words(self, text: str) -> Inline:
        """Markdown of one line, such as a title."""

    def exercise(self, label: str) -> tuple[Branch, ChapterText, str] | None:
        """The exercise with a label, its text and its chapter."""

    def exercises(self) -> tuple[str, ...]:
        """The labels of all exercises, for hints."""

    def solution_of(self, label: str) -> tuple[str, str]:
        """The anchor and the chapter of the solution of an exercise, "" where there is none."""

    def derived(self, derivations: tuple[Derivation, ...], branch: Branch) -> None:
        """Remember which rules are used, and where first."""

    def rules(self) -> tuple[RuleRow, ...]:
        """The rules that have been used up to here."""


Make: TypeAlias = Callable[[Branch, Making], tuple[NoteBlock, ...]]


@dataclass(frozen=True, slots=True)
class DirectiveKind:
    """A directive that there is.

    `argument` says whether something must stand behind the name, `what` names it; `body` is what stands
    inside. Directives with the same `word` are counted together; "" is not counted.
    """

    name: str
    about: str
    argument: Literal["none", "may", "must"]
    what: str
    options: tuple[Key, ...]
    body: Literal["none", "blocks", "text"]
    make: Make
    word: str = ""
    check: Callable[[Directive, ChapterText, NotesFile], tuple[Report, ...]] | None = None


def merged(shared: tuple[Declaration, ...], own: tuple[Declaration, ...]) -> tuple[Declaration, ...]:
    """Declarations of which the own ones win."""
    return tuple({declared.name: declared for declared in (*shared, *own)}.values())
