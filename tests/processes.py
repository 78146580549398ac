"""Processes of this machine, looked up in /proc."""

from __future__ import annotations

import time
from collections.abc import Collection
from pathlib import Path


def alive(pid: int) -> str:
    """The command line of a process; empty where it has ended, or is only waited for."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
        line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""
    return "" if state in "ZX" else line


def descendants(pid: int) -> dict[int, str]:
    """The processes below one, by their ids, with their command lines."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(stat[1])
    found: set[int] = set()
    grown = {pid}
    while grown:
        found |= grown
        grown = {child for child, parent in parents.items() if parent in grown} - found
    return {one: line for one in found - {pid} if (line := alive(one))}


def ended_within(pids: Collection[int], seconds: float) -> bool:
    """Whether all of some processes end in time."""
    until = time.monotonic() + seconds
    while any(map(alive, pids)):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
