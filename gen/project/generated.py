"""Generated problems in `sheet.toml`: which are asked for, and the keys that say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gen.derivation.method import METHODS
from gen.document.blocks import Space
from gen.errors import Report, nearest
from gen.problems.catalogue import FAMILY_NAMED
from gen.problems.form import Fading
from gen.problems.item import FORMS
from gen.problems.slot import Kept, Wanted, rule_words
from gen.project import kinds
from gen.project.keys import Key, read_table
from gen.project.places import Path
from gen.project.room import ROOM_KEYS, room
from gen.project.source import Source

HINTS = ("none", "upside-down", "last-page")
SOLUTIONS = ("full", "outline", "answer", "none")
MOST = 100


@dataclass(frozen=True, slots=True)
class GeneratedProblem:
    """Problems that each student gets other members of.

    `families` are names, `()` all; `fade` says for each of the `count` problems what is left blank;
    `solution` is None where that of the sheet holds. `places` are `file:line:column` of the keys of its
    table, and of the table itself under "". With a `pool` they are drawn from a bank, each of the `count`
    problems of the level that `levels` has for it.
    """

    families: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    difficulty: int | None = None
    count: int = 1
    form: str = "open"
    fade: tuple[Fading, ...] = ()
    methods: tuple[str, ...] = ()
    marks: int | None = None
    space: Space = Space()
    solution: str | None = None
    places: tuple[tuple[str, str], ...] = ()
    bank: str = ""
    pool: tuple[Kept, ...] = ()
    levels: tuple[int, ...] = ()

    def wanted(self, layout: str = "numerator", symmetric: str = "free", number: int = 0) -> Wanted:
        """What each of its slots, numbered from 0, asks for under the conventions of a sheet."""
        if self.pool:
            return Wanted(
                difficulty=self.levels[number],
                form=self.form,
                layout=layout,
                symmetric=symmetric,
                bank=self.bank,
                pool=self.pool,
            )
        method = self.methods[0] if self.methods else None
        return Wanted(self.families, self.require, self.difficulty, self.form, method, layout, symmetric)

    def place(self, key: str) -> str:
        """Where a key stands, or its table where it is not given."""
        known = dict(self.places)
        return known.get(key) or known.get("", "")


FAMILY = Key(
    "family",
    kinds.one_or_more(*FAMILY_NAMED, listed="freeindex families lists them"),
    "a family of problems or a list of them; freeindex families",
)
REQUIRE = Key(
    "require",
    kinds.bag(*rule_words(), listed="such as trace or chain_rule; freeindex reference lists the rules"),
    "rules that the solution uses, each as often as it does",
)
GENERATED_KEYS = (
    FAMILY,
    REQUIRE,
    Key("difficulty", kinds.whole(1, 5), "how hard the problems are"),
    Key("count", kinds.whole(1, MOST), "how many problems", default=1),
    Key("form", kinds.choice(*FORMS), "what the student does", default="open"),
    Key(
        "fade",
        kinds.amounts(1, 20, "reasons", "factors"),
        "what is blank, in all or in each",
        default=(),
    ),
    Key("methods", kinds.choices(*(known.name for known in METHODS)), "the ways to derive it", default=()),
    Key("marks", kinds.whole(1, 1000), "the marks of each problem"),
    *ROOM_KEYS,
    Key("solution", kinds.choice(*SOLUTIONS), "how much of the solution is shown"),
)
# A table with one of these asks for generated problems.
MARKS_OF_GENERATED = ("family", "require")


def is_generated(table: Mapping[str, Any]) -> bool:
    """Whether a table asks for generated problems, even if it misspells the key that says so."""
    misspelt = "of" not in table and any(nearest(name, MARKS_OF_GENERATED) for name in table)
    return misspelt or any(name in table for name in MARKS_OF_GENERATED)


def generated_problem(
    source: Source, path: Path, table: Mapping[str, Any], others: tuple[Key, ...]
) -> tuple[GeneratedProblem | None, tuple[Report, ...]]:
    """The problem of a table, and what is wrong with it; `others` are keys that do not go with it."""
    values, faults = read_table(source, path, table, (*GENERATED_KEYS, *others))
    space, crowded = room(source, path, values)
    faults += crowded
    fade, count = values["fade"], values["count"]
    if fade and values["form"] != "fade":
        faults += (source.fault((*path, "fade"), 'fade goes with form = "fade"'),)
    elif len(fade) not in (0, 1, count):
        message = f"fade has {len(fade)} entries for {count} problems"
        faults += (source.fault((*path, "fade"), message, hint="one for all, or one each", value=True),)
    if faults:
        return None, faults
    places = tuple((name, source.place((*path, name))) for name in table)
    return GeneratedProblem(
        families=values["family"] or (),
        require=values["require"] or (),
        difficulty=values["difficulty"],
        count=count,
        form=values["form"],
        fade=fade * count if len(fade) == 1 else fade,
        methods=values["methods"],
        marks=values["marks"],
        space=space,
        solution=values["solution"],
        places=(("", source.place(path)), *places),
    ), ()
