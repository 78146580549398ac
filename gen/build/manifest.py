"""`manifest.json`: what a build made and what it could not make. Times go to `timings.json`, so that equal
builds have equal manifests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write `manifest.json`, after removing files of the last build that this one did not make.

    A file is removed only if the last manifest lists it and it has not been changed since. One that could
    not be made has been removed before, or cannot be for now. Raises BuildError.
    """
    stay = {made.path for made in manifest.files} | {failed.file for failed in manifest.failed}
    for old in sorted({made.path for made in standing(folder)} - stay):
        discard(folder / old)
    write_text(folder / MANIFEST, _text(manifest.to_json()))


def write_timings(folder: Path, seconds: Mapping[str, float]) -> None:
    """Write `timings.json`: seconds by the name of what took them, to the millisecond. Raises BuildError."""
    write_text(folder / TIMINGS, _text({name: round(seconds[name], 3) for name in sorted(seconds)}))


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def standing(folder: Path) -> tuple[Made, ...]:
    """The files of the last manifest that still are what it says; none where there is no manifest."""
    try:
        listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        files = [Made(str(f["path"]), str(f["sha256"]), f.get("pages"), f.get("student")) for f in listed]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ()
    return tuple(_as_recorded(folder, files))


def engine_of(folder: Path) -> str | None:
    """The engine that the last manifest names; None where it names none, or there is no manifest."""
    try:
        engine = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["engine"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return engine if isinstance(engine, str) else None


def _as_recorded(folder: Path, files: Iterable[Made]) -> Iterable[Made]:
    for recorded in files:
        path = recorded.path
        parts = PurePosixPath(path).parts
        # The manifest may have been written by anybody: only names below the folder count.
        if not parts or PurePosixPath(path).is_absolute() or ".." in parts or "\\" in path or ":" in path:
            continue
        file = folder.joinpath(*parts)
        inside = file.parent.resolve().is_relative_to(folder.resolve())
        plain = inside and not file.is_symlink() and file.is_file()
        if plain and hashlib.sha256(file.read_bytes()).hexdigest() == recorded.sha256:
            yield recorded
