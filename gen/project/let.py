"""Declarations in a line of a chapter, such as `W: m x n; x: n`, with the place of what is wrong in them."""

from __future__ import annotations

import re

from gen.errors import InputError, Report
from gen.language.declaration import Declaration, declare
from gen.project.chapter_text import ChapterText
from gen.project.located import located, located_error


def declared_in(let: str, start: int, text: ChapterText) -> tuple[Declaration, ...]:
    """The declarations in `let`, which stands at `start`. Raises InputError at the first fault."""
    found: dict[str, Declaration] = {}
    for piece, at in _pieces(let):
        try:
            declared = declare(piece)
        except InputError as error:
            raise located_error(text, start + at, piece, error) from None
        if declared.name in found:
            message = f"{declared.name} is declared twice"
            raise InputError(text.fault(start + at, start + at + len(declared.name), message))
        found[declared.name] = declared
    return tuple(found.values())


def located_in(let: str, start: int, text: ChapterText, report: Report) -> Report:
    """A report about a name that cannot be declared so: at its declaration, else where it stands first."""
    name = re.escape(report.source or "")
    for pattern in (rf"(?:^|;)\s*({name})\s*:", rf"(?<![A-Za-z0-9_])({name})(?![A-Za-z0-9_])"):
        place = re.search(pattern, let) if name else None
        if place is not None:
            begin, end = start + place.start(1), start + place.end(1)
            return text.fault(begin, end, report.message, hint=report.hint, code=report.code)
    return located(text, start, let, report)


def _pieces(let: str) -> tuple[tuple[str, int], ...]:
    """The declarations as typed, parted by semicolons, with their places."""
    out: list[tuple[str, int]] = []
    at = 0
    for piece in let.split(";"):
        if piece.strip():
            out.append((piece.strip(), at + len(piece) - len(piece.lstrip())))
        at += len(piece) + 1
    return tuple(out)
