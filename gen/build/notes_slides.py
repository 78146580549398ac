"""`notes --format slides`: the derivations, boxes and figures of all chapters, or of one, as slides."""

from __future__ import annotations

from functools import partial

from gen.build.documents import needs_of, rendered
from gen.build.engine import choose
from gen.build.lettering import lettering
from gen.build.note_files import NoteFiles, NotesOrder
from gen.build.note_typeset import typeset_notes
from gen.document.format import format_named, suited
from gen.document.note_slides import slides_of


def made(order: NotesOrder) -> NoteFiles:
    """`slides/slides.tex` and its PDF, with the name of the chapter where there is one."""
    document = slides_of(order.notes, theme=order.theme)
    asked = format_named("slides")
    needs = needs_of(suited(asked, ()), document)
    letters = lettering(choose(needs, order.engine), order.engine, needs)
    name = order.chapter or "slides"
    tex, engine = letters.set_by(partial(rendered, document, asked))
    return typeset_notes(order, f"slides/{name}", tex, engine)
