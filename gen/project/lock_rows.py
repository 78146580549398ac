"""The entries of `variants.lock`, each kept as the line it is in the file, packed.

A large class has too many of them to keep as records, which take many times the memory. A line is read again
when somebody asks for its entry.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from gen.problems.deal import Drawn
from gen.problems.family import Member
from gen.project.task_json import task_from, task_json, task_of

FAST, BARE = 1, -15  # the level of compression; without a head and a checksum


@dataclass(frozen=True, slots=True)
class Entry:
    """What a student has in a slot: the member, what its form has drawn (None: nothing yet), the version.

    `form` is a JSON value that only the forms understand. `place` is where the file has it, `file:line`;
    empty for what has not been written yet.
    """

    drawn: Drawn
    tool: str
    form: Any = None
    place: str = field(default="", compare=False)


class Rows(Mapping[tuple[str, str], Entry]):
    """Entries by student and slot; they can be added while a file is read or a class is dealt to.

    Those with a place are all in one file.
    """

    def __init__(self, entries: Mapping[tuple[str, str], Entry] | None = None) -> None:
        self._source = ""
        # The number of the line, 0 for what has not been written yet, a blank, and the line: packed, since
        # most of it is as in the first line of its slot, which is kept for that.
        self._packed: dict[tuple[str, str], bytes] = {}
        self._firsts: dict[str, bytes] = {}
        if isinstance(entries, Rows):
            self._source = entries._source
            self._packed, self._firsts = dict(entries._packed), dict(entries._firsts)
        else:
            for key, entry in (entries or {}).items():
                self.add(key, entry)

    def add(self, key: tuple[str, str], entry: Entry) -> None:
        """Add an entry, or put it in the place of another one."""
        number = "0"
        if entry.place:
            self._source, _, number = entry.place.rpartition(":")
        line = f"{number} {line_of(entry_json(entry))}".encode("utf-8", "surrogatepass")
        packer = zlib.compressobj(FAST, wbits=BARE, zdict=self._firsts.setdefault(key[1], line))
        self._packed[key] = packer.compress(line) + packer.flush()

    def line(self, key: tuple[str, str]) -> str:
        """An entry as the file has it, without its key."""
        return self._unpacked(key)[1]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Rows) and (self._packed, self._firsts) == (other._packed, other._firsts):
            return True
        return isinstance(other, Mapping) and len(self) == len(other) and super().__eq__(other)

    def __getitem__(self, key: tuple[str, str]) -> Entry:
        number, line = self._unpacked(key)
        place = "" if number == "0" else f"{self._source}:{number}"
        value = json.loads(line)
        # It has been an entry before, and need not be looked at as what comes out of a file.
        member = Member(value["family"], tuple(value["path"]), task_of(value["task"]))
        drawn = Drawn(member, value["canonical"], value["score"], value.get("repeated", False))
        return Entry(drawn, value["tool"], value.get("form"), place)

    def __contains__(self, key: object) -> bool:
        return key in self._packed

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)

    def _unpacked(self, key: tuple[str, str]) -> tuple[str, str]:
        line = zlib.decompressobj(BARE, self._firsts[key[1]]).decompress(self._packed[key])
        number, _, text = line.decode("utf-8", "surrogatepass").partition(" ")
        return number, text


class Cards(Mapping[tuple[str, str], Drawn]):
    """The members by student and slot, as `deal` takes them."""

    def __init__(self, entries: Mapping[tuple[str, str], Entry]) -> None:
        self._entries = entries

    def __getitem__(self, key: tuple[str, str]) -> Drawn:
        return self._entries[key].drawn

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def line_of(value: Mapping[str, Any]) -> str:
    """A line of the file."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def entry_json(entry: Entry) -> dict[str, Any]:
    """An entry as the file has it."""
    drawn, member = entry.drawn, entry.drawn.member
    out: dict[str, Any] = {"tool": entry.tool, "score": drawn.score, "canonical": drawn.canonical}
    out |= {"family": member.family, "path": list(member.path), "task": task_json(member.task)}
    if drawn.repeated:
        out["repeated"] = True
    return out if entry.form is None else {**out, "form": entry.form}


def entry_from(value: Mapping[str, Any], place: str) -> Entry:
    """The entry of a JSON object. Raises ValueError for what is none, in words that follow "the line"."""
    path = typed(value, "path", list)
    if not all(isinstance(step, int) and not isinstance(step, bool) for step in path):
        raise ValueError("has a path that is none")
    try:
        task = task_from(value.get("task"))
    except ValueError as error:
        raise ValueError(f"holds a task that {error}") from None
    member = Member(typed(value, "family", str), tuple(path), task)
    repeated = value.get("repeated") is True
    drawn = Drawn(member, typed(value, "canonical", str), typed(value, "score", int), repeated)
    return Entry(drawn, typed(value, "tool", str), value.get("form"), place)


def typed(value: Mapping[str, Any], key: str, kind: type[Any]) -> Any:
    """What an object has under a key. Raises ValueError where that is not of a type."""
    found = value.get(key)
    if not isinstance(found, kind) or isinstance(found, bool):
        raise ValueError(f"has no {key}" if found is None else f"has a {key} that is none")
    return found
