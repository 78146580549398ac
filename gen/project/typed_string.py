"""Where each character of a TOML string stands in what was typed, quotes and escapes included."""

from __future__ import annotations

import re

# One character of a string in double quotes; a backslash that ends a line takes the blanks behind it along.
_CHARACTER = re.compile(r"(?P<gone>\\[ \t]*\n\s*)|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\.|.", re.DOTALL)


def typed_at(raw: str, value: str) -> tuple[int, ...] | None:
    r"""The offset in `raw` of every character of `value`, and of its end; None where it is not `raw`.

    >>> typed_at("'ab'", "ab"), typed_at(r'"a\nb"', "a\nb")
    ((1, 2, 3), (1, 2, 4, 5))
    """
    quotes = 3 if raw[:3] in ("'''", '"""') else 1
    if raw[:1] not in ("'", '"') or len(raw) < 2 * quotes:
        return None
    # A line break behind three quotes is none.
    begin, end = quotes + (quotes == 3 and raw.startswith("\n", quotes)), len(raw) - quotes
    if raw[0] == "'":
        offsets = tuple(range(begin, end + 1))
    else:
        found = _CHARACTER.finditer(raw, begin, end)
        offsets = (*(one.start() for one in found if one["gone"] is None), end)
    return offsets if len(offsets) == len(value) + 1 else None
