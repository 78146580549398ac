"""`variants.lock`: what has been dealt, so that a reprint is the same and nobody's sheet ever changes.

JSON, one record a line and sorted, so that version control shows what was added. One file may
hold several sheets of a folder; the lines of other sheets are kept as they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gen.errors import InputError, Report
from gen.problems.deal import Drawn
from gen.problems.family import Member
from gen.project.task_json import task_from, task_json

LOCK = "variants.lock"
SCHEMA = "freeindex/variants/1"
LIMIT = 512_000_000
LOCK_HINT = f"take {LOCK} from version control, or delete it to deal anew"


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


@dataclass(frozen=True, slots=True)
class Lock:
    """What is recorded of one sheet: its seed, the scores by slot, the entries by student and slot.

    `seed` is None where nothing is recorded. `others` are the lines of other sheets.
    """

    sheet: str
    seed: int | None = None
    scores: Mapping[str, int] = field(default_factory=dict)
    entries: Mapping[tuple[str, str], Entry] = field(default_factory=dict)
    others: tuple[str, ...] = ()

    @property
    def known(self) -> dict[tuple[str, str], Drawn]:
        """The members by student and slot, as `deal` takes them."""
        return {key: entry.drawn for key, entry in self.entries.items()}


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
    return lock_from(data, sheet, str(file))


def lock_from(data: bytes, sheet: str, source: str) -> Lock:
    """What the bytes of a lock record of a sheet. Raises InputError with the line that is damaged."""
    seed: int | None = None
    scores: dict[str, int] = {}
    entries: dict[tuple[str, str], Entry] = {}
    others: list[str] = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip() and number > 1:
            continue
        try:
            value = _parsed(line)
            if number == 1:
                if value != {"schema": SCHEMA}:
                    raise ValueError(f"does not say schema {SCHEMA}")
            elif _of(value, "sheet", str) != sheet:
                others.append(line.decode("utf-8").strip())
            elif "student" in value:
                key = (_of(value, "student", str), _of(value, "slot", str))
                if key in entries:
                    raise ValueError("repeats a student and a slot")
                entries[key] = _entry(value, f"{source}:{number}")
            elif "slot" in value:
                scores[_of(value, "slot", str)] = _of(value, "score", int)
            else:
                seed = _of(value, "seed", int)
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
    """The lines of a lock, sorted."""
    head = {"sheet": lock.sheet}
    own = [_line({**head, "seed": lock.seed})]
    own += [_line({**head, "slot": slot, "score": score}) for slot, score in sorted(lock.scores.items())]
    for student, slot in sorted(lock.entries):
        entry = entry_json(lock.entries[student, slot])
        own.append(_line({**head, "student": student, "slot": slot, **entry}))
    blocks: dict[str, list[str]] = {lock.sheet: own}
    for line in lock.others:
        blocks.setdefault(str(json.loads(line)["sheet"]), []).append(line)
    lines = [_line({"schema": SCHEMA}), *(line for sheet in sorted(blocks) for line in blocks[sheet])]
    return "\n".join(lines) + "\n"


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def entry_json(entry: Entry) -> dict[str, Any]:
    """An entry as the file has it."""
    drawn, member = entry.drawn, entry.drawn.member
    out: dict[str, Any] = {"tool": entry.tool, "score": drawn.score, "canonical": drawn.canonical}
    out |= {"family": member.family, "path": list(member.path), "task": task_json(member.task)}
    if drawn.repeated:
        out["repeated"] = True
    return out if entry.form is None else {**out, "form": entry.form}


def _entry(value: Mapping[str, Any], place: str) -> Entry:
    path = _of(value, "path", list)
    if not all(isinstance(step, int) and not isinstance(step, bool) for step in path):
        raise ValueError("has a path that is none")
    try:
        task = task_from(value.get("task"))
    except ValueError as error:
        raise ValueError(f"holds a task that {error}") from None
    member = Member(_of(value, "family", str), tuple(path), task)
    repeated = value.get("repeated") is True
    drawn = Drawn(member, _of(value, "canonical", str), _of(value, "score", int), repeated)
    return Entry(drawn, _of(value, "tool", str), value.get("form"), place)


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


def _of(value: Mapping[str, Any], key: str, kind: type[Any]) -> Any:
    found = value.get(key)
    if not isinstance(found, kind) or isinstance(found, bool):
        raise ValueError(f"has no {key}" if found is None else f"has a {key} that is none")
    return found
