"""Tables of a sheet that draw from a bank: which files, which tags, and how hard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path as File
from typing import Any

from gen.errors import Report
from gen.problems.item import FORMS
from gen.problems.make_item import make_item
from gen.problems.slot import Kept
from gen.project import kinds
from gen.project.bank import MOST_FILES, TAGS, BankProblem, bank_files, kept, nearest_tag, read_bank, tagged
from gen.project.generated import GENERATED_KEYS, MOST, GeneratedProblem
from gen.project.keys import Key, read_table
from gen.project.kinds import Kind, UnfitError
from gen.project.notation import Notation
from gen.project.places import Path
from gen.project.room import room
from gen.project.source import Source

ELSEWHERE = "belongs to the problems of the bank"


def _strata(value: Any, raw: str) -> tuple[int, ...]:
    one = kinds.whole(1, 5)
    if isinstance(value, list):
        if not value or len(value) > MOST:
            raise UnfitError(f"must be a level from 1 to 5, or a list of up to {MOST} of them")
        return tuple(one.read(level, "") for level in value)
    return (one.read(value, raw),)


STRATA = Kind("a level from 1 to 5, or a list of levels: one problem of each in turn", _strata)
_SHARED = ("form", "fade", "marks", "space", "lines", "grid", "solution")
DRAW_KEYS = (
    Key("from", kinds.FILLED, 'the files of the bank, such as from = "bank/*.toml"', required=True),
    Key("tags", TAGS, "tags that the problems have, all of them", default=()),
    Key("difficulty", STRATA, "how hard the problems are, for all or one by one", default=()),
    Key("count", kinds.whole(1, MOST), "how many problems"),
    *(key for key in GENERATED_KEYS if key.name in _SHARED),
    *(
        Key(name, kinds.TEXT, "", later=f"{name} {ELSEWHERE}")
        for name in ("of", "wrt", "methods", "prompt", "symbols", "family", "require", "source")
    ),
)


def is_draw(table: Mapping[str, Any]) -> bool:
    """Whether a table draws from a bank."""
    return "from" in table


def drawn_problem(
    source: Source, path: Path, table: Mapping[str, Any], notation: Notation
) -> tuple[GeneratedProblem | None, tuple[Report, ...]]:
    """What a table draws, and what is wrong with it or with the files it draws from."""
    values, faults = read_table(source, path, table, DRAW_KEYS)
    space, crowded = room(source, path, values)
    faults += crowded
    if values["fade"] and values["form"] != "fade":
        faults += (source.fault((*path, "fade"), 'fade goes with form = "fade"'),)
    if faults:
        return None, faults
    problems, faults = _problems(source, path, values["from"], notation)
    if faults:
        return None, faults
    chosen = tagged(problems, values["tags"])
    if not chosen:
        hint = nearest_tag(problems, values["tags"])
        words = " and ".join(values["tags"])
        return None, (
            source.fault((*path, "tags"), f"no problem has the tags {words}", hint=hint, value=True),
        )
    pool, faults = _pool(chosen, values["form"])
    if faults:
        return None, faults
    if not pool:
        message = f"no problem of {values['from']} can be asked in the form {values['form']}"
        return None, (source.fault((*path, "form"), message, hint='form = "open" fits every problem'),)
    there = sorted({one.level for one in pool})
    count = values["count"] or max(1, len(values["difficulty"]))
    levels = _levels(values["difficulty"] or _spread(there, count), count)
    for level in levels:
        if level not in there:
            message = f"no problem of {values['from']} that is drawn from has difficulty {level}"
            hint = "there is difficulty " + ", ".join(map(str, there))
            at = (*path, "difficulty")
            return None, (source.fault(at, message, hint=hint, code="unsupported", value=True),)
    fade = values["fade"]
    places = (("", source.place(path)), *((name, source.place((*path, name))) for name in table))
    tags = f"[{','.join(values['tags'])}]" if values["tags"] else ""
    return GeneratedProblem(
        count=count,
        form=values["form"],
        fade=fade * count if len(fade) == 1 else fade,
        marks=values["marks"],
        space=space,
        solution=values["solution"],
        places=places,
        bank=values["from"] + tags,
        pool=pool,
        levels=levels,
    ), _fading(source, path, fade, count)


def _fading(source: Source, path: Path, fade: Sequence[object], count: int) -> tuple[Report, ...]:
    if len(fade) in (0, 1, count):
        return ()
    message = f"fade has {len(fade)} entries for {count} problems"
    return (source.fault((*path, "fade"), message, hint="one for all, or one each", value=True),)


def _problems(
    source: Source, path: Path, pattern: str, notation: Notation
) -> tuple[tuple[BankProblem, ...], tuple[Report, ...]]:
    """All problems of the files of a pattern."""
    at = (*path, "from")
    try:
        files = bank_files(File(source.file).parent, pattern)
    except ValueError as error:
        return (), (source.fault(at, f"from {error}", value=True),)
    if not files:
        hint = "the pattern is read from the folder of the sheet"
        return (), (source.fault(at, f"there is no file {pattern}", hint=hint, value=True),)
    if len(files) > MOST_FILES:
        message = f"{len(files)} files: a bank has {MOST_FILES} at most"
        return (), (source.fault(at, message, code="too_large", value=True),)
    problems: tuple[BankProblem, ...] = ()
    faults: tuple[Report, ...] = ()
    for file in files:
        found, wrong = read_bank(file, notation)
        problems, faults = problems + found, faults + wrong
    if not problems and not faults:
        faults = (source.fault(at, f"there is no problem in {pattern}", value=True),)
    return problems, faults


def _pool(problems: Sequence[BankProblem], form: str) -> tuple[tuple[Kept, ...], tuple[Report, ...]]:
    """What can be drawn in a form, none twice."""
    pool: dict[str, Kept] = {}
    faults: list[Report] = []
    for problem in problems:
        found, fault = kept(problem, form)
        if fault is not None:
            faults.append(fault)
        elif found is not None and (found.member is None or _askable(found, form)):
            pool.setdefault(found.name, found)
    return tuple(pool.values()), tuple(faults)


def _askable(found: Kept, form: str) -> bool:
    """Whether a written problem can be asked in a form."""
    assert found.member is not None
    return form == FORMS[0] or make_item(found.member, form, seed=found.name) is not None


def _levels(levels: Sequence[int], count: int) -> tuple[int, ...]:
    return tuple(levels[k % len(levels)] for k in range(count))


def _spread(there: Sequence[int], count: int) -> tuple[int, ...]:
    """Levels from the easiest to the hardest, spread evenly over those there are.

    >>> _spread([1, 2, 4], 2), _spread([1, 2, 4], 3), _spread([2, 3], 5)
    ((1, 4), (1, 2, 4), (2, 2, 2, 3, 3))
    """
    last = len(there) - 1
    if count <= len(there):
        return tuple(there[round(k * last / max(1, count - 1))] for k in range(count))
    return tuple(sorted(there[k % len(there)] for k in range(count)))
