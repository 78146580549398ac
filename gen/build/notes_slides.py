"""`notes --format slides`: the derivations, boxes and figures of all chapters, or of one, as slides."""

from __future__ import annotations

from gen.build.documents import needs_of
from gen.build.engine import choose
from gen.build.note_files import NoteFile, NoteFiles, NotesOrder, pictures
from gen.build.typeset import MAX_RUNS, typeset
from gen.document.format import format_named, suited
from gen.document.note_slides import slides_of
from gen.document.render import render
from gen.errors import BuildError


def made(order: NotesOrder) -> NoteFiles:
    """`slides/slides.tex` and its PDF, with the name of the chapter where there is one."""
    document = slides_of(order.notes, theme=order.theme)
    asked = format_named("slides")
    engine = choose(needs_of(suited(asked, ()), document), order.engine)
    program = engine.find()
    there = engine.files(program, asked.needs) if program is not None else frozenset()
    name = order.chapter or "slides"
    tex = render(document, suited(asked, there), engine.plain_name)
    source = NoteFile(f"slides/{name}.tex", tex.encode("utf-8"))
    found = pictures(tuple(block for chapter in order.notes.chapters for block in chapter.blocks))
    try:
        done = typeset(tex, engine, name=name, inputs=found, most_runs=1 if order.preview else MAX_RUNS)
    except BuildError as error:
        return NoteFiles((source,), error)
    return NoteFiles((source, NoteFile(f"slides/{name}.pdf", done.pdf, done.pages)))
