"""A list of files with the sha256 of each: whether they still are what was written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from gen.build.keys import file_key


def list_sums(folder: Path, files: Iterable[Path], listed: Path) -> None:
    """Write into `listed` the sums of `files`, which are below `folder`. Raises OSError."""
    sums = {file.relative_to(folder).as_posix(): file_key(file) for file in files}
    listed.write_text(json.dumps(sums, indent=1), encoding="utf-8")


def fits(folder: Path, listed: Path) -> bool:
    """Whether every file in the list `listed` is what it says; not so where there is no such list."""
    try:
        sums = json.loads(listed.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    if not isinstance(sums, dict):
        return False
    return all(sha256 is not None and file_key(folder / name) == sha256 for name, sha256 in sums.items())
