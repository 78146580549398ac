"""`roster.csv`: the students of a class. Faults are told by line and column; no message holds a name."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gen.errors import Code, InputError, Report, nearest
from gen.project.csv_cells import Cell, CsvError, rows, separator_of
from gen.project.kinds import UnfitError
from gen.project.student_id import file_name, slug

MOST_STUDENTS = 20_000
LIMIT = 8_000_000
LONGEST = 200
REQUIRED = ("id", "name")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_JOINERS = frozenset("\u200c\u200d")
_IN_FOLDER = "name the file in it, such as roster.csv"
_AS_UTF8 = "save the file as UTF-8 (in Excel: CSV UTF-8)"


@dataclass(frozen=True, slots=True)
class Student:
    """One row. `file` names the files of the student; `others` are the further columns, `line` its place."""

    id: str
    name: str
    file: str
    line: int
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """The students in the order of the file, which messages call `source`."""

    source: str
    students: tuple[Student, ...]


def read_roster(file: Path) -> Roster:
    """The roster in a file. Raises InputError (in: file) for the first thing that is wrong."""
    roster, faults = examine_roster(roster_bytes(file), str(file))
    if faults:
        raise InputError(faults[0])
    return roster


def examine_roster(data: bytes, source: str) -> tuple[Roster, tuple[Report, ...]]:
    """The students of a CSV file, and everything that is wrong with it in the order of the file."""
    faults: list[Report] = []
    students: list[Student] = []
    try:
        text = _text(data, source)
        table = rows(text, separator_of(text))
        header = next(table, None)
        if header is None:
            raise InputError(
                _fault(source, None, "the file is empty", hint="it begins with the line id,name")
            )
        columns = _columns(header, source)
        seen: dict[str, int] = {}
        for row in table:
            student, found = _student(row, columns, source)
            faults += found
            if student is not None and not found:
                key = slug(student.file)
                if key in seen:
                    message = f"is the same id as in line {seen[key]}"
                    hint = "ids must differ in more than case and accents"
                    faults.append(_fault(source, row[0].line, f"column id: {message}", hint=hint))
                else:
                    seen[key] = student.line
                    students.append(student)
            if len(students) > MOST_STUDENTS:
                message = f"a roster holds {MOST_STUDENTS} students at most"
                raise InputError(_fault(source, row[0].line, message, code="too_large"))
        if not students and not faults:
            faults.append(_fault(source, None, "there is no student in it"))
    except CsvError as error:
        hint = 'quotes inside quotes are written twice: "Bob ""The Builder"" Smith"'
        faults.append(_fault(source, error.line, f"column {error.column}: {error.message}", hint=hint))
    except InputError as error:
        faults.append(error.report)
    return Roster(source, tuple(students)), tuple(faults)


def _columns(header: Sequence[Cell], source: str) -> tuple[str, ...]:
    """The names of the columns, folded where they are ours; empty ones at the end are no columns."""
    line = header[0].line
    typed = [" ".join(cell.text.split()) for cell in header]
    while typed and not typed[-1]:
        typed.pop()
    names = tuple(name.casefold() if name.casefold() in REQUIRED else name for name in typed)
    for number, name in enumerate(names, 1):
        if not name:
            raise InputError(_fault(source, line, f"column {number} has no name"))
        if name in names[: number - 1]:
            first = names.index(name) + 1
            raise InputError(_fault(source, line, f"columns {first} and {number} have the same name"))
    for required in REQUIRED:
        if required not in names:
            close = nearest(required, [name.casefold() for name in names])
            place = f" (column {[n.casefold() for n in names].index(close) + 1} is like it)" if close else ""
            hint = "the first line names the columns: id,name"
            raise InputError(_fault(source, line, f"the column {required} is missing{place}", hint=hint))
    return names


def _student(
    row: Sequence[Cell], columns: tuple[str, ...], source: str
) -> tuple[Student | None, list[Report]]:
    line = row[0].line
    if len(row) < len(columns) or any(cell.text.strip() for cell in row[len(columns) :]):
        message = f"{len(row)} columns, but the first line names {len(columns)}"
        hint = "a cell that holds the separator stands in double quotes"
        return None, [_fault(source, line, message, hint=hint)]
    faults: list[Report] = []
    values: dict[str, str] = {}
    file = ""
    for number, (column, cell) in enumerate(zip(columns, row, strict=False), 1):
        what = f"column {column if column in REQUIRED else number}"
        try:
            if column == "id":
                file = file_name(cell.text)
                values[column] = unicodedata.normalize("NFC", cell.text.strip())
            else:
                values[column] = _line_of_text(cell.text, filled=column in REQUIRED)
        except UnfitError as unfit:
            message = f"{what}: {unfit.message}"
            faults.append(_fault(source, cell.line, message, hint=unfit.hint, code=unfit.code))
    if faults:
        return None, faults
    others = tuple((name, value) for name, value in values.items() if name not in REQUIRED)
    return Student(values["id"], values["name"], file, line, others), []


def _line_of_text(typed: str, *, filled: bool) -> str:
    """A cell as one line of text. Raises UnfitError for signs that would hide or turn what is printed."""
    text = unicodedata.normalize("NFC", " ".join(typed.split()))
    if filled and not text:
        raise UnfitError("is empty")
    if len(text) > LONGEST:
        raise UnfitError(f"is longer than {LONGEST} characters", code="too_large")
    for before, char in zip(" " + text, text, strict=False):
        # Joiners belong to the spelling of some scripts, and are never found after a Latin letter.
        joins = char in _JOINERS and not before.isascii()
        if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Cn", "Co") and not joins:
            raise UnfitError(f"holds the character U+{ord(char):04X}, which cannot be seen or printed")
    return text


def roster_bytes(file: Path) -> bytes:
    """The bytes of a roster. Raises InputError for a file that cannot be read or is too large."""
    try:
        with file.open("rb") as stream:
            data = stream.read(LIMIT + 1)
    except FileNotFoundError:
        raise InputError(_fault(str(file), None, "there is no such file")) from None
    except IsADirectoryError:
        raise InputError(_fault(str(file), None, "this is a folder", hint=_IN_FOLDER)) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(_fault(repr(str(file)), None, f"cannot be read: {reason}")) from None
    if len(data) > LIMIT:
        raise InputError(_fault(str(file), None, f"larger than {LIMIT // 1_000_000} MB", code="too_large"))
    return data


def _text(data: bytes, source: str) -> str:
    if data.startswith(_UTF16):
        raise InputError(_fault(source, 1, "this is UTF-16 text", hint=_AS_UTF8))
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - before.rfind(b"\n")
        message = f"byte {column} of the line (0x{data[error.start]:02X}) is not UTF-8 text"
        raise InputError(_fault(source, line, message, hint=_AS_UTF8)) from None


def _fault(
    source: str, line: int | None, message: str, *, hint: str | None = None, code: Code = "syntax"
) -> Report:
    """A report without any text of the file: names of people stand in it."""
    place = source if line is None else f"{source}:{line}"
    return Report(code, f"{place}: {message}", "file", hint=hint)
