"""What `freeindex build --only moodle,qti` does: files for learning platforms."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from gen.build.exports import write_exports
from gen.cli.recording import record
from gen.cli.screen import say
from gen.document.format import FORMATS, PAGES
from gen.errors import InputError, input_error, nearest
from gen.platforms.platform import PLATFORMS, Platform
from gen.project.checkup import marks_fault
from gen.project.course import dealt_course, versions
from gen.project.quiz import nameless, quiz
from gen.project.roster import Roster
from gen.project.sheet import Sheet

NAMED = {platform.name: platform for platform in PLATFORMS}


def platforms_in(words: str | None) -> tuple[tuple[Platform, ...], str | None]:
    """The platforms among comma-separated formats, and the other formats; None where there are none.

    Raises InputError for a word that is neither.
    """
    names = [] if words is None else [word.strip() for word in words.split(",")]
    known = [*NAMED, PAGES, *(made.name for made in FORMATS)]
    for name in names:
        if name not in known:
            close = nearest(name, known)
            hint = f"did you mean {close}?" if close else "known: " + ", ".join(known)
            raise input_error("syntax", f"no format is called {name}", where="file", hint=hint)
    chosen = tuple(NAMED[name] for name in dict.fromkeys(names) if name in NAMED)
    rest = [name for name in names if name not in NAMED]
    return chosen, ",".join(rest) if rest else None


def export(sheet: Sheet, roster: Roster | None, options: Namespace, platforms: tuple[Platform, ...]) -> None:
    """Deal, record what has been dealt, and write a file for each platform. Raises InputError, BuildError."""
    file = Path(options.sheet)
    course = dealt_course(sheet, file, _students(roster, options), options.seed)
    made = tuple(versions(course)) if sheet.generated else ()
    if made and (fault := marks_fault(course, made[0])):
        raise InputError(fault)
    found = quiz(course, made)
    files = {platform.file: platform.write(found) for platform in platforms}
    record(course, made, file)
    for path in write_exports(Path(options.output) / sheet.id, sheet.id, course.seed, files):
        say(str(path))


def _students(roster: Roster | None, options: Namespace) -> Roster | None:
    return roster if options.count is None else nameless(options.count)
