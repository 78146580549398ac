"""`derive --format html`: one page that needs no other file."""

from __future__ import annotations

from gen.derivation.result import Derivation
from gen.document.web_page import to_html


def made(derivations: tuple[Derivation, ...], *, several: bool, colour: bool) -> bytes:
    """The derivations on one page, those by one variable together."""
    return to_html(*derivations).encode("utf-8")
