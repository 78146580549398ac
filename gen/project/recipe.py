"""From a student's rows of the lock to the document, for a process that knows nothing else of the class."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from typing import Any

from gen.document.blocks import Document
from gen.document.format import Format
from gen.problems.deal import Hand
from gen.project.answers import final_answer
from gen.project.assemble import Written, assemble, numbers_of_generated, written
from gen.project.code import variant_code
from gen.project.dealing import Asked, asked
from gen.project.lock import Lock
from gen.project.seat import Laid, Seat
from gen.project.sheet import Sheet
from gen.project.version import Version, version


@dataclass(frozen=True, slots=True)
class Recipe:
    """What the documents of a class have in common: the sheet, and what it has been dealt with.

    `scores` are those of the slots, by their keys. `content` tells one content of the sheet's files from
    another (`content_key`); empty where nobody knows.
    """

    sheet: Sheet
    seed: int
    scores: tuple[tuple[str, int], ...] = ()
    content: str = ""

    def key(self) -> list[Any] | None:
        """What tells it from other recipes, as JSON can write it; None where nobody knows."""
        return [self.content, self.seed, [list(score) for score in self.scores]] if self.content else None

    def layout(self) -> Callable[[Seat], Callable[[], Laid]]:
        """What solves the problems of one student after another, and gives what lays out the document.

        The written problems are derived here, once. Raises InputError, as what is returned does, and that
        BuildError and CheckError.
        """
        shared = written(self.sheet)
        lock = Lock(self.sheet.id, self.seed, dict(self.scores))
        return partial(self._solved, shared, asked(self.sheet, lock))

    def _solved(self, shared: Written, places: tuple[Asked, ...], seat: Seat) -> Callable[[], Laid]:
        entries = {(seat.student, key): entry for key, entry in seat.entries}
        hand = Hand(seat.student, tuple(entry.drawn for _, entry in seat.entries), seat.solved)
        one = version(
            self.sheet.id,
            places,
            hand,
            self.seed,
            Lock(self.sheet.id, self.seed, dict(self.scores), entries),
            name=seat.name,
            number=seat.id if seat.name else "",
            letters=self.sheet.notation.letters,
        )
        return partial(self._laid, shared, one, seat.id)

    def _laid(self, shared: Written, one: Version, student: str) -> Laid:
        document = assemble(self.sheet, one, shared)
        pages = pages_of(document, self.sheet, shared, one)
        return Laid(document, pages, tuple(rows_of(self.sheet, shared, one, student)))


def pages_of(shown: Document, sheet: Sheet, shared: Written, one: Version | None) -> Callable[[Format], str]:
    """What makes the pages of a document, whose problems are laid out for screens with the first page.

    By name: what makes pages takes long to load, and most builds make none.
    """

    @cache
    def made() -> Callable[[Format], str]:
        pages: Callable[[Format], str] = import_module("gen.project.web_sheet").pages(
            shown, sheet, shared, one
        )
        return pages

    return lambda chosen: made()(chosen)


def rows_of(sheet: Sheet, shared: Written, one: Version, student: str) -> Iterator[tuple[str, ...]]:
    """The rows of `answers.csv` for a version, in the order of the problems; written ones have no variant."""
    numbers = numbers_of_generated(sheet)
    cells = {number: ("", str(found[0])) for number, found in shared.by_number}
    for number, drawn, item in zip(numbers, one.drawn, one.items, strict=True):
        cells[number] = (variant_code(drawn), final_answer(item))
    for number in sorted(cells):
        yield student, str(number), *cells[number]
