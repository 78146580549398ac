"""A build as people run it, watched from outside: seconds on the clock, processor time, memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

OFTEN = 0.5  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True)
class Watched:
    """`wall` and `processor` are seconds, `peak` megabytes with shared pages counted once.

    `said` is the last line on standard error.
    """

    wall: float
    processor: float
    peak: float
    said: str


def watched(words: Sequence[str], environment: Mapping[str, str]) -> Watched:
    """Run `freeindex WORDS`. Ends the bench where it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    peak = highest = 0.0
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "gen", *words],
            env={**os.environ, **environment},
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
        while process.poll() is None:
            family = _family(process.pid)
            # To count shared pages once holds up what is measured: done only where memory is at its highest.
            if (resident := sum(map(_resident, family))) > highest:
                highest = resident
                peak = max(peak, sum(map(_own, family)))
            time.sleep(OFTEN)
        wall = time.monotonic() - started
        log.seek(0)
        said = log.read()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode != 0:
        raise SystemExit(said)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Watched(wall, spent, peak, said.splitlines()[-1])


def _family(pid: int) -> list[int]:
    """A process and all below it."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found: list[int] = []
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        words = _words(one)
        # A child that is not yet the program it is to be has its parent's memory, which is counted already.
        waiting += (child for child in parents.get(one, []) if _words(child) != words)
        found.append(one)
    return found


def _words(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _resident(pid: int) -> int:
    """Pages in memory, shared ones too."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1])
    except (OSError, IndexError):
        return 0


def _own(pid: int) -> float:
    """Megabytes, of pages that some share the part of each."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
