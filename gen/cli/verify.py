"""`freeindex verify`: is an answer right? It is not there yet, and says so."""

from __future__ import annotations

from argparse import Namespace

from gen.cli.arguments import Parser
from gen.errors import input_error


def configure(parser: Parser) -> None:
    """The arguments of `verify`."""
    parser.add_argument("expr", metavar="EXPR", nargs="?", help="the expression")
    parser.add_argument("--wrt", metavar="NAME", help="the variable")
    parser.add_argument("--answer", metavar="ANSWER", help="the answer to verify")
    parser.add_argument("--let", metavar='"W: m x n"', action="append", default=[], help="a declaration")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print")
    parser.add_argument("--from", dest="source", metavar="CASES.jsonl", help="cases, one a line")
    parser.add_argument("-o", dest="output", metavar="FILE", help="where to write")


def run(options: Namespace) -> int:
    """Refuse, until answers can be verified. Raises InputError."""
    raise input_error(
        "unsupported",
        "verify is not there yet: this version derives and does not judge answers",
        hint="freeindex derive EXPR --wrt NAME shows the right answer",
    )
