"""Themes: what a file puts in the place of the usual tokens; a theme of one's own is one file.

A theme has the tables of `templates/tokens.toml` and of each only what is different.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gen.document.folder import template_folder
from gen.errors import Code, input_error, nearest

USUAL = "light"
THEMES = (USUAL, "print", "large")
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_LENGTH = re.compile(r"\d+(\.\d+)?(pt|mm|cm|in|em|ex)")
_SIZE = re.compile(r"\d+(\.\d+)?(px|rem|em|%)?( \d+(\.\d+)?(px|rem|em))?")


@dataclass(frozen=True, slots=True)
class ThemeFault:
    """What is wrong with a key of a theme, or with its value where `of_value`; `path` leads to it."""

    path: tuple[str, ...]
    message: str
    code: Code = "syntax"
    hint: str | None = None
    of_value: bool = True


@cache
def themed(theme: str = USUAL) -> Mapping[str, Any]:
    """All tokens under `theme`: one of THEMES, the path of a file, or the text of one with its last line end.

    Raises InputError with the file and the token where a theme says what no token is, or what none can be.
    """
    usual = _usual()
    if theme == USUAL:
        return usual
    file = template_folder() / "themes" / f"{theme}.toml" if theme in THEMES else Path(theme)
    try:
        own = tomllib.loads(theme if theme.endswith("\n") else file.read_text(encoding="utf-8"))
    except OSError as error:
        raise input_error("syntax", f"{file}: {error.strerror}", where="file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise input_error("syntax", f"{file}: {error}", where="file") from None
    for fault in faults_of_theme(own):
        raise input_error(fault.code, f"{file}: {fault.message}", where="file", hint=fault.hint)
    return _merged(usual, own)


def faults_of_theme(own: Mapping[str, Any]) -> Iterator[ThemeFault]:
    """What is wrong with the content of a theme's file, in its order."""
    return _faults(_usual(), own, ())


@cache
def _usual() -> Mapping[str, Any]:
    return tomllib.loads((template_folder() / "tokens.toml").read_text(encoding="utf-8"))


def _faults(usual: Mapping[str, Any], own: Mapping[str, Any], table: tuple[str, ...]) -> Iterator[ThemeFault]:
    for name, value in own.items():
        path = (*table, name)
        place = ".".join(path)
        if name not in usual:
            near = nearest(name, usual)
            hint = f"did you mean {near}?" if near else "tokens: " + ", ".join(list(usual)[:12])
            yield ThemeFault(path, f"there is no token {place}", "unknown_name", hint, of_value=False)
        elif not isinstance(usual[name], dict):
            wanted = _unfit(usual[name], value)
            if wanted:
                yield ThemeFault(path, f"{place} must be {wanted}")
        elif isinstance(value, dict):
            yield from _faults(usual[name], value, path)
        else:
            yield ThemeFault(path, f"{place} is a table", hint=f"[{place}]")


def _merged(usual: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The usual tokens with those of a sound theme in their places."""
    return dict(usual) | {
        name: _merged(usual[name], value) if isinstance(value, dict) else value for name, value in own.items()
    }


def _unfit(usual: Any, value: Any) -> str:
    """What is wanted, "" where `value` is of the sort of the usual one: it goes into TeX and CSS as it is."""
    wanted: str
    if isinstance(usual, list):
        fits = isinstance(value, list) and len(value) == 2 and all(_number(part) for part in value)
        wanted = "two numbers, the size and the distance of lines in points"
    elif isinstance(usual, str):
        pattern, wanted = next(
            (pattern, wanted)
            for pattern, wanted in (
                (_COLOUR, 'a colour such as "1B3A5C"'),
                (_LENGTH, 'a length such as "8mm"'),
                (_SIZE, 'a size such as "1.2rem"'),
            )
            if pattern.fullmatch(usual)
        )
        fits = isinstance(value, str) and pattern.fullmatch(value) is not None
    else:
        fits, wanted = _number(value), "a number"
    return "" if fits else wanted


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1000
