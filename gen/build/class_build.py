"""The documents of a class: a worksheet and solutions for each student, the key, one file for the printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gen.build.documents import Built, needs_of, told
from gen.build.engine import choose
from gen.build.environment import EPOCH
from gen.build.executor import EXECUTORS, Executor
from gen.build.finished import Finished, Step
from gen.build.lock import hold
from gen.build.manifest import (
    Failed,
    Made,
    Manifest,
    engine_of,
    made,
    standing,
    write_manifest,
    write_timings,
)
from gen.build.means import Means
from gen.build.merge import merged, thumbnails
from gen.build.needs import Needs
from gen.build.output import clear_parts, discard, prepare, write
from gen.build.pdf import count_pages
from gen.build.task import Making, Outcome, Recipe, Task, name_of, tasks_of
from gen.document.format import Format, suited
from gen.errors import BuildError, FreeIndexError, build_error
from gen.project.answers import answers_csv
from gen.project.seat import Seat

ANSWERS, PRINT, PREVIEW = "answers.csv", "print.pdf", "preview.pdf"
WORKSHEET = "worksheet"


@dataclass(frozen=True, slots=True)
class ClassOrder:
    """What to make. `seats` are the students in the order of the roster; `answers` says that the key is made.

    `whole` says that `seats` are all students: what an earlier build made for others goes. `others`
    are formats that are not made now, whose files stay. `pages` are the formats of which there are pages.
    `epoch` is the date that PDFs carry.
    """

    sheet: str
    seed: int | None
    recipe: Recipe
    seats: Sequence[Seat]
    formats: tuple[Format, ...]
    others: tuple[str, ...] = ()
    answers: bool = True
    whole: bool = True
    merge: bool = False
    keep_tex: bool = False
    pages: tuple[Format, ...] = ()
    epoch: int = EPOCH


@dataclass(slots=True)
class _Tally:
    """What has been made so far; lives for one call of `build_class`."""

    files: list[Made]
    failed: list[Failed] = field(default_factory=list)
    errors: list[BuildError] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    done: int = 0


def build_class(
    order: ClassOrder,
    output: Path,
    *,
    engine: str | None = None,
    means: Means | None = None,
    executor: Executor = EXECUTORS[0],
    progress: Callable[[Step], None] | None = None,
) -> Built:
    """Make `output/<sheet>/<format>/<id>.pdf` for all students, with the key and the manifest.

    Files are written as the documents come, and no more than a few chunks of students are held at a time.
    Without a roster the files are `<format>.pdf`. A document that cannot be made stops no other; its `.tex`
    is kept, where it got so far. Raises InputError, BuildError and HeldError as `build`.
    """
    chosen = choose(_needs(order), engine) if order.formats else None
    making = Making(
        formats=tuple(known.name for known in order.formats),
        engine=None if chosen is None else chosen.name,
        pages=tuple(known.name for known in order.pages),
        # Without a roster the sources are kept, as those of any sheet.
        keep_tex=order.keep_tex or not any(seat.file for seat in order.seats),
        epoch=order.epoch,
    )
    folder = output / order.sheet
    total = len(making.formats) * len(order.seats)
    prepare(folder)
    with hold(folder):
        clear_parts(folder, [known.name for known in (*order.formats, *order.pages)])
        tally = _Tally([old for old in standing(folder) if _stays(old, order)])
        tasks = list(tasks_of(order.recipe, order.seats, making))
        outcomes = executor.run(iter(tasks), means or Means())
        for task, outcome in zip(tasks, outcomes, strict=True):
            _put(outcome, task, folder, tally)
            for finished in outcome.finished:
                tally.done += 1
                if progress is not None:
                    progress(Step(tally.done, total, finished))
        if order.answers:
            tally.files.append(_write(folder, ANSWERS, answers_csv(tally.rows).encode("utf-8")))
        if order.merge:
            tally.files += _merged(order, folder, tally)
        engine_name = chosen.name if chosen is not None else engine_of(folder)
        manifest = Manifest(order.sheet, order.seed, engine_name, tuple(tally.files), tuple(tally.failed))
        write_manifest(folder, manifest)
        write_timings(folder, tally.seconds)
    return Built(folder, manifest, told(tally.errors, total))


def build_preview(
    order: ClassOrder,
    output: Path,
    *,
    engine: str | None = None,
    means: Means | None = None,
    executor: Executor = EXECUTORS[0],
    progress: Callable[[Step], None] | None = None,
) -> tuple[Path, tuple[int, ...]]:
    """Write the first pages of the worksheets on one page, `preview.pdf`; its path and the pages of each.

    Nothing else is written. Raises as `build_class`, and BuildError for a worksheet that cannot be made.
    """
    chosen = choose(_needs(order), engine)
    making = Making(tuple(known.name for known in order.formats), chosen.name, epoch=order.epoch)
    folder = output / order.sheet
    prepare(folder)
    with hold(folder):
        firsts: list[Finished] = []
        tasks = tasks_of(order.recipe, order.seats, making)
        for outcome in executor.run(tasks, means or Means()):
            for finished in outcome.finished:
                firsts.append(finished)
                if progress is not None:
                    progress(Step(len(firsts), len(order.seats), finished))
                if finished.error is not None:
                    raise BuildError(finished.error)
        if not firsts:
            raise build_error(f"{order.sheet}: there is no worksheet to preview")
        write(folder / PREVIEW, thumbnails([one.pdf for one in firsts if one.pdf is not None]))
    return folder / PREVIEW, tuple(one.pages for one in firsts)


def _needs(order: ClassOrder) -> Needs:
    """What the documents need together, each in the plainest form it falls back to.

    The sheet decides which parts a document has: that of the first student for whom there is one tells it.
    """
    layout = order.recipe.layout()
    for seat in order.seats:
        try:
            sample = layout(seat).document
        except FreeIndexError:
            continue
        plain = [needs_of(suited(known, ()), sample) for known in order.formats]
        names = dict.fromkeys(name for needs in plain for name in needs.packages)
        libraries = dict.fromkeys(name for needs in plain for name in needs.libraries)
        return Needs(plain[0].documentclass, tuple(names), tuple(libraries))
    return needs_of(suited(order.formats[0], ()))


def _stays(old: Made, order: ClassOrder) -> bool:
    """Whether a file of the last build is none of what this one makes anew."""
    first = old.path.split("/")[0].rsplit(".", 1)[0]
    if first in order.others:
        return True
    mine = {seat.file for seat in order.seats}
    if not order.formats and not old.path.endswith(".html"):
        # Pages alone leave the PDFs of the same students.
        made_anew = old.path == ANSWERS and order.answers
        return not made_anew and (not order.whole or old.student is None or old.student in mine)
    # What is made for one student leaves the files of all others alone.
    return not order.whole and old.student not in mine


def _put(outcome: Outcome, task: Task, folder: Path, tally: _Tally) -> None:
    """Write what came of a task, and count it."""
    students = {
        name_of(known, seat): seat.file or None
        for known in (*task.making.formats, *task.making.pages)
        for seat in task.seats
    }
    for finished in outcome.finished:
        student = students[finished.name]
        tally.files += _written(finished, folder, student)
        tally.seconds[finished.name] = finished.seconds
        if finished.error is not None:
            tally.failed.append(Failed(f"{finished.name}.pdf", finished.error.message, student))
            tally.errors.append(BuildError(finished.error))
    for page in outcome.pages:
        tally.files.append(_write(folder, f"{page.name}.html", page.data, student=students[page.name]))
    tally.rows += outcome.rows


def _written(finished: Finished, folder: Path, student: str | None) -> list[Made]:
    """Write the PDF, and the text where it is to be kept or where there is no PDF."""
    files: list[Made] = []
    if finished.tex:
        files.append(_write(folder, f"{finished.name}.tex", finished.tex.encode("utf-8"), student=student))
    if finished.pdf is None:
        discard(folder / f"{finished.name}.pdf")
        return files
    return [
        *files,
        _write(folder, f"{finished.name}.pdf", finished.pdf, pages=finished.pages, student=student),
    ]


def _merged(order: ClassOrder, folder: Path, tally: _Tally) -> list[Made]:
    """Write the file for the printer; where a worksheet is missing there is none."""
    names = [f"{name_of(WORKSHEET, seat)}.pdf" for seat in order.seats]
    there = {made.path for made in tally.files}
    if tally.failed or not set(names) <= there:
        discard(folder / PRINT)
        return []
    whole = merged([(folder / name).read_bytes() for name in names])
    return [_write(folder, PRINT, whole, pages=count_pages(whole))]


def _write(
    folder: Path, name: str, data: bytes, *, pages: int | None = None, student: str | None = None
) -> Made:
    write(folder.joinpath(*name.split("/")), data)
    return made(name, data, pages=pages, student=student)
