"""`derive --format html`: one page that needs no other file."""

from __future__ import annotations

from gen.cli.printed import Printed, notation
from gen.derivation.result import Derivation
from gen.document.pen import pen_for
from gen.document.web_page import to_html


def made(derivations: tuple[Derivation, ...], how: Printed) -> bytes:
    """The derivations on one page, those by one variable together."""
    pen = pen_for(notation(how, derivations, sums="sigma").style, how.language)
    return to_html(*derivations, pen=pen).encode("utf-8")
