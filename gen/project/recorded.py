"""Whether a line of `variants.lock` still says what was dealt, or somebody has changed a part of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gen.errors import InputError, Report
from gen.problems.catalogue import FAMILY_NAMED
from gen.problems.form_record import form_record
from gen.problems.forms import FORM_NAMED
from gen.problems.identity import canonical
from gen.problems.item import Body
from gen.project.lock import LOCK_HINT, Lock
from gen.project.lock_rows import Entry
from gen.version import VERSION


def check_entry(entry: Entry, families: tuple[str, ...] = ()) -> None:
    """Raise InputError with the line of an entry whose parts do not fit; `families` may serve, `()` all.

    What `canonical` is, is settled by the version that wrote it: of another one only the task is read.
    """
    task, family = entry.drawn.member.task, entry.drawn.member.family
    try:
        found = canonical(task)
    except InputError as error:
        raise _damaged(entry, f"holds a task that cannot be read: {error.report.message}") from None
    if entry.tool == VERSION and found != entry.drawn.canonical:
        raise _damaged(entry, "holds a task that does not fit its canonical text")
    if families and family not in families:
        raise _damaged(entry, f"has the family {family}, which its slot does not ask for")
    if entry.tool == VERSION and family not in FAMILY_NAMED:
        raise _damaged(entry, f"has the family {family}, which there is not")


def check_form(entry: Entry, form: str, body: Body) -> None:
    """Raise InputError where an entry of a file records other answers, or another mistake, than its body has.

    What is drawn follows from the seed and the version; of another version the record itself is what counts,
    and what a sheet leaves blank is for its author to change.
    """
    if not entry.place or entry.tool != VERSION or FORM_NAMED[form].again is None:
        return
    if entry.form is not None and entry.form != form_record(body):
        raise _damaged(entry, f"records another {form} than its problem has been dealt")


def check_dealt(lock: Lock, students: Iterable[str], families: Mapping[str, tuple[str, ...]]) -> None:
    """Raise InputError for the first line of `students` that does not fit; `families` may serve, by slot."""
    for student in students:
        for slot, wanted in families.items():
            entry = lock.entries.get((student, slot))
            if entry is not None and entry.place:
                check_entry(entry, wanted)


def check_entries(entries: Iterable[Entry]) -> None:
    """Raise InputError for the first entry that has been read from a file and does not fit."""
    for entry in entries:
        if entry.place:
            check_entry(entry)


def _damaged(entry: Entry, what: str) -> InputError:
    return InputError(Report("syntax", f"{entry.place}: damaged: the line {what}", "file", hint=LOCK_HINT))
