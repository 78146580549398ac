"""What `freeindex check` says of letters that this machine cannot print: whose, and what to install."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gen.build.lettering import obstacle
from gen.build.needs import Needs
from gen.cli.screen import say
from gen.document.letters import written
from gen.document.tex import escape
from gen.errors import BuildError, Report
from gen.project.printed import letters_of, place_of
from gen.project.roster import Roster


def check_letters(place: str, texts: Iterable[str], roster: Roster | None, needs: Needs | None) -> None:
    """Say what of a sheet (its rendered `texts`) and of its roster cannot be printed here.

    Each is one line on standard output; then BuildError is raised, which is the line where there is one only.
    """
    faults = [*_faults(place, "\n".join(texts), needs)]
    for student in roster.students if roster is not None else ():
        faults += _faults(place_of(roster, student), escape(letters_of(student)), needs) if roster else ()
    if not faults:
        return
    if len(faults) > 1:
        for fault in faults:
            say(f"{fault.message}; {fault.hint}")
    first = faults[0]
    more = f"{len(faults)} of what is to be printed cannot be; the first: " if len(faults) > 1 else ""
    raise BuildError(Report("internal", more + first.message, "file", hint=first.hint))


def _faults(place: str, tex: str, needs: Needs | None) -> Iterator[Report]:
    found = obstacle(written(tex), needs)
    if found is not None:
        yield Report("internal", f"{place}: {found[0]}", "file", hint=found[1])
