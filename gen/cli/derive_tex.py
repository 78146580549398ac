"""`derive --format tex`: a document that compiles on its own."""

from __future__ import annotations

from gen.derivation.result import Derivation
from gen.document.format import format_named
from gen.document.render import render
from gen.project.assemble import single


def made(derivations: tuple[Derivation, ...], *, several: bool, colour: bool) -> bytes:
    """The notes of one problem, for pdflatex."""
    return render(single(derivations), format_named("notes"), "pdflatex").encode("utf-8")
