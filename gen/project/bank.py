"""Question banks: files of problems with tags and provenance, written and generated ones mixed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path as File
from typing import Any

from gen.document.prose import prose
from gen.errors import FreeIndexError, InputError, Report, nearest
from gen.problems.difficulty import difficulty, level_of
from gen.problems.family import Member
from gen.problems.identity import canonical
from gen.problems.slot import Kept, Wanted
from gen.problems.solve import solve
from gen.problems.target import levels, target
from gen.project import kinds
from gen.project.generated import GENERATED_KEYS, is_generated
from gen.project.keys import Key, read_table
from gen.project.kinds import Kind, UnfitError
from gen.project.notation import Notation
from gen.project.places import Path
from gen.project.source import Source, read_source
from gen.project.written import NOTHING, WRITTEN_KEYS, symbols_of, written_problem
from gen.project.written_task import written_member

FAMILY = "bank"  # in the place of a family, for a written problem of a bank
OF_THE_SHEET = "belongs to the [[problem]] of the sheet that draws from the bank"
MOST_FILES, MOST_PROBLEMS = 200, 2000
MOST_TAGS = 20


def _tags(value: Any, raw: str) -> tuple[str, ...]:
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list) or not words or not all(isinstance(w, str) and w.strip() for w in words):
        raise UnfitError("must be a word or a list of words")
    if len(words) > MOST_TAGS:
        raise UnfitError(f"has more than {MOST_TAGS} words", code="too_large")
    return tuple(dict.fromkeys(" ".join(kinds.FILLED.read(word, "").split()) for word in words))


TAGS = Kind("a word or a list of words", _tags)
_ABOUT = (
    Key("tags", TAGS, "what the problem is found by", default=()),
    Key("source", kinds.TEXT, "where the problem is from", default=""),
)
_LEVEL = Key("difficulty", kinds.whole(1, 5), "how hard the problem is; else it is read off the derivation")
_ELSEWHERE = tuple(
    Key(name, kinds.TEXT, "", later=f"{name} {OF_THE_SHEET}")
    for name in ("marks", "space", "lines", "grid", "count", "form", "fade", "solution")
)


def _but_elsewhere(keys: tuple[Key, ...]) -> tuple[Key, ...]:
    taken = {key.name for key in (*_ELSEWHERE, _LEVEL)}
    return tuple(key for key in keys if key.name not in taken)


WRITTEN_IN_BANK = (*_but_elsewhere(WRITTEN_KEYS), _LEVEL, *_ABOUT, *_ELSEWHERE)
GENERATED_IN_BANK = (*_but_elsewhere(GENERATED_KEYS), _LEVEL, *_ABOUT, *_ELSEWHERE)
BANK_KEYS = (
    Key("title", kinds.TEXT, "what the bank is about", default=""),
    Key("symbols", kinds.TABLE, "shapes that hold for all problems of the file", default=NOTHING),
    Key("problem", Kind("tables [[problem]]", lambda value, raw: value), "the problems", default=()),
)


@dataclass(frozen=True, slots=True)
class BankProblem:
    """A problem of a bank: a written one (`member`) or a generated one (`wanted`).

    `difficulty` is None where it is read off the derivation; `place` is `file:line:column`.
    """

    tags: tuple[str, ...]
    source: str
    place: str
    member: Member | None = None
    wanted: Wanted | None = None
    difficulty: int | None = None


def bank_files(folder: File, pattern: str) -> tuple[File, ...]:
    """The files of a pattern in their order. Raises ValueError for a pattern that is none."""
    if not pattern.strip() or File(pattern).is_absolute() or "\0" in pattern:
        raise ValueError("must be a pattern of files beside the sheet, such as bank/*.toml")
    try:
        return tuple(sorted(file for file in folder.glob(pattern) if file.is_file()))
    except (ValueError, NotImplementedError, OSError, IndexError) as error:
        raise ValueError(f"is no pattern of files: {error}") from None


def read_bank(file: File, notation: Notation) -> tuple[tuple[BankProblem, ...], tuple[Report, ...]]:
    """The problems of a file, and everything that is wrong with it, each with file, line and column."""
    try:
        source = read_source(file)
    except InputError as error:
        return (), (error.report,)
    return bank_of(source, notation)


def bank_of(source: Source, notation: Notation) -> tuple[tuple[BankProblem, ...], tuple[Report, ...]]:
    """The same of a file that has been read."""
    values, faults = read_table(source, (), source.table, BANK_KEYS)
    _, shared, symbol_faults = symbols_of(source, ("symbols",), values["symbols"])
    faults += symbol_faults
    tables = values["problem"]
    if not isinstance(tables, list | tuple) or not all(isinstance(table, dict) for table in tables):
        return (), (
            *faults,
            source.fault(("problem",), "problem must be tables, each begins with [[problem]]"),
        )
    if len(tables) > MOST_PROBLEMS:
        message = f"{len(tables)} problems: a file of a bank holds {MOST_PROBLEMS} at most"
        return (), (*faults, source.fault(("problem", MOST_PROBLEMS), message, code="too_large"))
    problems: list[BankProblem] = []
    for number, table in enumerate(tables):
        path: Path = ("problem", number)
        if is_generated(table):
            problem, found = _generated(source, path, table, notation)
        else:
            problem, found = _written(source, path, table, shared, notation)
        faults += found
        if problem is not None:
            problems.append(problem)
    return tuple(problems), faults


def _generated(
    source: Source, path: Path, table: Mapping[str, Any], notation: Notation
) -> tuple[BankProblem | None, tuple[Report, ...]]:
    values, faults = read_table(source, path, table, GENERATED_IN_BANK)
    if faults:
        return None, faults
    method = values["methods"][0] if values["methods"] else None
    wanted = Wanted(
        values["family"] or (),
        values["require"] or (),
        values["difficulty"],
        method=method,
        layout=notation.layout,
        symmetric=notation.symmetric,
    )
    place = source.place(path)
    return BankProblem(values["tags"], values["source"], place, None, wanted, values["difficulty"]), ()


def _written(
    source: Source, path: Path, table: Mapping[str, Any], shared: Any, notation: Notation
) -> tuple[BankProblem | None, tuple[Report, ...]]:
    values, faults = read_table(source, path, table, WRITTEN_IN_BANK)
    if faults:
        return None, faults
    own = {name: value for name, value in table.items() if name not in ("tags", "source", "difficulty")}
    problem, faults = written_problem(source, path, own, shared, WRITTEN_KEYS)
    if problem is None or faults:
        return None, faults
    member = written_member(problem, notation, FAMILY)
    return BankProblem(
        values["tags"], values["source"], problem.place, member, None, values["difficulty"]
    ), ()


def tagged(problems: tuple[BankProblem, ...], tags: tuple[str, ...]) -> tuple[BankProblem, ...]:
    """The problems that have all of some tags, whatever the case of their letters."""
    asked = {tag.casefold() for tag in tags}
    return tuple(p for p in problems if asked <= {tag.casefold() for tag in p.tags})


def nearest_tag(problems: tuple[BankProblem, ...], tags: tuple[str, ...]) -> str | None:
    """What to say of tags that nothing has: the one most like the first that no problem has."""
    known = {tag.casefold(): tag for problem in problems for tag in problem.tags}
    for tag in tags:
        if tag.casefold() not in known:
            close = nearest(tag.casefold(), known)
            return (
                f'did you mean "{known[close]}"?'
                if close
                else "the tags are " + ", ".join(sorted(known.values()))
            )
    return None


def kept(problem: BankProblem, form: str) -> tuple[Kept | None, Report | None]:
    """A problem ready to be drawn, and what is wrong with it.

    Its level is read off its derivation where nobody has said it.
    """
    if problem.wanted is not None:
        wanted = replace(problem.wanted, form=form)
        score = target(wanted)
        if score is None:
            plain = replace(wanted, form="open")
            there = levels(replace(plain, difficulty=None))
            if form != "open" and target(plain) is not None:
                return None, None  # it exists, and cannot be asked in this form
            hint = "there is difficulty " + ", ".join(map(str, there)) if there else None
            message = f"{problem.place}: there is no such problem"
            return None, Report("unsupported", message, "file", hint=hint)
        return Kept(_named(repr(problem.wanted)), level_of(score), score, None, wanted), None
    member = problem.member
    assert member is not None
    try:
        prose(member.task.story)
        worked = solve(member.task, check=False)
    except FreeIndexError as error:
        report = error.report
        message = f"{problem.place}: {report.message}"
        return None, Report(
            report.code, message, "file", report.start, report.end, report.source, report.hint
        )
    hard = difficulty(worked)
    level = problem.difficulty or hard.level
    return Kept(_named(canonical(member.task)), level, hard.score, member), None


def _named(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
