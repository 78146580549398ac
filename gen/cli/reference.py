"""`freeindex reference`: every function and rule, as a PDF and as a page for screens."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from gen.build.documents import linked, needs_of
from gen.build.engine import choose
from gen.build.output import discard, prepare, write, write_text
from gen.build.typeset import typeset
from gen.cli.arguments import Parser
from gen.cli.confined import tell_unconfined
from gen.cli.dated import wanted_epoch
from gen.cli.screen import say
from gen.document.format import REFERENCE
from gen.document.page import page
from gen.document.reference import OPENING, reference_document
from gen.document.render import render
from gen.errors import BuildError


def configure(parser: Parser) -> None:
    """The arguments of `reference`."""
    parser.add_argument("-o", dest="output", metavar="DIR", default="output", help="where to write (output)")
    parser.add_argument("--engine", metavar="NAME", help="the TeX engine; freeindex doctor lists them")


def run(options: Namespace) -> int:
    """Write `reference.html`, `.tex` and `.pdf`.

    Raises InputError for an engine or a date that does not exist, BuildError when a file cannot be written
    or the PDF cannot be made; the other two files are kept then.
    """
    epoch = wanted_epoch()
    document = reference_document()
    engine = choose(needs_of(REFERENCE, document), options.engine)
    tex = render(linked(document, "reference.html"), REFERENCE, engine.plain_name)
    tell_unconfined()
    folder = Path(options.output)
    prepare(folder)
    for name, text in (("reference.html", page(document, OPENING)), ("reference.tex", tex)):
        write_text(folder / name, text)
        say(str(folder / name))
    pdf = folder / "reference.pdf"
    try:
        write(pdf, typeset(tex, engine, name="reference", epoch=epoch).pdf)
    except BuildError:
        discard(pdf)
        raise
    say(str(pdf))
    return 0
