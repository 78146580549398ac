"""A piece of the work of a class: one chunk of students, and what came of it.

Both records are plain values that can be pickled, so that another process or another machine can do the
work. A task holds what the documents of its students need, and no name that they do not print.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from gen.build.chunk import chunks
from gen.build.environment import EPOCH
from gen.build.finished import Finished
from gen.build.needs import Needs
from gen.errors import Report
from gen.project.seat import Laid, Seat

SECONDS = 180.0  # for one run of TeX


class Recipe(Protocol):
    """What the documents of a class have in common; it can be pickled."""

    def key(self) -> list[Any] | None:
        """What tells it from other recipes, as JSON can write it; None: nothing made by it is kept."""

    def layout(self) -> Callable[[Seat], Callable[[], Laid]]:
        """What solves the problems of one student after another, and gives what lays out the document.

        Raises FreeIndexError, as what it returns, and what that gives.
        """


@dataclass(frozen=True, slots=True)
class Making:
    """How documents are made: the names of the formats of which there are PDFs and pages, and of the engine.

    `letters` is what LuaLaTeX needs to set what the fonts of the engine lack; None where nothing takes its
    place. `keep_tex` wants the source of each; `epoch` is the date that PDFs carry; `seconds` are for a run
    of TeX.
    """

    formats: tuple[str, ...]
    engine: str | None
    pages: tuple[str, ...] = ()
    letters: Needs | None = None
    keep_tex: bool = False
    epoch: int = EPOCH
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True)
class Task:
    """The students of one chunk, in order."""

    recipe: Recipe
    seats: tuple[Seat, ...]
    making: Making


@dataclass(frozen=True, slots=True)
class PageFile:
    """An accessible page, by the name of its file without ending."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a task: the documents, format by format in the order of the students; pages; rows.

    `rows` are those of `answers.csv`. `failed` are the students, by the names of their files, whose documents
    could not even be laid out: of these there is no page and no row. `seconds` is the time it all took.
    `as_usual` is false where runs of TeX or workers failed and no document is at fault: what was then made in
    smaller runs has other bytes than usual.
    """

    finished: tuple[Finished, ...]
    pages: tuple[PageFile, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    failed: tuple[tuple[str, Report], ...] = ()
    seconds: float = 0.0
    as_usual: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether everything was made."""
        return not self.failed and all(one.error is None for one in self.finished)


def name_of(known: str, seat: Seat) -> str:
    """The path of a student's files in a format, without their ending."""
    return path_of(known, seat.file)


def path_of(known: str, file: str) -> str:
    """The same by the name of the student's files."""
    return f"{known}/{file}" if file else known


def tasks_of(
    recipe: Recipe, seats: Iterable[Seat], making: Making, files: Sequence[str] = ()
) -> Iterator[Task]:
    """The tasks of a class: who shares one follows from the names of the files alone.

    Seats are taken as they are needed where these names, `files`, are known.
    """
    if not files:
        seats = tuple(seats)
        files = [seat.file for seat in seats]
    coming = iter(seats)
    for chunk in chunks(files, files):
        yield Task(recipe, tuple(islice(coming, len(chunk))), making)
