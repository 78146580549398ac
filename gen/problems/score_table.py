"""The scores of all members of all families, as the program counts them, in a table kept beside it.

To deal a sheet one looks for members of one score among very many. Counting a score takes a
derivation, looking it up takes nothing. The table holds for each member, in the order of
`gen.problems.pick.every`, its score and the forms that fit it, as the families ask for it: by their
own method, in the usual conventions. A family that has changed since is not looked up in it, and
whatever is dealt is derived and checked before it is printed. Written by `make scores`.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path as File

from gen.problems.cast import Cast
from gen.problems.catalogue import FAMILIES, FAMILY_NAMED
from gen.problems.difficulty import difficulty
from gen.problems.family import Family
from gen.problems.make_item import body_of
from gen.problems.pick import Path, Pick, every
from gen.problems.solve import solve
from gen.problems.task import Task

TABLE = File(__file__).with_name("scores.txt")
MOST = 20_000  # members of one family
LOWEST = 48  # the sign for score 0


@cache
def known_score(family: str, path: Path) -> int | None:
    """The score of a member; None where the table does not know it."""
    found = _row(family)
    at = None if found is None else found.number.get(path)
    return None if found is None or at is None else ord(found.scores[at]) - LOWEST


@cache
def known_choice(family: str, path: Path) -> bool | None:
    """Whether a member has enough wrong answers for a choice; None where the table does not know it."""
    found = _row(family)
    at = None if found is None or not found.choices else found.number.get(path)
    return None if found is None or at is None else found.choices[at] == "1"


def fresh(family: str) -> bool:
    """Whether the table holds the members of a family as they are now."""
    return _row(family) is not None


def line(family: Family, *, choices: bool = True) -> str:
    """The line of a family: its name, a mark of its members, the scores, and who has a choice."""
    members = _members(family)
    scores, fitting = [], []
    for _, task in members:
        worked = solve(task, check=False)
        scores.append(chr(LOWEST + difficulty(worked).score))
        if choices:
            fitting.append("01"[body_of(worked, "choice", seed="fits") is not None])
    return f"{family.name} {_mark(members)} {''.join(scores)} {''.join(fitting)}".rstrip()


@dataclass(frozen=True, slots=True)
class _Row:
    scores: str
    choices: str
    number: Mapping[Path, int]


@cache
def _row(family: str) -> _Row | None:
    """What is kept of a family, if it still has the same members."""
    kept = _table().get(family)
    if kept is None:
        return None
    members = _members(FAMILY_NAMED[family])
    mark, scores, choices = kept
    if mark != _mark(members) or len(scores) != len(members) or len(choices) not in (0, len(members)):
        return None
    return _Row(scores, choices, {path: number for number, (path, _) in enumerate(members)})


@cache
def _table() -> Mapping[str, tuple[str, str, str]]:
    if not TABLE.is_file():
        return {}
    out: dict[str, tuple[str, str, str]] = {}
    for text in TABLE.read_text(encoding="ascii").splitlines():
        name, mark, scores, *rest = text.split(" ")
        out[name] = (mark, scores, rest[0] if rest else "")
    return out


def _members(family: Family) -> list[tuple[Path, Task]]:
    make: Callable[[Pick], Task] = lambda pick: family.make(pick, Cast())  # noqa: E731
    return list(islice(every(make), MOST))


def _mark(members: list[tuple[Path, Task]]) -> str:
    """A few letters that change when a member does."""
    digest = hashlib.blake2b(digest_size=6)
    for path, task in members:
        digest.update(f"{path}{task}".encode())
    return digest.hexdigest()


def _lines(names: list[str]) -> Iterator[str]:
    """The lines of the table; those of families that have not been named stay."""
    for family in FAMILIES:
        kept = _table().get(family.name)
        if kept is None or not fresh(family.name) or family.name in names or "all" in names:
            yield line(family)
        else:
            yield " ".join((family.name, *kept))


if __name__ == "__main__":
    for text in _lines(sys.argv[1:]):
        print(text, flush=True)
