"""The date that PDFs carry, from the variable SOURCE_DATE_EPOCH (reproducible-builds.org)."""

from __future__ import annotations

from gen.build.environment import EPOCH
from gen.errors import input_error

VARIABLE = "SOURCE_DATE_EPOCH"
# 2038-01-19, 03:14:07 UTC. LuaTeX takes a later one for none and writes the time of the clock.
LATEST = 2**31 - 1


def epoch_of(value: str | None) -> int:
    """The seconds since 1970 that `value` says, `EPOCH` where it is not set or empty.

    Raises InputError for what is no whole number from 0 to `LATEST`.
    """
    if not value:
        return EPOCH
    hint = f'a whole number of seconds since 1970, such as "$(date +%s)"; or unset {VARIABLE}'
    if not value.isascii() or not value.isdigit():
        raise input_error(
            "syntax", f"{VARIABLE} is no whole number from 0: {value[:40]!r}", where="file", hint=hint
        )
    # Longer ones are not even made a number of.
    if len(value.lstrip("0")) > len(str(LATEST)) or int(value) > LATEST:
        message = (
            f"{VARIABLE} is {value[:40]}, but TeX knows no date after {LATEST} (2038-01-19, 03:14:07 UTC)"
        )
        raise input_error("too_large", message, where="file", hint=hint)
    return int(value)
