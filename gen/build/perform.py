"""Doing a task: lay out the documents of its students, render them, typeset them together, read them back."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from gen.build.class_jobs import make_class
from gen.build.documents import linked
from gen.build.engine import Engine, by_name
from gen.build.finished import Finished, finished
from gen.build.jobs import Request
from gen.build.process import StoppedError, Switch
from gen.build.task import Making, Outcome, PageFile, Task, name_of
from gen.document.format import Format, format_named, suited
from gen.document.render import render
from gen.errors import FreeIndexError, Report
from gen.project.seat import Laid, Seat


@dataclass(frozen=True, slots=True)
class Rendered:
    """What one student's documents are before they are typeset: texts by format, pages, rows; or an error.

    `code` is what stands on each page.
    """

    code: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[tuple[str, ...], ...] = ()
    error: Report | None = None


def perform(task: Task, *, threads: int = 1, switch: Switch | None = None) -> Outcome:
    """The documents of a task, of which `threads` runs of TeX are made at a time.

    What comes of a document depends on the task alone. A student whose problems cannot be derived, or whose
    document cannot be typeset, is an error among the outcomes and stops nobody else. Raises `StoppedError`
    when the switch is turned off.
    """
    started = time.monotonic()
    switch = switch or Switch()
    making = task.making
    engine = None if making.engine is None else by_name(making.engine)
    found = {seat.student: one for seat, one in zip(task.seats, _rendered(task, engine, switch), strict=True)}
    requests: dict[str, Request] = {}
    for known in making.formats:
        for seat in task.seats:
            one = found[seat.student]
            if engine is not None and one.error is None:
                name = name_of(known, seat)
                code = one.code if seat.file else ""
                requests[name] = Request(name, one.texts[known], engine, Path(f"{name}.pdf"), code)
    results = make_class(
        list(requests.values()), jobs=threads, seconds=making.seconds, epoch=making.epoch, switch=switch
    )
    typeset = {result.request.name: finished(result, keep_tex=making.keep_tex) for result in results}
    documents: list[Finished] = []
    for known in making.formats:
        for seat in task.seats:
            name = name_of(known, seat)
            documents.append(typeset.get(name) or Finished(name, None, found[seat.student].error))
    pages = tuple(
        PageFile(name_of(known, seat), found[seat.student].pages[known].encode("utf-8"))
        for known in making.pages
        for seat in task.seats
        if known in found[seat.student].pages
    )
    rows = tuple(row for seat in task.seats for row in found[seat.student].rows)
    return Outcome(tuple(documents), pages, rows, time.monotonic() - started)


def _rendered(task: Task, engine: Engine | None, switch: Switch) -> list[Rendered]:
    making = task.making
    formats = () if engine is None else tuple(_fitting(name, engine) for name in making.formats)
    try:
        layout = task.recipe.layout()
    except FreeIndexError as error:
        return [Rendered(error=error.report) for _ in task.seats]
    found: list[Rendered] = []
    for seat in task.seats:
        if switch.is_off:
            raise StoppedError
        found.append(_of_one(layout, seat, making, engine, formats))
    return found


def _fitting(name: str, engine: Engine) -> Format:
    """The format, or what it falls back to with an engine."""
    known, program = format_named(name), engine.find()
    return suited(known, engine.files(program, known.needs) if program is not None else frozenset())


def _of_one(
    layout: Callable[[Seat], Laid],
    seat: Seat,
    making: Making,
    engine: Engine | None,
    formats: tuple[Format, ...],
) -> Rendered:
    """The texts and pages of one student. A fault of the program itself is told of this one, too."""
    texts: dict[str, str] = {}
    try:
        laid = layout(seat)
        for name, fitting in zip(making.formats, formats, strict=False):
            shown = laid.document
            if name in making.pages:
                shown = linked(shown, f"{name_of(name, seat).rsplit('/', 1)[-1]}.html")
            texts[name] = render(shown, fitting, engine.plain_name if engine is not None else "")
        pages = {name: laid.page(format_named(name)) for name in making.pages}
    except FreeIndexError as error:
        return Rendered(error=_of_student(error.report, seat))
    except Exception as error:
        return Rendered(error=_of_student(Report("internal", f"{type(error).__name__}: {error}"), seat))
    code = laid.document.code.text if laid.document.code is not None else ""
    return Rendered(code, texts, pages, laid.rows)


def _of_student(report: Report, seat: Seat) -> Report:
    """The report with the student it is about, unless it says so itself."""
    if not seat.file or f"student {seat.student}" in report.message:
        return report
    return replace(report, message=f"student {seat.student}: {report.message}")
