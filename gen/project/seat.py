"""One student of a class, with all that is needed to make the documents, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gen.document.blocks import Document
from gen.document.format import Format
from gen.problems.deal import Solved
from gen.project.lock_rows import Entry, entry_json


@dataclass(frozen=True, slots=True)
class Seat:
    """Who gets a version: `student` is the slug of the id, `file` names the files.

    `id` and `name` are as the roster has them, and are printed; `file` and `name` are empty for a class
    without a roster. `entries` are the rows of the lock, in the order of the sheet, each with the key of its
    slot. `solved` are solutions that dealing has found and that need not be found again; they are no part of
    what is pickled.
    """

    student: str
    file: str
    id: str
    name: str = ""
    entries: tuple[tuple[str, Entry], ...] = ()
    solved: Mapping[str, Solved] = field(default_factory=dict, compare=False, repr=False)

    def __reduce__(self) -> tuple[Any, ...]:
        return Seat, (self.student, self.file, self.id, self.name, self.entries)

    def key(self) -> list[Any]:
        """All that the documents of this student have of him or her, as JSON can write it."""
        rows = [[slot, entry_json(entry)] for slot, entry in self.entries]
        return [self.student, self.file, self.id, self.name, rows]


@dataclass(frozen=True, slots=True)
class Laid:
    """What is laid out for a student: the document, what makes its pages, the rows of `answers.csv`."""

    document: Document
    page: Callable[[Format], str]
    rows: tuple[tuple[str, ...], ...] = ()
