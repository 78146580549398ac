"""`notes --format html`: static pages with their pictures."""

from __future__ import annotations

from gen.build.note_files import NoteFile, NoteFiles, NotesOrder, pictures
from gen.document.note_html import chapter_page, site


def made(order: NotesOrder) -> NoteFiles:
    """The pages, or that of one chapter."""
    notes = order.notes
    if order.chapter:
        pages = tuple((f"{one.name}.html", chapter_page(notes, one, order.theme)) for one in notes.chapters)
    else:
        pages = site(notes, order.theme)
    files = [NoteFile(f"html/{path}", text.encode("utf-8")) for path, text in pages]
    found = dict(picture for chapter in notes.chapters for picture in pictures(chapter.blocks))
    files += [NoteFile(f"html/{name}", data) for name, data in found.items()]
    return NoteFiles(tuple(files))
