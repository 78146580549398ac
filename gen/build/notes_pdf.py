"""`notes --format pdf`: all chapters in one PDF, or one chapter alone."""

from __future__ import annotations

from gen.build.engine import choose
from gen.build.needs import Needs
from gen.build.note_files import NoteFiles, NotesOrder
from gen.build.note_typeset import typeset_notes
from gen.document.note_tex import LIBRARIES, PACKAGES, book_tex
from gen.document.render import FONTS


def made(order: NotesOrder) -> NoteFiles:
    """`notes.tex` and `notes.pdf`, or those of a chapter; the source is kept where TeX fails."""
    fonts = next((known.packages for known in FONTS if known.engine == "pdflatex"), ())
    names = tuple(dict.fromkeys(needed.name for needed in (*fonts, *PACKAGES)))
    engine = choose(Needs("article", names, LIBRARIES), order.engine)
    name = order.chapter or "notes"
    page = f"html/{order.chapter or 'index'}.html" if order.pages else ""
    tex = book_tex(order.notes, engine.plain_name, theme=order.theme, page=page)
    return typeset_notes(order, name, tex, engine)
