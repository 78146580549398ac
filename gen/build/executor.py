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
from gen.errors import build_error, input_error, nearest


class Module(Protocol):
    """What the module of an executor has."""

    @staticmethod
    def ready(means: Means) -> None:
        """Raise what keeps tasks from being done: InputError for wrong means, BuildError for missing ones."""

    @staticmethod
    def run(tasks: Iterator[Task], means: Means) -> Generator[Outcome, None, None]:
        """Yield the outcome of every task, in the order of the tasks.

        Tasks are taken as they are needed, few ahead, and outcomes do not pile up: a class is never held
        whole. What a task gives is what `perform` gives of it, wherever that is. When the generator is closed
        or interrupted, everything that was begun has ended before it returns.
        """


@dataclass(frozen=True, slots=True)
class Executor:
    """A way to have tasks done: its name for `--executor`, what it is, and its module.

    `extra` is the extra of this distribution that has the packages its module imports, empty where it needs
    none. `elsewhere` says that it works on other machines, which `--scheduler` leads to.
    """

    name: str
    help: str
    module: str
    extra: str = ""
    elsewhere: bool = False

    def ready(self, means: Means) -> None:
        """Raise now what `run` would raise at its beginning; see `Module.ready` and `run`."""
        if means.scheduler is not None and not self.elsewhere:
            hint = "--executor " + " or ".join(known.name for known in EXECUTORS if known.elsewhere)
            message = f"--scheduler does not go with --executor {self.name}"
            raise input_error("unsupported", message, where="file", hint=hint)
        self._loaded().ready(means)

    def run(self, tasks: Iterator[Task], means: Means) -> Generator[Outcome, None, None]:
        """See `Module.run`. Raises BuildError where a package of the extra is missing."""
        return self._loaded().run(tasks, means)

    def _loaded(self) -> Module:
        try:
            return cast(Module, import_module(self.module))
        except ModuleNotFoundError as error:
            if not self.extra:
                raise
            message = f"the executor {self.name} needs the package {error.name}, which is not installed"
            raise build_error(message, hint=f"pip install 'freeindex[{self.extra}]'") from None


EXECUTORS: tuple[Executor, ...] = (
    Executor("local", "processes on this machine", "gen.build.local"),
    Executor("dask", "the workers of a dask cluster", "gen.build.dask_cluster", "cluster", elsewhere=True),
)


def executor_named(name: str) -> Executor:
    """The executor of a name. Raises InputError with the nearest name for one nobody has."""
    names = [known.name for known in EXECUTORS]
    if name not in names:
        close = nearest(name, names)
        hint = f"did you mean {close}?" if close else "there are " + ", ".join(names)
        raise input_error("unknown_name", f"there is no executor {name}", where="file", hint=hint)
    return next(known for known in EXECUTORS if known.name == name)
