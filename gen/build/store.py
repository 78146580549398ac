"""What was made before, kept in the user's cache folder: looked at before anything is made again.

An entry is a file: a sha256 of its key and of all that comes after it, a line of JSON, and blobs of bytes.
One that is cut off, changed, unreadable or that of another key is none, and is made again. Entries are copied
out, never linked. Of all entries together the ones last used are kept, up to `MOST_BYTES`.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gen.build.font_cache import cache_folder

MOST_BYTES = 2_000_000_000
TRIMMED = 0.8  # of it is left when there is too much: the folder is not walked again soon
_FOLDER = "made"
_HEAD = 64


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept under a key: values that JSON can write, and bytes."""

    values: Any
    blobs: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Store:
    """Entries by kind and key, in a folder that only its owner can read: names stand in it."""

    folder: Path

    def find(self, kind: str, key: str) -> Entry | None:
        """The entry, verified; None where there is none."""
        path = self._path(kind, key)
        try:
            data = path.read_bytes()
            if _seal(kind, key, data[_HEAD:]) != data[:_HEAD]:
                path.unlink(missing_ok=True)
                return None
            line, _, rest = data[_HEAD:].partition(b"\n")
            values, sizes = json.loads(line)
            os.utime(path)
        except (OSError, ValueError):
            return None
        blobs: list[bytes] = []
        for size in sizes:
            blobs.append(rest[:size])
            rest = rest[size:]
        return Entry(values, tuple(blobs))

    def keep(self, kind: str, key: str, values: Any, blobs: Sequence[bytes] = ()) -> None:
        """Keep an entry, if there is room. It is not forced onto the disk: a torn one is seen when used."""
        line = json.dumps([values, [len(blob) for blob in blobs]], ensure_ascii=False, allow_nan=False)
        body = b"".join((line.encode("utf-8"), b"\n", *blobs))
        path = self._path(kind, key)
        part = path.with_name(f".{secrets.token_hex(8)}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(
                part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
            )
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(_seal(kind, key, body))
                    file.write(body)
                os.replace(part, path)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
        except OSError:
            # Nowhere to keep it: it will be made again.
            return

    def trim(self, most: int = MOST_BYTES) -> None:
        """Remove what has not been used for longest, where there is more than `most` bytes."""
        found: list[tuple[float, int, Path]] = []
        for path in self.folder.glob("*/*/*"):
            try:
                stat = path.stat()
            except OSError:
                continue
            found.append((stat.st_mtime, stat.st_size, path))
        total = sum(size for _, size, _ in found)
        if total <= most:
            return
        for _, size, path in sorted(found):
            if total <= TRIMMED * most:
                return
            try:
                path.unlink(missing_ok=True)
            except OSError:
                continue
            total -= size

    def _path(self, kind: str, key: str) -> Path:
        return self.folder / kind / key[:2] / key[2:]


def _seal(kind: str, key: str, body: bytes) -> bytes:
    """What an entry begins with; `_HEAD` bytes."""
    return hashlib.sha256(f"{kind}/{key}\n".encode() + body).hexdigest().encode()


def usual_store() -> Store | None:
    """The store in the user's cache folder; None where nothing can be kept."""
    cache = cache_folder()
    if cache is None:
        return None
    folder = cache / _FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        return None
    return Store(folder)
