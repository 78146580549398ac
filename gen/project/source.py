"""A TOML file as read: its text, what it means, where each key stands, and errors that point into it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any

from gen.errors import Code, InputError, Report, input_error
from gen.project.places import Path, Span, line_of, places
from gen.project.typed_string import typed_at

LIMIT = 1_000_000
QUOTES = "single quotes keep every backslash: '...'"

_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
# What `tomllib` says, and the same in the words of the person who wrote the file.
_WORDINGS = (
    (re.compile(r"cannot overwrite a value"), "this key is given twice"),
    (re.compile(r"cannot (?:declare|mutate).* \('?(.*?)'?,?\).*"), r"the table [\1] is given twice"),
    (re.compile(r"illegal character '\\n'"), "a quote is missing at the end of the line"),
    (re.compile(r"unescaped '\\\\?' in a string"), "a backslash in double quotes means something to TOML"),
)
_ESCAPE = re.compile(r'"[^"\n]*\\[^"\n]*"?')


@dataclass(frozen=True, slots=True)
class Source:
    """`file` is the name that messages use; `table` is the content; `places` says where its keys stand."""

    file: str
    text: str
    table: Mapping[str, Any]
    places: Mapping[Path, Span]

    def fault(
        self, path: Path, message: str, *, hint: str | None = None, code: Code = "syntax", value: bool = False
    ) -> Report:
        """A report about a key (or its value), with file, line and caret; `path` may be absent.

        An array of tables stands where its first table does.
        """
        span = self.places.get(path) or self.places.get((*path, 0))
        if span is None:
            return Report(code, f"{self.file}: {message}", "file", hint=hint)
        start, end = (span.value_start, span.value_end) if value else (span.start, span.end)
        return Report(code, f"{self._at(start)}: {message}", "file", start, end, self.text, hint)

    def within(
        self,
        path: Path,
        value: str,
        start: int,
        end: int,
        message: str,
        *,
        hint: str | None = None,
        code: Code = "syntax",
    ) -> Report:
        """A report about value[start:end], the text at a key; about all of it where it is no string."""
        span, raw = self.places.get(path), self.raw(path)
        offsets = typed_at(raw, value)
        if span is None or offsets is None:
            return self.fault(path, message, hint=hint, code=code, value=True)
        begin = span.value_start + offsets[min(start, len(value))]
        last = max(begin + 1, span.value_start + offsets[min(end, len(value))])
        return Report(code, f"{self._at(begin)}: {message}", "file", begin, last, self.text, hint)

    def place(self, path: Path) -> str:
        """`file:line:column` of a value; of its table where the path is not in the text."""
        while path and path not in self.places:
            path = path[:-1]
        return self._at(self.places[path].value_start) if path else self.file

    def _at(self, offset: int) -> str:
        column = offset - self.text.rfind("\n", 0, offset)
        return f"{self.file}:{line_of(self.text, offset)}:{column}"

    def raw(self, path: Path) -> str:
        """A value as it is typed, with its quotes."""
        span = self.places.get(path)
        return "" if span is None else self.text[span.value_start : span.value_end]


def read_source(file: File) -> Source:
    """The content of a TOML file.

    Raises InputError (in: file): missing, not a file, too large, not UTF-8, not TOML, or nested too deeply.
    """
    return source_of(_text(file), str(file))


def source_of(text: str, file: str) -> Source:
    """The content of a TOML text; `file` is what messages call it. Raises InputError as `read_source`."""
    text = text.replace("\r\n", "\n")
    try:
        table = tomllib.loads(text)
        return Source(file, text, table, places(text))
    except tomllib.TOMLDecodeError as error:
        raise InputError(_syntax(str(error), text, file)) from None
    except RecursionError:
        raise input_error("too_large", f"{file}: brackets are nested too deeply", where="file") from None
    except ValueError:  # Python refuses to read whole numbers of thousands of digits
        raise input_error("too_large", f"{file}: a number has too many digits", where="file") from None


def _text(file: File) -> str:
    try:
        with file.open("rb") as stream:
            data = stream.read(LIMIT + 1)
    except FileNotFoundError:
        raise input_error("syntax", f"{file}: there is no such file", where="file") from None
    except IsADirectoryError:
        hint = f"name the file in it: {file / 'sheet.toml'}"
        raise input_error("syntax", f"{file}: this is a folder", where="file", hint=hint) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise input_error("syntax", f"{str(file)!r}: cannot be read: {reason}", where="file") from None
    if len(data) > LIMIT:
        raise input_error("too_large", f"{file}: larger than {LIMIT // 1000} kB", where="file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        message = f"{file}:{line}:{column}: not UTF-8 text (byte 0x{data[error.start]:02X})"
        raise input_error("syntax", message, where="file", hint="save the file as UTF-8") from None


def _syntax(message: str, text: str, file: str) -> Report:
    """What `tomllib` says, with the place it names taken out of the sentence and shown instead."""
    found = _AT.search(message)
    words = message[: found.start()] if found else message
    words = words[:1].lower() + words[1:]
    for pattern, wording in _WORDINGS:
        words = pattern.sub(wording, words)
    if found is None:
        return Report("syntax", f"{file}: {words}", "file")
    lines = text.split("\n")
    row = int(found.group(1)) if found.group(1) else max(1, len(text.rstrip().split("\n")))
    column = int(found.group(2)) if found.group(2) else len(lines[row - 1]) + 1
    start = sum(len(line) + 1 for line in lines[: row - 1]) + column - 1
    hint = QUOTES if _ESCAPE.search(lines[row - 1]) and "'" not in lines[row - 1] else None
    return Report("syntax", f"{file}:{row}:{column}: {words}", "file", start, start + 1, text, hint)
