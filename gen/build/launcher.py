"""Give up rights, then become the program: `launcher.py PARENT CPU FILE OPEN MEMORY PROGRAM ARGUMENT...`.

The limits of a process are set by the process itself, after the fork, in a program of its own: code between
fork and exec in a process with threads may deadlock, a small program cannot. It is run as a file, in
Python's isolated mode, and imports nothing of this package, so that it starts in a few milliseconds.

PARENT is the id of the process that wants the result; on Linux the program is killed when that one dies. CPU
is in seconds, FILE and MEMORY in bytes, OPEN a number of files. A limit the system does not know is left
out.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Set limits and signals, then replace this process; exit with status 127 where that cannot be done."""
    parent, cpu, file_bytes, open_files, memory = (int(word) for word in arguments[:5])
    command = arguments[5:]
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    # The parent may have died before the line above took effect.
    if os.getppid() != parent:
        sys.exit(127)
    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_CPU, cpu)
    limit(resource.RLIMIT_FSIZE, file_bytes)
    limit(resource.RLIMIT_NOFILE, open_files)
    limit(resource.RLIMIT_AS, memory)
    # Python ignores these two, and what is ignored stays ignored across exec: a file past its limit would
    # then be an error that TeX may not notice, instead of its end.
    for name in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(name, signal.SIG_DFL)
    try:
        os.execve(command[0], command, os.environ)
    except OSError as error:
        sys.stderr.write(f"{command[0]}: {error.strerror}\n")
        sys.exit(127)


def limit(kind: int, wanted: int) -> None:
    """Lower one limit to `wanted`, or to what is allowed where that is less."""
    try:
        hard = resource.getrlimit(kind)[1]
        value = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (value, value))
    except (OSError, ValueError):
        return


if __name__ == "__main__":
    main(sys.argv[1:])
