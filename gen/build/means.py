"""What an executor may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Means:
    """`jobs` is how many things are done at a time, None one a processor; `scheduler` where others are asked.

    An executor that works on other machines needs a `scheduler`, the others have no use for it.
    """

    jobs: int | None = None
    scheduler: str | None = None
