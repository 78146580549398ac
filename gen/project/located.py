"""Reports about a piece of a chapter's text, moved to where the piece stands in the file."""

from __future__ import annotations

import re

from gen.errors import FreeIndexError, InputError, Report
from gen.project.chapter_text import ChapterText

_COLUMN = re.compile(r"\bcolumn ([0-9]+)")


def located(text: ChapterText, start: int, piece: str, report: Report) -> Report:
    """The report about `piece`, which stands at `start`, as one about the file.

    Where the report has no place in the piece, the whole piece is marked.
    """
    inside = report.source is not None and report.start is not None and report.source.strip() == piece.strip()
    if not inside or report.start is None or report.source is None:
        return text.fault(start, start + len(piece), report.message, hint=report.hint, code=report.code)
    # What is before the piece in one and not in the other is white space.
    shift = (len(piece) - len(piece.lstrip())) - (len(report.source) - len(report.source.lstrip()))
    begin = start + report.start + shift
    end = start + shift + (report.end if report.end is not None else report.start + 1)
    column = begin - report.start - text.text.rfind("\n", 0, begin) - 1

    def moved(words: str | None) -> str | None:
        return words and _COLUMN.sub(lambda found: f"column {int(found[1]) + column}", words)

    message = moved(report.message) or report.message
    return text.fault(begin, end, message, hint=moved(report.hint), code=report.code)


def located_error(text: ChapterText, start: int, piece: str, error: FreeIndexError) -> InputError:
    """The error to raise instead of one about a piece."""
    return InputError(located(text, start, piece, error.report))
