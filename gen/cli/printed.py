"""How `derive` prints: what its options say of the notation and the language of documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gen.derivation.result import Derivation
from gen.errors import input_error, nearest
from gen.project.kinds import UnfitError
from gen.project.notation import NOTATION_KEYS, Notation

# The layout and symmetric variables have options of their own: they change the answer.
SWITCHES = ("sums", "partial", "transpose", "matrices", "letters")
_HINT = "--notation partial=upright,transpose=top; there is: " + ", ".join(SWITCHES)


@dataclass(frozen=True, slots=True)
class Printed:
    """`several`: more than one derivation was asked for; `switches`: what is said of the notation."""

    several: bool = False
    colour: bool = False
    switches: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"


def switches(typed: str | None) -> Mapping[str, str]:
    """The switches of `--notation`. Raises InputError for one that there is not, or a wrong value."""
    known = {key.name: key for key in NOTATION_KEYS if key.name in SWITCHES}
    found: dict[str, str] = {}
    for part in (typed or "").split(",") if typed is not None else ():
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if name not in known or not equals:
            close = nearest(name, SWITCHES) if name not in known else None
            hint = f"did you mean {close}?" if close else _HINT
            raise input_error("syntax", f"--notation does not know {part.strip()!r}", hint=hint)
        try:
            found[name] = known[name].kind.read(value, "")
        except UnfitError as unfit:
            message = f"--notation: {name} {unfit.message}"
            raise input_error(unfit.code, message, hint=unfit.hint) from None
    return found


def notation(how: Printed, derivations: tuple[Derivation, ...], **usual: Any) -> Notation:
    """The notation of a document; `usual` is what holds of it where nothing is said."""
    first = derivations[0].problem
    given: dict[str, Any] = {"layout": first.layout, "symmetric": first.symmetric, **usual, **how.switches}
    return Notation(**given)
