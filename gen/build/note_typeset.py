"""The TeX of notes to a PDF beside its source, with the pictures that it asks for."""

from __future__ import annotations

from gen.build.engine import Engine
from gen.build.note_files import NoteFile, NoteFiles, NotesOrder, pictures
from gen.build.typeset import MAX_RUNS, typeset
from gen.errors import BuildError


def typeset_notes(order: NotesOrder, path: str, tex: str, engine: Engine) -> NoteFiles:
    """`path`.tex and `path`.pdf; the source alone where TeX fails, beside the failure."""
    source = NoteFile(f"{path}.tex", tex.encode("utf-8"))
    found = pictures(tuple(block for chapter in order.notes.chapters for block in chapter.blocks))
    runs = 1 if order.preview else MAX_RUNS
    try:
        done = typeset(
            tex,
            engine,
            name=path.rpartition("/")[2],
            epoch=order.epoch,
            inputs=found,
            most_runs=runs,
        )
    except BuildError as error:
        return NoteFiles((source,), error)
    return NoteFiles((source, NoteFile(f"{path}.pdf", done.pdf, done.pages)))
