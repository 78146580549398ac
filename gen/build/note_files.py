"""What the formats of notes are asked for and what they give: an order, and files as bytes."""

from __future__ import annotations

from dataclasses import dataclass

from gen.build.environment import EPOCH
from gen.document.note_blocks import (
    Box,
    Exercise,
    ListBlock,
    NoteBlock,
    Notes,
    Only,
    Picture,
    Quotation,
    Solution,
)
from gen.errors import BuildError


@dataclass(frozen=True, slots=True)
class NotesOrder:
    """What to make of `notes`.

    `chapter` is the name of the only chapter that is made, "" for all of them. `theme` is a name or a file;
    `engine` None is the first engine that can. With `preview` TeX runs once. `pages` says that there are
    pages beside the PDF; `epoch` is the date that PDFs carry.
    """

    notes: Notes
    chapter: str = ""
    theme: str = "light"
    engine: str | None = None
    preview: bool = False
    pages: bool = False
    epoch: int = EPOCH


@dataclass(frozen=True, slots=True)
class NoteFile:
    """A file to write: its path below the folder of the notes with `/`, its bytes, its pages."""

    path: str
    data: bytes
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class NoteFiles:
    """What a format made; with a `failure` a file is missing, and those there help to find out why."""

    files: tuple[NoteFile, ...]
    failure: BuildError | None = None


def pictures(blocks: tuple[NoteBlock, ...]) -> tuple[tuple[str, bytes], ...]:
    """The pictures of blocks, each file once."""
    out: dict[str, bytes] = {}
    for block in blocks:
        match block:
            case Picture(file=file, data=data):
                out[file] = data
            case Only() | Box() | Quotation() | Solution():
                out |= dict(pictures(block.blocks))
            case Exercise():
                out |= dict(pictures(block.prompt))
            case ListBlock(items):
                out |= {name: data for item in items for name, data in pictures(item)}
            case _:
                pass
    return tuple(out.items())
