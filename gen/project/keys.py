"""Tables of keys: what a TOML table may hold is a tuple of `Key`, and reading it is one function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gen.errors import Report, nearest
from gen.project.kinds import Kind, UnfitError
from gen.project.places import Path
from gen.project.source import Source


@dataclass(frozen=True, slots=True)
class Key:
    """One key. `later` is set where the key is known but not there yet: the sentence that says so."""

    name: str
    kind: Kind
    help: str
    required: bool = False
    default: Any = None
    later: str = ""


def read_table(
    source: Source, path: Path, table: Mapping[str, Any], keys: tuple[Key, ...]
) -> tuple[Mapping[str, Any], tuple[Report, ...]]:
    """The values of `table` by key, defaults put in, and everything that is wrong with it, in its order."""
    known = {key.name: key for key in keys}
    values = {key.name: key.default for key in keys}
    faults: list[Report] = []
    for name, value in table.items():
        at = (*path, name)
        key = known.get(name)
        if key is None:
            faults.append(_unknown(source, at, name, tuple(known)))
        elif key.later:
            faults.append(source.fault(at, key.later, code="unsupported"))
        else:
            try:
                values[name] = key.kind.read(value, source.raw(at))
            except UnfitError as unfit:
                message = f"{name} {unfit.message}"
                if unfit.place is None:
                    faults.append(source.fault(at, message, hint=unfit.hint, code=unfit.code, value=True))
                else:
                    inside = source.within(at, value, *unfit.place, message, hint=unfit.hint, code=unfit.code)
                    faults.append(inside)
    # A misspelt key is told by its own name: that the right one is missing would hide it.
    meant = {nearest(name, tuple(known)) for name in table if name not in known}
    for key in keys:
        if key.required and key.name not in table and key.name not in meant:
            faults.append(source.fault(path, f"{key.name} is missing", hint=f"{key.name} is {key.help}"))
    return values, tuple(faults)


def _unknown(source: Source, at: Path, name: str, known: tuple[str, ...]) -> Report:
    close = nearest(name, known)
    hint = f"did you mean {close}?" if close else "known here: " + ", ".join(known)
    return source.fault(at, f"the key {name!r} is not known", hint=hint)
