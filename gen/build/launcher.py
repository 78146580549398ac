"""Give up rights, then become the program: `launcher.py PARENT CPU FILE OPEN MEMORY [GRANT...] -- PROGRAM...`

A process gives up rights itself, after the fork, in a program of its own: code between fork and exec in a
process with threads may deadlock, a small program cannot. It is run as a file, in Python's isolated mode; it
imports nothing of this package, and nothing that starts slowly (`signal` alone takes as long as the rest).

PARENT is the id of the process that wants the result; on Linux the program is killed when that one dies. CPU
is in seconds, FILE and MEMORY in bytes, OPEN a number of files. A limit the system does not know is left out.
A GRANT is a letter and an absolute path: `r` to read, `x` to read and run, `w` to read and write, with all
that is below it. With a grant the program gets these paths and nothing else, from Landlock, and may neither
connect nor listen by TCP nor signal other processes where the kernel can forbid it. Where that cannot be done
the program is not started: status 126. A program that cannot be started is status 127.
"""

from __future__ import annotations

import ctypes
import os
import stat
import sys

if sys.platform != "win32":
    import resource

DIE_WITH_PARENT, NO_NEW_PRIVILEGES = 1, 38  # of prctl
KILL, PIPE, FILE_TOO_LARGE = 9, 13, 25  # signals
# The numbers of Landlock's three calls, the same on every machine but Alpha and MIPS.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION_ONLY, PATH_BENEATH = 1, 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
REMOVE_DIR, REMOVE_FILE, MAKE_DIR, MAKE_FILE = 1 << 4, 1 << 5, 1 << 7, 1 << 8
TRUNCATE, IOCTL_DEVICE = 1 << 14, 1 << 15
TCP, SCOPES = 0b11, 0b11
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEVICE
READ = READ_FILE | READ_DIR
# No links: the builder reads what is left in the folder, and would follow them.
WRITE = READ | WRITE_FILE | TRUNCATE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_FILE
GRANTS = {"r": READ, "x": READ | EXECUTE, "w": WRITE}
# All that a version can forbid: links across folders came with 2, truncating with 3, devices with 5.
HANDLED = ((5, (1 << 16) - 1), (3, (1 << 15) - 1), (2, (1 << 14) - 1), (1, (1 << 13) - 1))


def main(arguments: list[str]) -> None:
    """Set limits, signals and Landlock, then replace this process."""
    libc = ctypes.CDLL(None, use_errno=True)
    parent, cpu, file_bytes, open_files, memory = (int(word) for word in arguments[:5])
    end = arguments.index("--")
    grants, command = arguments[5:end], arguments[end + 1 :]
    if sys.platform == "linux":
        libc.prctl(DIE_WITH_PARENT, KILL, 0, 0, 0)
    # The parent may have died before the line above took effect.
    if sys.platform == "win32" or os.getppid() != parent:
        sys.exit(127)
    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_CPU, cpu)
    limit(resource.RLIMIT_FSIZE, file_bytes)
    limit(resource.RLIMIT_NOFILE, open_files)
    limit(resource.RLIMIT_AS, memory)
    # Python ignores these two, and what is ignored stays ignored across exec: a file past its limit would
    # then be an error that TeX may not notice, instead of its end.
    for number in (PIPE, FILE_TOO_LARGE):
        libc.signal(number, None)
    try:
        if grants:
            confine(libc, grants)
    except OSError as error:
        sys.stderr.write(f"Landlock: {error.strerror}\n")
        sys.exit(126)
    try:
        os.execve(command[0], command, os.environ)
    except OSError as error:
        sys.stderr.write(f"{command[0]}: {error.strerror}\n")
        sys.exit(127)


def limit(kind: int, wanted: int) -> None:
    """Lower one limit to `wanted`, or to what is allowed where that is less."""
    if sys.platform == "win32":
        return
    try:
        hard = resource.getrlimit(kind)[1]
        value = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (value, value))
    except (OSError, ValueError):
        return


def landlock_version(libc: ctypes.CDLL) -> int:
    """The version of Landlock this kernel offers. Raises OSError where it offers none."""
    return called(libc, CREATE_RULESET, None, 0, VERSION_ONLY)


def confine(libc: ctypes.CDLL, grants: list[str]) -> None:
    """Leave this process nothing of the file system but `grants`. Raises OSError if that cannot be done.

    A granted path that does not exist is no error: it grants nothing.
    """
    version = landlock_version(libc)
    handled = next(rights for since, rights in HANDLED if version >= since)
    asked = [handled]
    if version >= 4:
        asked.append(TCP)
    if version >= 6:
        asked.append(SCOPES)
    attributes = (ctypes.c_uint64 * len(asked))(*asked)
    rules = called(libc, CREATE_RULESET, attributes, ctypes.sizeof(attributes), 0)
    for grant in grants:
        try:
            place = os.open(grant[1:], os.O_PATH | os.O_CLOEXEC)
        except FileNotFoundError:
            continue
        rights = GRANTS[grant[0]] & handled
        if not stat.S_ISDIR(os.fstat(place).st_mode):
            rights &= OF_FILES
        # struct landlock_path_beneath_attr is packed: 8 bytes of rights, 4 of descriptor.
        rule = rights.to_bytes(8, sys.byteorder) + place.to_bytes(4, sys.byteorder)
        called(libc, ADD_RULE, rules, PATH_BENEATH, rule, 0)
        os.close(place)
    if libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        raise failed()
    called(libc, RESTRICT_SELF, rules, 0)
    os.close(rules)


def called(libc: ctypes.CDLL, number: int, *arguments: object) -> int:
    """What a system call gives. Raises OSError when it fails."""
    wide = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    result: int = libc.syscall(ctypes.c_long(number), *wide)
    if result < 0:
        raise failed()
    return result


def failed() -> OSError:
    """The error of the last call into the C library."""
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number))


if __name__ == "__main__":
    main(sys.argv[1:])
