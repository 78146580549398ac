"""The documents of the students of a task up to the text for TeX: laid out and rendered, or kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial

from gen.build.documents import linked
from gen.build.documents import rendered as rendered_for
from gen.build.engine import Engine
from gen.build.kept_students import KeptStudents, Rendered
from gen.build.keys import key_of, program_key, setters_key
from gen.build.lettering import Lettering
from gen.build.process import StoppedError, Switch
from gen.build.store import Store
from gen.build.task import Making, Recipe, Task, name_of
from gen.document.format import Format, format_named
from gen.errors import FreeIndexError, Report
from gen.project.seat import Laid, Seat


def rendered(task: Task, engine: Engine | None, switch: Switch, store: Store | None) -> Iterator[Rendered]:
    """The documents of the students of a task, in order.

    Who is kept in `store` under the same version of the code, sheet, options and rows of roster and lock is
    not laid out again. Raises `StoppedError` when the switch is off.
    """
    lettering = None if engine is None else Lettering(engine, task.making.letters)
    state = None if engine is None else setters_key(engine, task.making.letters is not None)
    shared = task.recipe.key()
    kept = None if store is None or shared is None else KeptStudents(store)
    making = [list(task.making.formats), list(task.making.pages)]
    keys = ["" if kept is None else key_of(program_key(), shared, s.key(), making, state) for s in task.seats]
    found = [None if kept is None else kept.find(key) for key in keys]
    missing = [seat for seat, there in zip(task.seats, found, strict=True) if there is None]
    fresh = iter(_all_of(task.recipe, missing, task.making, lettering, switch))
    for key, there in zip(keys, found, strict=True):
        if there is not None:
            yield there
            continue
        one = next(fresh)
        if kept is not None and one.error is None:
            kept.keep(key, one)
        yield one


def _all_of(
    recipe: Recipe, seats: Sequence[Seat], making: Making, lettering: Lettering | None, switch: Switch
) -> list[Rendered]:
    """The texts and pages of students: all problems are solved, then laid out, then rendered.

    To do one thing for all of them, and then the next, takes a tenth less than to change about: what it needs
    is at hand.
    """
    layout = cache(recipe.layout)
    students = [_Student(seat) for seat in seats]
    steps: list[Callable[[_Student], None]] = [
        lambda one: one.solve(layout()),
        _Student.lay,
        partial(_Student.write_pages, names=making.pages),
        *(partial(_Student.render, making=making, name=name, by=lettering) for name in making.formats),
    ]
    for step in steps:
        for one in students:
            if switch.is_off:
                raise StoppedError
            one.go_on(step)
    return [one.rendered() for one in students]


class _Student:
    """How far the documents of one student are; lives while those of a task are made."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self._solved: Callable[[], Laid] | None = None
        self._laid: Laid | None = None
        self._texts: dict[str, str] = {}
        self._pages: dict[str, str] = {}
        self._engines: dict[str, str] = {}
        self._error: Report | None = None

    def go_on(self, step: Callable[[_Student], None]) -> None:
        """Take a step, unless one has failed. A fault of the program itself is told of this student, too."""
        if self._error is not None:
            return
        try:
            step(self)
        except FreeIndexError as error:
            self._error = _of_student(error.report, self._seat)
        except Exception as error:
            self._error = _of_student(Report("internal", f"{type(error).__name__}: {error}"), self._seat)

    def solve(self, layout: Callable[[Seat], Callable[[], Laid]]) -> None:
        """Solve the problems."""
        self._solved = layout(self._seat)

    def lay(self) -> None:
        """Lay the document out."""
        assert self._solved is not None
        self._laid, self._solved = self._solved(), None

    def write_pages(self, names: Sequence[str]) -> None:
        """Make the pages, for which the solutions are still needed, and for nothing after them."""
        assert self._laid is not None
        self._pages = {name: self._laid.page(format_named(name)) for name in names}
        self._laid = replace(self._laid, page=_no_page)

    def render(self, making: Making, name: str, by: Lettering | None) -> None:
        """Render the document in a format; without an engine there is no text of it."""
        assert self._laid is not None
        if by is None:
            return
        shown = self._laid.document
        if name in making.pages:
            shown = linked(shown, f"{name_of(name, self._seat).rsplit('/', 1)[-1]}.html")
        self._texts[name], setter = by.set_by(partial(rendered_for, shown, format_named(name)))
        self._engines[name] = setter.name

    def rendered(self) -> Rendered:
        """What has come of it."""
        if self._error is not None:
            return Rendered(error=self._error)
        assert self._laid is not None
        code = self._laid.document.code.text if self._laid.document.code is not None else ""
        return Rendered(code, self._texts, self._pages, self._laid.rows, self._engines)


def _no_page(chosen: Format) -> str:
    raise AssertionError(f"the page of {chosen.name} has been made, or was not asked for")


def _of_student(report: Report, seat: Seat) -> Report:
    """The report with the student it is about, unless it says so itself."""
    if not seat.file or f"student {seat.student}" in report.message:
        return report
    return replace(report, message=f"student {seat.student}: {report.message}")
