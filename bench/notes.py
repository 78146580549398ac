"""How long the notes take: everything, the PDF, one chapter that changed, and TeX alone on the same source.

`python -m bench.notes [PROJECT]`; without one it is the book in `examples`.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

BOOK = Path(__file__).parent.parent / "examples" / "matrix-calculus"
ALLOWED = {"everything": 60.0, "the PDF": 20.0, "one chapter, page and preview": 3.0}
MOST_OF_TEX = 3  # runs until references settle


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds by the clock, and of processor time in all processes."""

    clock: float
    work: float


def taken(command: Sequence[str], folder: Path, runs: int = 1) -> Taken:
    """What `runs` runs of a command take together. Raises CalledProcessError where one fails."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    for _ in range(runs):
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Taken(time.monotonic() - start, work)


def measured(project: Path) -> dict[str, Taken]:
    """Each way to build the notes, from nothing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        notes = [sys.executable, "-m", "gen", "notes", str(project), "-o", name]
        chapter = sorted(project.glob("*.md"))[-1].stem
        here = Path.cwd()
        found = {
            "everything": taken([*notes, "--format", "pdf,html,ipynb"], here),
            "the PDF": taken([*notes, "--format", "pdf"], here),
            "one chapter, page and preview": taken(
                [*notes, "--format", "pdf,html", "--chapter", chapter, "--preview"], here
            ),
        }
        (source,) = folder.glob("*/notes.tex")
        engine = shutil.which(source.read_text(encoding="utf-8").splitlines()[0].rpartition(" ")[2])
        if engine is not None:
            command = [engine, "-interaction=batchmode", "-halt-on-error", source.name]
            found["TeX alone"] = taken(command, source.parent, MOST_OF_TEX)
        return found


def main() -> None:
    """Print a line a way; the allowance holds for the clock of a machine with two free cores."""
    found = measured(Path(sys.argv[1]) if len(sys.argv) > 1 else BOOK)
    print(f"{'seconds':32}{'clock':>8}{'work':>8}{'allowed':>9}")
    for name, one in found.items():
        allowed = f"{ALLOWED[name]:9.0f}" if name in ALLOWED else ""
        print(f"{name:32}{one.clock:8.2f}{one.work:8.2f}{allowed}")
    alone = found.get("TeX alone")
    if alone is not None:
        print(f"the PDF over {MOST_OF_TEX} runs of TeX alone: {found['the PDF'].work / alone.work:.2f}")


if __name__ == "__main__":
    main()
