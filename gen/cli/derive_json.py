"""`derive --format json`: for other programs."""

from __future__ import annotations

from gen.cli.printed import Printed
from gen.cli.screen import json_text
from gen.derivation.result import Derivation


def made(derivations: tuple[Derivation, ...], how: Printed) -> bytes:
    """One object, or an array where several were asked for."""
    found = [derivation.to_json() for derivation in derivations]
    return json_text(found if how.several else found[0]).encode("utf-8") + b"\n"
