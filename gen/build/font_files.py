"""The fonts of this machine that LuaTeX can use, with the characters each has; fontconfig knows them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from gen.build.process import Limits, run
from gen.document.writing import Face

ASKED = ":outline=true:color=false:variable=false"
FIELDS = ("file", "index", "family[0]", "weight", "slant", "width", "fontformat", "charset")
FORMAT = "\\t".join(f"%{{{field}}}" for field in FIELDS) + "\\n"
# What tells fontconfig where fonts are.
_KEPT = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
# Where systems keep fonts, and people their own.
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts", "/Library/Fonts", "C:/Windows/Fonts")
_OWN = (".fonts", ".local/share/fonts", ".config/fontconfig", "Library/Fonts")
_FORMATS = ("TrueType", "CFF")
_REGULAR, _MEDIUM, _BOLD = 80, 100, 200  # weights of fontconfig
_USUAL_WIDTHS = range(90, 126)
_MOST = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Font:
    """An upright font of the usual width: its face, its family, whether it is bold, the characters it has.

    `ranges` are first and last code points, in their order.
    """

    face: Face
    family: str
    bold: bool
    ranges: tuple[tuple[int, int], ...]

    def among(self, chars: Iterable[str]) -> str:
        """Those of `chars` that it has."""
        return "".join(char for char in chars if self._has(ord(char)))

    def _has(self, code: int) -> bool:
        place = bisect_right(self.ranges, (code, sys.maxunicode)) - 1
        return place >= 0 and code <= self.ranges[place][1]


@lru_cache(maxsize=1)  # a machine gets no fonts while this program runs, and asking takes long
def installed_fonts() -> tuple[Font, ...]:
    """The fonts here, in the order of families and files; none where fontconfig is not installed."""
    program = shutil.which("fc-list")
    if program is None:
        return ()
    with tempfile.TemporaryDirectory(prefix="freeindex-", ignore_cleanup_errors=True) as place:
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        try:
            ended = run(
                (os.path.abspath(program), "-f", FORMAT, ASKED),
                folder=Path(place),
                environment={"PATH": os.defpath, "LC_ALL": "C.UTF-8", **kept},
                limits=Limits(seconds=60, kept_bytes=_MOST),
            )
        except OSError:
            return ()
    return tuple(sorted(fonts_in(ended.output.decode("utf-8", "replace")), key=_order))


def fonts_key() -> str:
    """What tells the fonts of this machine from others, without asking fontconfig, which takes long."""
    found = hashlib.sha256(json.dumps([os.environ.get(name) for name in _KEPT]).encode())
    home = Path(os.path.expanduser("~"))
    for root in (*map(Path, _FOLDERS), *(home / name for name in _OWN)):
        for folder, inside, files in os.walk(root):
            inside.sort()
            for name in sorted(files):
                try:
                    state = os.stat(os.path.join(folder, name))
                except OSError:
                    continue
                found.update(
                    f"{folder}\n{name}\n{state.st_size} {state.st_mtime_ns}\n".encode("utf-8", "replace")
                )
    return found.hexdigest()


def fonts_in(listed: str) -> Iterator[Font]:
    """The fonts in what `fc-list` says, one a line; those that are no use in running text are left out."""
    for line in listed.splitlines():
        fields = line.split("\t")
        if len(fields) != len(FIELDS):
            continue
        file, index, family, weight, slant, width, kind, charset = fields
        if kind not in _FORMATS or slant != "0" or not index.isdigit() or not _is_usual(width):
            continue
        heavy = _number(weight)
        face = Face(file.replace("\\", "/"), int(index))
        if face.is_nameable and (_REGULAR <= heavy <= _MEDIUM or heavy == _BOLD):
            yield Font(face, family, heavy == _BOLD, tuple(sorted(_ranges(charset))))


def _ranges(charset: str) -> Iterator[tuple[int, int]]:
    for part in charset.split():
        first, _, last = part.partition("-")
        yield int(first, 16), int(last or first, 16)


def _is_usual(width: str) -> bool:
    return int(_number(width)) in _USUAL_WIDTHS


def _number(field: str) -> float:
    try:
        return float(field)
    except ValueError:
        return 0.0


def _order(font: Font) -> tuple[str, str, int]:
    return font.family, font.face.file, font.face.index
