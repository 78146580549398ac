"""What there is in a family, as lists of families show it: members, levels, an example."""

from __future__ import annotations

from dataclasses import dataclass

from gen.problems.family import Family, example
from gen.problems.levels_seen import LEVELS_SEEN
from gen.problems.make_item import make_item
from gen.problems.measured import canonical_at, places
from gen.problems.slot import Wanted
from gen.problems.target import levels
from gen.problems.task import Task

COUNTED = 50  # members are counted up to this many


@dataclass(frozen=True, slots=True)
class Census:
    """`members` differ by more than names; `more` says that there are more. `prompt` is of the example."""

    family: Family
    members: int
    more: bool
    levels: tuple[int, ...]
    task: Task
    prompt: str


def census(family: Family) -> Census:
    """Count a family. Its levels are those that a sheet is told of when it asks for another.

    Of a family that is not in `LEVELS_SEEN` the sample is derived, which takes a tenth of a second.
    """
    wanted = Wanted((family.name,))
    known: set[str] = set()
    for place in places(wanted, (family.name,)):
        if len(known) > COUNTED:
            break
        known.add(canonical_at(place))
    first = example(family)
    item = make_item(first, "open", seed=family.name)
    assert item is not None, "every problem can be asked as an open one"
    return Census(
        family,
        min(len(known), COUNTED),
        len(known) > COUNTED,
        LEVELS_SEEN.get(family.name) or levels(wanted),
        first.task,
        item.prompt,
    )
