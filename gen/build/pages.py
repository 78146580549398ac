"""The accessible pages beside the PDFs: written as they are made, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from gen.build.manifest import Made, made
from gen.build.output import write
from gen.document.format import Format

Page: TypeAlias = Callable[[Format], str]


def write_page(folder: Path, name: str, page: Page, known: Format, student: str | None = None) -> Made:
    """Write `<name>.html` below `folder`. Raises BuildError."""
    path = f"{name}.html"
    data = page(known).encode("utf-8")
    write(folder.joinpath(*path.split("/")), data)
    return made(path, data, student=student)
