"""One run of TeX for many documents; where it fails, the one at fault is found and the others are made."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from gen.build.chunk import Part, file_of, preamble, run_of
from gen.build.engine import Engine
from gen.build.format_dump import Dumped
from gen.build.jobs import Request, Result, single
from gen.build.kept_runs import typeset_or_kept
from gen.build.log import LogReport, read_log
from gen.build.marks import MarksError, read_marks
from gen.build.pdf import DamagedPdfError
from gen.build.process import Switch
from gen.build.readback import Run, StrangerError, read_back
from gen.build.split import split
from gen.build.store import Store
from gen.build.typeset import MAX_RUNS, NoRunError, Typeset, TypesetError, no_run
from gen.build.uncut import Uncut
from gen.errors import BuildError

_BEGUN = re.compile(r"\(\./part(\d{3})\.tex")


@dataclass(frozen=True, slots=True)
class Piece:
    """A document of a chunk: what was asked for, and what it brings into a run."""

    request: Request
    part: Part


@dataclass(frozen=True, slots=True)
class Setting:
    """What all runs of a build share; `dumped` gives the format for a preamble, None where it has none.

    `store` has what was typeset before.
    """

    engine: Engine
    dumped: Callable[[str], Dumped | None]
    seconds: float
    switch: Switch
    epoch: int
    store: Store | None = None


class _FailedRunError(Exception):
    """A run gave no documents; `culprit` is the place of the one that was being set, None if unknown."""

    def __init__(self, culprit: int | None) -> None:
        super().__init__()
        self.culprit = culprit


def made_together(pieces: Sequence[Piece], setting: Setting, *, accuse: bool = True) -> list[Result]:
    """The results for the documents of a chunk, in order.

    A document that stops TeX, or whose pages are not its own, is set by itself, and that tells what is wrong
    with it; those before it and those after it are set again in two runs without it. Where nobody knows
    which it was, or the one that was accused is innocent, the chunk is halved, and without `accuse` halved
    again until a run succeeds. Where TeX cannot be run at all, that is told of all, and not tried again for
    each. Where all was made without the one run, and nobody is at fault, the machine is, and the results are
    not `as_usual`. Raises `StoppedError` when the switch is off.
    """
    if not pieces:
        return []
    try:
        return _run(pieces, setting)
    except NoRunError as error:
        return [Result(piece.request, None, error.of(piece.request.name), 0.0) for piece in pieces]
    except _FailedRunError as failure:
        at = failure.culprit
    results = _apart(pieces, setting, at, accuse)
    if any(result.error is not None for result in results):
        return results
    return [replace(result, as_usual=False) for result in results]


def _apart(pieces: Sequence[Piece], setting: Setting, at: int | None, accuse: bool) -> list[Result]:
    """The results where the one run failed, when the document at `at` was being set."""
    if len(pieces) == 1:
        return [_alone(pieces[0], setting)]
    if accuse and at is not None:
        result = _alone(pieces[at], setting)
        guilty = result.error is not None
        before = made_together(pieces[:at], setting, accuse=guilty)
        return [*before, result, *made_together(pieces[at + 1 :], setting, accuse=guilty)]
    half = len(pieces) // 2
    return [
        *made_together(pieces[:half], setting, accuse=accuse),
        *made_together(pieces[half:], setting, accuse=accuse),
    ]


def _alone(piece: Piece, setting: Setting) -> Result:
    return single(piece.request, setting.seconds, setting.switch, setting.epoch, setting.store)


def _run(pieces: Sequence[Piece], setting: Setting) -> list[Result]:
    """Typeset all in one run, split, and read back. Raises `_FailedRunError`, and `NoRunError`."""
    started = time.monotonic()
    parts = [piece.part for piece in pieces]
    codes = [part.code for part in parts]
    first = preamble(parts[0].shared)
    name = f"{pieces[0].request.name} and {len(pieces) - 1} more"
    try:
        dumped = setting.dumped(first)
    except OSError as error:
        # Without the format, which others have, it would have other bytes.
        raise no_run(name, error) from error
    body = run_of(parts)
    made: list[bytes] = []
    with Uncut() as uncut:
        try:
            whole = typeset_or_kept(
                setting.store,
                body if dumped is not None else first + body,
                setting.engine,
                name=name,
                seconds=setting.seconds,
                switch=setting.switch,
                epoch=setting.epoch,
                inputs=tuple((f"{file_of(n)}.tex", part.own.encode()) for n, part in enumerate(parts)),
                most_runs=MAX_RUNS if any(part.refers for part in parts) else 1,
                dumped=dumped,
                pages_of=uncut.pages,
            )
            marks = whole.marks.decode("utf-8", "backslashreplace")
            marked = read_marks(marks, codes, uncut.pages(whole.pdf))
            run = Run(codes)
            for one, data in zip(marked, split(uncut, marked), strict=True):
                read_back(data, one.code, one.pages, run)
                made.append(data)
        except TypesetError as error:
            raise _FailedRunError(_begun_last(error.printed, len(pieces))) from error
        except NoRunError:
            raise
        except (BuildError, MarksError) as error:
            raise _FailedRunError(None) from error
        except (StrangerError, DamagedPdfError) as error:
            raise _FailedRunError(len(made)) from error
    seconds = (time.monotonic() - started) / len(pieces)
    logs = _logs(whole, parts)
    return [
        Result(piece.request, Typeset(data, log, one.pages, whole.runs, kept=whole.kept), None, seconds)
        for piece, data, one, log in zip(pieces, made, marked, logs, strict=True)
    ]


def _begun_last(printed: str, count: int) -> int | None:
    """The document TeX was reading, or whose pages it was making, when it stopped."""
    begun = _BEGUN.findall(printed)
    return int(begun[-1]) if begun and int(begun[-1]) < count else None


def _logs(whole: Typeset, parts: Sequence[Part]) -> list[LogReport]:
    """What was said of each document, with the lines counted as in the whole document."""
    pieces = _BEGUN.split(whole.said)
    said = {int(place): text for place, text in zip(pieces[1::2], pieces[2::2], strict=True)}
    logs: list[LogReport] = []
    for place, part in enumerate(parts):
        log = read_log(said.get(place, ""), f"{file_of(place)}.tex")
        boxes = [replace(b, line=None if b.line is None else b.line + part.above) for b in log.overfull]
        logs.append(replace(log, overfull=tuple(boxes)))
    return logs
