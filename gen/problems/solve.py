"""From a task to its solution; each kind of task has one solver."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from gen.problems.derive_task import solve_derive
from gen.problems.read_task import solve_read
from gen.problems.simplify_task import solve_simplify
from gen.problems.task import Derive, Read, Simplify, Task
from gen.problems.worked import Worked

SOLVERS: Mapping[type[Any], Callable[..., Worked]] = MappingProxyType(
    {Derive: solve_derive, Simplify: solve_simplify, Read: solve_read}
)


def solve(task: Task, *, check: bool = True) -> Worked:
    """The solution of a task, every step checked by numbers; InputError or CheckError where there is none."""
    return SOLVERS[type(task)](task, check=check)
