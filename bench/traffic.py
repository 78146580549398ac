"""What goes through a dask scheduler: messages and bytes, counted inside it.

`dask scheduler --preload bench.traffic` counts; `Client.run_on_scheduler(traffic)` tells.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from distributed import Scheduler
from distributed.comm import tcp
from distributed.comm.utils import from_frames as read
from distributed.comm.utils import to_frames as write

# What begins like this comes by the clock, and so do nearly all replies.
BEATS = ("heartbeat", "adjust-heartbeat", "identity", "ncores", "reply")


@dataclass(slots=True)
class Traffic:
    """Counts since the start: batches and bytes by direction, messages by direction and what they are for."""

    batches: Counter[str] = field(default_factory=Counter)
    sizes: Counter[str] = field(default_factory=Counter)
    messages: Counter[str] = field(default_factory=Counter)

    def count(self, way: str, message: Any, frames: list[Any]) -> None:
        """Count one batch of messages as it is on the wire."""
        self.batches[way] += 1
        self.sizes[way] += sum(memoryview(frame).nbytes for frame in frames)
        for one in message if isinstance(message, list | tuple) else (message,):
            name = one.get("op", "reply") if isinstance(one, dict) else "reply"
            self.messages[f"{way} {name}"] += 1


def dask_setup(scheduler: Scheduler) -> None:
    """Called by dask before the scheduler starts."""
    found = Traffic()

    async def from_frames(frames: list[Any], *words: Any, **options: Any) -> Any:
        message = await read(frames, *words, **options)
        found.count("in", message, frames)
        return message

    async def to_frames(message: Any, *words: Any, **options: Any) -> list[Any]:
        frames: list[Any] = await write(message, *words, **options)
        found.count("out", message, frames)
        return frames

    setattr(tcp, "from_frames", from_frames)  # noqa: B010
    setattr(tcp, "to_frames", to_frames)  # noqa: B010
    scheduler.extensions["traffic"] = found


def traffic(dask_scheduler: Scheduler) -> dict[str, dict[str, int]]:
    """The counts so far."""
    found: Traffic = dask_scheduler.extensions["traffic"]
    return {"batches": dict(found.batches), "sizes": dict(found.sizes), "messages": dict(found.messages)}
