"""The room for an answer: the keys that give it, in written and generated problems alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from gen.document.blocks import Space
from gen.errors import Report
from gen.project import kinds
from gen.project.keys import Key
from gen.project.places import Path
from gen.project.source import Source

ROOM_KEYS = (
    Key("space", kinds.LENGTH, "blank room for the answer"),
    Key("lines", kinds.whole(1, 200), "ruled lines for the answer"),
    Key("grid", kinds.LENGTH, "squared room for the answer"),
)
# The key that gives the room for an answer, and the room it means; no key, the default.
SPACES: tuple[tuple[str, Literal["blank", "lines", "grid"]], ...] = (
    ("space", "blank"),
    ("lines", "lines"),
    ("grid", "grid"),
)


def room(source: Source, path: Path, values: Mapping[str, Any]) -> tuple[Space, tuple[Report, ...]]:
    """The room that a table asks for; a fault where it asks for two."""
    rooms = [(name, kind) for name, kind in SPACES if values[name] is not None]
    if len(rooms) > 1:
        words = " and ".join(name for name, _ in rooms)
        return Space(), (source.fault((*path, rooms[1][0]), f"{words} exclude each other"),)
    return (Space(rooms[0][1], values[rooms[0][0]]) if rooms else Space()), ()
