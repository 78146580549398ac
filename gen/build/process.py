"""Run one program under limits, and be able to end it with all it started."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Hold = Callable[[Sequence[str]], tuple[str, ...]]
LAUNCHER = Path(__file__).with_name("launcher.py")
KILL = 9  # a signal that Windows has no name for
POSIX = os.name == "posix"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one program may use; `seconds` is time on the wall, and processor time as well."""

    seconds: float = 180.0
    file_bytes: int = 32 * 1024 * 1024
    open_files: int = 256
    memory_bytes: int = 4 * 1024 * 1024 * 1024
    kept_bytes: int = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended: its status (negative: the signal), what it printed, whether time ran out."""

    status: int
    output: bytes
    timed_out: bool


def signal_of(ended: Ended) -> int:
    """The signal that ended it, 0 if none did; a program around it, as of a sandbox, tells by 128 more."""
    return -ended.status if ended.status < 0 else max(0, ended.status - 128)


def killed(ended: Ended) -> bool:
    """Whether somebody else than `run` killed it, or the system for want of memory."""
    return not ended.timed_out and signal_of(ended) == KILL


class StoppedError(Exception):
    """The switch was turned off: the program was ended, or not started at all."""


@dataclass(slots=True)
class Switch:
    """Ends every program that was started with it; once off it stays off and nothing new starts."""

    _running: set[subprocess.Popen[bytes]] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _off: bool = False

    def start(
        self, command: Sequence[str], folder: Path, environment: Mapping[str, str]
    ) -> subprocess.Popen[bytes]:
        """Start a program in a session of its own. Raises `StoppedError` when off, OSError when it cannot."""
        with self._lock:
            if self._off:
                raise StoppedError
            process = subprocess.Popen(
                list(command),
                cwd=folder,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=POSIX,
            )
            self._running.add(process)
            return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End a program and its whole group, unless it has ended."""
        with self._lock:
            # Only a process not yet waited for is sure to own its number.
            if process.returncode is not None or process not in self._running:
                return
            if sys.platform == "win32":
                process.kill()
            else:
                try:
                    os.killpg(process.pid, signal.SIGKILL)
                except ProcessLookupError:
                    return

    def finish(self, process: subprocess.Popen[bytes]) -> int:
        """Wait for a program that has ended or is about to, and forget it; its status."""
        status = process.wait()
        with self._lock:
            self._running.discard(process)
        return status

    def turn_off(self) -> None:
        """End everything that runs; let nothing new start."""
        with self._lock:
            self._off = True
            running = tuple(self._running)
        for process in running:
            self.kill(process)

    @property
    def is_off(self) -> bool:
        """Whether the switch has been turned off."""
        return self._off


def run(
    command: Sequence[str],
    *,
    folder: Path,
    environment: Mapping[str, str],
    limits: Limits,
    switch: Switch | None = None,
    hold: Hold | None = None,
) -> Ended:
    """Run `command` (first word: an absolute path) in `folder` with exactly `environment`; wait for its end.

    Of what it prints (both streams, in order) the first and the last half of `kept_bytes` are kept. When
    time is up, and on any exception in this thread (Ctrl-C above all), its whole process group is killed.
    `hold` makes of the command what the launcher gets after the limits; by default that is `free`.
    Raises OSError if the program cannot be started, `StoppedError` if the switch is or was turned off.
    """
    switch = switch or Switch()
    process = switch.start(_guarded(command, limits, hold or free), folder, environment)
    expired = threading.Event()

    def expire() -> None:
        expired.set()
        switch.kill(process)

    timer = threading.Timer(limits.seconds, expire)
    timer.daemon = True
    try:
        _start(timer)
        output = _drain(process, limits.kept_bytes)
        status = switch.finish(process)
    except BaseException:
        switch.kill(process)
        switch.finish(process)
        raise
    finally:
        timer.cancel()
        if process.stdout is not None:
            process.stdout.close()
    if switch.is_off:
        raise StoppedError
    return Ended(status, output, expired.is_set() and status != 0)


def _start(timer: threading.Timer) -> None:
    try:
        timer.start()
    except RuntimeError as error:
        # A thread that cannot be started is no error of the system to Python; to the user it is.
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN)) from error


def capped(data: bytes, most: int) -> bytes:
    """`data` if it is no longer than `most`, else its two ends with a mark between."""
    if len(data) <= most:
        return data
    half = most // 2
    return data[:half] + b"\n[...]\n" + data[-half:]


def free(command: Sequence[str]) -> tuple[str, ...]:
    """The command held by its limits alone."""
    return ("--", *command)


def _guarded(command: Sequence[str], limits: Limits, hold: Hold) -> list[str]:
    """The command behind the launcher, where the system has limits to set."""
    if not POSIX:
        return list(command)
    numbers = (
        os.getpid(),
        int(limits.seconds) + 1,
        limits.file_bytes,
        limits.open_files,
        limits.memory_bytes,
    )
    return [sys.executable, "-I", "-S", str(LAUNCHER), *map(str, numbers), *hold(command)]


def _drain(process: subprocess.Popen[bytes], most: int) -> bytes:
    """Read to the end, so that the program never waits for us; keep both ends."""
    if process.stdout is None:
        return b""
    half = most // 2
    head, tail, dropped = bytearray(), bytearray(), False
    while chunk := os.read(process.stdout.fileno(), 65536):
        room = half - len(head)
        head += chunk[:room] if room > 0 else b""
        tail += chunk[max(room, 0) :]
        if len(tail) > 2 * half:
            dropped = True
            del tail[:-half]
    if dropped or len(tail) > half:
        return bytes(head) + b"\n[...]\n" + bytes(tail[-half:])
    return bytes(head + tail)
