"""How `derive` can print: one record each, whose module makes the bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from gen.cli.printed import Printed
from gen.derivation.result import Derivation
from gen.errors import input_error


class Module(Protocol):
    """What the module of an output has."""

    @staticmethod
    def made(derivations: tuple[Derivation, ...], how: Printed) -> bytes:
        """The derivations as a file. Raises FreeIndexError."""


@dataclass(frozen=True, slots=True)
class Output:
    """One value of `--format`; a module that is empty is not there yet. A `document` has a notation."""

    name: str
    module: str
    binary: bool = False
    document: bool = False


OUTPUTS = (
    Output("text", "gen.cli.derive_text"),
    Output("json", "gen.cli.derive_json"),
    Output("tex", "gen.cli.derive_tex", document=True),
    Output("html", "gen.cli.derive_html", document=True),
    Output("pdf", "gen.cli.derive_pdf", binary=True, document=True),
)


def output_named(name: str, *, to_terminal: bool) -> Output:
    """The record of a `--format`. Raises InputError where it is not there yet or no terminal can show it."""
    known = next(known for known in OUTPUTS if known.name == name)
    if not known.module:
        hint = "there is: " + ", ".join(other.name for other in OUTPUTS if other.module)
        raise input_error("unsupported", f"derive --format {name} is not there yet", hint=hint)
    if known.binary and to_terminal:
        raise input_error("syntax", f"a terminal cannot show {name}", hint=f"-o derivation.{name}")
    return known
