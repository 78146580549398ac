"""The documents of a class: those with one preamble in chunks, the others by themselves, side by side."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Sequence
from functools import partial

from gen.build.chunk import chunks, part_of
from gen.build.chunk_run import Piece, Setting, made_together
from gen.build.engine import Engine
from gen.build.environment import EPOCH
from gen.build.format_dump import Dumped, dumped
from gen.build.jobs import Progress, Request, Result, Told, side_by_side, single
from gen.build.process import Switch
from gen.build.store import Store


def make_class(
    requests: Sequence[Request],
    *,
    jobs: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    seconds: float = 180.0,
    epoch: int = EPOCH,
    switch: Switch | None = None,
    store: Store | None = None,
) -> Generator[Result, None, None]:
    """Yield the result of every request, chunk by chunk; the order does not depend on `jobs`.

    As `gen.build.jobs.make` otherwise; `seconds` is for one run of TeX. Who shares a run with whom follows
    from the requests alone, so that equal requests give equal bytes. `store` has what was typeset before.
    """
    switch = switch or Switch()
    told = Told(len(requests), progress)
    formats = _Formats(switch)

    def together(pieces: Sequence[Piece]) -> list[Result]:
        engine = pieces[0].request.engine
        setting = Setting(engine, partial(formats.dumped, engine), seconds, switch, epoch, store)
        results = made_together(pieces, setting)
        for result in results:
            told.tell(result)
        return results

    def alone(request: Request) -> list[Result]:
        result = single(request, seconds, switch, epoch, store)
        told.tell(result)
        return [result]

    tasks: list[Callable[[], list[Result]]] = []
    sharing, others = _sorted(requests)
    for row in sharing:
        codes = [piece.part.code for piece in row]
        names = [piece.request.path.stem for piece in row]
        for chunk in chunks(codes, names):
            tasks.append(partial(together, [row[place] for place in chunk]))
    tasks += [partial(alone, request) for request in others]
    for results in side_by_side(tasks, jobs, switch.turn_off):
        yield from results


def _sorted(requests: Sequence[Request]) -> tuple[list[list[Piece]], list[Request]]:
    """The rows of documents that have engine, folder and preamble in common, and those that share nothing."""
    rows: dict[tuple[str, str, str], list[Piece]] = {}
    alone: list[Request] = []
    for request in requests:
        part = part_of(request.tex, request.code)
        if part is None:
            alone.append(request)
        else:
            key = (request.engine.name, str(request.path.parent), part.shared)
            rows.setdefault(key, []).append(Piece(request, part))
    return list(rows.values()), alone


class _Formats:
    """The formats of one build: each preamble is dumped once, while others that need it wait."""

    def __init__(self, switch: Switch) -> None:
        self._switch = switch
        self._made: dict[tuple[str, str], Dumped | None] = {}
        self._lock = threading.Lock()

    def dumped(self, engine: Engine, preamble: str) -> Dumped | None:
        """The format for a preamble, None where there is none."""
        key = (engine.name, preamble)
        with self._lock:
            if key not in self._made:
                self._made[key] = dumped(engine, preamble, self._switch)
            return self._made[key]
