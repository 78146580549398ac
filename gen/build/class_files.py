"""The files of a class in its folder: what stands there, what is written, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gen.build.finished import Finished
from gen.build.keys import file_key, key_of, program_key
from gen.build.manifest import Failed, Made, made
from gen.build.output import OpenElsewhereError, discard, write
from gen.build.store import Store
from gen.build.task import Making, Outcome, Task, path_of
from gen.errors import BuildError
from gen.project.answers import answer_lines

KIND = "chunks"
ANSWERS = "answers.csv"


@dataclass(frozen=True, slots=True)
class Standing:
    """Files that need not be made, and their rows of `answers.csv`."""

    files: tuple[Made, ...]
    rows: tuple[tuple[str, ...], ...] = ()


class ClassFiles:
    """What is in the folder, by paths below it; lives for one call of `build_class`.

    `before` are the files of the last build that still are what its manifest says. A file is written only
    where another one, or none, has its name. `files` are those of this build, `written` the paths of those
    that were written, `answers` the lines of `answers.csv`, chunk by chunk.
    """

    def __init__(self, folder: Path, before: Iterable[Made]) -> None:
        self.folder = folder
        self.before = {old.path: old for old in before}
        self.files: dict[str, Made] = {}
        self.failed: list[Failed] = []
        self.errors: list[BuildError] = []
        self.seconds: dict[str, float] = {}
        self.answers: list[str] = []
        self.written: set[str] = set()

    def put(self, outcome: Outcome, making: Making, names: Sequence[str]) -> tuple[Made, ...]:
        """Write what came of a task; its files. Raises BuildError where that cannot be done.

        `names` are those of the files of its students.
        """
        kinds = dict.fromkeys((*making.formats, *making.pages))
        students = {path_of(known, name): name or None for known in kinds for name in names}
        files: list[Made] = []
        for finished in outcome.finished:
            files += self._document(finished, students[finished.name])
        for page in outcome.pages:
            files.append(self.write(f"{page.name}.html", page.data, student=students[page.name]))
        for file, report in outcome.failed:
            for known in making.pages:
                path = f"{known}/{file}.html" if file else f"{known}.html"
                self.failed.append(Failed(path, report.message, file or None))
                discard(self.folder / path)
            if not making.formats:
                self.errors.append(BuildError(report))
        self.answers.append(answer_lines(outcome.rows))
        return tuple(files)

    def write(self, path: str, data: bytes, *, pages: int | None = None, student: str | None = None) -> Made:
        """Write a file unless it stands there. Raises BuildError."""
        one = made(path, data, pages=pages, student=student)
        if not self._is_there(one):
            write(self.folder.joinpath(*path.split("/")), data)
            self.written.add(path)
        self.files[path] = one
        return one

    def standing(self, store: Store | None, key: str | None) -> Standing | None:
        """What was made under `key`, if all of it is there."""
        entry = None if store is None or key is None else store.find(KIND, key)
        if entry is None:
            return None
        files = tuple(Made(*fields) for fields in entry.values["files"])
        if not all(self._is_there(one) for one in files):
            return None
        return Standing(files, tuple(tuple(row) for row in entry.values["rows"]))

    def count(self, there: Standing) -> None:
        """Count what stands as made."""
        self.files |= {one.path: one for one in there.files}
        self.answers.append(answer_lines(there.rows))

    def _is_there(self, one: Made) -> bool:
        old = self.before.get(one.path)
        # A build that was interrupted has files that no manifest lists.
        path = self.folder.joinpath(*one.path.split("/"))
        if old is None and path.is_symlink():
            return False
        there = file_key(path) if old is None else old.sha256
        return there == one.sha256

    def _document(self, finished: Finished, student: str | None) -> list[Made]:
        """Write the PDF, and the text where it is to be kept or where there is no PDF."""
        self.seconds[finished.name] = finished.seconds
        path = f"{finished.name}.pdf"
        files: list[Made] = []
        failure = None if finished.error is None else BuildError(finished.error)
        if finished.tex:
            files.append(self.write(f"{finished.name}.tex", finished.tex.encode("utf-8"), student=student))
        try:
            if finished.pdf is not None:
                return [*files, self.write(path, finished.pdf, pages=finished.pages, student=student)]
            discard(self.folder / path)
        except OpenElsewhereError as error:
            failure = error
        if failure is not None:
            self.failed.append(Failed(path, failure.report.message, student))
            self.errors.append(failure)
        return files


def chunk_key(task: Task, engine: object) -> str | None:
    """The key of all that the files of a task are made of; None where nobody knows. `engine` is its key."""
    shared, making = task.recipe.key(), task.making
    if shared is None:
        return None
    how = [list(making.formats), list(making.pages), making.keep_tex, making.epoch]
    return key_of(program_key(), engine, shared, [seat.key() for seat in task.seats], how)


def keep_chunk(store: Store, key: str, made_now: Standing) -> None:
    """Keep what the files of a task are. They themselves are made again of what its runs of TeX were."""
    listed = [[one.path, one.sha256, one.pages, one.student] for one in made_now.files]
    store.keep(KIND, key, {"files": listed, "rows": made_now.rows})
