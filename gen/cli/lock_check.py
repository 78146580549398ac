"""Reading `variants.lock` again before anything is written: a line whose parts do not fit stops a build."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from gen.build.keys import file_key, key_of, program_key
from gen.build.store import Store
from gen.project.course import Course, lock_file
from gen.project.recorded import check_dealt

KIND = "locks"


@dataclass(frozen=True, slots=True)
class LockCheck:
    """The lock of a sheet, and where it is noted that it has been read.

    `store` is None where nothing is noted; `content` tells one content of the sheet's files from another,
    and `everybody` are the students of the class (slugs): how they are called does not matter.
    """

    sheet: Path
    content: str
    everybody: tuple[str, ...]
    store: Store | None

    def check(self, found: Course, students: Collection[str]) -> None:
        """Raise InputError for what is recorded of `students` (slugs) and does not fit.

        To read the tasks of a large class takes seconds, and is done once for each content of them.
        """
        if self.store is None or self.store.find(KIND, self._key()) is None:
            families = {place.slot.key: place.slot.wanted.families for place in found.places}
            check_dealt(found.before, students, families)

    def note(self) -> None:
        """Note that the file as it is now has been read, or was written by this build, for all students."""
        if self.store is not None:
            self.store.keep(KIND, self._key(), True)

    def _key(self) -> str:
        return key_of(program_key(), self.content, self.everybody, file_key(lock_file(self.sheet)))
