"""`freeindex build SHEET.toml --roster FILE.csv`: a version of a sheet for every student."""

from __future__ import annotations

import time
from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path

from gen.build.chunk import chunks
from gen.build.class_build import Class, build_class, build_preview
from gen.build.class_order import ClassOrder
from gen.build.documents import Built
from gen.build.executor import executor_named
from gen.build.keys import file_key, key_of, program_key
from gen.build.means import Means
from gen.build.store import usual_store
from gen.build.unchanged import engines_key, keep_class, unchanged
from gen.cli.dated import wanted_epoch
from gen.cli.interrupted import told_how_far
from gen.cli.lock_check import LockCheck
from gen.cli.progress import both, shown
from gen.cli.recording import record_lock
from gen.cli.screen import note, say
from gen.document.format import Format, format_named
from gen.errors import InputError
from gen.project.checkup import marks_fault
from gen.project.course import Course, dealt_course, lock_file, recipe, seats
from gen.project.lock import Lock
from gen.project.roster import Roster
from gen.project.sheet import Sheet
from gen.project.sitting import Sitting
from gen.project.sources import content_key
from gen.project.student_id import slug

UNUSUAL = (
    "note: some runs of TeX or workers failed through no fault of a document; what they were to make was "
    "made in smaller runs, with the same pages in other bytes, and is made as usual by the next build"
)
SHOWN = 9  # worksheets on a preview


@dataclass(frozen=True, slots=True)
class Chosen:
    """The formats to make as PDFs and as pages, and the names of those of the sheet that are not made now."""

    formats: tuple[Format, ...]
    pages: tuple[Format, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What tells one content of the sheet with its banks from another; `epoch` is the date of PDFs."""

    content: str
    epoch: int


def read_inputs(options: Namespace) -> Inputs:
    """The key of the files as they are now, and the date.

    Raises InputError where the sheet cannot be read, or the date is none.
    """
    epoch = wanted_epoch()
    return Inputs(content_key(Path(options.sheet)), epoch)


def build_for_class(
    sheet: Sheet, roster: Roster | None, options: Namespace, chosen: Chosen, inputs: Inputs
) -> Built:
    """Deal, record what has been dealt, and make the documents, unless all is as it was built last."""
    started = time.monotonic()
    executor = executor_named(options.executor)
    file = Path(options.sheet)
    # What was changed while it was read is nothing to go by later.
    store = usual_store() if inputs == read_inputs(options) else None
    folder = Path(options.output) / sheet.id
    key = "" if store is None else _key(inputs, roster, options, chosen)
    if store is not None and (manifest := unchanged(folder, store, key)) is not None:
        everybody = 1 if roster is None or options.student else len(roster.students)
        stands = Class(Built(folder, manifest, None), 0, everybody * len(chosen.formats))
        _sum_up(stands, chosen, started)
        return stands.built
    means = Means(options.jobs, options.scheduler, store, note)
    # To deal takes a while, and would be in vain where nobody can make what is dealt.
    executor.ready(means)
    # A class of one chunk is made in this process, which has solved what it has dealt.
    files = [student.file for student in roster.students] if roster else [""]
    few = not options.student and len(list(chunks(files, files))) == 1
    reading = LockCheck(file, inputs.content, tuple(map(slug, files)), store)
    keys: list[str] = []

    def recorded(course: Course, lock: Lock) -> None:
        record_lock(course, lock, file)
        if not options.student:
            reading.note()
        keys.append("" if store is None else _key(inputs, roster, options, chosen))

    # What is dealt is recorded before anything is printed: a sheet that somebody holds must be known.
    dealt = Sitting(
        sheet, file, roster, options.seed, recorded, only=options.student, kept=None if few else 0
    )
    found = dealt.course
    reading.check(found, dealt.names)
    if fault := marks_fault(found, dealt.first_version()):
        raise InputError(fault)
    order = ClassOrder(
        sheet.id,
        found.seed,
        recipe(found, inputs.content if store is not None else ""),
        dealt,
        chosen.formats,
        chosen.others,
        answers=not options.student,
        whole=not options.student,
        merge=options.merge,
        keep_tex=options.keep_tex,
        pages=chosen.pages,
        epoch=inputs.epoch,
        files=dealt.files,
        dealing=dealt,
    )
    total = len(chosen.formats) * len(dealt.files)
    with shown(sheet.id, total) as progress, told_how_far(total) as far:
        made = build_class(
            order,
            Path(options.output),
            engine=options.engine,
            means=means,
            executor=executor,
            progress=both(far, progress),
        )
    if store is not None and not made.built.manifest.failed and made.as_usual:
        keep_class(folder, store, keys[-1])
    if not made.as_usual:
        note(UNUSUAL)
    _sum_up(made, chosen, started)
    return made.built


def _roster_key(roster: Roster | None) -> str | None:
    """The key of all that is read of a roster."""
    if roster is None:
        return None
    return key_of([[s.id, s.name, s.file, s.line, s.others] for s in roster.students])


def _key(inputs: Inputs, roster: Roster | None, options: Namespace, chosen: Chosen) -> str:
    """The key of all that a class is made of, with the lock as it is now."""
    return key_of(
        program_key(),
        engines_key(options.engine) if chosen.formats else [],
        [inputs.content, file_key(lock_file(Path(options.sheet)))],
        _roster_key(roster),
        [[known.name for known in chosen.formats], [known.name for known in chosen.pages], chosen.others],
        [options.seed, options.student, options.merge, options.keep_tex, inputs.epoch],
    )


def _sum_up(made: Class, chosen: Chosen, started: float) -> None:
    """Say what was made of the PDFs that were asked for."""
    if chosen.formats:
        note(_summary(made, time.monotonic() - started))


def _summary(made: Class, seconds: float) -> str:
    """One line: what was made, what was not, in how long."""
    counts = (
        (made.typeset, "typeset"),
        (made.cached, "from the cache"),
        (made.kept - made.cached, "as before"),
        (len(made.built.manifest.failed), "failed"),
    )
    said = [f"{count} {word}" for count, word in counts if count]
    return f"{', '.join(said) or 'nothing to typeset'}; {seconds:.1f} s"


def preview(sheet: Sheet, roster: Roster | None, options: Namespace, epoch: int) -> None:
    """Some worksheets, evenly spread over the roster, on one page; nothing is recorded."""
    found = dealt_course(sheet, Path(options.sheet), roster, options.seed, kept=0)
    names = [hand.student for hand in found.dealt.hands]
    step = max(1, len(names) // SHOWN)
    some = tuple(seats(found, found.lock, set(names[::step][:SHOWN])))
    order = ClassOrder(sheet.id, found.seed, recipe(found), some, (format_named("worksheet"),), epoch=epoch)
    started = time.monotonic()
    with shown(sheet.id, len(some)) as progress:
        path, pages = build_preview(
            order,
            Path(options.output),
            engine=options.engine,
            means=Means(options.jobs, tell=note),
            progress=progress,
        )
    note(f"{len(pages)} typeset; {time.monotonic() - started:.1f} s")
    say(str(path))
    say(f"pages of each worksheet: {min(pages)} to {max(pages)}")
