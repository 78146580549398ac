"""`manifest.json`: what a build made and what it could not make. Times go to `timings.json`, so that equal
builds have equal manifests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path, PurePosixPath
from typing import Any

from gen.build.output import discard, write_text

SCHEMA = "freeindex/manifest/1"
MANIFEST, TIMINGS = "manifest.json", "timings.json"


@dataclass(frozen=True, slots=True)
class Made:
    """One file: its path below the output folder with `/`, its hash, its pages (None: no PDF), its owner."""

    path: str
    sha256: str
    pages: int | None = None
    student: str | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """One file that could not be made, and the message of the error."""

    file: str
    error: str
    student: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """A whole build; `seed` and `engine` are None where nothing was random or nothing was typeset."""

    sheet: str
    seed: int | None
    engine: str | None
    files: tuple[Made, ...]
    failed: tuple[Failed, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The object of FORMATS section 7, sorted."""
        return {
            "schema": SCHEMA,
            "sheet": self.sheet,
            "seed": self.seed,
            "engine": self.engine,
            "files": [
                {"path": made.path, "sha256": made.sha256, "pages": made.pages, "student": made.student}
                for made in sorted(self.files, key=lambda made: made.path)
            ],
            "failed": [
                {"student": failed.student, "file": failed.file, "error": failed.error}
                for failed in sorted(self.failed, key=lambda failed: (failed.file, failed.student or ""))
            ],
        }


def made(path: str, data: bytes, *, pages: int | None = None, student: str | None = None) -> Made:
    """The record of a file with these bytes."""
    return Made(path, hashlib.sha256(data).hexdigest(), pages, student)


def write_manifest(folder: Path, manifest: Manifest, before: Iterable[Made] | None = None) -> None:
    """Write `manifest.json` where it changes, after removing files of the last build that this did not make.

    A file is removed only if the last manifest lists it and it has not been changed since; `before` are these
    files, where they are known. One that could not be made has been removed before, or cannot be for now.
    Raises BuildError.
    """
    listed = standing(folder) if before is None else before
    stay = {made.path for made in manifest.files} | {failed.file for failed in manifest.failed}
    for old in sorted({made.path for made in listed} - stay):
        discard(folder / old)
    text = _text(manifest.to_json())
    if _bytes(folder / MANIFEST) != text.encode("utf-8"):
        write_text(folder / MANIFEST, text)


def write_timings(folder: Path, seconds: Mapping[str, float]) -> None:
    """Write `timings.json`: seconds by the name of what took them, to the millisecond. Raises BuildError."""
    write_text(folder / TIMINGS, _text({name: round(seconds[name], 3) for name in sorted(seconds)}))


def _bytes(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def read_manifest(folder: Path) -> Manifest | None:
    """What the last build wrote; None where there is nothing that can be read."""
    try:
        read = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = tuple(Made(f["path"], f["sha256"], f["pages"], f["student"]) for f in read["files"])
        failed = tuple(Failed(f["file"], f["error"], f["student"]) for f in read["failed"])
        return Manifest(read["sheet"], read["seed"], read["engine"], files, failed)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def standing(folder: Path) -> tuple[Made, ...]:
    """The files of the last manifest that still are what it says; none where there is no manifest."""
    try:
        listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        files = [Made(str(f["path"]), str(f["sha256"]), f.get("pages"), f.get("student")) for f in listed]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ()
    root = folder.resolve()
    is_inside = cache(lambda parent: parent.resolve().is_relative_to(root))
    # To hash is to wait for the disk, or work that leaves the other threads alone.
    with ThreadPoolExecutor() as pool:
        found = pool.map(partial(_is_as_recorded, folder, is_inside), files)
        return tuple(one for one, there in zip(files, found, strict=True) if there)


def engine_of(folder: Path) -> str | None:
    """The engine that the last manifest names; None where it names none, or there is no manifest."""
    try:
        engine = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["engine"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return engine if isinstance(engine, str) else None


def _is_as_recorded(folder: Path, is_inside: Callable[[Path], bool], recorded: Made) -> bool:
    path = recorded.path
    parts = PurePosixPath(path).parts
    # The manifest may have been written by anybody: only names below the folder count.
    if not parts or PurePosixPath(path).is_absolute() or ".." in parts or "\\" in path or ":" in path:
        return False
    file = folder.joinpath(*parts)
    if not is_inside(file.parent) or file.is_symlink() or not file.is_file():
        return False
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == recorded.sha256
