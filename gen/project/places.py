"""Where each key of a TOML text stands, so that an error can point at it.

`tomllib` says what a text means and not where; this module reads a text that is
already known to be valid TOML and says where. Tables of an array are numbered:
the key `wrt` of the second `[[problem]]` is `("problem", 1, "wrt")`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_DOTTED = re.compile(rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*")
_ONE = re.compile(_KEY)
_BLANK = re.compile(r"(?:[ \t\r\n]|\#[^\n]*)*")
_STRING = re.compile(r'''"""(?:[^\\]|\\.)*?"""+|\'\'\'.*?\'\'\'+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*\'''', re.S)
_TIME = re.compile(r" \d\d:[0-9:.Z+-]+")
_BARE = re.compile(r"[^\s,\[\]{}#]+")


@dataclass(frozen=True, slots=True)
class Span:
    """A key and its value in the text: code points, ends exclusive."""

    start: int
    end: int
    value_start: int
    value_end: int


def places(text: str) -> Mapping[Path, Span]:
    """The span of every key and table header of `text`, which must be valid TOML."""
    return dict(_Scanner(text).statements())


def line_of(text: str, offset: int) -> int:
    """The number of the line, from 1, that holds the code point at `offset`."""
    return text.count("\n", 0, offset) + 1


class _Scanner:
    """One pass over a text; lives for one call of `places`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._counts: dict[Path, int] = {}

    def statements(self) -> Iterator[tuple[Path, Span]]:
        table: Path = ()
        self._blank()
        while self._at < len(self._text):
            if self._text.startswith("[", self._at):
                array = self._text.startswith("[[", self._at)
                start = self._at
                self._at += 2 if array else 1
                self._blank()
                table = self._header(self._keys(), array)
                self._blank()
                self._at += 2 if array else 1
                yield table, Span(start, self._at, self._at, self._at)
            else:
                yield from self._pair(table)
            self._blank()

    def _header(self, keys: tuple[str, ...], array: bool) -> Path:
        """The path of a header: the parts that are arrays so far mean their last table."""
        path: Path = ()
        for position, key in enumerate(keys):
            path = (*path, key)
            if array and position == len(keys) - 1:
                self._counts[path] = self._counts.get(path, 0) + 1
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        return path

    def _pair(self, table: Path) -> Iterator[tuple[Path, Span]]:
        start = self._at
        path = table + self._keys()
        end = self._at
        self._blank()
        self._at += 1
        self._blank()
        value_start = self._at
        inside = list(self._value(path))
        yield path, Span(start, end, value_start, self._at)
        yield from inside

    def _value(self, path: Path) -> Iterator[tuple[Path, Span]]:
        opening = self._text[self._at]
        if opening not in "[{":
            found = _STRING.match(self._text, self._at) or _BARE.match(self._text, self._at)
            assert found is not None
            # A date and a time may be parted by a blank.
            time = _TIME.match(self._text, found.end()) if opening.isdigit() else None
            self._at = (time or found).end()
            return
        self._at += 1
        self._blank()
        number = 0
        while self._text[self._at] not in "]}":
            if opening == "{":
                yield from self._pair(path)
            else:
                start = self._at
                inside = list(self._value((*path, number)))
                yield (*path, number), Span(start, self._at, start, self._at)
                yield from inside
                number += 1
            self._blank()
            if self._text[self._at] == ",":
                self._at += 1
                self._blank()
        self._at += 1

    def _keys(self) -> tuple[str, ...]:
        found = _DOTTED.match(self._text, self._at)
        assert found is not None
        self._at = found.end()
        return tuple(key.strip("\"'") for key in _ONE.findall(found.group()))

    def _blank(self) -> None:
        found = _BLANK.match(self._text, self._at)
        self._at = found.end() if found else self._at
