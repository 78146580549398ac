"""Runs of TeX that are kept: by all that decides their bytes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gen.build import kept_runs, keys
from gen.build.engine import by_name
from gen.build.kept_runs import typeset_or_kept
from gen.build.log import LogReport
from gen.build.store import Store
from gen.build.typeset import Typeset


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the documents for which TeX was run; every engine is here."""
    found: list[str] = []

    def run(tex: str, engine: Any, *, name: str, **options: Any) -> Typeset:
        found.append(name)
        return Typeset(b"%PDF", LogReport(), 1, 1)

    monkeypatch.setattr(kept_runs, "typeset", run)
    return found


@pytest.mark.parametrize(("name", "times"), [("pdflatex", 1), ("lualatex", 2)])
def test_other_fonts_make_another_run_where_fonts_of_the_machine_are_used(
    name: str, times: int, runs: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = replace(by_name(name), find=lambda: Path("/usr/bin/env"))
    for fonts in ("these", "those"):
        monkeypatch.setattr(keys, "fonts_key", lambda fonts=fonts: fonts)
        made = typeset_or_kept(Store(tmp_path), "text", engine, name=fonts)
        assert made.pdf == b"%PDF"
    assert len(runs) == times


def test_another_date_text_or_file_is_another_run(runs: list[str], tmp_path: Path) -> None:
    store, engine = Store(tmp_path), by_name("pdflatex")
    for options in ({}, {"epoch": 1}, {"inputs": (("a", b"1"),)}, {"inputs": (("a", b"2"),)}, {}):
        asked: dict[str, Any] = options
        typeset_or_kept(store, "text", engine, name="x", **asked)
    assert len(runs) == (4 if engine.find() is not None else 5)
    typeset_or_kept(store, "other", engine, name="y")
    assert runs[-1] == "y"
