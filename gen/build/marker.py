"""Which problem of the sheet a line of TeX came from.

Templates write `%%<problem N>` on a line of its own in front of each problem and `%%<problem>` after the
last.
"""

from __future__ import annotations

import re

_MARKER = re.compile(r"^[ \t]*%%<problem(?: ([^>\n]+))?>[ \t]*$")


def problem_at(tex: str, line: int | None) -> str | None:
    """The name in the nearest marker at or above `line` (the first line is 1); None without one.

    None too where `line` is None, as in errors that TeX gives no place for, and past the last line.
    """
    if line is None:
        return None
    lines = tex.split("\n")
    if not 1 <= line <= len(lines):
        return None
    for text in reversed(lines[:line]):
        found = _MARKER.match(text)
        if found is not None:
            return found[1]
    return None
