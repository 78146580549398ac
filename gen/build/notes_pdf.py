"""`notes --format pdf`: all chapters in one PDF, or one chapter alone."""

from __future__ import annotations

from gen.build.engine import Engine, choose
from gen.build.lettering import lettering
from gen.build.needs import Needs
from gen.build.note_files import NoteFiles, NotesOrder
from gen.build.note_typeset import typeset_notes
from gen.document.note_tex import LIBRARIES, PACKAGES, book_tex
from gen.document.render import FONTS
from gen.document.writing import Writing


def made(order: NotesOrder) -> NoteFiles:
    """`notes.tex` and `notes.pdf`, or those of a chapter; the source is kept where TeX fails."""
    fonts = next((known.packages for known in FONTS if known.engine == "pdflatex"), ())
    names = tuple(dict.fromkeys(needed.name for needed in (*fonts, *PACKAGES)))
    needs = Needs("article", names, LIBRARIES)
    letters = lettering(choose(needs, order.engine), order.engine, needs)
    name = order.chapter or "notes"
    page = f"html/{order.chapter or 'index'}.html" if order.pages else ""

    def book(engine: Engine, writings: tuple[Writing, ...] | None) -> str:
        return book_tex(order.notes, engine.plain_name, writings, theme=order.theme, page=page)

    tex, engine = letters.set_by(book)
    return typeset_notes(order, name, tex, engine)
