"""A sheet to begin with: some problems of a topic, with comments that say what can be changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gen.errors import input_error
from gen.problems.family import Family
from gen.problems.pick import number_from
from gen.problems.slot import Wanted
from gen.problems.target import levels, members, target
from gen.project.topics import families_about

MOST = 40  # problems: more fit on no sheet that anybody works through

_HEAD = """\
# A sheet that freeindex new has written. Every key is explained in docs/formats.md of Free Index.
#     freeindex check {file}                        what is on it, and whether the families are large enough
#     freeindex build {file} --roster roster.csv    a version for each student
id = "{id}"
title = "{title}"
seed = {seed}                      # all that is random comes from this number
formats = ["worksheet", "solutions"]
hints = "last-page"                # or "upside-down", "none"
solution = "full"                  # or "outline", "answer", "none"
"""
_TABLE = """
# {about}
[[problem]]
family = "{family}"
{difficulty}count = {count}
form = "open"                      # or "choice", "fade", "find-error", "order"
"""


def new_sheet(topic: str | None, level: int | None, count: int, file: str) -> str:
    """The text of the sheet; `file` is the name that its comments use.

    Raises InputError for a topic that there is not, a level that no family of it has, or too many problems.
    """
    if count > MOST:
        raise input_error("too_large", f"--count may be {MOST} at most", where="file")
    families = families_about(topic)
    chosen = _spread(families, level, count, topic)
    short = re.sub(r"[^a-z0-9]+", "-", families[0].topic) if topic else "mixed"
    name = short if level is None else f"{short}-{level}"
    about = families[0].topic.capitalize() if topic else "Mixed problems"
    title = about if level is None else f"{about}, level {level}"
    head = _HEAD.format(id=name, title=title, seed=10_000_000 + number_from(name) % 90_000_000, file=file)
    return head + "".join(_table(family, level, often) for family, often in chosen)


def _table(family: Family, level: int | None, count: int) -> str:
    difficulty = "" if level is None else f"difficulty = {level}                     # 1 to 5\n"
    about = f"{family.title}: {family.about}"
    return _TABLE.format(
        about=" ".join(about.split()), family=family.name, difficulty=difficulty, count=count
    )


def _spread(
    families: Sequence[Family], level: int | None, count: int, topic: str | None
) -> list[tuple[Family, int]]:
    """The families to take and how many problems of each: as many families as possible."""
    fitting: list[tuple[Family, int]] = []
    for family in families if topic is not None else list(_by_turns(families)):
        wanted = Wanted((family.name,), difficulty=level)
        score = target(wanted)
        if score is not None:
            fitting.append((family, members(wanted, score, count)))
        if len(fitting) == count:
            break
    if not fitting:
        there = sorted({one for family in families for one in levels(Wanted((family.name,)))})
        hint = "there is level " + ", ".join(map(str, there))
        message = f"no family about {families[0].topic} has level {level}"
        raise input_error("unsupported", message, where="file", hint=hint)
    shares = [count // len(fitting) + (k < count % len(fitting)) for k in range(len(fitting))]
    for (family, found), share in zip(fitting, shares, strict=True):
        if found < share:
            message = f"{family.name} has only {found} problems that differ at that level"
            raise input_error("too_large", message, where="file", hint="ask for fewer with --count")
    return [(family, share) for (family, _), share in zip(fitting, shares, strict=True)]


def _by_turns(families: Sequence[Family]) -> Iterator[Family]:
    """The first family of every topic, then the second ones."""
    topics: dict[str, list[Family]] = {}
    for family in families:
        topics.setdefault(family.topic, []).append(family)
    for turn in range(max(map(len, topics.values()))):
        yield from (of_topic[turn] for of_topic in topics.values() if turn < len(of_topic))
