"""Whether files that are not made now were made of what the sheet, the roster and the lock say now.

It is noted in the store, by output folder: the manifest tells what is there, not what it was made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gen.build.keys import ListKey, key_of
from gen.build.manifest import Made
from gen.build.store import Store
from gen.build.task import Recipe
from gen.project.seat import Seat

KIND = "contents"


@dataclass(frozen=True, slots=True)
class Contents:
    """What there is now to make files of, and what those in a folder were made of.

    `now` are keys by student, of "" for what is nobody's own; empty where nobody knows. `noted` are hash and
    key by the path of a file.
    """

    now: Mapping[str, str] = field(default_factory=dict)
    noted: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def fits(self, old: Made) -> bool | None:
        """Whether a file was made of what there is now; None where nobody knows."""
        sha256, key = self.noted.get(old.path, ("", ""))
        if not self.now or sha256 != old.sha256:
            return None
        return key == self.now.get(old.student or "")


class Noting:
    """Gathers what there is to make files of while a class is gone through, and what is noted of a folder."""

    def __init__(self, folder: Path, recipe: Recipe, store: Store | None) -> None:
        self._shared = None if store is None else recipe.key()
        self._now: dict[str, str] = {}
        self._noted: dict[str, tuple[str, str]] = {}
        if store is None or self._shared is None:
            return
        self._everybody = ListKey(self._shared)
        entry = store.find(KIND, _place(folder))
        if entry is not None:
            self._noted = {path: (sha256, key) for path, sha256, key in entry.values}

    def seen(self, seats: Iterable[Seat]) -> Iterator[Seat]:
        """The seats, each of which is noted as it goes by."""
        for seat in seats:
            if self._shared is not None:
                key = seat.key()
                self._everybody.add(key)
                self._now[seat.file] = key_of(self._shared, key)
            yield seat

    def contents(self) -> Contents:
        """What has been gathered, when all seats have gone by."""
        if self._shared is None:
            return Contents()
        return Contents({"": self._everybody.key(), **self._now}, self._noted)


def note_contents(
    folder: Path, contents: Contents, fresh: Iterable[Made], stayed: Iterable[Made], store: Store | None
) -> None:
    """Note what the files in `folder` were made of: those that were made now, and those that stay."""
    if store is None or not contents.now:
        return
    lines = [[one.path, *contents.noted[one.path]] for one in stayed if one.path in contents.noted]
    lines += [[one.path, one.sha256, contents.now[one.student or ""]] for one in fresh]
    store.keep(KIND, _place(folder), sorted(lines))


def _place(folder: Path) -> str:
    return key_of(str(folder.resolve()))
