"""What an executor may use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gen.build.store import Store


def silent(line: str) -> None:
    """Tell nobody."""


def nothing() -> bool:
    """Have nothing else to do."""
    return False


@dataclass(frozen=True, slots=True)
class Means:
    """`jobs` is how many things are done at a time, None one a processor; `scheduler` where others are asked,
    `store` has what was made before, None where nothing is kept; `tell` gets lines for who started the work.

    An executor that works on other machines needs a `scheduler`, and the others have no use for it; a store
    is a folder of this machine, and on others their own is used in its place.

    `meanwhile` does a piece of other work, and is False when there is none: to be called, in the thread that
    takes outcomes, while one is waited for, and where nothing else works, before anything is begun. `least`
    and `most` tasks come; `most` is None where nobody knows.
    """

    jobs: int | None = None
    scheduler: str | None = None
    store: Store | None = None
    tell: Callable[[str], None] = silent
    meanwhile: Callable[[], bool] = nothing
    least: int = 0
    most: int | None = None
