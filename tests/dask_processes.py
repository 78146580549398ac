"""A dask cluster of real processes on this machine: a scheduler and workers of one thread each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from distributed import Client

ROOT = Path(__file__).parents[1]
STARTED = 60.0  # seconds


class Cluster:
    """A scheduler, and the workers that are asked for; all of them end with it."""

    def __init__(self, folder: Path, failures: int = 3) -> None:
        """`failures` is how many machines a task may lose and be done again."""
        self._folder = folder
        self._settings = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(failures)}
        self._all: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        words = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        # Nobody who kills the tests leaves a cluster behind.
        self.scheduler = self._start("scheduler", *words, "--idle-timeout", "300s")
        until = time.monotonic() + STARTED
        while not file.is_file() or not file.stat().st_size:
            assert time.monotonic() < until
            time.sleep(0.05)
        self.address: str = json.loads(file.read_text(encoding="utf-8"))["address"]

    def worker(self, root: Path = ROOT) -> subprocess.Popen[bytes]:
        """Start a worker that has the program of a folder."""
        words = ("--nthreads", "1", "--no-nanny", "--local-directory", str(self._folder))
        more = ("--death-timeout", str(STARTED), "--preload", "gen.build.dask_worker")
        return self._start("worker", self.address, *words, *more, root=root)

    def wait(self, workers: int) -> None:
        """Wait until so many workers are there."""
        with Client(self.address, timeout=STARTED, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=STARTED)

    def end(self) -> None:
        """End everybody, workers first: they would look for their scheduler."""
        for process in reversed(self._all):
            process.kill()
        for process in self._all:
            process.wait()

    def _start(self, kind: str, *words: str, root: Path = ROOT) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", f"distributed.cli.dask_{kind}", *words, "--no-dashboard"],
            cwd=self._folder,
            env={**os.environ, **self._settings, "PYTHONPATH": os.pathsep.join((str(root), str(ROOT)))},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._all.append(process)
        return process
