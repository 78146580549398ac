"""The files that a sheet is made of, and what tells one content of them from another."""

from __future__ import annotations

import hashlib
from pathlib import Path

from gen.document.theme import THEMES
from gen.errors import input_error
from gen.project.bank import bank_files
from gen.project.source import read_source


def sources_of(file: Path) -> tuple[Path, ...]:
    """The sheet in `file`, the banks that it draws from, and the file of its theme, each once.

    Raises InputError where the sheet cannot be read.
    """
    table = read_source(file).table
    found = [file]
    theme = table.get("theme")
    if isinstance(theme, str) and theme not in THEMES:
        found.append(file.parent / theme)
    problems = table.get("problem")
    for problem in problems if isinstance(problems, list) else ():
        pattern = problem.get("from") if isinstance(problem, dict) else None
        if isinstance(pattern, str):
            try:
                found += bank_files(file.parent, pattern)
            except ValueError:
                continue  # whoever reads the sheet says what is wrong with it
    return tuple(dict.fromkeys(found))


def content_key(file: Path) -> str:
    """The hash of all that a sheet says, wherever it lies. Raises InputError where a file cannot be read."""
    found = hashlib.sha256()
    for source in sources_of(file):
        try:
            data = source.read_bytes()
        except OSError as error:
            message = f"{source}: cannot be read: {error.strerror or error}"
            raise input_error("syntax", message, where="file") from None
        name = (
            source.relative_to(file.parent).as_posix() if source.is_relative_to(file.parent) else source.name
        )
        found.update(f"{name if source != file else ''}\n{len(data)}\n".encode("utf-8", "surrogatepass"))
        found.update(data)
    return found.hexdigest()
