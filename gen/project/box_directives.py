"""`{definition}`, `{remark}`, `{warning}`, `{only}`, `{raw}`: text set apart, or for one format."""

from __future__ import annotations

from typing import Literal

from gen.document.note_blocks import Box, NoteBlock, Only, RawBlock
from gen.errors import Report, nearest
from gen.project.chapter_text import ChapterText
from gen.project.directive import Branch, Directive, DirectiveKind, Make, Making
from gen.project.notes_file import RAW, NotesFile
from gen.project.option_kinds import LABEL

FORMATS: tuple[Literal["pdf", "html"], ...] = ("pdf", "html")


def _boxed(kind: Literal["definition", "remark", "warning"]) -> Make:
    def make(branch: Branch, making: Making) -> tuple[NoteBlock, ...]:
        assert branch.directive is not None
        title = making.words(branch.directive.argument)
        return (Box(kind, branch.anchor, branch.number, title, making.blocks(branch.children)),)

    return make


def _not_empty(directive: Directive, text: ChapterText, notes: NotesFile) -> tuple[Report, ...]:
    if directive.body.strip():
        return ()
    return (text.fault(directive.start, directive.end, f"{directive.kind.name} is empty"),)


def _only(branch: Branch, making: Making) -> tuple[NoteBlock, ...]:
    assert branch.directive is not None
    chosen = next(name for name in FORMATS if name == branch.directive.argument)
    return (Only(chosen, making.blocks(branch.children)),)


def _known_format(directive: Directive, text: ChapterText, notes: NotesFile) -> tuple[Report, ...]:
    if directive.argument in FORMATS or not directive.argument:
        return ()
    close = nearest(directive.argument, FORMATS)
    hint = f"did you mean {close}?" if close else "there are " + ", ".join(FORMATS)
    return (text.fault(*directive.span(), f"there is no format {directive.argument!r}", hint=hint),)


def _raw(branch: Branch, making: Making) -> tuple[NoteBlock, ...]:
    assert branch.directive is not None
    return (RawBlock(branch.directive.argument, branch.directive.body.strip("\n")),)


def _let_through(directive: Directive, text: ChapterText, notes: NotesFile) -> tuple[Report, ...]:
    name = directive.argument
    if name in notes.raw or not name:
        return ()
    if name not in RAW:
        hint = "there are " + ", ".join(RAW)
        return (text.fault(*directive.span(), f"there is no raw text of the format {name!r}", hint=hint),)
    hint = f'raw = ["{name}"] in notes.toml turns it on'
    return (text.fault(directive.start, directive.end, f"raw {name} is not let through", hint=hint),)


DEFINITION = DirectiveKind(
    "definition",
    "what a word means",
    "may",
    "a title",
    (LABEL,),
    "blocks",
    _boxed("definition"),
    "definition",
    _not_empty,
)
REMARK = DirectiveKind(
    "remark", "an aside", "may", "a title", (LABEL,), "blocks", _boxed("remark"), "", _not_empty
)
WARNING = DirectiveKind(
    "warning",
    "what goes wrong easily",
    "may",
    "a title",
    (LABEL,),
    "blocks",
    _boxed("warning"),
    "",
    _not_empty,
)
ONLY = DirectiveKind(
    "only", "what stands in one format only", "must", "pdf or html", (), "blocks", _only, "", _known_format
)
RAW_TEXT = DirectiveKind(
    "raw", "text of one format, as it is", "must", "tex or html", (), "text", _raw, "", _let_through
)
