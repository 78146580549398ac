"""The sandboxes TeX can be run in, one record each, in the order they are tried.

TeX's own switches are none: `openin_any=p` lets `$SELFAUTOGRANDPARENT/etc/passwd` through, `\\pdfobj stream
file` is never checked, and Lua in LuaTeX opens whatever it likes. Landlock comes first: it is part of the
kernel (Linux 5.13 and later), needs no rights, and costs nothing.
"""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from gen.build.access import Access
from gen.build.launcher import landlock_version
from gen.build.process import Hold, free

# The machines on which the numbers of Landlock's calls are those of the launcher.
MACHINES = ("x86_64", "aarch64", "riscv64", "ppc64le", "s390x", "loongarch64", "i686", "armv7l", "armv8l")


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A way to leave a program nothing but what an `Access` grants.

    `lacking` says in words why this system does not offer it, empty where it does; `launch` gives the
    arguments for the launcher, after the limits; `title` says in words what it does.
    """

    name: str
    title: Callable[[], str]
    lacking: Callable[[], str]
    launch: Callable[[Access, Sequence[str]], tuple[str, ...]]


def active() -> Sandbox | None:
    """The first sandbox this system offers, None when it offers none."""
    return next((sandbox for sandbox in SANDBOXES if not sandbox.lacking()), None)


def held(access: Access) -> Hold:
    """How `run` holds a program to `access` here: in the first sandbox on offer, else not at all."""
    sandbox = active()
    return partial(sandbox.launch, access) if sandbox is not None else free


def version() -> int:
    """The version of Landlock here. Raises OSError with the reason where there is none."""
    if sys.platform != "linux" or platform.machine() not in MACHINES:
        raise OSError(0, f"not known on {platform.system()} on {platform.machine()}")
    return landlock_version(ctypes.CDLL(None, use_errno=True))


def _landlock_title() -> str:
    number = version()
    network = "no TCP" if number >= 4 else "but the network is open to it: that takes Linux 6.7"
    return f"Landlock {number}: TeX opens its own installation, fonts and the folder of its run; {network}"


def _without_landlock() -> str:
    try:
        version()
    except OSError as error:
        return f"this kernel offers no Landlock ({error.strerror}); it takes Linux 5.13 and lsm=landlock"
    return ""


def _landlock(access: Access, command: Sequence[str]) -> tuple[str, ...]:
    kinds = (("r", access.read), ("x", access.run), ("w", access.write))
    return (*(kind + path for kind, paths in kinds for path in paths), "--", *command)


def _bubblewrap_title() -> str:
    return (
        f"bubblewrap ({_bwrap()}): TeX sees its own installation, fonts and the folder of its run; no network"
    )


def _without_bubblewrap() -> str:
    program = _bwrap()
    if program is None:
        return "bubblewrap is not installed: install bubblewrap"
    return _trial(program)


@lru_cache(maxsize=4)  # whether the kernel lets it does not change while this program runs
def _trial(program: str) -> str:
    command = [program, "--unshare-all", "--die-with-parent", "--ro-bind", "/", "/", "--", "/bin/true"]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bubblewrap does not run: {error}"
    said = done.stderr.decode("utf-8", "replace").strip()
    return f"bubblewrap does not run: {said or done.returncode}" if done.returncode else ""


def _bubblewrap(access: Access, command: Sequence[str]) -> tuple[str, ...]:
    bound: list[str] = []
    for option, paths in (("--ro-bind-try", access.read + access.run), ("--bind-try", access.write)):
        bound += [word for path in paths if not path.startswith("/dev/") for word in (option, path, path)]
    # TeX goes by the name it is called by, and that is often a link from a folder that is not shown.
    real = os.path.realpath(command[0])
    shown = (*access.read, *access.run, *access.write)
    if real != command[0] and not any(Path(command[0]).is_relative_to(path) for path in shown):
        bound += ["--symlink", real, command[0]]
    apart = ("--unshare-all", "--die-with-parent", "--dev", "/dev")
    return ("--", _bwrap() or "bwrap", *apart, *bound, "--chdir", access.folder, "--", *command)


def _bwrap() -> str | None:
    found = shutil.which("bwrap")
    return os.path.abspath(found) if found else None


SANDBOXES: tuple[Sandbox, ...] = (
    Sandbox("landlock", _landlock_title, _without_landlock, _landlock),
    Sandbox("bubblewrap", _bubblewrap_title, _without_bubblewrap, _bubblewrap),
)
