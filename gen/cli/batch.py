"""`derive --from` and `verify --from`: one case a line in, one answer a line out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from gen.build.cases import Answer, answers
from gen.build.output import write_lines
from gen.errors import input_error
from gen.project.case import answer

STANDARD = "-"


def run(source: str, output: str | None, jobs: int, found: Answer = answer) -> int:
    """Answer every case; the status is 0 if every line was answered, errors included.

    Raises InputError when the file cannot be read, BuildError when the answers cannot be written.
    """
    with opened(source) as stream:
        lines = answers(stream, jobs, found)
        print_lines(lines, output)
    return 0


def print_lines(lines: Iterator[str], output: str | None) -> None:
    """Lines to a file, or to standard output as soon as each is there. Raises BuildError."""
    if output is not None and output != STANDARD:
        write_lines(Path(output), lines)
    else:
        for line in lines:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


def opened(source: str) -> AbstractContextManager[BinaryIO]:
    """A file, or standard input for `-`. Raises InputError."""
    if source == STANDARD:
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(source).open("rb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise input_error("syntax", f"{source}: cannot be read: {reason}", where="file") from None
