"""What a family of problems is: a structure with choices, one record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from gen.problems.cast import Cast
from gen.problems.pick import Pick
from gen.problems.task import Task

Maker: TypeAlias = Callable[[Pick, Cast], Task]


@dataclass(frozen=True, slots=True)
class Family:
    """Problems of one structure.

    `make(pick, cast)` asks `pick` for every choice that makes a different problem and `cast` for
    every name, so that two members with equal choices differ by names only. `about` says in a
    sentence what a student practises. `topic` groups families for `freeindex new sheet`.
    """

    name: str
    title: str
    topic: str
    about: str
    make: Maker


@dataclass(frozen=True, slots=True)
class Member:
    """One problem of a family: the choices taken, and what it asks under the names drawn."""

    family: str
    path: tuple[int, ...]
    task: Task


def member(family: Family, pick: Pick, names: str | None = None) -> Member:
    """The member that the choices of `pick` lead to; `names` is the seed of its letters."""
    task = family.make(pick, Cast(Pick(seed=names)))
    return Member(family.name, tuple(pick.taken), task)


def example(family: Family) -> Member:
    """The member that the first option of every choice leads to: what a list of families shows."""
    return member(family, Pick())
