"""A problem with its solution: the lines of it, and the answer."""

from __future__ import annotations

from dataclasses import dataclass

from gen.derivation.record import Line, Step
from gen.derivation.result import Derivation
from gen.language.dimension import Dim
from gen.language.index import Letter, Terms
from gen.language.latex import latex
from gen.language.node import Node
from gen.language.text import text
from gen.problems.task import Task


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its shape, and its line; where it has none, `words` are its typed text and its TeX."""

    shape: tuple[Dim, ...]
    line: Node | Terms | None = None
    words: tuple[str, str] = ("", "")

    @property
    def text(self) -> str:
        """As it is typed."""
        return self.words[0] if self.line is None else text(self.line)

    @property
    def tex(self) -> str:
        """For math mode, with written sums."""
        return self.words[1] if self.line is None else latex(self.line)


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
