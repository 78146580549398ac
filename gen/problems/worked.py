"""A problem with its solution: the lines of it, and the answer."""

from __future__ import annotations

from dataclasses import dataclass

from gen.derivation.record import Line, Step
from gen.derivation.result import Derivation
from gen.language.dimension import Dim
from gen.language.index import Letter, Terms
from gen.language.node import Node
from gen.problems.task import Task


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: typed text, TeX, its shape, and the line it was written from (None where it is in words)."""

    text: str
    tex: str
    shape: tuple[Dim, ...]
    line: Node | Terms | None = None


@dataclass(frozen=True, slots=True)
class Worked:
    """A task, the steps that solve it and its answer; every step has been held against numbers.

    `given` is the line that the steps begin with. `derivation` is there where the task is to derive.
    `symbols` are the nodes of the names, `free` the free indices of the lines.
    """

    task: Task
    given: Line
    steps: tuple[Step, ...]
    answer: Answer
    symbols: tuple[Node, ...]
    free: tuple[Letter, ...]
    derivation: Derivation | None = None

    @property
    def key_steps(self) -> tuple[Step, ...]:
        """The steps that a marker looks for."""
        return tuple(s for s in self.steps if s.rule.grain == "key")
