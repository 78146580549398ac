"""`freeindex check`: everything that can be wrong with a sheet or with notes, found without running TeX."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from itertools import islice
from pathlib import Path

from gen.build.documents import needs_of
from gen.cli.arguments import Parser
from gen.cli.check_letters import check_letters
from gen.cli.check_notes import check_notes
from gen.cli.counted import counted
from gen.cli.progress import telling
from gen.cli.screen import say
from gen.document.blocks import Document
from gen.document.format import format_named, suited
from gen.document.render import render, unprintable_in
from gen.errors import InputError, Report, input_error
from gen.project.assemble import assemble, faults_of
from gen.project.checkup import findings, marks_fault
from gen.project.course import dealt_course, document, is_dealt, versions
from gen.project.notes_file import NAME, notes_path
from gen.project.roster import Roster, examine_roster, roster_bytes
from gen.project.sheet import Sheet, examine
from gen.project.source import read_source

LOOKED_AT = 20  # versions of a class that are made, beside dealing to everybody


def configure(parser: Parser) -> None:
    """The arguments of `check`."""
    parser.add_argument("sheet", metavar="SHEET.toml", help="the sheet, or notes.toml")
    parser.add_argument("--roster", metavar="FILE.csv", help="the students who get it")


def run(options: Namespace) -> int:
    """Read, deal, derive and render everything.

    Of several faults each is one line on standard output; the first is the error as well. Raises InputError,
    and BuildError for what is right but cannot be printed on this machine.
    """
    path = notes_path(Path(options.sheet))
    if path.name == NAME:
        if options.roster:
            raise input_error("syntax", "--roster goes with a sheet, not with notes", where="file")
        return check_notes(path)
    source = read_source(path)
    sheet, faults = examine(source)
    if sheet is not None:
        faults += faults_of(sheet)
    roster: Roster | None = None
    if options.roster:
        roster, wrong = examine_roster(roster_bytes(Path(options.roster)), options.roster)
        faults += wrong
    if len(faults) > 1:
        for fault in faults:
            say(" ".join(fault.message.split()))
    if faults or sheet is None:
        raise InputError(faults[0])
    shown = _document(sheet, options, roster)
    if roster is not None:
        # Who a sheet is for is told by the row of the roster.
        shown = replace(shown, student=None)
    formats = [format_named(name) for name in sheet.documents]
    texts = [render(shown, known, "pdflatex") for known in formats]
    for char in unprintable_in(shown):
        code = f"U+{ord(char):04X}"
        say(f"{source.file}: note: {code} can be seen in no font and will print as [{code}]")
    check_letters(source.file, texts, roster, needs_of(suited(formats[0], ()), shown) if formats else None)
    marks = sum(problem.marks or 0 for problem in shown.problems)
    asked = ", ".join(sheet.formats)
    said = f"{counted(len(shown.problems), 'problem')} ({counted(marks, 'mark')})"
    say(f"{source.file}: no fault in {said}: {asked}")
    return 0


def _document(sheet: Sheet, options: Namespace, roster: Roster | None) -> Document:
    """The document of the sheet, or of one version; with what is to be said of all versions."""
    if not is_dealt(sheet, options.roster):
        return assemble(sheet)
    with telling() as tell:
        tell("dealing the problems ...")
        found = dealt_course(sheet, Path(options.sheet), roster, kept=LOOKED_AT)
        tell("solving some versions ...")
        some = tuple(islice(versions(found), LOOKED_AT))
        fault: Report | None = marks_fault(found, some[0])
        if fault is not None:
            raise InputError(fault)
        tell("counting different problems ...")
        for line in findings(found, some):
            tell("")
            say(line)
            tell("counting different problems ...")
    return document(found, some[0])
