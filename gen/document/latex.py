"""What this project takes from PyLaTeX: escaping, packages, commands, tables.

PyLaTeX only writes source here. It never runs TeX: it has no time limit,
deletes the log and does not halt on an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pylatex import Command, NoEscape, Package, Tabular
from pylatex.utils import escape_latex


@dataclass(frozen=True, slots=True)
class Needed:
    """A LaTeX package with its options, as a block or a format asks for it."""

    name: str
    options: tuple[str, ...] = ()


def escape_special(text: str) -> str:
    """`text` with the characters that LaTeX gives a meaning escaped."""
    return str(escape_latex(text))


def preamble_of(needed: Iterable[Needed]) -> str:
    """The `usepackage` lines, each package once, in the order first asked for.

    A package asked for twice gets the options of both.
    """
    options: dict[str, dict[str, None]] = {}
    for package in needed:
        options.setdefault(package.name, {}).update(dict.fromkeys(package.options))
    lines = (
        Package(name, options=[NoEscape(o) for o in chosen] if chosen else None)
        for name, chosen in options.items()
    )
    return "\n".join(str(line.dumps()) for line in lines)


def command(name: str, *arguments: str) -> str:
    """One LaTeX command; the arguments are LaTeX already."""
    return str(Command(name, arguments=[NoEscape(a) for a in arguments]).dumps())


def table(columns: str, rows: Sequence[Sequence[str]]) -> str:
    """A `tabular`; the cells are LaTeX already."""
    made = Tabular(columns, booktabs=False)
    for row in rows:
        made.add_row([NoEscape(cell) for cell in row])
    return str(made.dumps())
