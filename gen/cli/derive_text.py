"""`derive --format text`: for reading in a terminal."""

from __future__ import annotations

from gen.cli.printed import Printed
from gen.derivation.result import Derivation
from gen.derivation.show import terminal


def made(derivations: tuple[Derivation, ...], how: Printed) -> bytes:
    """The derivations one below the other, with blank lines between."""
    return "\n\n".join(terminal(d, how.colour).rstrip("\n") for d in derivations).encode("utf-8") + b"\n"
