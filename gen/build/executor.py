"""Who does the tasks of a class: one record each.

The module of an executor is loaded by name when it is used, since it may need a package that is an extra.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from gen.build.means import Means
from gen.build.task import Outcome, Task
from gen.errors import input_error, nearest


class Module(Protocol):
    """What the module of an executor has."""

    @staticmethod
    def run(tasks: Iterator[Task], means: Means) -> Generator[Outcome, None, None]:
        """Yield the outcome of every task, in the order of the tasks.

        Tasks are taken as they are needed, few ahead, and outcomes do not pile up: a class is never held
        whole. What a task gives is what `perform` gives of it, wherever that is. When the generator is closed
        or interrupted, everything that was begun has ended before it returns.
        """


@dataclass(frozen=True, slots=True)
class Executor:
    """A way to have tasks done: its name for `--executor`, what it is, and its module."""

    name: str
    help: str
    module: str

    def run(self, tasks: Iterator[Task], means: Means) -> Generator[Outcome, None, None]:
        """See `Module.run`. Raises what loading the module does."""
        return cast(Module, import_module(self.module)).run(tasks, means)


EXECUTORS: tuple[Executor, ...] = (Executor("local", "processes on this machine", "gen.build.local"),)


def executor_named(name: str) -> Executor:
    """The executor of a name. Raises InputError with the nearest name for one nobody has."""
    names = [known.name for known in EXECUTORS]
    if name not in names:
        close = nearest(name, names)
        hint = f"did you mean {close}?" if close else "there are " + ", ".join(names)
        raise input_error("unknown_name", f"there is no executor {name}", where="file", hint=hint)
    return next(known for known in EXECUTORS if known.name == name)
