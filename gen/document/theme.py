"""Themes: what a file puts in the place of the usual tokens; a theme of one's own is one file.

A theme has the tables of `templates/tokens.toml` and of each only what is different.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from gen.document.folder import template_folder
from gen.errors import input_error, nearest

USUAL = "light"
THEMES = (USUAL, "print", "large")
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_LENGTH = re.compile(r"\d+(\.\d+)?(pt|mm|cm|in|em|ex)")
_SIZE = re.compile(r"\d+(\.\d+)?(px|rem|em|%)?( \d+(\.\d+)?(px|rem|em))?")


@cache
def themed(theme: str = USUAL) -> Mapping[str, Any]:
    """All tokens under `theme`: one of THEMES, or the path of a file.

    Raises InputError with the file and the token where a theme says what no token is, or what none can be.
    """
    usual = tomllib.loads((template_folder() / "tokens.toml").read_text(encoding="utf-8"))
    if theme == USUAL:
        return usual
    file = template_folder() / "themes" / f"{theme}.toml" if theme in THEMES else Path(theme)
    try:
        own = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise input_error("syntax", f"{file}: {error.strerror}", where="file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise input_error("syntax", f"{file}: {error}", where="file") from None
    return _merged(usual, own, "", file)


def _merged(usual: Mapping[str, Any], own: Mapping[str, Any], table: str, file: Path) -> dict[str, Any]:
    out = dict(usual)
    for name, value in own.items():
        place = f"{table}.{name}" if table else name
        if name not in usual:
            near = nearest(name, usual)
            hint = f"did you mean {near}?" if near else "tokens: " + ", ".join(list(usual)[:12])
            raise input_error("unknown_name", f"{file}: there is no token {place}", where="file", hint=hint)
        if isinstance(usual[name], dict):
            if not isinstance(value, dict):
                raise input_error("syntax", f"{file}: {place} is a table", where="file")
            out[name] = _merged(usual[name], value, place, file)
        else:
            out[name] = _fit(usual[name], value, place, file)
    return out


def _fit(usual: Any, value: Any, place: str, file: Path) -> Any:
    """`value` where it is of the sort of the usual one: it goes into TeX and CSS as it is."""
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
    if not fits:
        raise input_error("syntax", f"{file}: {place} must be {wanted}", where="file")
    return value


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1000
