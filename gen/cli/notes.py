"""`freeindex notes PROJECT`: lecture notes as a PDF, as pages and as notebooks."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from gen.build.note_files import NotesOrder
from gen.build.notes import NOTE_FORMATS, build_notes, note_formats_named
from gen.cli.arguments import Parser
from gen.cli.check_notes import check_notes
from gen.cli.confined import tell_unconfined
from gen.cli.dated import wanted_epoch
from gen.cli.progress import telling
from gen.cli.screen import say
from gen.errors import input_error
from gen.project.chapters import read_notes_chapters, single_chapter, whole_notes
from gen.project.notes_file import notes_path, read_notes


def configure(parser: Parser) -> None:
    """The arguments of `notes`."""
    formats = ",".join(known.name for known in NOTE_FORMATS)
    parser.add_argument("project", metavar="PROJECT", help="notes.toml, or the folder it lies in")
    parser.add_argument("-o", dest="output", metavar="DIR", default="output", help="where to write (output)")
    parser.add_argument("--format", metavar="FORMAT,...", default="pdf,html", help=f"out of {formats}")
    parser.add_argument("--chapter", metavar="NAME", help="only this chapter")
    parser.add_argument("--preview", action="store_true", help="with --chapter: TeX runs once")
    parser.add_argument("--engine", metavar="NAME", help="the TeX engine; freeindex doctor lists them")
    parser.add_argument("--check", action="store_true", help="find what is wrong, and write nothing")


def run(options: Namespace) -> int:
    """Read, derive, make, write. Raises InputError before anything is written."""
    path = notes_path(Path(options.project))
    if options.check:
        return check_notes(path)
    if options.preview and not options.chapter:
        raise input_error("syntax", "--preview goes with --chapter NAME", where="file")
    formats = note_formats_named(options.format)
    epoch = wanted_epoch()
    file = read_notes(path)
    read = read_notes_chapters(file)
    if any(known.name == "pdf" for known in formats):
        tell_unconfined()
    with telling() as tell:
        notes = single_chapter(read, options.chapter) if options.chapter else whole_notes(read, tell)
        chapter = notes.chapters[0].name if options.chapter else ""
        pages = any(chosen.name == "html" for chosen in formats)
        order = NotesOrder(notes, chapter, file.theme, options.engine, options.preview, pages, epoch)
        built = build_notes(order, formats, Path(options.output), tell)
    for written in built.paths:
        if written.suffix in (".pdf", ".html", ".ipynb"):
            say(str(written))
    if built.failure is not None:
        raise built.failure
    return 0
