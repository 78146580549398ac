"""Written problems: what they say, and how a table is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from gen.derivation.method import METHODS as DERIVED
from gen.document.blocks import Space
from gen.document.telling import TELLINGS
from gen.errors import InputError, Report
from gen.language.declaration import Declaration, declaration_from, together
from gen.project import kinds
from gen.project.keys import Key, read_table
from gen.project.places import Path
from gen.project.room import ROOM_KEYS, room
from gen.project.source import Source

# A method can be asked for once documents know how to tell it.
METHODS = tuple(telling.method for telling in TELLINGS)
METHODS_LATER = tuple(known.name for known in DERIVED if known.name not in METHODS)
NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class WrittenProblem:
    """A problem somebody wrote: the first of `methods` is asked, all are shown in the solutions.

    `of` is as typed (`F = W*X`); `place` is `file:line` of it; `declarations` are the
    shared ones and its own.
    """

    of: str
    wrt: str
    methods: tuple[str, ...] = ("index",)
    marks: int | None = None
    space: Space = Space()
    prompt: str = ""
    declarations: tuple[Declaration, ...] = ()
    place: str = ""


WRITTEN_KEYS = (
    Key("of", kinds.FILLED, 'the expression, such as of = "F = W*X"', required=True),
    Key("wrt", kinds.FILLED, 'the variable, such as wrt = "W"', required=True),
    Key("methods", kinds.choices(*METHODS, later=METHODS_LATER), "the ways to derive it", default=("index",)),
    Key("marks", kinds.whole(0, 1000), "the marks"),
    *ROOM_KEYS,
    Key("prompt", kinds.PROSE, "the question in words, Markdown with $TeX$", default=""),
    Key("symbols", kinds.TABLE, "shapes that hold for this problem, before the shared ones", default=NOTHING),
)


def written_problem(
    source: Source,
    path: Path,
    table: Mapping[str, Any],
    shared: tuple[Declaration, ...],
    keys: tuple[Key, ...],
) -> tuple[WrittenProblem | None, tuple[Report, ...]]:
    """The problem of a table that has some keys, `WRITTEN_KEYS` among them, and what is wrong with it."""
    values, faults = read_table(source, path, table, keys)
    strict, own, symbol_faults = symbols_of(source, (*path, "symbols"), values["symbols"])
    faults += symbol_faults
    if strict:
        faults += (source.fault((*path, "symbols", "strict"), "strict belongs into the table [symbols]"),)
    space, crowded = room(source, path, values)
    faults += crowded
    declarations = {declared.name: declared for declared in (*shared, *own)}
    try:
        together(declarations.values())
    except InputError as error:
        faults += (clash(source, (*path, "symbols"), error.report),)
    if faults:
        return None, faults
    return WrittenProblem(
        of=values["of"],
        wrt=values["wrt"],
        methods=values["methods"],
        marks=values["marks"],
        space=space,
        prompt=values["prompt"],
        declarations=tuple(declarations.values()),
        place=source.place((*path, "of")),
    ), ()


def symbols_of(
    source: Source, path: Path, table: Mapping[str, Any]
) -> tuple[bool, tuple[Declaration, ...], tuple[Report, ...]]:
    """Whether undeclared names are refused, the declarations of a table, and its faults."""
    faults: list[Report] = []
    found: list[Declaration] = []
    strict = table.get("strict", False)
    if not isinstance(strict, bool):
        faults.append(source.fault((*path, "strict"), "strict must be true or false", value=True))
    for name, form in table.items():
        if name == "strict":
            continue
        try:
            found.append(declaration_from(name, form))
        except InputError as error:
            faults.append(_in_value(source, (*path, name), name, form, error.report))
    return strict is True, tuple(found), tuple(faults)


def clash(source: Source, path: Path, report: Report) -> Report:
    """A report about a name that cannot be declared: at its key in the table, else at the table."""
    places = ((*path, report.source or ""), path, path[:-1])
    at = next((place for place in places if place in source.places), path)
    return source.fault(at, report.message, hint=report.hint, code=report.code)


def _in_value(source: Source, path: Path, name: str, form: object, report: Report) -> Report:
    """A report about the declaration `name: form`, with its place in the form, or at the name."""
    before = len(name) + 2
    if isinstance(form, str) and report.source == f"{name}: {form}" and (report.start or 0) >= before:
        start, end = report.start or 0, report.end or len(report.source)
        return source.within(
            path, form, start - before, end - before, report.message, hint=report.hint, code=report.code
        )
    return source.fault(path, report.message, hint=report.hint, code=report.code)
