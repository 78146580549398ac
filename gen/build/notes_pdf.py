"""`notes --format pdf`: all chapters in one PDF, or one chapter alone."""

from __future__ import annotations

from gen.build.engine import choose
from gen.build.needs import Needs
from gen.build.note_files import NoteFile, NoteFiles, NotesOrder, pictures
from gen.build.typeset import MAX_RUNS, typeset
from gen.document.note_tex import LIBRARIES, PACKAGES, book_tex
from gen.document.render import FONTS
from gen.errors import BuildError


def made(order: NotesOrder) -> NoteFiles:
    """`notes.tex` and `notes.pdf`, or those of a chapter; the source is kept where TeX fails."""
    fonts = next((known.packages for known in FONTS if known.engine == "pdflatex"), ())
    names = tuple(dict.fromkeys(needed.name for needed in (*fonts, *PACKAGES)))
    engine = choose(Needs("article", names, LIBRARIES), order.engine)
    name = order.chapter or "notes"
    page = f"html/{order.chapter or 'index'}.html" if order.pages else ""
    tex = book_tex(order.notes, engine.plain_name, theme=order.theme, page=page)
    source = NoteFile(f"{name}.tex", tex.encode("utf-8"))
    found = pictures(tuple(block for chapter in order.notes.chapters for block in chapter.blocks))
    try:
        done = typeset(tex, engine, name=name, inputs=found, most_runs=1 if order.preview else MAX_RUNS)
    except BuildError as error:
        return NoteFiles((source,), error)
    return NoteFiles((source, NoteFile(f"{name}.pdf", done.pdf, done.pages)))
