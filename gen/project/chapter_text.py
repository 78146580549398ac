"""The text of a chapter, and faults that point into it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from gen.errors import Code, Report, input_error

LIMIT = 500_000


@dataclass(frozen=True, slots=True)
class ChapterText:
    """`file` is the name that messages use, `name` that of the chapter; `starts` is where lines begin."""

    file: str
    name: str
    text: str
    starts: tuple[int, ...]

    def line(self, number: int) -> str:
        """A line, counted from 0, without its end; empty behind the last one."""
        if number >= len(self.starts):
            return ""
        return self.text[self.starts[number] :].partition("\n")[0]

    def start_of(self, number: int) -> int:
        """Where a line begins, counted from 0."""
        return self.starts[number] if number < len(self.starts) else len(self.text)

    def fault(
        self, start: int, end: int, message: str, *, hint: str | None = None, code: Code = "syntax"
    ) -> Report:
        """A report about text[start:end], with file, line and column."""
        row = self.text.count("\n", 0, start)
        column = start - self.text.rfind("\n", 0, start)
        place = f"{self.file}:{row + 1}:{column}"
        return Report(code, f"{place}: {message}", "file", start, max(end, start + 1), self.text, hint)

    def at_line(self, number: int, message: str, *, hint: str | None = None, code: Code = "syntax") -> Report:
        """A report about a whole line, counted from 0."""
        line = self.line(number)
        start = self.start_of(number) + len(line) - len(line.lstrip())
        return self.fault(start, start + len(line.strip()), message, hint=hint, code=code)


def chapter_text(text: str, file: str) -> ChapterText:
    """The text of a chapter; lines end in a line feed, the last one too."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if not plain.endswith("\n"):
        plain += "\n"
    starts = (0, *accumulate(len(line) + 1 for line in plain.split("\n")[:-1]))
    return ChapterText(file, Path(file).stem, plain, starts[:-1])


def read_chapter(file: Path) -> ChapterText:
    """The text of a file. Raises InputError (in: file): missing, no file, too large, or not UTF-8."""
    try:
        with file.open("rb") as stream:
            data = stream.read(LIMIT + 1)
    except OSError as error:
        raise input_error("syntax", f"{file}: cannot be read: {error.strerror}", where="file") from None
    if len(data) > LIMIT:
        hint = "make two chapters of it"
        raise input_error("too_large", f"{file}: larger than {LIMIT // 1000} kB", where="file", hint=hint)
    try:
        return chapter_text(data.decode("utf-8-sig"), str(file))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        message = f"{file}:{line}:{column}: not UTF-8 text (byte 0x{data[error.start]:02X})"
        raise input_error("syntax", message, where="file", hint="save the file as UTF-8") from None
