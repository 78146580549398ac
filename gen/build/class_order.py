"""What is to be made for a class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gen.build.environment import EPOCH
from gen.build.task import Recipe
from gen.document.format import Format
from gen.project.seat import Seat


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
