"""Runs of TeX that were made before with the same input are not made again."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from gen.build.engine import LUA, Engine
from gen.build.environment import EPOCH
from gen.build.format_dump import Dumped
from gen.build.keys import key_of, program_key, setters_key
from gen.build.log import LogReport, Overfull
from gen.build.pdf import count_pages
from gen.build.process import Switch
from gen.build.store import Entry, Store
from gen.build.typeset import MAX_RUNS, KilledError, Typeset, typeset

KIND = "runs"


def typeset_or_kept(
    store: Store | None,
    tex: str,
    engine: Engine,
    *,
    name: str,
    seconds: float = 180.0,
    switch: Switch | None = None,
    epoch: int = EPOCH,
    inputs: tuple[tuple[str, bytes], ...] = (),
    most_runs: int = MAX_RUNS,
    dumped: Dumped | None = None,
    pages_of: Callable[[bytes], int] = count_pages,
) -> Typeset:
    """`typeset`, or what `store` has of a run with the same engine, format, text, files and date.

    Only what ended well is kept. A run that is killed is tried once more. Raises as `typeset`.
    """
    key = ""
    if store is not None and engine.find() is not None:
        key = key_of(
            program_key(),
            setters_key(engine, engine.plain_name == LUA),
            None if dumped is None else dumped.sha256,
            _hash(tex.encode("utf-8", "replace")),
            [[file, _hash(data)] for file, data in inputs],
            [epoch, most_runs],
        )
        found = _typeset(store.find(KIND, key))
        if found is not None:
            return found
    run = partial(
        typeset,
        tex,
        engine,
        name=name,
        seconds=seconds,
        switch=switch,
        epoch=epoch,
        inputs=inputs,
        most_runs=most_runs,
        dumped=dumped,
        pages_of=pages_of,
    )
    try:
        made = run()
    except KilledError:
        # Before others are set without it: who shares a run with whom decides bytes.
        made = run()
    if store is not None and key:
        said = zlib.compress(made.said.encode("utf-8", "surrogatepass"), 1)
        store.keep(KIND, key, _values(made), (made.pdf, made.marks, said))
    return made


def _values(made: Typeset) -> dict[str, Any]:
    log = asdict(replace(made.log, first_error=None))
    return {"pages": made.pages, "runs": made.runs, "log": log}


def _typeset(entry: Entry | None) -> Typeset | None:
    if entry is None:
        return None
    log = dict(entry.values["log"])
    report = LogReport(
        overfull=tuple(Overfull(**box) for box in log["overfull"]),
        undefined=tuple(log["undefined"]),
        missing_characters=tuple(log["missing_characters"]),
        warnings=tuple(log["warnings"]),
        rerun=bool(log["rerun"]),
    )
    pdf, marks, said = entry.blobs
    text = zlib.decompress(said).decode("utf-8", "surrogatepass")
    return Typeset(pdf, report, entry.values["pages"], entry.values["runs"], marks, text, kept=True)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
