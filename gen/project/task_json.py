"""Tasks as JSON and back; fields that have their default are left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from gen.problems.task import Task

KINDS: Mapping[str, type[Any]] = MappingProxyType({kind.__name__.lower(): kind for kind in get_args(Task)})


def task_json(task: Task) -> dict[str, Any]:
    """A task as a JSON object: its kind under `asks`, and its fields."""
    out: dict[str, Any] = {"asks": type(task).__name__.lower()}
    for field in fields(task):
        value = getattr(task, field.name)
        if field.default is MISSING or value != field.default:
            out[field.name] = _plain(value)
    return out


def task_from(value: Any) -> Task:
    """The task of a JSON object. Raises ValueError for what is none, in words that follow "the task"."""
    if not isinstance(value, Mapping) or value.get("asks") not in KINDS:
        raise ValueError("is of no kind that this version knows")
    kind = KINDS[value["asks"]]
    known = {field.name: field for field in fields(kind)}
    given = {name: part for name, part in value.items() if name != "asks"}
    hints = _hints(value["asks"])
    for name, part in given.items():
        if name not in known:
            raise ValueError(f"has a field {name!r} that this version does not know")
        if not _fits(part, hints[name]):
            raise ValueError(f"has no value for {name} that it can have")
    missing = [n for n, f in known.items() if f.default is MISSING and n not in given]
    if missing:
        raise ValueError(f"lacks {missing[0]}")
    return task_of(value)


def task_of(value: Mapping[str, Any]) -> Task:
    """The task of an object that `task_json` has made."""
    parts = {name: _frozen(part) for name, part in value.items() if name != "asks"}
    task: Task = KINDS[value["asks"]](**parts)
    return task


@cache  # asked for every line of a lock, and asking takes long
def _hints(asks: str) -> Mapping[str, Any]:
    return get_type_hints(KINDS[asks])


def _plain(value: Any) -> Any:
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def _frozen(value: Any) -> Any:
    return tuple(_frozen(part) for part in value) if isinstance(value, list) else value


def _fits(value: Any, hint: Any) -> bool:
    """Is a JSON value one for a field with such an annotation? Tuples are lists there."""
    parts = get_args(hint)
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            return False
        if parts[-1] is Ellipsis:
            return all(_fits(part, parts[0]) for part in value)
        return len(value) == len(parts) and all(map(_fits, value, parts))
    if get_origin(hint) is Literal:
        return value in parts
    if parts:
        return any(_fits(value, part) for part in parts)
    return isinstance(value, hint) and not isinstance(value, bool)
