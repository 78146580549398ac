"""What dealing needs to know of a member of a family, worked out once a process.

A member is the path of choices that leads to it: names change nothing that is measured here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import islice

from gen.errors import InputError
from gen.problems.cast import Cast
from gen.problems.catalogue import FAMILIES, FAMILY_NAMED
from gen.problems.difficulty import Difficulty, difficulty
from gen.problems.family import Member
from gen.problems.identity import canonical, skeleton
from gen.problems.pick import Path, Pick, every, number_from
from gen.problems.slot import Wanted, uses
from gen.problems.solve import solve
from gen.problems.task import Derive, Task
from gen.problems.worked import Worked

KEPT = 100_000
MOST_PATHS = 20_000  # of one family: the largest is never walked to its end


@dataclass(frozen=True, slots=True)
class Place:
    """Where a member is found: its family, the choices taken, and the method that is asked for."""

    family: str
    path: Path
    method: str | None = None


def families_of(wanted: Wanted) -> tuple[str, ...]:
    """The names of the families that may serve."""
    return wanted.families or tuple(family.name for family in FAMILIES)


def drawn(wanted: Wanted, families: tuple[str, ...], seed: str) -> tuple[Place, Member]:
    """The member that a seed leads to, under names of its own."""
    name = families[number_from(f"{seed}/family") % len(families)]
    pick = Pick(seed=seed)
    task = FAMILY_NAMED[name].make(pick, Cast(Pick(seed=f"{seed}/names")))
    path = tuple(pick.taken)
    return Place(name, path, wanted.method), Member(name, path, asked(task, wanted.method))


def member_at(place: Place, names: str) -> Member:
    """The member of a place under names that come from a seed."""
    task = FAMILY_NAMED[place.family].make(Pick(place.path), Cast(Pick(seed=names)))
    return Member(place.family, place.path, asked(task, place.method))


def places(wanted: Wanted, families: tuple[str, ...]) -> Iterator[Place]:
    """All places of some families in order, of each family the first `MOST_PATHS`."""
    for name in families:
        for path, _ in islice(every(partial(_first_names, name)), MOST_PATHS):
            yield Place(name, path, wanted.method)


def _first_names(family: str, pick: Pick) -> Task:
    return FAMILY_NAMED[family].make(pick, Cast())


def asked(task: Task, method: str | None) -> Task:
    """The task with a method of the sheet's own, where there is one and the task has methods."""
    return replace(task, method=method) if method is not None and isinstance(task, Derive) else task


def plain(place: Place) -> Task:
    """The task of a place under the first names there are."""
    return asked(_first_names(place.family, Pick(place.path)), place.method)


@lru_cache(maxsize=KEPT)
def skeleton_at(place: Place) -> str:
    """The structure of the member at a place."""
    return skeleton(plain(place))


@lru_cache(maxsize=KEPT)
def canonical_at(place: Place) -> str:
    """The member at a place up to renaming."""
    return canonical(plain(place))


@lru_cache(maxsize=256)
def worked_at(place: Place) -> Worked | None:
    """The solution at a place, not held against numbers; None where the method is not offered for it.

    Whoever prints a problem solves it under its own names with every check; here only its rules count.
    """
    try:
        return solve(plain(place), check=False)
    except InputError as error:
        if place.method is not None and error.report.code == "unsupported":
            return None
        raise


@lru_cache(maxsize=KEPT)
def difficulty_at(place: Place) -> Difficulty | None:
    """The difficulty at a place; None where the method is not offered for it."""
    worked = worked_at(place)
    return None if worked is None else difficulty(worked)


@lru_cache(maxsize=KEPT)
def uses_at(place: Place, require: tuple[str, ...]) -> bool:
    """Whether the solution at a place uses some rules."""
    worked = worked_at(place)
    return worked is not None and uses(worked, require)
