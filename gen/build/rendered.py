"""The documents of one student up to the text for TeX: laid out and rendered, or kept from before."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial

from gen.build.chunk import parted
from gen.build.documents import linked
from gen.build.documents import rendered as rendered_for
from gen.build.engine import Engine
from gen.build.keys import key_of, program_key, setters_key
from gen.build.lettering import Lettering
from gen.build.process import StoppedError, Switch
from gen.build.store import Store
from gen.build.task import Making, Task, name_of
from gen.document.format import format_named
from gen.errors import FreeIndexError, Report
from gen.project.seat import Laid, Seat

KIND, SHARED = "students", "preambles"
FAST = 1  # the level of compression


@dataclass(frozen=True, slots=True)
class Rendered:
    """The texts and pages by names of formats, the rows of `answers.csv`, and the code that each page shows.

    `engines` has the name of the engine that sets each text.

    Where there is an `error`, there is nothing else.
    """

    code: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[tuple[str, ...], ...] = ()
    engines: Mapping[str, str] = field(default_factory=dict)
    error: Report | None = None


def rendered(task: Task, engine: Engine | None, switch: Switch, store: Store | None) -> Iterator[Rendered]:
    """The documents of the students of a task, in order.

    Who is kept in `store` under the same version of the code, sheet, options and rows of roster and lock is
    not laid out again. Raises `StoppedError` when the switch is off.
    """
    lettering = None if engine is None else Lettering(engine, task.making.letters)
    state = None if engine is None else setters_key(engine, task.making.letters is not None)
    layout = cache(task.recipe.layout)
    shared = task.recipe.key()
    kept = None if store is None else _Kept(store)
    for seat in task.seats:
        if switch.is_off:
            raise StoppedError
        key = ""
        if kept is not None and shared is not None:
            making = [list(task.making.formats), list(task.making.pages)]
            key = key_of(program_key(), shared, seat.key(), making, state)
            found = kept.find(key)
            if found is not None:
                yield found
                continue
        one = _of_one(layout, seat, task.making, lettering)
        if kept is not None and key and one.error is None:
            kept.keep(key, one)
        yield one


def _of_one(
    layout: Callable[[], Callable[[Seat], Laid]],
    seat: Seat,
    making: Making,
    lettering: Lettering | None,
) -> Rendered:
    """The texts and pages of one student. A fault of the program itself is told of this one, too."""
    texts: dict[str, str] = {}
    engines: dict[str, str] = {}
    try:
        laid = layout()(seat)
        if lettering is not None:
            for name in making.formats:
                shown = laid.document
                if name in making.pages:
                    shown = linked(shown, f"{name_of(name, seat).rsplit('/', 1)[-1]}.html")
                texts[name], setter = lettering.set_by(partial(rendered_for, shown, format_named(name)))
                engines[name] = setter.name
        pages = {name: laid.page(format_named(name)) for name in making.pages}
    except FreeIndexError as error:
        return Rendered(error=_of_student(error.report, seat))
    except Exception as error:
        return Rendered(error=_of_student(Report("internal", f"{type(error).__name__}: {error}"), seat))
    code = laid.document.code.text if laid.document.code is not None else ""
    return Rendered(code, texts, pages, laid.rows, engines)


def _of_student(report: Report, seat: Seat) -> Report:
    """The report with the student it is about, unless it says so itself."""
    if not seat.file or f"student {seat.student}" in report.message:
        return report
    return replace(report, message=f"student {seat.student}: {report.message}")


class _Kept:
    """What is kept of the students of a task: preambles, which many share, are entries of their own."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._keys: dict[str, str] = {"": ""}
        self._shared: dict[str, str | None] = {"": ""}

    def keep(self, key: str, one: Rendered) -> None:
        """Keep the texts and pages of a student."""
        parts = [parted(text) for text in one.texts.values()]
        values = {
            "code": one.code,
            "rows": one.rows,
            "texts": [[name, self._key(shared)] for name, (shared, _) in zip(one.texts, parts, strict=True)],
            "pages": list(one.pages),
            "engines": dict(one.engines),
        }
        texts = (*(own for _, own in parts), *one.pages.values())
        self._store.keep(KIND, key, values, [_packed(text) for text in texts])

    def find(self, key: str) -> Rendered | None:
        """What is kept of a student; None where a part of it is missing."""
        entry = self._store.find(KIND, key)
        if entry is None:
            return None
        values = entry.values
        texts = [_unpacked(blob) for blob in entry.blobs]
        whole: dict[str, str] = {}
        for (name, place), own in zip(values["texts"], texts, strict=False):
            shared = self._preamble(place)
            if shared is None:
                return None
            whole[name] = shared + own
        pages = dict(zip(values["pages"], texts[len(whole) :], strict=True))
        rows = tuple(tuple(row) for row in values["rows"])
        return Rendered(values["code"], whole, pages, rows, values["engines"])

    def _key(self, shared: str) -> str:
        """The key of a preamble, which is kept when it is met first."""
        key = self._keys.get(shared)
        if key is None:
            key = self._keys[shared] = key_of(shared)
            if self._preamble(key) is None:
                self._store.keep(SHARED, key, None, [_packed(shared)])
                self._shared[key] = shared
        return key

    def _preamble(self, key: str) -> str | None:
        """A preamble that is kept, read once."""
        if key not in self._shared:
            entry = self._store.find(SHARED, key)
            self._shared[key] = None if entry is None else _unpacked(entry.blobs[0])
        return self._shared[key]


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"), FAST)


def _unpacked(blob: bytes) -> str:
    return zlib.decompress(blob).decode("utf-8", "surrogatepass")
