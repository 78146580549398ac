"""The key `theme` of sheets and notes: one of the themes there are, or a file beside the file that asks."""

from __future__ import annotations

from pathlib import Path

from gen.document.theme import THEMES, USUAL, faults_of_theme
from gen.errors import FreeIndexError, Report
from gen.project import kinds
from gen.project.keys import Key
from gen.project.source import Source, read_source

THEME_KEY = Key("theme", kinds.FILLED, f"{', '.join(THEMES)}, or a file such as mytheme.toml", default=USUAL)


def theme_of(source: Source, value: str) -> tuple[str, tuple[Report, ...]]:
    """What `gen.document.theme` takes: a name, or the text of a file; and what is wrong with it.

    The text and not the path: a file that changes later changes nothing of what is being made.
    """
    if value in THEMES:
        return value, ()
    path = Path(source.file).parent / value
    if not (value.endswith(".toml") and path.is_file()):
        hint = f"there are {', '.join(THEMES)}; a file of your own ends in .toml"
        return USUAL, (source.fault(("theme",), f"there is no theme {value!r}", hint=hint, value=True),)
    try:
        own = read_source(path)
    except FreeIndexError as error:
        return USUAL, (error.report,)
    faults = tuple(
        own.fault(fault.path, fault.message, hint=fault.hint, code=fault.code, value=fault.of_value)
        for fault in faults_of_theme(own.table)
    )
    return (USUAL if faults else f"{own.text.rstrip()}\n"), faults
