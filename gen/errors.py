"""The one kind of error a user can cause, and how it is shown.

Everything that is wrong with an input is raised as `InputError`; everything
that could not be built or written as `BuildError`. Both carry a frozen
`Report`, from which the command line prints one `error: ` line with at most
three indented lines below it, and the JSON form of FORMATS section 1.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

Code = Literal[
    "syntax",
    "unknown_name",
    "unknown_function",
    "shape",
    "not_square",
    "not_scalar",
    "domain",
    "name_clash",
    "too_large",
    "unsupported",
    "internal",
]
Where = Literal["expr", "let", "wrt", "answer", "file"]

WIDTH = 72


@dataclass(frozen=True, slots=True)
class Report:
    """What is wrong, where, and what to do.

    `start` and `end` count code points in `source` (end exclusive); both are
    None when no place can be named. `source` is the text they point into.
    """

    code: Code
    message: str
    where: Where = "expr"
    start: int | None = None
    end: int | None = None
    source: str | None = None
    hint: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The `error` object of FORMATS section 1."""
        return {
            "code": self.code,
            "message": self.message,
            "in": self.where,
            "start": self.start,
            "end": self.end,
            "hint": self.hint,
        }

    def lines(self) -> list[str]:
        """The lines for standard error: `error: ...`, then text, caret, hint."""
        out = ["error: " + _one_line(self.message)]
        if self.source is not None and self.start is not None:
            text, caret = _excerpt(self.source, self.start, self.end)
            out += ["  " + text, "  " + caret]
        if self.hint:
            out.append("  hint: " + _one_line(self.hint))
        return out


class FreeIndexError(Exception):
    """An error with a `Report`; `exit_status` is what the command line returns."""

    exit_status = 2

    def __init__(self, report: Report) -> None:
        super().__init__(report.message)
        self.report = report


class InputError(FreeIndexError):
    """The input is wrong; nothing has been written (exit status 2)."""

    exit_status = 2


class BuildError(FreeIndexError):
    """Something could not be built or written (exit status 1)."""

    exit_status = 1


class HeldError(FreeIndexError):
    """Another build holds the output folder (exit status 4)."""

    exit_status = 4


def input_error(
    code: Code,
    message: str,
    *,
    where: Where = "expr",
    source: str | None = None,
    start: int | None = None,
    end: int | None = None,
    hint: str | None = None,
) -> InputError:
    """An `InputError` from its parts."""
    return InputError(Report(code, message, where, start, end, source, hint))


def build_error(message: str, *, hint: str | None = None, where: Where = "file") -> BuildError:
    """A `BuildError` from its parts (code `internal`: no fault of the input)."""
    return BuildError(Report("internal", message, where, hint=hint))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, or None when none is close."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return close[0] if close else None


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """The known name most like `name`, in which a large letter is like a small one."""
    folded = {word.casefold(): word for word in sorted(known)}
    close = nearest(name.casefold(), folded)
    return None if close is None else folded[close]


def visible(char: str) -> str:
    """A character as it can be shown safely: itself, or its code point."""
    return char if char.isascii() and char.isprintable() else f"U+{ord(char):04X}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _excerpt(source: str, start: int, end: int | None) -> tuple[str, str]:
    """The line of `source` around `start`, cut to a width, and its caret line."""
    start = min(start, len(source))
    begin = source.rfind("\n", 0, start) + 1
    stop = source.find("\n", start)
    line = source[begin : len(source) if stop < 0 else stop]
    at = start - begin
    length = max(1, min((end or start + 1) - start, len(line) - at))
    left = max(0, at - WIDTH // 2)
    shown = line[left : left + WIDTH]
    head, tail = ("…" if left else ""), ("…" if left + WIDTH < len(line) else "")
    caret = " " * (at - left + len(head)) + "^" * min(length, WIDTH)
    # A control or format character would break the terminal or hide the fault.
    safe = "".join(c if c.isprintable() else "·" for c in shown)
    return head + safe + tail, caret
