"""Reading a CSV text into cells that know their line: the standard reader cannot say where a quote began."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, without its quotes, and the line it begins in."""

    text: str
    line: int


class CsvError(Exception):
    """The text is no CSV from a cell on, whose line and column (from 1) are given."""

    def __init__(self, line: int, column: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.column = column
        self.message = message


def separator_of(text: str) -> str:
    """The separator that stands most often in the first line that is not blank; a comma where none does."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    return max(SEPARATORS, key=first.count)


def rows(text: str, separator: str) -> Iterator[tuple[Cell, ...]]:
    """The rows of a text (line ends `\\n`), blank ones left out. Raises `CsvError`."""
    at, line, size = 0, 1, len(text)
    row: list[Cell] = []
    while at < size:
        began = line
        if text[at] == '"':
            cell, at = _quoted(text, at, line, len(row) + 1)
            line += cell.count("\n")
            if at < size and text[at] not in (separator, "\n"):
                raise CsvError(line, len(row) + 1, "has text after a closing quote")
        else:
            ends = (text.find(separator, at), text.find("\n", at))
            end = min((e for e in ends if e >= 0), default=size)
            cell, at = text[at:end], end
        row.append(Cell(cell, began))
        if at < size and text[at] == separator:
            at += 1
            if at == size or text[at] == "\n":
                row.append(Cell("", line))
        if at >= size or text[at] == "\n":
            if any(c.text.strip() for c in row):
                yield tuple(row)
            row = []
            at, line = at + 1, line + 1


def _quoted(text: str, start: int, line: int, column: int) -> tuple[str, int]:
    """The text between quotes and what comes after the closing one."""
    at = start + 1
    parts: list[str] = []
    while True:
        end = text.find('"', at)
        if end < 0:
            raise CsvError(line, column, "opens a quote that is never closed")
        parts.append(text[at:end])
        if not text.startswith('""', end):
            return "".join(parts), end + 1
        parts.append('"')
        at = end + 2
