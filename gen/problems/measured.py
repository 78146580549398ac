"""What dealing needs to know of a member of a family, worked out once a process.

A member is the path of choices that leads to it: names change nothing that is measured here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import islice
from sys import intern
from typing import NamedTuple

from gen.errors import InputError
from gen.problems.cast import Cast
from gen.problems.catalogue import FAMILIES, FAMILY_NAMED
from gen.problems.choices import Choices
from gen.problems.difficulty import difficulty
from gen.problems.family import Member
from gen.problems.form import Options
from gen.problems.forms import FORM_NAMED
from gen.problems.identity import Identity, identity
from gen.problems.likeness import Likeness, likeness
from gen.problems.pick import Path, Pick, every, number_from
from gen.problems.slot import Wanted, uses
from gen.problems.solve import solve
from gen.problems.task import Derive, Task
from gen.problems.walked import Walked
from gen.problems.worked import Worked

KEPT = 100_000
MOST_PATHS = 20_000  # of one family: the largest is never walked to its end


class Place(NamedTuple):
    """Where a member is found: its family and the choices taken; and how it is asked for, as in `Wanted`.

    A tuple, for it is looked up wherever anything is known of a member.
    """

    family: str
    path: Path
    method: str | None = None
    layout: str = "numerator"
    symmetric: str = "free"


def _place(wanted: Wanted, family: str, path: Path) -> Place:
    return Place(family, path, wanted.method, wanted.layout, wanted.symmetric)


def families_of(wanted: Wanted) -> tuple[str, ...]:
    """The names of the families that may serve."""
    return wanted.families or tuple(family.name for family in FAMILIES)


def drawn(wanted: Wanted, families: tuple[str, ...], seed: str) -> Place:
    """The place of the member that a seed leads to."""
    name = families[number_from(f"{seed}/family") % len(families)]
    return _place(wanted, name, _choices(name).drawn(seed))


@lru_cache(maxsize=256)
def _choices(family: str) -> Choices:
    return Choices(FAMILY_NAMED[family].make)


@dataclass(frozen=True, slots=True)
class _Named:
    """A place, and the seed of names under which its member may be looked at: they change nothing."""

    place: Place
    names: str | None = field(compare=False)


@lru_cache(maxsize=16)  # who has looked at a member may deal it next
def member_at(place: Place, names: str) -> Member:
    """The member of a place under names that come from a seed."""
    task = FAMILY_NAMED[place.family].make(Pick(place.path), Cast(Pick(seed=names)))
    return Member(place.family, place.path, asked(task, place))


def places(wanted: Wanted, families: tuple[str, ...]) -> Iterator[Place]:
    """All places of some families in order, of each family the first `MOST_PATHS`."""
    for name in families:
        yield from _places(name, wanted.method, wanted.layout, wanted.symmetric)


@lru_cache(maxsize=256)  # the same records each time: much is known of each, and under it
def _places(family: str, method: str | None, layout: str, symmetric: str) -> Walked[Place]:
    paths = islice(every(partial(_first_names, family)), MOST_PATHS)
    return Walked(Place(family, path, method, layout, symmetric) for path, _ in paths)


def _first_names(family: str, pick: Pick) -> Task:
    return FAMILY_NAMED[family].make(pick, Cast())


def asked(task: Task, place: Place) -> Task:
    """The task with the method and the conventions of the sheet, where it is one to derive."""
    if not isinstance(task, Derive):
        return task
    method = task.method if place.method is None else place.method
    if (task.method, task.layout, task.symmetric) == (method, place.layout, place.symmetric):
        return task
    return replace(task, method=method, layout=place.layout, symmetric=place.symmetric)


def plain(place: Place) -> Task:
    """The task of a place under the first names there are."""
    return asked(_choices(place.family).made(place.path), place)


@lru_cache(maxsize=KEPT)
def likeness_at(place: Place) -> Likeness:
    """What the member at a place has in common with others that very likely have its score."""
    found = likeness(plain(place))
    return intern(found) if isinstance(found, str) else found


def skeleton_at(place: Place, names: str | None = None) -> str:
    """The structure of the member at a place.

    With `names`, the seed of those under which it is to be dealt, what is read for it is not read again then.
    """
    return _identity_at(_Named(place, names)).skeleton


def canonical_at(place: Place, names: str | None = None) -> str:
    """The member at a place up to renaming; `names` as for `skeleton_at`."""
    return _identity_at(_Named(place, names)).canonical


@lru_cache(maxsize=KEPT)
def _identity_at(asked_for: _Named) -> Identity:
    place, names = asked_for.place, asked_for.names
    found = identity(plain(place) if names is None else member_at(place, names).task)
    return replace(found, skeleton=intern(found.skeleton))


@lru_cache(maxsize=256)
def worked_at(place: Place) -> Worked | None:
    """The solution at a place, not held against numbers; None where the method is not offered for it.

    Whoever prints a problem solves it under its own names with every check; here only its rules count.
    """
    try:
        return solve(plain(place), check=False)
    except InputError as error:
        if is_not_offered(error, place):
            return None
        raise


def is_not_offered(error: InputError, place: Place) -> bool:
    """Does an error say that the method asked for is not offered for the member at a place?"""
    return place.method is not None and error.report.code == "unsupported"


@lru_cache(maxsize=KEPT)
def score_at(place: Place) -> int | None:
    """The score at a place; None where the method is not offered for it."""
    worked = worked_at(place)
    return None if worked is None else difficulty(worked).score


@lru_cache(maxsize=KEPT)
def uses_at(place: Place, require: tuple[str, ...]) -> bool:
    """Whether the solution at a place uses some rules."""
    if not require:
        return score_at(place) is not None
    worked = worked_at(place)
    return worked is not None and uses(worked, require)


@lru_cache(maxsize=KEPT)
def fits_at(place: Place, form: str) -> bool:
    """Whether the problem at a place can be asked in a form."""
    worked, chosen = worked_at(place), FORM_NAMED[form]
    if worked is None or not chosen.fits(worked):
        return False
    if chosen.possible is not None:
        return chosen.possible(worked)
    return chosen.make(worked, Options(), Pick(seed="fits")) is not None
