"""`freeindex families`: what can be generated."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import Any

from gen.cli.arguments import Parser
from gen.cli.progress import telling
from gen.cli.screen import say, say_json
from gen.problems.census import Census, census
from gen.problems.family import Family
from gen.problems.task import Derive, Simplify, Task
from gen.project.topics import families_about

SCHEMA = "freeindex/families/1"


def configure(parser: Parser) -> None:
    """The arguments of `families`."""
    parser.add_argument("--topic", metavar="TOPIC", help="only those of a topic, such as traces")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print")


def run(options: Namespace) -> int:
    """List them by topic. Raises InputError for a topic that there is not."""
    families = families_about(options.topic)
    if options.format == "json":
        say_json({"schema": SCHEMA, "families": [_json(found) for found in _counted(families)]})
        return 0
    topic = ""
    for found in _counted(families):
        if found.family.topic != topic:
            say(f"\n{found.family.topic}" if topic else found.family.topic)
            topic = found.family.topic
        say(_text(found))
    return 0


def _counted(families: Sequence[Family]) -> Iterator[Census]:
    """The census of each, saying which is being counted."""
    with telling() as tell:
        for number, family in enumerate(families, 1):
            tell(f"counting {family.name} ({number} of {len(families)}) ...")
            found = census(family)
            tell("")
            yield found


def _text(found: Census) -> str:
    family = found.family
    number = f"{found.members} or more" if found.more else f"{found.members}"
    levels = ", ".join(map(str, found.levels))
    return (
        f"  {family.name}: {family.title}\n"
        f"      {family.about}\n"
        f"      {number} different ones, level {levels}\n"
        f"      example: {_typed(found.task)}"
    )


def _typed(task: Task) -> str:
    """An example as it is typed, since a terminal sets no TeX."""
    match task:
        case Derive():
            return f"{task.expr} by {task.wrt}"
        case Simplify():
            return f"simplify {task.text}"
    return f"{task.what} of {task.expr}" + (f" by {task.wrt}" if task.wrt else "")


def _json(found: Census) -> dict[str, Any]:
    family = found.family
    return {
        "name": family.name,
        "title": family.title,
        "topic": family.topic,
        "about": family.about,
        "members_at_least": found.members,
        "all_counted": not found.more,
        "levels": list(found.levels),
        "example": found.prompt,
    }
