"""Notes from records to files: each format one record, whose module makes its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from gen.build.lock import hold
from gen.build.manifest import Failed, Manifest, made, standing, write_manifest
from gen.build.note_files import NoteFile, NoteFiles, NotesOrder
from gen.build.output import OpenElsewhereError, clear_parts, discard, prepare, write
from gen.errors import BuildError, input_error, nearest


class Module(Protocol):
    """What the module of a format has."""

    @staticmethod
    def made(order: NotesOrder) -> NoteFiles:
        """The files. Raises FreeIndexError before anything is made."""


@dataclass(frozen=True, slots=True)
class NoteFormat:
    """One value of `--format`; its module is loaded by name, so that a page does not wait for TeX."""

    name: str
    title: str
    module: str


NOTE_FORMATS = (
    NoteFormat("pdf", "one PDF", "gen.build.notes_pdf"),
    NoteFormat("html", "static pages", "gen.build.notes_html"),
    NoteFormat("slides", "slides", "gen.build.notes_slides"),
    NoteFormat("ipynb", "a notebook a chapter", "gen.build.notes_ipynb"),
)


@dataclass(frozen=True, slots=True)
class BuiltNotes:
    """What came of it: the files written, in order, and the first failure."""

    folder: Path
    paths: tuple[Path, ...]
    failure: BuildError | None = field(default=None)


def note_formats_named(names: str) -> tuple[NoteFormat, ...]:
    """The formats of `pdf,html`. Raises InputError with the nearest name for one that there is not."""
    known = {one.name: one for one in NOTE_FORMATS}
    out: list[NoteFormat] = []
    for name in dict.fromkeys(word.strip() for word in names.split(",")):
        if name not in known:
            close = nearest(name, known)
            hint = f"did you mean {close}?" if close else "there are " + ", ".join(known)
            raise input_error("syntax", f"there is no format {name!r} of notes", where="file", hint=hint)
        out.append(known[name])
    return tuple(out)


def build_notes(
    order: NotesOrder,
    formats: tuple[NoteFormat, ...],
    output: Path,
    tell: Callable[[str], None] = lambda words: None,
) -> BuiltNotes:
    """Make the files of `order` in `output/<id>`.

    Everything is made before the first file is written. A build of all chapters removes what an earlier
    one made of a chapter that is no more. A file that cannot be replaced stops no other. Raises InputError
    for an engine that does not exist, BuildError when no engine can do it or the folder cannot be written,
    HeldError when another build has it.
    """
    folder = output / order.notes.id
    files: list[NoteFile] = []
    failures: list[BuildError] = []
    for chosen in formats:
        tell(f"{chosen.title} ...")
        found = cast(Module, import_module(chosen.module)).made(order)
        files += found.files
        failures += [found.failure] if found.failure is not None else []
    prepare(folder)
    with hold(folder):
        clear_parts(folder, ("html", "notebooks", "slides"))
        held: dict[str, BuildError] = {}
        for file in files:
            try:
                write(folder.joinpath(*file.path.split("/")), file.data)
            except OpenElsewhereError as error:
                held[file.path] = error
        if failures:
            # An old PDF beside a new source would pass for the new one.
            made_now = {file.path for file in files}
            for path in sorted(
                path.removesuffix(".tex") + ".pdf" for path in made_now if path.endswith(".tex")
            ):
                if path not in made_now:
                    try:
                        discard(folder / path)
                    except OpenElsewhereError as error:
                        held[path] = error
        written = [file for file in files if file.path not in held]
        _record(folder, order, formats, written, held)
    paths = tuple(folder.joinpath(*file.path.split("/")) for file in written)
    failures += held.values()
    return BuiltNotes(folder, paths, failures[0] if failures else None)


def _record(
    folder: Path,
    order: NotesOrder,
    formats: tuple[NoteFormat, ...],
    files: list[NoteFile],
    held: Mapping[str, BuildError],
) -> None:
    """Write the manifest: what was made now, and what is still there of formats and chapters not made now.

    `held` are the files that could not be replaced, by their paths.
    """
    now = {file.path: made(file.path, file.data, pages=file.pages) for file in files}
    names = frozenset(chosen.name for chosen in formats)
    alone = bool(order.chapter)
    kept = [
        old
        for old in standing(folder)
        if old.path not in now and old.path not in held and (alone or _stays(old.path, names))
    ]
    failed = tuple(Failed(path, error.report.message) for path, error in held.items())
    write_manifest(folder, Manifest(order.notes.id, None, order.engine, (*kept, *now.values()), failed))


def _stays(path: str, names: frozenset[str]) -> bool:
    """Whether a file that was not made now is of another format than those of these names."""
    if path.startswith("html/"):
        return "html" not in names
    if path.startswith("slides/"):
        return "slides" not in names
    return ("ipynb" if path.startswith("notebooks/") else "pdf") not in names
