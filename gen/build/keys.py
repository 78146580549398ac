"""Keys of what is kept: the hash of everything that it was made of."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from gen.build.access import trees_of
from gen.build.engine import LUA, Engine, by_name
from gen.build.font_files import fonts_key
from gen.document.folder import template_folder
from gen.version import VERSION

# The packages whose versions may change what is printed.
PACKAGES = ("jinja2", "latex2mathml", "markdown-it-py", "numpy", "pikepdf", "segno", "sympy")
LISTS = ("ls-R", "tlpkg/texlive.tlpdb")  # change when a TeX tree does


def key_of(*parts: Any) -> str:
    """The key for parts that JSON can write."""
    return hashlib.sha256(_json(parts)).hexdigest()


class ListKey:
    """`key_of(first, [...])` of a list that is too long to be held."""

    def __init__(self, first: Any) -> None:
        self._found = hashlib.sha256(b"[" + _json(first) + b",[")
        self._between = b""

    def add(self, part: Any) -> None:
        """Add a part to the list."""
        self._found.update(self._between + _json(part))
        self._between = b","

    def key(self) -> str:
        """The key of all that was added."""
        found = self._found.copy()
        found.update(b"]]")
        return found.hexdigest()


def _json(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.encode("ascii")


@cache
def program_key() -> str:
    """The version of the code: of every module and template of this program, of Python and of packages."""
    found = hashlib.sha256(f"{VERSION}\n{sys.version}\n".encode())
    package = Path(__file__).parent.parent
    for root, pattern in ((package, "*.py"), (template_folder(), "*")):
        for file in sorted(path for path in root.rglob(pattern) if path.is_file()):
            data = file.read_bytes()
            found.update(f"{file.relative_to(root).as_posix()}\n{len(data)}\n".encode())
            found.update(data)
    for name in PACKAGES:
        found.update(f"{name} {_version(name)}\n".encode())
    return found.hexdigest()


def engine_key(engine: Engine) -> list[Any]:
    """What tells one installation of an engine from another, and from itself before an update."""
    program = engine.find()
    if program is None:
        return [engine.name]
    lists = [str(tree / name) for tree in trees_of(program) for name in LISTS]
    return [engine.name, str(program), _state(program.resolve()), *(_state(Path(name)) for name in lists)]


def setters_key(engine: Engine, letters: bool) -> list[Any]:
    """The same of all that may set a document: with `letters`, LuaLaTeX and the fonts here, too."""
    return [engine_key(engine), *([engine_key(by_name(LUA)), fonts_key()] if letters else [])]


def file_key(path: Path) -> str | None:
    """The sha256 of a file; None where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _state(path: Path) -> list[int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
