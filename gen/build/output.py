"""Writing results so that a final name always holds a whole file, and never one of an earlier build."""

from __future__ import annotations

import os
import re
import secrets
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from gen.build.shortage import shortage
from gen.errors import BuildError, Report, build_error

_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.0)  # seconds between attempts to replace a file
_PART = re.compile(r"^\.[^/]+\.[0-9a-f]{12}\.part$")


class OpenElsewhereError(BuildError):
    """A file cannot be replaced or removed for now; what it holds is of an earlier build."""

    def __init__(self, path: Path) -> None:
        message = f"{path} cannot be replaced, and is that of an earlier build"
        hint = f"close {path.name} in the program that shows it, and run again"
        super().__init__(Report("internal", message, "file", hint=hint))


def prepare(folder: Path) -> None:
    """Make sure files can be written into `folder`, which is made if need be; call it before building.

    Raises BuildError: something else has that name, it is a link to nothing, or it cannot be written to.
    """
    try:
        _walk(folder)
        folder.mkdir(parents=True, exist_ok=True)
        trial = folder / _part_name("trial")
        os.close(os.open(trial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        trial.unlink()
    except OSError as error:
        raise _cannot(folder, error, hint="name another with -o") from error


@contextmanager
def prepared(folder: Path) -> Iterator[None]:
    """`prepare` for a block; the folders it has made go again if that fails and has written nothing.

    Raises BuildError.
    """
    made = [step for step in (folder, *folder.parents) if not step.exists()]
    prepare(folder)
    try:
        yield
    except BaseException:
        # One that is not empty stays, and those around it.
        with suppress(OSError):
            for step in made:
                step.rmdir()
        raise


def write(path: Path, data: bytes) -> None:
    """Put `data` under the name `path`, whole or not at all, and on the disk before this returns.

    The folder is made if need be. What stood there before stays until the new file is complete.
    Raises BuildError, `OpenElsewhereError` where another program holds the name; then nothing has changed.
    """
    _write(path, lambda file: file.write(data))


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """`write` for lines that are made one by one; an error that making them raises leaves nothing behind."""
    _write(path, lambda file: file.writelines(f"{line}\n".encode() for line in lines))


def write_by(path: Path, save: Callable[[BinaryIO], object]) -> None:
    """`write` for what `save` puts into an open file."""
    _write(path, save)


def _write(path: Path, save: Callable[[BinaryIO], object]) -> None:
    part = path.with_name(_part_name(path.name))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Not `tempfile`: its files can be read by their owner only, and results are for others too.
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        try:
            with os.fdopen(descriptor, "wb") as file:
                save(file)
                file.flush()
                os.fsync(file.fileno())
            _replace(part, path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
    except OSError as error:
        _walk(path.parent)
        raise _cannot(path, error) from error


def _replace(part: Path, path: Path) -> None:
    """Give a complete file its name. Raises `OpenElsewhereError`, OSError."""
    for pause in _PAUSES:
        try:
            os.replace(part, path)
        except PermissionError:
            # On Windows a file that somebody reads cannot be replaced; scanners for viruses soon end.
            time.sleep(pause)
        else:
            return
    raise OpenElsewhereError(path)


def write_text(path: Path, text: str) -> None:
    """`write` for text, as UTF-8 with plain line ends."""
    write(path, text.encode("utf-8"))


def discard(path: Path) -> None:
    """Remove what an earlier build left under a name that this build could not make.

    Raises BuildError, `OpenElsewhereError` where the file cannot be removed for now.
    """
    try:
        path.unlink(missing_ok=True)
    except PermissionError as error:
        raise OpenElsewhereError(path) from error
    except OSError as error:
        raise _cannot(path, error) from error


def clear_parts(folder: Path, inside: Iterable[str] = ()) -> None:
    """Remove unfinished files a killed build left in `folder` and its folders `inside`; hold it first."""
    for place in (folder, *(folder / name for name in inside)):
        if not place.is_dir():
            continue
        for found in place.iterdir():
            if _PART.match(found.name) and stat.S_ISREG(found.lstat().st_mode):
                discard(found)


def _walk(folder: Path) -> None:
    """Name what is no folder on the way to `folder`; the system's own message would not say what it is."""
    for step in (folder, *folder.parents):
        if step.is_symlink() and not step.exists():
            target = os.readlink(step)
            raise build_error(f"cannot write to {folder}: {step} is a link to {target}, which is missing")
        if step.exists() and not step.is_dir():
            raise build_error(f"cannot write to {folder}: {step} is a file", hint="name another with -o")


def _part_name(name: str) -> str:
    # Names may be as long as the system allows: the part's own name must not be longer.
    return f".{name[:200]}.{secrets.token_hex(6)}.part"


def _sync_folder(folder: Path) -> None:
    """Put the new name itself on the disk, where a folder can be opened for that."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _cannot(path: Path, error: OSError, hint: str | None = None) -> BuildError:
    if isinstance(error, IsADirectoryError):
        return build_error(f"cannot write {path}: there is a folder of that name", hint="move it away")
    return build_error(f"cannot write {path}: {error.strerror or error}", hint=shortage(error) or hint)
