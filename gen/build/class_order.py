"""What is to be made for a class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from gen.build.environment import EPOCH
from gen.build.task import Recipe
from gen.document.format import Format
from gen.project.seat import Seat


class Dealing(Protocol):
    """The dealing to a class that goes on while its documents are made.

    Before all have been dealt to and what they got is recorded, no file may get its name.
    """

    @property
    def is_recorded(self) -> bool:
        """Whether files may get their names."""
        ...

    def go_on(self) -> bool:
        """Deal to one more student, or record; False when both is done. Raises InputError, BuildError."""
        ...


@dataclass(frozen=True, slots=True)
class Dealt:
    """A class to which all has been dealt."""

    is_recorded: bool = True

    def go_on(self) -> bool:
        """There is nothing to do."""
        return False


DEALT = Dealt()


@dataclass(frozen=True, slots=True)
class ClassOrder:
    """What to make. `seats` are the students in the order of the roster; `answers` says that the key is made.

    The seats may be dealt to while one goes through them, and are gone through more than once; then `files`
    are the names of their files, and `dealing` goes on with it.

    `whole` says that `seats` are all students: what an earlier build made for others goes. `others`
    are formats that are not made now, whose files stay. `pages` are the formats of which there are pages.
    `epoch` is the date that PDFs carry.
    """

    sheet: str
    seed: int | None
    recipe: Recipe
    seats: Iterable[Seat]
    formats: tuple[Format, ...]
    others: tuple[str, ...] = ()
    answers: bool = True
    whole: bool = True
    merge: bool = False
    keep_tex: bool = False
    pages: tuple[Format, ...] = ()
    epoch: int = EPOCH
    files: tuple[str, ...] = ()
    dealing: Dealing = DEALT

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files of the seats; "" without a roster."""
        return self.files or tuple(seat.file for seat in self.seats)
