"""Answers to verify: as JSON, one a line, or as a column of a table; a verdict for each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gen.errors import FreeIndexError, Report, input_error
from gen.problems.verdict import Asked, Verdict, judged
from gen.project.case import answered, case_from

COLUMNS = ("id", "answer")
DELIMITERS = (",", ";", "\t")


def verdict_line(line: bytes, number: int) -> str | None:
    """The line of JSON with the verdict on line `number`, None for a blank line. Raises nothing."""
    return answered(line, number, _verdict)


def _verdict(value: Any) -> dict[str, Any]:
    case = case_from(value)
    if case.several or case.method is not None:
        raise input_error("unsupported", "an answer is verified for one variable, by no method of its own")
    if "answer" not in value:
        raise input_error("syntax", '"answer" is missing', where="answer")
    asked = Asked(
        case.expr,
        case.wrt[0],
        case.symbols,
        case.kind,
        case.order,
        case.layout,
        case.symmetric,
        strict=case.symbols is not None,
    )
    return {"verdict": judged(asked, value["answer"]).to_json()}


@dataclass(frozen=True, slots=True)
class Feedback:
    """What there is to say of one row: a verdict, or what is wrong with the row."""

    id: str
    verdict: Verdict | None
    report: Report | None

    def to_json(self) -> dict[str, Any]:
        """As an answer of a batch of cases."""
        if self.verdict is not None:
            return {"id": self.id, "verdict": self.verdict.to_json()}
        return {"id": self.id, "error": None if self.report is None else self.report.to_json()}

    def cells(self) -> tuple[str, ...]:
        """As a row of a table, of which no spreadsheet runs a cell."""
        v, report = self.verdict, self.report
        if v is None:
            return tuple(_harmless(x) for x in (self.id, "error", "", "", report.message if report else ""))
        name = "" if v.misconception is None else v.misconception.name
        return tuple(_harmless(x) for x in (self.id, v.verdict, v.off_by or "", name, v.message))


FEEDBACK_COLUMNS = ("id", "verdict", "off_by", "misconception", "message")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def table_feedback(data: bytes, name: str, asked: Asked) -> Iterator[Feedback]:
    """A verdict for each row of a table with the columns id and answer.

    UTF-8 with or without a byte-order mark; comma, semicolon or tab. Raises InputError, before there
    is any verdict, for a question that is wrong and for a file that is no such table; what is wrong
    with one row is said in its feedback.
    """
    (_, first), *rows = list(_rows(data, name)) or [(0, list[str]())]
    header = [cell.strip().lower() for cell in first]
    for column in COLUMNS:
        if column not in header:
            raise input_error("syntax", f"{name}:1: the column {column} is missing", where="file")
    places = [header.index(column) for column in COLUMNS]
    asked.derived()  # what is wrong with the question is said once
    told = [(number, row) for number, row in rows if any(cell.strip() for cell in row)]
    return (_row_feedback(row, number, len(header), places, asked) for number, row in told)


def _row_feedback(row: list[str], number: int, width: int, places: list[int], asked: Asked) -> Feedback:
    own, answer = (row[k].strip() if k < len(row) else "" for k in places)
    if len(row) > width:
        message = f"line {number} has {len(row)} cells, the header {width}: put the answer in double quotes"
        return Feedback(own, None, Report("syntax", message, "file"))
    try:
        return Feedback(own, judged(asked, answer), None)
    except FreeIndexError as error:
        return Feedback(own, None, error.report)


def _rows(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the numbers of their lines."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise input_error("syntax", f"{name}:{line}: this is not UTF-8 text", where="file") from None
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            message = f"{name}:{reader.line_num}: not a table: {error}"
            raise input_error("syntax", message, where="file") from None
        if row is None:
            return
        yield reader.line_num, row
