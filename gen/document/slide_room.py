"""How much room a slide has for lines, in ems and in places of its grid, from the lengths of a theme."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from gen.document.theme import USUAL
from gen.document.tokens import tokens

_POINTS = {"pt": 1.0, "mm": 72.27 / 25.4, "cm": 72.27 / 2.54, "in": 72.27}
_LENGTH = re.compile(r"([\d.]+)(pt|mm|cm|in)")
_REASON = 1.05  # estimates of reasons are a little too wide


@dataclass(frozen=True, slots=True)
class Room:
    """The room of one slide; ems are those of its text, `reason` is in ems of the reasons.

    `line` is the room of a line beside its reason, `wide` of one that has the whole width, both with the
    left side; `left` the longest left side that stands beside its right side. `slot` is the height of a
    place, `slots` how many there are, `least` how many a line takes at least. `small` is how large a
    reason's em is.
    """

    line: float
    wide: float
    left: float
    reason: float
    small: float
    slot: float
    slots: int
    least: int


@cache
def room_of(theme: str = USUAL) -> Room:
    """The room of slides under a theme. Raises InputError as `tokens`."""
    chosen = tokens("slides", theme)
    length = {name: _points(value) for name, value in chosen.lengths}
    em = {name: size for name, size, _ in chosen.types}
    body, reason = em["body"], em["reason"]
    wide = length["paper_width"] - sum(
        length[name] for name in ("page_left", "page_right", "line_indent", "relation_width")
    )
    high = length["paper_height"] - sum(
        length[name]
        for name in (
            *("page_top", "page_bottom", "title_height", "shapes_height", "foot_height", "result_spare"),
        )
    )
    return Room(
        line=(wide - length["reason_width"] - length["reason_gap"]) / body,
        wide=wide / body,
        left=0.9 * length["left_limit"] / body,
        reason=_REASON * length["reason_width"] / reason,
        small=reason / body,
        slot=length["slot_height"] / body,
        slots=int(high / length["slot_height"]),
        least=round(chosen.ratio("slot_least")),
    )


def _points(value: str) -> float:
    """A length in points; one in ems or x-heights, which nothing here is measured by, as 0."""
    found = _LENGTH.fullmatch(value)
    return float(found[1]) * _POINTS[found[2]] if found else 0.0
