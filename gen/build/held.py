"""Outcomes that have to wait: they lie in a file without a name, which is gone when this process is."""

from __future__ import annotations

import pickle
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from gen.build.task import Outcome


class Held:
    """A queue of outcomes on the disk; see `holding`."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._places: deque[tuple[int, int]] = deque()
        self._end = 0

    def __len__(self) -> int:
        return len(self._places)

    @property
    def size(self) -> int:
        """The bytes that the file takes."""
        return self._end

    def put(self, outcome: Outcome) -> None:
        """Put one at the end. Raises OSError, and holds what it has held."""
        self._file.seek(self._end)
        pickle.dump(outcome, self._file, pickle.HIGHEST_PROTOCOL)
        self._file.flush()
        start, self._end = self._end, self._file.tell()
        self._places.append((start, self._end))

    def take(self) -> Outcome:
        """Take the first. Raises OSError."""
        start, _ = self._places.popleft()
        self._file.seek(start)
        outcome = pickle.load(self._file)
        assert isinstance(outcome, Outcome)
        if not self._places:
            self._file.truncate(0)
            self._end = 0
        return outcome


@contextmanager
def holding(folder: Path) -> Iterator[Held]:
    """A queue on the disk that `folder` is on, while the block runs. Raises OSError."""
    with tempfile.TemporaryFile(dir=folder) as file:
        yield Held(file)
