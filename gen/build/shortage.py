"""What to do where the system has no more of something: processes, memory, files, room on a disk."""

from __future__ import annotations

import errno
import os
import re
import shutil
from pathlib import Path

LEAST_ROOM = 64 * 1024  # bytes; where less is free, whatever TeX complains of is that
_FULL = (errno.ENOSPC, errno.EDQUOT)
_FEWER = "run again with a smaller -j, or raise the limit"
_HINTS: tuple[tuple[tuple[int, ...], str], ...] = (
    ((errno.EAGAIN,), f"no more processes or threads can be started: {_FEWER} (ulimit -u)"),
    ((errno.ENOMEM,), f"there is no more memory: {_FEWER} (ulimit -v)"),
    ((errno.EMFILE, errno.ENFILE), f"no more files can be opened: {_FEWER} (ulimit -n)"),
    (_FULL, "make room on that disk, and run again"),
)
# How TeX says that a format could not be written.
_UNWRITTEN = re.compile(r"! Could not write \d+ \d+-byte item")
# How Python says that a thread could not be started; it is no error of the system to it.
_NO_THREAD = "can't start new thread"


def shortage(error: BaseException) -> str | None:
    """The hint for an error that is a want of something; None for any other."""
    if isinstance(error, RuntimeError) and str(error) == _NO_THREAD:
        return _HINTS[0][1]
    if isinstance(error, MemoryError):
        return _HINTS[1][1]
    number = error.errno if isinstance(error, OSError) else None
    return next((hint for numbers, hint in _HINTS if number in numbers), None)


def lacks_room(folder: Path, printed: bytes) -> bool:
    """Whether a program that failed in `folder` failed for want of room: by what it said, or what is free.

    What others have given back since then hides the one, what a program does not say the other. Raises
    OSError.
    """
    said = printed.decode("utf-8", "replace")
    told = any(os.strerror(number) in said for number in _FULL) or _UNWRITTEN.search(said) is not None
    return told or shutil.disk_usage(folder).free < LEAST_ROOM
