"""What to do where the system has no more of something: processes, memory, files, room on a disk."""

from __future__ import annotations

import errno

_FEWER = "run again with a smaller -j, or raise the limit"
_HINTS: tuple[tuple[tuple[int, ...], str], ...] = (
    ((errno.EAGAIN,), f"no more processes or threads can be started: {_FEWER} (ulimit -u)"),
    ((errno.ENOMEM,), f"there is no more memory: {_FEWER} (ulimit -v)"),
    ((errno.EMFILE, errno.ENFILE), f"no more files can be opened: {_FEWER} (ulimit -n)"),
    ((errno.ENOSPC, errno.EDQUOT), "make room on that disk, and run again"),
)
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
