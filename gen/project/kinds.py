"""Kinds of values a key of `sheet.toml` can have: what to call each, and how to read it.

A kind gets the value and how it was typed, and gives what the program works with
or raises `UnfitError`. It knows nothing of files: who calls it knows the place.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from gen.derivation.letters import letters_fault
from gen.errors import Code, nearest
from gen.project.prose_faults import prose_fault

Reader: TypeAlias = Callable[[Any, str], Any]

SINGLE_QUOTES = "in double quotes TOML reads \\n and \\t as a line break and a tab; use single quotes: '...'"
# Names that Windows keeps for itself, whatever the folder.
_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(1, 10)))
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LINE = re.compile(r"[^\n]+")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_IDENTIFIER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_ESCAPED = re.compile(r"\\[btnfr]")
_LENGTH = re.compile(r"(\d{1,4}(?:\.\d{1,3})?) ?(mm|cm|in|pt)")
_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72.27}
# Joiners belong to the spelling of names in some scripts and to emoji.
_JOINERS = frozenset("\u200c\u200d")


class UnfitError(Exception):
    """A value that does not fit its key: the sentence that follows the key's name.

    `place` is where in a text it does not, None for all of the value.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        code: Code = "syntax",
        place: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(message)
        self.place = place
        self.message = message
        self.hint = hint
        self.code = code


@dataclass(frozen=True, slots=True)
class Kind:
    """`what` is the value in words, for messages and the reference."""

    what: str
    read: Reader


def _text(value: Any, raw: str, *, limit: int = 500, prose: bool = False) -> str:
    if not isinstance(value, str):
        raise UnfitError("must be a text in quotes")
    if len(value) > limit:
        raise UnfitError(f"is longer than {limit} characters", code="too_large")
    escaped = raw.startswith('"') and not raw.startswith('"""')
    for char in value:
        if char == "\n" and prose and not (escaped and _in_formula(value)):
            continue
        category = unicodedata.category(char)
        if category in ("Cc", "Zl", "Zp", "Cs", "Cf") and char not in _JOINERS:
            name = {"\n": "a line break", "\t": "a tab"}.get(char, f"the control character U+{ord(char):04X}")
            raise UnfitError(
                f"contains {name}", hint=SINGLE_QUOTES if escaped and _ESCAPED.search(raw) else None
            )
    return value


def _in_formula(value: str) -> bool:
    """Whether a line break stands between two dollars, as `"$\\nabla f$"` in double quotes gives."""
    return any("\n" in part for part in value.split("$")[1::2])


def _filled(value: Any, raw: str) -> str:
    if not (text := _text(value, raw)).strip():
        raise UnfitError("is empty")
    return text


def _prose(value: Any, raw: str) -> str:
    text = _text(value, raw, limit=20_000, prose=True)
    place = _heading(text)
    if place is not None:
        hint = "**bold words** stand out; a backslash before the # prints it"
        raise UnfitError("has a heading, which has no place in it", hint=hint, place=place)
    fault = prose_fault(text)
    if fault is not None:
        raise UnfitError(fault.message, hint=fault.hint, place=fault.place)
    return text


def _heading(text: str) -> tuple[int, int] | None:
    """Where a line stands that Markdown takes for a heading; code is left as it is."""
    fence = ""
    for line in _LINE.finditer(text):
        marks = _FENCE.match(line[0])
        if marks is not None and (not fence or marks[1].startswith(fence)):
            fence = "" if fence else marks[1]
        elif not fence and _HEADING.match(line[0]):
            return line.span()
    return None


def _moment(value: Any, raw: str) -> str:
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat() if type(value) is datetime.date else str(value)
    text = _text(value, raw)
    if _DATE.fullmatch(text.strip()):
        try:
            datetime.date.fromisoformat(text.strip())
        except ValueError:
            hint = 'year, month, day, such as "2026-02-28"; any other text is printed as it is'
            raise UnfitError(f"is no day of the calendar: {text.strip()}", hint=hint) from None
    return text


def _identifier(value: Any, raw: str) -> str:
    name = _text(value, raw)
    if not _IDENTIFIER.fullmatch(name):
        raise UnfitError("may hold only letters a-z, digits, - and _, and not begin with -")
    if len(name) > 80:
        raise UnfitError("is longer than 80 characters", code="too_large")
    if is_device(name):
        raise UnfitError("is a name that Windows keeps for itself")
    return name


def is_identifier(name: str) -> bool:
    """Whether a name is one that every system takes for a file, with whatever ending."""
    return _IDENTIFIER.fullmatch(name) is not None and len(name) <= 80 and not is_device(name)


def _letters(value: Any, raw: str) -> str:
    letters = _text(value, raw)
    fault = letters_fault(letters)
    if fault is not None:
        raise UnfitError(fault, hint='such as "ikqrjlst": two for the function, two for the variable, others')
    return letters


def is_device(name: str) -> bool:
    """Whether Windows means a device by a name, in whatever folder."""
    return name.lower() in _RESERVED


def _flag(value: Any, raw: str) -> bool:
    if not isinstance(value, bool):
        raise UnfitError("must be true or false")
    return value


def _millimetres(value: Any, raw: str) -> float:
    found = _LENGTH.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise UnfitError('must be a length such as "8cm" (mm, cm, in or pt)')
    size = float(found.group(1)) * _MILLIMETRES[found.group(2)]
    if not 5 <= size <= 1000:
        raise UnfitError("must be between 5 mm and 1 m")
    return size


def _table(value: Any, raw: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UnfitError("must be a table")
    return value


def whole(low: int, high: int | None = None) -> Kind:
    """A whole number in a range, ends included; `high` None is no end."""
    what = f"a whole number from {low}" + (f" to {high}" if high is not None else "")

    def read(value: Any, raw: str) -> int:
        if (
            not isinstance(value, int)
            or isinstance(value, bool)
            or value < low
            or (high is not None and value > high)
        ):
            raise UnfitError(f"must be {what}")
        return value

    return Kind(what, read)


def choice(*known: str, later: tuple[str, ...] = ()) -> Kind:
    """One of some words; those in `later` are refused as `unsupported`."""

    def read(value: Any, raw: str) -> str:
        return _known(value, raw, known, later)

    return Kind("one of " + ", ".join(f'"{word}"' for word in known), read)


def choices(*known: str, later: tuple[str, ...] = (), listed: str = "") -> Kind:
    """A list of some words, none twice, at least one; `listed` says what lists them where they are many."""
    what = "a list of words" + (f"; {listed}" if listed else " out of " + _quoted(known))

    def read(value: Any, raw: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not value:
            if listed:
                raise UnfitError("must be a list of words, at least one", hint=listed)
            raise UnfitError(f"must be {what}")
        words = tuple(_known(word, "", known, later, listed) for word in value)
        for position, word in enumerate(words):
            if word in words[:position]:
                raise UnfitError(f'names "{word}" twice')
        return words

    return Kind(what, read)


def choices_or_none(*known: str) -> Kind:
    """A list of some words, none twice; it may be empty."""
    several = choices(*known)

    def read(value: Any, raw: str) -> tuple[str, ...]:
        words: tuple[str, ...] = () if value == [] else several.read(value, raw)
        return words

    return Kind(several.what, read)


def texts(most: int) -> Kind:
    """A list of texts that are not empty, at least one."""

    def read(value: Any, raw: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not value:
            raise UnfitError("must be a list of texts in quotes, at least one")
        if len(value) > most:
            raise UnfitError(f"has more than {most} entries", code="too_large")
        return tuple(_filled(part, "") for part in value)

    return Kind("a list of texts", read)


def one_or_more(*known: str, listed: str = "") -> Kind:
    """One of some words, or a list of them, none twice; `listed` as for `choices`."""
    several = choices(*known, listed=listed)

    def read(value: Any, raw: str) -> tuple[str, ...]:
        if isinstance(value, list):
            read: tuple[str, ...] = several.read(value, raw)
            return read
        return (_known(value, raw, known, (), listed),)

    return Kind("one word or " + several.what, read)


def bag(*known: str, listed: str = "") -> Kind:
    """A list of some words, each as often as it likes; `listed` as for `choices`."""

    def read(value: Any, raw: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not value:
            raise UnfitError("must be a list of words, at least one", hint=listed or None)
        if len(value) > 20:
            raise UnfitError("is longer than 20 words", code="too_large")
        return tuple(sorted(_known(word, "", known, (), listed) for word in value))

    return Kind("a list of words", read)


def amounts(low: int, high: int, *words: str) -> Kind:
    """A whole number in a range or one of some words, or a list of such."""
    number = whole(low, high)

    def one(value: Any, raw: str) -> int | str:
        if isinstance(value, str):
            return _known(value, raw, words, ())
        read: int = number.read(value, raw)
        return read

    def read(value: Any, raw: str) -> tuple[int | str, ...]:
        if isinstance(value, list) and len(value) > 200:
            raise UnfitError("is longer than 200 entries", code="too_large")
        return tuple(one(part, raw) for part in (value if isinstance(value, list) else [value]))

    return Kind(f"{number.what} or one of {', '.join(words)}, or a list of them", read)


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f'"{word}"' for word in words)


def _known(value: Any, raw: str, known: tuple[str, ...], later: tuple[str, ...], listed: str = "") -> str:
    word = _text(value, raw)
    if word in known:
        return word
    if word in later:
        raise UnfitError(
            f'does not offer "{word}" yet', code="unsupported", hint="now there is: " + ", ".join(known)
        )
    close = nearest(word, (*known, *later))
    hint = f'did you mean "{close}"?' if close else listed or "known: " + ", ".join(known)
    raise UnfitError(f'does not know "{word}"', hint=hint)


TEXT = Kind("a text", _text)
FILLED = Kind("a text that is not empty", _filled)
PROSE = Kind("a text with $formulas$, over one line or several", _prose)
MOMENT = Kind("a text or a date", _moment)
IDENTIFIER = Kind("letters, digits, - and _", _identifier)
FLAG = Kind("true or false", _flag)
LETTERS = Kind("small letters, four at least and none twice", _letters)
LENGTH = Kind('a length such as "8cm"', _millimetres)
TABLE = Kind("a table", _table)
