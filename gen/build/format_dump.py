"""A preamble read once and dumped: a format of TeX, kept while nothing it was made of has changed."""

from __future__ import annotations

import errno
import gzip
import hashlib
import json
import os
import tempfile
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from gen.build.engine import OPTIONS, Engine
from gen.build.environment import build_environment
from gen.build.font_cache import cache_folder
from gen.build.output import write, write_text
from gen.build.process import Limits, Switch, killed, run
from gen.build.shortage import lacks_room
from gen.errors import BuildError

DUMP = "dumped"
KEPT = 8  # formats; one has some 7 MB
SECONDS = 60.0
_PACKED = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Dumped:
    """A format as TeX is to read it, and the sha256 of what TeX has written.

    TeX packs what it dumps. It reads what is not packed as well, and a run then begins in half the time.
    """

    data: bytes
    sha256: str


def dumped(engine: Engine, preamble: str, switch: Switch | None = None) -> Dumped | None:
    r"""The format of `engine` in which `preamble` (up to `\begin{document}`) has been read.

    None where it cannot be dumped: with LuaTeX, whose fonts do not survive it, and when TeX stops at an
    error, which then is to be told of a document. Where only the machine is in the way now, as for want of
    room, that is an OSError: documents have other bytes without it. Raises `StoppedError` when the switch is
    off.
    """
    program = engine.find()
    if program is None or engine.plain_name != "pdflatex":
        return None
    folder = _folder()
    if folder is None:
        made = _made(program, preamble, switch)
        return _unpacked(made[0]) if made is not None else None
    entry = folder / hashlib.sha256(f"{program}\n{preamble}".encode()).hexdigest()[:32]
    found = _kept(entry)
    if found is not None:
        return found
    made = _made(program, preamble, switch)
    if made is None:
        return None
    data, files = made
    try:
        write(entry.with_suffix(".fmt"), data)
        record = {"sha256": hashlib.sha256(data).hexdigest(), "files": {name: _state(name) for name in files}}
        write_text(entry.with_suffix(".json"), json.dumps(record, indent=1))
        _clear(folder)
    except (BuildError, OSError):
        # Nowhere to keep it: it serves this build all the same.
        return _unpacked(data)
    return _unpacked(data)


def _folder() -> Path | None:
    """Where formats are kept; None where nothing can be kept."""
    cache = cache_folder()
    return None if cache is None else cache / "formats"


def _made(program: Path, preamble: str, switch: Switch | None) -> tuple[bytes, tuple[str, ...]] | None:
    """The format, and the files it was made of; None where TeX stops at an error. Raises OSError."""
    with tempfile.TemporaryDirectory(prefix="freeindex-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        (folder / f"{DUMP}.tex").write_text(preamble + "\n\\dump\n", encoding="utf-8")
        command = (str(program), "-ini", "-recorder", *OPTIONS, f"&{program.stem}", f"{DUMP}.tex")
        ended = run(
            command,
            folder=folder,
            environment=build_environment(program, folder, folder),
            limits=Limits(seconds=SECONDS),
            switch=switch,
        )
        # TeX can end well though the end of a format could not be written.
        if lacks_room(folder, ended.output):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if ended.timed_out or killed(ended):
            raise OSError("it was stopped before it had read a preamble")
        if ended.status != 0 or not all((folder / f"{DUMP}{end}").is_file() for end in (".fmt", ".fls")):
            return None
        listed = (folder / f"{DUMP}.fls").read_text(encoding="utf-8", errors="replace").splitlines()
        names = (line.removeprefix("INPUT ") for line in listed if line.startswith("INPUT "))
        outside = dict.fromkeys(name for name in names if os.path.isabs(name) and not name.startswith(place))
        return (folder / f"{DUMP}.fmt").read_bytes(), (str(program), *outside)


def _kept(entry: Path) -> Dumped | None:
    """The format kept under a name, if it is what was written and all it was made of is as it was."""
    try:
        record = json.loads(entry.with_suffix(".json").read_text(encoding="utf-8"))
        files = dict(record["files"])
        if not files or any(_state(name) != state for name, state in files.items()):
            return None
        file = str(entry.with_suffix(".fmt"))
        found = _read(file, *_state(file))
        return found if found is not None and found.sha256 == record["sha256"] else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


@lru_cache(maxsize=1)
def _read(file: str, size: int, modified: int) -> Dumped | None:
    """What a file of this state holds, which is read once for many runs; None where it is damaged."""
    try:
        return _unpacked(Path(file).read_bytes())
    except (zlib.error, EOFError):
        return None


def _unpacked(data: bytes) -> Dumped:
    """Raises OSError, EOFError or zlib.error where the data is damaged."""
    plain = gzip.decompress(data) if data.startswith(_PACKED) else data
    return Dumped(plain, hashlib.sha256(data).hexdigest())


def _state(name: str) -> list[int]:
    """What tells one version of a file from another. Raises OSError when it is gone."""
    found = os.stat(name)
    return [found.st_size, found.st_mtime_ns]


def _clear(folder: Path) -> None:
    """Keep the newest formats only."""
    formats = sorted(folder.glob("*.fmt"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in formats[KEPT:]:
        old.unlink(missing_ok=True)
        old.with_suffix(".json").unlink(missing_ok=True)
