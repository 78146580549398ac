"""`freeindex build SHEET.toml`: the documents of a sheet."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from gen.build.documents import Order, build
from gen.cli.arguments import Parser, positive
from gen.cli.progress import shown
from gen.cli.screen import say
from gen.document.format import format_named
from gen.errors import input_error
from gen.project.assemble import assemble
from gen.project.sheet import read_sheet

# Options of builds with a roster, and the attribute that tells whether one was given.
_LATER = (("--roster", "roster"), ("--student", "student"), ("--seed", "seed"), ("--preview", "preview"))


def configure(parser: Parser) -> None:
    """The arguments of `build`."""
    parser.add_argument("sheet", metavar="SHEET.toml", help="the sheet")
    parser.add_argument("-o", dest="output", metavar="DIR", default="output", help="where to write (output)")
    parser.add_argument("--only", metavar="FORMAT,...", help="only these of the sheet's formats")
    parser.add_argument("--engine", metavar="NAME", help="the TeX engine; freeindex doctor lists them")
    parser.add_argument("-j", dest="jobs", metavar="N", type=positive, help="documents made at a time")
    parser.add_argument("--roster", metavar="FILE.csv", help="a sheet for each student (not there yet)")
    parser.add_argument("--student", metavar="ID", help="only this student (not there yet)")
    parser.add_argument("--seed", metavar="N", help="instead of the sheet's seed (not there yet)")
    parser.add_argument("--preview", action="store_true", help="one sheet of a roster (not there yet)")


def run(options: Namespace) -> int:
    """Build. Raises InputError before anything is written, BuildError after what could be built is."""
    for option, attribute in _LATER:
        if getattr(options, attribute):
            message = f"{option} is not there yet: this version makes one set of documents, without a roster"
            raise input_error("unsupported", message, where="file")
    sheet = read_sheet(Path(options.sheet))
    names = sheet.formats if options.only is None else [name.strip() for name in options.only.split(",")]
    formats = tuple(format_named(name) for name in dict.fromkeys(names))
    asked = {known.name for known in formats}
    others = tuple(name for name in sheet.formats if name not in asked)
    order = Order(sheet.id, sheet.seed, assemble(sheet), formats, others)
    with shown(sheet.id, len(formats)) as progress:
        built = build(
            order, Path(options.output), engine=options.engine, jobs=options.jobs, progress=progress
        )
    for known in formats:
        pdf = f"{known.name}.pdf"
        if any(file.path == pdf for file in built.manifest.files):
            say(str(built.folder / pdf))
    if built.failure is not None:
        raise built.failure
    return 0
