"""`sheet.toml` as frozen records, and the keys it may hold as visible tuples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gen.document.format import FORMATS, PAGES
from gen.document.theme import USUAL as USUAL_THEME
from gen.document.words import LANGUAGES
from gen.errors import InputError, Report, nearest
from gen.language.declaration import Declaration
from gen.project import kinds
from gen.project.draw import drawn_problem, is_draw
from gen.project.generated import (
    GENERATED_KEYS,
    HINTS,
    SOLUTIONS,
    GeneratedProblem,
    generated_problem,
    is_generated,
)
from gen.project.keys import Key, read_table
from gen.project.notation import NOTATION_KEYS, USUAL, Notation
from gen.project.room import ROOM_KEYS
from gen.project.source import Source, read_source
from gen.project.theme_key import THEME_KEY, theme_of
from gen.project.written import (
    NOTHING,
    WRITTEN_KEYS,
    WrittenProblem,
    symbols_of,
    written_problem,
)

GENERATED = "goes with generated problems: a table with family or require, without of and wrt"
WRITTEN = "goes with written problems: a table with of and wrt, without family and require"
MOST_PROBLEMS = 200
DOCUMENTS = ("worksheet", "solutions", "slides", "notes")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a person's `sheet.toml` says; `marks` is the total that those of the problems add up to."""

    id: str
    title: str
    problems: tuple[WrittenProblem | GeneratedProblem, ...]
    course: str = ""
    author: str = ""
    date: str = ""
    term: str = ""
    instructions: str = ""
    paper: str = "a4"
    language: str = "en"
    seed: int | None = None
    formats: tuple[str, ...] = DOCUMENTS
    notation: Notation = USUAL
    strict: bool = False
    marks: int | None = None
    hints: str = "none"
    solution: str = "full"
    place_of_marks: str = ""
    theme: str = USUAL_THEME

    @property
    def documents(self) -> tuple[str, ...]:
        """The formats but the pages, which are made of each of them; all usual ones where none is named."""
        return tuple(name for name in self.formats if name != PAGES) or DOCUMENTS

    @property
    def written(self) -> tuple[WrittenProblem, ...]:
        """The problems that somebody wrote."""
        return tuple(problem for problem in self.problems if isinstance(problem, WrittenProblem))

    @property
    def generated(self) -> tuple[GeneratedProblem, ...]:
        """The problems that are made."""
        return tuple(problem for problem in self.problems if isinstance(problem, GeneratedProblem))


SHEET_KEYS = (
    Key("id", kinds.IDENTIFIER, 'the name of the output folder, such as id = "products-1"', required=True),
    Key("title", kinds.FILLED, 'what stands at the top, such as title = "Matrix products"', required=True),
    Key("course", kinds.TEXT, "the name of the course", default=""),
    Key("author", kinds.TEXT, "who made the sheet", default=""),
    Key("date", kinds.MOMENT, "the date to print", default=""),
    Key("term", kinds.TEXT, "the term", default=""),
    Key("instructions", kinds.PROSE, "what the students are told at the top", default=""),
    Key("paper", kinds.choice("a4", "letter"), "the size of the pages", default="a4"),
    Key(
        "language",
        kinds.choice(*LANGUAGES),
        "the language of the fixed words",
        default="en",
    ),
    Key("seed", kinds.whole(0), "the number that all that is random comes from"),
    Key(
        "formats",
        kinds.choices(*(known.name for known in FORMATS), PAGES),
        "the documents to make",
        default=DOCUMENTS,
    ),
    Key("marks", kinds.whole(0, 10_000), "the total of the marks"),
    Key("hints", kinds.choice(*HINTS), "where the hints of generated problems are printed", default="none"),
    Key("solution", kinds.choice(*SOLUTIONS), "how much of a solution is shown", default="full"),
    THEME_KEY,
    Key("notation", kinds.TABLE, "how derivations are written", default=NOTHING),
    Key("symbols", kinds.TABLE, "shapes that hold for all problems", default=NOTHING),
    Key("problem", kinds.Kind("tables [[problem]]", lambda value, raw: value), "the problems", default=()),
)

# The keys of generated problems that written ones do not have.
GENERATED_ONLY = tuple(
    key
    for key in GENERATED_KEYS
    if key.name not in ("methods", "marks", *(known.name for known in ROOM_KEYS))
)
PROBLEM_KEYS = (
    *WRITTEN_KEYS,
    *(replace(key, required=False, later=f"{key.name} {GENERATED}") for key in GENERATED_ONLY),
)
# A table that says neither what somebody wrote nor what is made: each of its other keys is read.
ASKING_NOTHING = tuple(replace(key, required=False) for key in PROBLEM_KEYS)
NOTHING_ASKED = "it does not say what is asked: of, family or from is missing"
WHAT_ASKS = (
    'of = "F = W*X" and wrt = "W" ask for that, family = "trace-product" for a problem of that family, '
    'from = "bank/*.toml" for one of a bank'
)
# The keys of written problems that generated ones do not have.
WRITTEN_ONLY = tuple(
    replace(key, required=False, later=f"{key.name} {WRITTEN}")
    for key in PROBLEM_KEYS
    if key.name not in {known.name for known in GENERATED_KEYS}
)


def read_sheet(file: Path) -> Sheet:
    """The sheet in `file`. Raises InputError (in: file) for the first thing that is wrong."""
    sheet, faults = examine(read_source(file))
    if sheet is None or faults:
        raise InputError(faults[0])
    return sheet


def examine(source: Source) -> tuple[Sheet | None, tuple[Report, ...]]:
    """The sheet, and everything that is wrong with it in the order of the file.

    None where a fault leaves nothing to work with; a sheet that has faults beside it
    is complete only in its problems that have none.
    """
    if not source.table:
        hint = 'a sheet begins with id = "..." and title = "..."; freeindex init DIR makes one'
        return None, (Report("syntax", f"{source.file}: the file is empty", "file", hint=hint),)
    if "chapters" in source.table and "problem" not in source.table:
        hint = f"freeindex notes {source.file}"
        return None, (source.fault(("chapters",), "these are lecture notes, not a sheet", hint=hint),)
    values, faults = read_table(source, (), source.table, SHEET_KEYS)
    notation, notation_faults = read_table(source, ("notation",), values["notation"], NOTATION_KEYS)
    strict, shared, symbol_faults = symbols_of(source, ("symbols",), values["symbols"])
    usual = USUAL if notation_faults else Notation(**notation)
    problems, problem_faults = _problems(source, values["problem"], shared, usual)
    theme, theme_faults = theme_of(source, values["theme"] or USUAL_THEME)
    marks_faults = () if problem_faults else _marks(source, values["marks"], problems)
    faults = _in_order(
        source, (*faults, *notation_faults, *symbol_faults, *problem_faults, *marks_faults, *theme_faults)
    )
    if not all(isinstance(values[key], str) for key in ("id", "title")):
        return None, faults
    plain = {key: values[key] for key in values if key not in ("notation", "symbols", "problem", "theme")}
    place = source.place(("marks",)) if "marks" in source.table else ""
    sheet = Sheet(
        problems=problems,
        notation=Notation(**notation),
        strict=strict,
        place_of_marks=place,
        theme=theme,
        **plain,
    )
    return sheet, faults


def _problems(
    source: Source, tables: Any, shared: tuple[Declaration, ...], notation: Notation
) -> tuple[tuple[WrittenProblem | GeneratedProblem, ...], tuple[Report, ...]]:
    hint = "each begins with [[problem]], two brackets on either side"
    if not isinstance(tables, list | tuple) or not all(isinstance(table, dict) for table in tables):
        return (), (source.fault(("problem",), "problem must be tables", hint=hint),)
    if not tables:
        return (), (Report("syntax", f"{source.file}: there is no problem in it", "file", hint=hint),)
    if len(tables) > MOST_PROBLEMS:
        message = f"{len(tables)} problems: a sheet holds {MOST_PROBLEMS} at most"
        return (), (source.fault(("problem", MOST_PROBLEMS), message, code="too_large"),)
    problems: list[WrittenProblem | GeneratedProblem] = []
    faults: list[Report] = []
    for number, table in enumerate(tables):
        path = ("problem", number)
        problem: WrittenProblem | GeneratedProblem | None
        if is_draw(table):
            problem, found = drawn_problem(source, path, table, notation)
        elif is_generated(table):
            problem, found = generated_problem(source, path, table, WRITTEN_ONLY)
        elif _asks(table):
            problem, found = written_problem(source, path, table, shared, PROBLEM_KEYS)
        else:
            _, found = written_problem(source, path, table, shared, ASKING_NOTHING)
            problem, found = None, (source.fault(path, NOTHING_ASKED, hint=WHAT_ASKS), *found)
        faults += found
        if problem is not None and not found:
            problems.append(problem)
    return tuple(problems), tuple(faults)


def _asks(table: Mapping[str, Any]) -> bool:
    """Whether a table names an expression or a variable, even if it misspells the key."""
    unknown = [name for name in table if name not in {key.name for key in PROBLEM_KEYS}]
    meant = {nearest(name, [key.name for key in PROBLEM_KEYS]) for name in unknown}
    return any(name in table or name in meant for name in ("of", "wrt"))


def _marks(
    source: Source, total: int | None, problems: tuple[WrittenProblem | GeneratedProblem, ...]
) -> tuple[Report, ...]:
    """A fault where the marks of the problems cannot be the total, or where there are too many problems."""
    count = sum(_count(problem) for problem in problems)
    if count > MOST_PROBLEMS:
        message = f"{count} problems with all their counts: a sheet holds {MOST_PROBLEMS} at most"
        return (source.fault(("problem", len(problems) - 1), message, code="too_large"),)
    given = [(problem.marks, _count(problem)) for problem in problems]
    found = sum(marks * often for marks, often in given if marks is not None)
    complete = all(marks is not None for marks, _ in given)
    if total is None or found == total or (not complete and found < total):
        return ()
    message = f"marks are {total}, but those of the problems add up to {found}"
    return (source.fault(("marks",), message, value=True),)


def _count(problem: WrittenProblem | GeneratedProblem) -> int:
    return problem.count if isinstance(problem, GeneratedProblem) else 1


def _in_order(source: Source, faults: tuple[Report, ...]) -> tuple[Report, ...]:
    """By their places; what the whole file lacks comes last, since a fault with a place may be why."""
    return tuple(sorted(faults, key=lambda fault: (fault.start is None, fault.start or 0)))
