"""Recording what has been dealt, before anything of it is printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from gen.build.keys import file_key
from gen.build.output import write_lines
from gen.cli.screen import note
from gen.errors import BuildError, build_error
from gen.project.course import Course, lock_file, locked
from gen.project.lock import LOCK, Lock, lock_lines, read_lock
from gen.project.version import Version

_HINT = f"what each student has is kept in {LOCK} beside the sheet: copy the sheet where files can be written"


def record(course: Course, made: Iterable[Version], file: Path) -> Lock:
    """Write `variants.lock` beside the sheet in `file` where it changes; what it holds then.

    `made` are versions whose forms may have drawn something that is not recorded. Raises as `record_lock`.
    """
    lock = locked(course, made)
    record_lock(course, lock, file)
    return lock


def record_lock(course: Course, lock: Lock, file: Path) -> None:
    """Write a lock where it differs from what there was before the class was dealt to.

    What others have recorded of other sheets meanwhile stays. Where they have recorded something of this one,
    nothing is written, and that is a BuildError. Where the file cannot be written, the one version of a sheet
    without a roster is made all the same, since the seed deals it again; with a roster that is a BuildError.
    Raises InputError as `read_lock`.
    """
    if lock == course.before:
        return
    where = lock_file(file)
    if (file_key(where) or "") != course.before.origin:
        now = read_lock(where, lock.sheet)
        if now != replace(course.before, others=now.others):
            message = f"{where}: another build has recorded versions of {lock.sheet} meanwhile"
            raise build_error(message, hint="run again: what it has dealt stays as it is")
        lock = replace(lock, others=now.others)
    try:
        write_lines(where, lock_lines(lock))
    except BuildError as error:
        if course.roster is not None:
            raise BuildError(replace(error.report, hint=_HINT)) from None
        note(
            f"note: {error.report.message}; nothing is recorded, and a newer version may deal other problems"
        )
