"""Doing a task: lay out the documents of its students, render them, typeset them together, read them back."""

from __future__ import annotations

import time
from pathlib import Path

from gen.build.class_jobs import make_class
from gen.build.engine import by_name
from gen.build.finished import Finished, finished
from gen.build.jobs import Request
from gen.build.process import Switch
from gen.build.rendered import rendered
from gen.build.store import Store
from gen.build.task import Outcome, PageFile, Task, name_of


def perform(
    task: Task, *, threads: int = 1, switch: Switch | None = None, store: Store | None = None
) -> Outcome:
    """The documents of a task, of which `threads` runs of TeX are made at a time.

    What comes of a document depends on the task alone, `store` only saves time. A student whose problems
    cannot be derived, or whose document cannot be typeset, is an error among the outcomes and stops nobody
    else. Raises `StoppedError` when the switch is turned off.
    """
    started = time.monotonic()
    switch = switch or Switch()
    making = task.making
    engine = None if making.engine is None else by_name(making.engine)
    everybody = list(zip(task.seats, rendered(task, engine, switch, store), strict=True))
    requests: list[Request] = []
    for known in making.formats:
        for seat, one in everybody:
            if engine is not None and one.error is None:
                name, code = name_of(known, seat), one.code if seat.file else ""
                setter = by_name(one.engines[known])
                requests.append(Request(name, one.texts[known], setter, Path(f"{name}.pdf"), code))
    results = list(
        make_class(
            requests, jobs=threads, seconds=making.seconds, epoch=making.epoch, switch=switch, store=store
        )
    )
    typeset = {result.request.name: finished(result, keep_tex=making.keep_tex) for result in results}
    documents: list[Finished] = []
    pages: list[PageFile] = []
    for known in making.formats:
        for seat, one in everybody:
            name = name_of(known, seat)
            documents.append(Finished(name, None, one.error) if one.error is not None else typeset[name])
    for known in making.pages:
        for seat, one in everybody:
            if one.error is None:
                pages.append(PageFile(name_of(known, seat), one.pages[known].encode("utf-8")))
    rows = tuple(row for _, one in everybody for row in one.rows)
    failed = tuple((seat.file, one.error) for seat, one in everybody if one.error is not None)
    usual = all(result.as_usual for result in results)
    return Outcome(tuple(documents), tuple(pages), rows, failed, time.monotonic() - started, usual)
