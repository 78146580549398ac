"""`variants.lock`: what has been dealt, so that a reprint is the same and nobody's sheet ever changes.

JSON, one record a line and sorted, so that version control shows what was added. One file may
hold several sheets of a folder; the lines of other sheets are kept as they are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gen.errors import InputError, Report
from gen.problems.deal import Drawn
from gen.project.lock_rows import Cards, Entry, Rows, entry_from, line_of, typed

LOCK = "variants.lock"
SCHEMA = "freeindex/variants/1"
LIMIT = 512_000_000
LOCK_HINT = f"take {LOCK} from version control, or delete it to deal anew"


@dataclass(frozen=True, slots=True)
class Lock:
    """What is recorded of one sheet: its seed, the scores by slot, the entries by student and slot.

    `seed` is None where nothing is recorded. `others` are the lines of other sheets. `origin` is the sha256
    of the file it was read from, empty where there was none.
    """

    sheet: str
    seed: int | None = None
    scores: Mapping[str, int] = field(default_factory=dict)
    entries: Mapping[tuple[str, str], Entry] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    origin: str = field(default="", compare=False)

    @property
    def known(self) -> Mapping[tuple[str, str], Drawn]:
        """The members by student and slot, as `deal` takes them."""
        return Cards(self.entries)


def read_lock(file: Path, sheet: str) -> Lock:
    """What a file records of a sheet; nothing where there is no file. Raises InputError for a damaged one."""
    try:
        with file.open("rb") as stream:
            data = stream.read(LIMIT + 1)
    except FileNotFoundError:
        return Lock(sheet)
    except OSError as error:
        message = f"{file}: cannot be read: {error.strerror or error}"
        raise InputError(Report("syntax", message, "file")) from None
    if len(data) > LIMIT:
        raise InputError(Report("too_large", f"{file}: larger than {LIMIT // 1_000_000} MB", "file"))
    return replace(lock_from(data, sheet, str(file)), origin=hashlib.sha256(data).hexdigest())


def lock_from(data: bytes, sheet: str, source: str) -> Lock:
    """What the bytes of a lock record of a sheet. Raises InputError with the line that is damaged."""
    seed: int | None = None
    scores: dict[str, int] = {}
    entries = Rows()
    others: list[str] = []
    for number, line in enumerate(_split(data), 1):
        if not line.strip() and number > 1:
            continue
        try:
            value = _parsed(line)
            if number == 1:
                if value != {"schema": SCHEMA}:
                    raise ValueError(f"does not say schema {SCHEMA}")
            elif typed(value, "sheet", str) != sheet:
                others.append(line.decode("utf-8").strip())
            elif "student" in value:
                key = (typed(value, "student", str), typed(value, "slot", str))
                if key in entries:
                    raise ValueError("repeats a student and a slot")
                entries.add(key, entry_from(value, f"{source}:{number}"))
            elif "slot" in value:
                scores[typed(value, "slot", str)] = typed(value, "score", int)
            else:
                seed = typed(value, "seed", int)
        except ValueError as error:
            raise InputError(
                Report("syntax", f"{source}:{number}: damaged: the line {error}", "file", hint=LOCK_HINT)
            ) from None
        except RecursionError:
            message = f"{source}:{number}: damaged: the line is nested too deeply"
            raise InputError(Report("too_large", message, "file", hint=LOCK_HINT)) from None
    if seed is None and entries:
        message = f"{source}: damaged: the seed of {sheet} is missing"
        raise InputError(Report("syntax", message, "file", hint=LOCK_HINT))
    return Lock(sheet, seed, scores, entries, tuple(others))


def lock_text(lock: Lock) -> str:
    """The file of a lock."""
    return "".join(f"{line}\n" for line in lock_lines(lock))


def lock_lines(lock: Lock) -> Iterator[str]:
    """The lines of a lock, sorted, without their ends."""
    blocks: dict[str, list[str]] = {lock.sheet: []}
    for line in lock.others:
        blocks.setdefault(str(json.loads(line)["sheet"]), []).append(line)
    yield line_of({"schema": SCHEMA})
    for sheet in sorted(blocks):
        if sheet == lock.sheet:
            yield from _own_lines(lock)
        yield from blocks[sheet]


def _own_lines(lock: Lock) -> Iterator[str]:
    head = {"sheet": lock.sheet}
    yield line_of({**head, "seed": lock.seed})
    for slot, score in sorted(lock.scores.items()):
        yield line_of({**head, "slot": slot, "score": score})
    entries = lock.entries if isinstance(lock.entries, Rows) else Rows(lock.entries)
    for student, slot in sorted(entries):
        key = line_of({**head, "student": student, "slot": slot})
        yield f"{key[:-1]}, {entries.line((student, slot))[1:]}"


def _split(data: bytes) -> Iterator[bytes]:
    """The lines one by one: all at once they would be as large as the file again."""
    start = 0
    while (end := data.find(b"\n", start)) >= 0:
        yield data[start:end]
        start = end + 1
    yield data[start:]


def _parsed(line: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8 text") from None
    except json.JSONDecodeError:
        conflict = line.startswith((b"<<<<<<<", b"=======", b">>>>>>>"))
        raise ValueError("is a conflict of version control" if conflict else "is not JSON") from None
    if not isinstance(value, dict):
        raise ValueError("is no JSON object")
    return value
