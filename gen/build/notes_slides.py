"""`notes --format slides`: the derivations, boxes and figures of all chapters, or of one, as slides."""

from __future__ import annotations

from gen.build.documents import needs_of
from gen.build.engine import choose
from gen.build.note_files import NoteFiles, NotesOrder
from gen.build.note_typeset import typeset_notes
from gen.document.format import format_named, suited
from gen.document.note_slides import slides_of
from gen.document.render import render


def made(order: NotesOrder) -> NoteFiles:
    """`slides/slides.tex` and its PDF, with the name of the chapter where there is one."""
    document = slides_of(order.notes, theme=order.theme)
    asked = format_named("slides")
    engine = choose(needs_of(suited(asked, ()), document), order.engine)
    program = engine.find()
    there = engine.files(program, asked.needs) if program is not None else frozenset()
    name = order.chapter or "slides"
    tex = render(document, suited(asked, there), engine.plain_name)
    return typeset_notes(order, f"slides/{name}", tex, engine)
