"""`freeindex doctor`: what is here, what is missing, and what each is needed for."""

from __future__ import annotations

from argparse import Namespace

from gen.build.doctor import examine, report
from gen.build.documents import needs_of
from gen.cli.arguments import Parser
from gen.cli.screen import say
from gen.document.format import FORMATS, Format


def configure(parser: Parser) -> None:
    """`doctor` has no arguments."""


def run(options: Namespace) -> int:
    """Print the findings; the status is 0 whatever they are."""
    formats = [(_title(known), needs_of(known)) for known in FORMATS]
    say(report(examine(formats)).rstrip("\n"))
    return 0


def _title(known: Format) -> str:
    return f"{known.name} (else {known.fallback})" if known.fallback else known.name
