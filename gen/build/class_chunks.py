"""The chunks of a class in order: those that stand in the folder, and those that are made and written."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from gen.build.class_files import ClassFiles, Standing, chunk_key, keep_chunk
from gen.build.class_order import Dealing
from gen.build.finished import Step
from gen.build.held import Held, holding
from gen.build.means import Means
from gen.build.task import Making, Outcome, Task

MOST_HELD = 2_000_000_000  # bytes of outcomes that wait until all have been dealt to


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A chunk that is not done with, by the names of the files of its students.

    What stands of it, or None, and the key to keep what is made under.
    """

    making: Making
    names: tuple[str, ...]
    key: str | None
    stands: Standing | None


class ClassChunks:
    """What is made of the chunks of a class; lives for one call of `build_class`.

    Nothing is written before all that has been dealt is recorded: until then what is made waits on the disk.
    `typeset`, `kept` and `cached` count documents, and `as_usual` is what `Class` says.
    """

    def __init__(
        self,
        files: ClassFiles,
        means: Means,
        dealing: Dealing,
        total: int,
        progress: Callable[[Step], None] | None,
    ) -> None:
        self.typeset = self.kept = self.cached = 0
        self.as_usual = True
        self._files = files
        self._store = means.store
        self._dealing = dealing
        self._total = total
        self._done = 0
        self._progress = progress
        self._waiting: deque[_Chunk] = deque()
        self._stack = ExitStack()
        self._held: Held | None = None

    def close(self) -> None:
        """Let go of what waits."""
        self._stack.close()

    def to_do(self, tasks: Iterable[Task], engine: object) -> Iterator[Task]:
        """Those of the tasks whose files do not stand. `engine` is its key."""
        for task in tasks:
            key = chunk_key(task, engine)
            stands = self._files.standing(self._store, key)
            names = tuple(seat.file for seat in task.seats)
            self._waiting.append(_Chunk(task.making, names, key, stands))
            if stands is None:
                yield task
            else:
                count = len(task.making.formats) * len(names)
                self._done += count
                self.kept += count
                self._count_standing()

    def take(self, outcome: Outcome) -> None:
        """The outcome of the next task that was to do. Raises InputError, BuildError."""
        if self._dealing.is_recorded and not self._held:
            self._put(outcome)
            return
        try:
            if self._held is None:
                self._held = self._stack.enter_context(holding(self._files.folder))
            self._held.put(outcome)
        except OSError:
            # No room for what waits: then it does not.
            self.catch_up()
            self._put(outcome)
            return
        if self._held.size > MOST_HELD:
            self.catch_up()

    def meanwhile(self) -> bool:
        """Deal to one more student, or write what waits of one chunk; False when there is nothing to do.

        Raises InputError, BuildError.
        """
        if self._dealing.go_on():
            return True
        if not self._held:
            return False
        self._put(self._held.take())
        return True

    def catch_up(self) -> None:
        """Deal to all, and write all that waits. Raises as `meanwhile`."""
        while self.meanwhile():
            pass

    def _count_standing(self) -> None:
        """Count the chunks that stand, up to the next one that is made."""
        while self._waiting and (there := self._waiting[0].stands) is not None:
            self._files.count(there)
            self._waiting.popleft()

    def _put(self, outcome: Outcome) -> None:
        chunk = self._waiting.popleft()
        failures = len(self._files.failed)
        written = self._files.put(outcome, chunk.making, chunk.names)
        # A file that could not be replaced is no fault of the outcome, and is to be tried again.
        whole = outcome.is_whole and outcome.as_usual and len(self._files.failed) == failures
        self.as_usual = self.as_usual and outcome.as_usual
        if self._store is not None and chunk.key is not None and whole:
            keep_chunk(self._store, chunk.key, Standing(written, outcome.rows))
        for finished in outcome.finished:
            self._done += 1
            self.kept += finished.kept
            self.cached += finished.kept and finished.file in self._files.written
            self.typeset += finished.error is None and not finished.kept
            if self._progress is not None:
                self._progress(Step(self._done, self._total, finished))
        self._count_standing()
