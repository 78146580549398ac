"""`freeindex build SHEET.toml`: the documents of a sheet, or of every student's version of it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from gen.build.counted import counted
from gen.build.documents import Built, Order, build
from gen.build.executor import EXECUTORS
from gen.build.store import usual_store
from gen.cli.arguments import Parser, positive, whole
from gen.cli.build_class import Chosen, build_for_class, preview, read_inputs
from gen.cli.confined import tell_unconfined
from gen.cli.export import export, platforms_in
from gen.cli.progress import shown
from gen.cli.screen import say
from gen.document.format import PAGES, format_named
from gen.errors import InputError, input_error
from gen.platforms.platform import PLATFORMS
from gen.project.assemble import assemble, written
from gen.project.course import is_dealt
from gen.project.recipe import pages_of
from gen.project.roster import read_roster
from gen.project.sheet import Sheet, read_sheet

OF_STUDENTS = ("worksheet", "solutions")  # the formats that each student has an own one of


def configure(parser: Parser) -> None:
    """The arguments of `build`."""
    parser.add_argument("sheet", metavar="SHEET.toml", help="the sheet")
    parser.add_argument("-o", dest="output", metavar="DIR", default="output", help="where to write (output)")
    parser.add_argument("--only", metavar="FORMAT,...", help="only these formats; also html, moodle, qti")
    parser.add_argument("--engine", metavar="NAME", help="the TeX engine; freeindex doctor lists them")
    parser.add_argument("-j", dest="jobs", metavar="N", type=positive, help="documents made at a time")
    executors = "; ".join(f"{known.name}: {known.help}" for known in EXECUTORS)
    parser.add_argument("--executor", metavar="NAME", default=EXECUTORS[0].name, help=executors)
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of an executor on other machines")
    parser.add_argument("--roster", metavar="FILE.csv", help="a version for each student")
    parser.add_argument("--student", metavar="ID", help="only this student of the roster")
    parser.add_argument("--count", metavar="N", type=positive, help="versions for moodle or qti")
    parser.add_argument("--seed", metavar="N", type=whole, help="instead of the sheet's seed")
    parser.add_argument("--merge", action="store_true", help="all worksheets in one file for the printer")
    parser.add_argument("--keep-tex", action="store_true", help="the .tex of every student's files too")
    parser.add_argument("--preview", action="store_true", help="some first pages on one page, nothing else")


def run(options: Namespace) -> int:
    """Build. Raises InputError before anything is written, BuildError after what could be built is."""
    for option in ("student", "merge", "scheduler"):
        if getattr(options, option) and not options.roster:
            raise _refused(f"--{option} goes with --roster FILE.csv")
    if options.student and options.merge:
        raise _refused("--student and --merge exclude each other")
    if options.count is not None and options.roster:
        hint = "with a roster there are as many versions as students"
        raise _refused("--count and --roster exclude each other", hint)
    platforms, options.only = platforms_in(options.only)
    if options.count is not None and not platforms:
        raise _refused("--count goes with --only " + " or ".join(known.name for known in PLATFORMS))
    for option in ("student", "preview", "merge"):
        if platforms and getattr(options, option):
            raise _refused(f"--{option} does not go with --only {platforms[0].name}")
    inputs = read_inputs(options)
    sheet = read_sheet(Path(options.sheet))
    if options.seed is not None and not sheet.generated:
        raise _refused("--seed: nothing on this sheet is random")
    # Once: what is read from a pipe is gone then.
    roster = read_roster(Path(options.roster)) if options.roster else None
    if platforms:
        export(sheet, roster, options, platforms)
        if options.only is None:
            return 0
    chosen = _formats(sheet, options)
    tell_unconfined()
    dealt = is_dealt(sheet, Path(options.roster) if options.roster else None)
    if options.preview:
        if not dealt:
            raise _refused("--preview shows versions of a sheet: without --roster this one has none")
        preview(sheet, roster, options, inputs.epoch)
        return 0
    if dealt:
        built = build_for_class(sheet, roster, options, chosen, inputs)
    else:
        shared = written(sheet)
        document_of_sheet = assemble(sheet, shared=shared)
        page = pages_of(document_of_sheet, sheet, shared, None)
        order = Order(
            sheet.id,
            sheet.seed,
            document_of_sheet,
            chosen.formats,
            chosen.others,
            chosen.pages,
            page,
            inputs.epoch,
        )
        with shown(sheet.id, len(chosen.formats)) as progress:
            built = build(
                order,
                Path(options.output),
                engine=options.engine,
                jobs=options.jobs,
                progress=progress,
                store=usual_store(),
            )
    _told(built, chosen, options)
    return 0


def _formats(sheet: Sheet, options: Namespace) -> Chosen:
    """What is made: `html` alone asks for the pages of all documents of the sheet, without PDFs."""
    only = None if options.only is None else [name.strip() for name in options.only.split(",")]
    asked = sheet.formats if only is None else only
    documents = sheet.documents
    if options.roster:
        documents = tuple(name for name in documents if name in OF_STUDENTS) or OF_STUDENTS
    named = [name for name in asked if name != PAGES]
    if only is None or not named:
        wanted: Sequence[str] = documents
    else:
        wanted = named
    known = tuple(format_named(name) for name in dict.fromkeys(wanted))
    for chosen in known:
        if options.roster and chosen.name not in OF_STUDENTS:
            hint = "build it without --roster; with one there are " + ", ".join(OF_STUDENTS)
            raise _refused(f"there is no version of {chosen.name} for each student", hint)
    names = {chosen.name for chosen in known}
    others = tuple(name for name in sheet.documents if name not in names)
    return Chosen(
        formats=known if named else (),
        pages=known if PAGES in asked else (),
        others=(*others, *(Path(platform.file).stem for platform in PLATFORMS)),
    )


def _told(built: Built, chosen: Chosen, options: Namespace) -> None:
    """Say what has been made. Raises BuildError for what has not."""
    paths = {file.path for file in built.manifest.files}
    for formats, ending, word in ((chosen.formats, ".pdf", "PDF"), (chosen.pages, ".html", "page")):
        for known in formats:
            if known.name + ending in paths:
                say(str(built.folder / (known.name + ending)))
            elif options.roster:
                count = sum(path.startswith(f"{known.name}/") and path.endswith(ending) for path in paths)
                say(f"{built.folder / known.name}: {counted(count, word)}")
    for name in ("answers.csv", "print.pdf"):
        if name in paths:
            say(str(built.folder / name))
    if built.failure is not None:
        raise built.failure


def _refused(message: str, hint: str | None = None) -> InputError:
    return input_error("unsupported", message, where="file", hint=hint)
