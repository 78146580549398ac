"""`derive --format tex`: a document that compiles on its own."""

from __future__ import annotations

from gen.cli.printed import Printed, notation
from gen.derivation.result import Derivation
from gen.document.format import format_named
from gen.document.render import render
from gen.project.assemble import single


def made(derivations: tuple[Derivation, ...], how: Printed) -> bytes:
    """The notes of one problem, for pdflatex."""
    document = single(derivations, notation(how, derivations), how.language)
    return render(document, format_named("notes"), "pdflatex").encode("utf-8")
