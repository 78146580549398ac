"""What a class is held against: TeX alone on the same text, and a run of latexmk for each document."""

from __future__ import annotations

import gzip
import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from gen.build.chunk import Part, file_of, part_of, preamble, run_of
from gen.build.engine import Engine
from gen.build.environment import build_environment
from gen.build.format_dump import dumped
from gen.build.jobs import Request

_EFFORT = 1  # what TeX packs its formats with
QUIET = ("-interaction=nonstopmode", "-halt-on-error")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the clock, and of processors."""

    wall: float
    processor: float


def bare(chunks: Sequence[Sequence[Request]], engine: Engine, jobs: int) -> Spent:
    """Nothing but TeX: a run a chunk, with its preamble read already.

    No sandbox, no limits, nothing split and nothing read back; the text of the runs is that of a build. The
    format is packed, as TeX writes it.
    """
    program = engine.find()
    assert program is not None
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        folders: list[Path] = []
        for number, chunk in enumerate(chunks):
            folder = Path(place) / str(number)
            folder.mkdir()
            parts = [_part(request) for request in chunk]
            known = dumped(engine, preamble(parts[0].shared))
            assert known is not None
            (folder / "preamble.fmt").write_bytes(gzip.compress(known.data, _EFFORT))
            (folder / "document.tex").write_text(run_of(parts), encoding="utf-8")
            (folder / "document.out").touch()
            for n, part in enumerate(parts):
                (folder / f"{file_of(n)}.tex").write_text(part.own, encoding="utf-8")
            folders.append(folder)
        command = (str(program), "-fmt=preamble", *QUIET, "document.tex")
        return _timed(folders, command, program, jobs)


def by_latexmk(requests: Sequence[Request], engine: Engine, jobs: int) -> tuple[Spent, str]:
    """A run of latexmk for each document; where there is none, of two runs of TeX."""
    program = engine.find()
    assert program is not None
    latexmk = shutil.which("latexmk")
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        folders: list[Path] = []
        for number, request in enumerate(requests):
            folder = Path(place) / str(number)
            folder.mkdir()
            (folder / "document.tex").write_text(request.tex, encoding="utf-8")
            folders.append(folder)
        if latexmk is not None:
            command: tuple[str, ...] = (
                latexmk,
                "-norc",
                "-pdf",
                f"-pdflatex={program} %O %S",
                *QUIET,
                "document.tex",
            )
            return _timed(folders, command, program, jobs), "latexmk"
        command = (str(program), *QUIET, "document.tex")
        first, second = (_timed(folders, command, program, jobs) for _ in range(2))
        both = Spent(first.wall + second.wall, first.processor + second.processor)
        return both, "two runs of TeX (latexmk is not here)"


def _part(request: Request) -> Part:
    part = part_of(request.tex, request.code)
    assert part is not None
    return part


def _timed(folders: Sequence[Path], command: Sequence[str], program: Path, jobs: int) -> Spent:
    def one(folder: Path) -> None:
        environment = build_environment(program, folder, folder)
        environment["PATH"] += os.pathsep + os.environ.get("PATH", "")
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
        if done.returncode != 0 or not (folder / "document.pdf").is_file():
            raise SystemExit(done.stdout.decode("utf-8", "replace")[-2000:])

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(one, folders))
    wall = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
