"""One build at a time in one output folder."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from gen.build.shortage import shortage
from gen.errors import BuildError, HeldError, Report, build_error

if sys.platform != "win32":
    import fcntl

LOCK = ".lock"


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Hold `folder`, which must exist, while the block runs.

    The system's file lock is used: it ends with the process, however that ends. Where there is none
    (Windows, some network folders) the lock is a file that must not exist, and a build that was killed
    leaves it behind. Raises HeldError (exit status 4), which names who holds it; BuildError if the lock
    cannot be written.
    """
    path = folder / LOCK
    try:
        held = _by_flock(path)
    except OSError as error:
        raise _cannot(path, error) from error
    descriptor = held if held is not None else hold_by_file(path)
    try:
        yield
    finally:
        _let_go(descriptor, path)


def hold_by_file(path: Path) -> int:
    """The lock without help of the system: the open file, which nobody had made before."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644)
    except FileExistsError:
        hint = f"if it no longer runs, delete {path}"
        raise _held(path, hint) from None
    except OSError as error:
        raise _cannot(path, error) from error
    try:
        _sign(descriptor, path)
    except OSError as error:
        raise _cannot(path, error) from error
    return descriptor


def _by_flock(path: Path) -> int | None:
    """The open and locked file; None where there is no such lock. Raises HeldError, OSError."""
    if sys.platform == "win32":
        return None
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise _held(path, "wait for it, or stop it") from None
        except OSError:
            os.close(descriptor)
            path.unlink(missing_ok=True)
            return None
        if _is_still(descriptor, path):
            _sign(descriptor, path)
            return descriptor
        os.close(descriptor)


def _is_still(descriptor: int, path: Path) -> bool:
    """Whether `path` is the file that was opened: its last holder may have removed it in between."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False


def _sign(descriptor: int, path: Path) -> None:
    """Write who holds it. Raises OSError, with the lock given up and removed."""
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"process {os.getpid()} on {platform.node()}, since {now}\n".encode())
    except OSError:
        _let_go(descriptor, path)
        raise


def _let_go(descriptor: int, path: Path) -> None:
    # Removed while it is still ours: whoever opened it meanwhile sees that and opens the next one.
    if sys.platform == "win32":
        os.close(descriptor)
        path.unlink(missing_ok=True)
    else:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _cannot(path: Path, error: OSError) -> BuildError:
    return build_error(f"cannot write {path}: {error.strerror or error}", hint=shortage(error))


def _held(path: Path, hint: str) -> HeldError:
    try:
        who = path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        who = ""
    message = f"another build holds {path.parent}" + (f": {who}" if who else "")
    return HeldError(Report("internal", message, "file", hint=hint))
