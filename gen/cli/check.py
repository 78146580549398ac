"""`freeindex check SHEET.toml`: everything that can be wrong, found without running TeX."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from gen.cli.arguments import Parser
from gen.cli.screen import say
from gen.document.format import format_named
from gen.document.render import render, unprintable_in
from gen.errors import InputError
from gen.project.assemble import assemble, faults_of
from gen.project.sheet import examine
from gen.project.source import read_source


def configure(parser: Parser) -> None:
    """The arguments of `check`."""
    parser.add_argument("sheet", metavar="SHEET.toml", help="the sheet")


def run(options: Namespace) -> int:
    """Read, derive and render everything.

    Of several faults each is one line on standard output; the first is the error as well. Raises InputError.
    """
    source = read_source(Path(options.sheet))
    sheet, faults = examine(source)
    if sheet is not None:
        faults += faults_of(sheet)
    if len(faults) > 1:
        for fault in faults:
            say(" ".join(fault.message.split()))
    if faults or sheet is None:
        raise InputError(faults[0])
    document = assemble(sheet)
    for name in sheet.formats:
        render(document, format_named(name), "pdflatex")
    for char in unprintable_in(document):
        say(f"{source.file}: note: the fonts lack U+{ord(char):04X}, which will print as [U+{ord(char):04X}]")
    marks = sum(problem.marks or 0 for problem in sheet.problems)
    formats = ", ".join(sheet.formats)
    say(f"{source.file}: no fault in {len(sheet.problems)} problems ({marks} marks): {formats}")
    return 0
