"""What a person sees: results on standard output, errors and notes on standard error."""

from __future__ import annotations

import json
import os
import sys
from typing import Any, TextIO

from gen.errors import Report, visible


def use_utf8() -> None:
    """Print UTF-8 whatever the locale says; what cannot be encoded prints as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str) -> None:
    """One text and a line end on standard output."""
    sys.stdout.write(text + "\n")


def note(text: str) -> None:
    """One line on standard error that is no error; where it cannot be written, nothing more is said there."""
    try:
        sys.stderr.write(" ".join(text.split()) + "\n")
        sys.stderr.flush()
    except OSError:
        # What is being made does not depend on whether anybody reads of it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def say_json(value: Any) -> None:
    """A JSON value on standard output."""
    say(json_text(value))


def json_text(value: Any) -> str:
    """JSON in one line, without NaN."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def complain(report: Report, *, as_json: bool) -> None:
    """The error on standard error, and as JSON on standard output too where that was asked for."""
    if as_json:
        say_json({"error": report.to_json()})
    for line in report.lines():
        sys.stderr.write("".join(c if c.isprintable() else visible(c) for c in line) + "\n")


def has_colour(stream: TextIO) -> bool:
    """Whether colours help: a terminal that can show them, and no NO_COLOR."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
