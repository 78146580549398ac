"""`notes --format ipynb`: a notebook for each chapter."""

from __future__ import annotations

from gen.build.note_files import NoteFile, NoteFiles, NotesOrder
from gen.platforms.notebook import notebook


def made(order: NotesOrder) -> NoteFiles:
    """The notebooks."""
    return NoteFiles(
        tuple(
            NoteFile(f"notebooks/{chapter.name}.ipynb", notebook(chapter, order.notes).encode("utf-8"))
            for chapter in order.notes.chapters
        )
    )
