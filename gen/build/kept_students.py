"""What is rendered for a student, and how it is kept between builds."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from gen.build.chunk import parted
from gen.build.keys import key_of
from gen.build.store import Store
from gen.errors import Report

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


class KeptStudents:
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
