r"""The marks of a run: what TeX wrote about its documents, page by page.

A record is its fields, each with `\|` after it, and `\!`. In a string of a PDF a backslash stands
before a digit, a bracket, a letter or another backslash, so that neither can be taken for text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_FIELD = re.compile(r"((?:[^\\]|\\[^|!])*)\\([|!])")
_FIELDS = {"document": 5, "page": 3, "outline": 5, "done": 3}


class MarksError(Exception):
    """The marks do not describe the documents of the run; the message says how."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of an outline: its level, the destination (without its prefix), the title as a PDF's string."""

    level: int
    destination: str
    title: str


@dataclass(frozen=True, slots=True)
class Marked:
    """One document of a run: `first` counts from 0, the strings are those of a PDF, without brackets."""

    code: str
    title: str
    author: str
    language: str
    first: int
    pages: int
    outline: tuple[Entry, ...]


@dataclass(slots=True)
class _Open:
    """A document whose end has not been read."""

    fields: tuple[str, ...]
    first: int
    pages: int = 0
    outline: list[Entry] = field(default_factory=list)


def read_marks(text: str, codes: Sequence[str], pages: int) -> tuple[Marked, ...]:
    """The documents of a run of `pages` pages, which must be those of `codes`, in that order.

    Raises `MarksError` unless every page belongs to exactly one document, in order, and all documents ended.
    """
    found: list[Marked] = []
    now: _Open | None = None
    shipped = 0
    for kind, code, *rest in _records(text):
        if kind == "document":
            if now is not None or len(found) >= len(codes) or codes[len(found)] != code:
                raise MarksError(f"{code} begins out of turn")
            now = _Open(tuple(rest), shipped)
            continue
        if now is None or codes[len(found)] != code:
            raise MarksError(f"a mark of {code} stands outside its document")
        if kind == "page":
            shipped += 1
            now.pages += 1
            if rest != [str(now.pages)]:
                raise MarksError(f"page {now.pages} of {code} is out of turn")
        elif kind == "outline":
            now.outline.append(Entry(_number(rest[0]), rest[1], rest[2]))
        else:
            if rest != [str(now.pages)] or now.pages == 0:
                raise MarksError(f"{code} has lost pages")
            title, author, language = now.fields
            found.append(Marked(code, title, author, language, now.first, now.pages, tuple(now.outline)))
            now = None
    if now is not None or len(found) != len(codes):
        raise MarksError("the run ended before its last document")
    if shipped != pages:
        raise MarksError(f"{shipped} pages are marked, and there are {pages}")
    return tuple(found)


def _records(text: str) -> list[list[str]]:
    # TeX breaks lines that are very long; no field has a line of its own to break.
    text = text.replace("\r", "").replace("\n", "")
    records: list[list[str]] = []
    fields: list[str] = []
    for match in _FIELD.finditer(text):
        if match[2] == "|":
            fields.append(match[1])
            continue
        if match[1] or not fields or len(fields) != _FIELDS.get(fields[0]):
            raise MarksError("a mark cannot be read")
        records.append(fields)
        fields = []
    if fields:
        raise MarksError("the last mark is cut off")
    return records


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise MarksError("a mark cannot be read") from None
