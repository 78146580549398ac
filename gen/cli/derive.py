"""`freeindex derive`: one derivation from the command line, or a batch of cases from a file."""

from __future__ import annotations

import sys
from argparse import Namespace
from importlib import import_module
from pathlib import Path
from typing import cast

from gen.build.output import write
from gen.cli import batch
from gen.cli.arguments import Parser, positive
from gen.cli.declared import declarations
from gen.cli.outputs import OUTPUTS, Module, output_named
from gen.cli.printed import SWITCHES, Printed, switches
from gen.cli.screen import has_colour
from gen.derivation.derive import derive_all
from gen.derivation.method import METHODS
from gen.document.words import LANGUAGES
from gen.errors import input_error
from gen.project.case import ALL, names


def configure(parser: Parser) -> None:
    """The arguments of `derive`."""
    parser.add_argument("expr", metavar="EXPR", nargs="?", help='the expression, such as "W*X" or "F = W*X"')
    parser.add_argument("--wrt", metavar="NAME[,NAME...]", help="the variable, or several")
    parser.add_argument(
        "--let", metavar='"W: m x n"', action="append", default=[], help="a declaration; may be repeated"
    )
    parser.add_argument("--strict", action="store_true", help="refuse names that are not declared")
    methods = ", ".join((*(method.name for method in METHODS), ALL))
    parser.add_argument("--method", metavar="METHOD", help=f"how to derive: {methods}")
    parser.add_argument(
        "--kind", metavar="KIND", help="the kind of answer, such as gradient, vecjac, tensor4"
    )
    parser.add_argument("--order", type=int, choices=(1, 2), default=1, help="first or second derivative")
    parser.add_argument("--layout", choices=("numerator", "denominator"), default="numerator")
    parser.add_argument("--symmetric", choices=("free", "projected"), default="free")
    parser.add_argument(
        "--format", choices=tuple(known.name for known in OUTPUTS), default="text", help="how to print"
    )
    parser.add_argument(
        "--notation",
        metavar="KEY=VALUE[,...]",
        help=f"how documents write formulas, by the keys of a sheet: {', '.join(SWITCHES)}",
    )
    parser.add_argument(
        "--language", choices=LANGUAGES, default="en", help="the language of the fixed words of documents"
    )
    parser.add_argument("-o", dest="output", metavar="FILE", help="where to write, instead of printing")
    parser.add_argument("--from", dest="source", metavar="CASES.jsonl", help="cases, one a line; - is stdin")
    parser.add_argument("-j", dest="jobs", metavar="N", type=positive, default=1, help="processes for --from")


def run(options: Namespace) -> int:
    """Derive and print, or write. Raises FreeIndexError."""
    if options.source is not None:
        if options.expr is not None or options.wrt is not None:
            raise input_error(
                "syntax", "--from takes its expressions from the file: leave EXPR and --wrt out"
            )
        return batch.run(options.source, options.output, options.jobs)
    if options.expr is None:
        raise input_error("syntax", "the expression is missing", hint='freeindex derive "W*X" --wrt W')
    if options.wrt is None:
        raise input_error("syntax", "--wrt is missing", where="wrt", hint='freeindex derive "W*X" --wrt W')
    chosen = output_named(options.format, to_terminal=options.output is None and sys.stdout.isatty())
    given = switches(options.notation)
    if not chosen.document and set(given) - {"letters"}:
        formats = ", ".join(known.name for known in OUTPUTS if known.document)
        message = f"of --notation only letters is for --format {chosen.name}"
        raise input_error("unsupported", message, hint=f"all of it is for {formats}")
    variables = names(options.wrt)
    derivations = derive_all(
        options.expr,
        variables,
        None if options.method is None else (options.method,),
        symbols=declarations(options.let),
        strict=options.strict,
        kind=options.kind,
        order=options.order,
        layout=options.layout,
        symmetric=options.symmetric,
        letters=given.get("letters", ""),
    )
    module = cast(Module, import_module(chosen.module))
    several = options.method == ALL or len(variables) > 1
    colour = options.output is None and has_colour(sys.stdout)
    data = module.made(derivations, Printed(several, colour, given, options.language))
    if options.output is not None:
        write(Path(options.output), data)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    return 0
