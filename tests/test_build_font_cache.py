"""Prepared fonts: made once and whole, by no document, and done without where they cannot be kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gen.build.engine import Engine, by_name
from gen.build.font_cache import cache_folder, copy_names, prepared_fonts


def engine(folder: Path, script: str) -> Engine:
    """An engine that runs a script of the shell."""
    program = folder / "lualatex"
    program.write_text("#!/bin/sh\n" + script + "\n", encoding="utf-8")
    program.chmod(0o755)
    return replace(by_name("lualatex"), find=lambda: program)


GOOD = (
    "n=$TEXMFVAR/luatex-cache/generic/names; mkdir -p $n; echo list > $n/names.lua; "
    "echo font > $n/../font.lua; grep -q lmodern page.tex"
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "freeindex"


def test_fonts_are_prepared_once_and_copied_as_a_list(tmp_path: Path, cache: Path) -> None:
    lualatex = engine(tmp_path, GOOD)
    made = prepared_fonts(lualatex)
    assert made is not None
    assert [place.name for place in cache.iterdir()] == [made.name]
    (made / "mark").touch()
    assert prepared_fonts(lualatex) == made
    assert (made / "mark").exists()
    copy_names(made, tmp_path / "own")
    assert [file.name for file in (tmp_path / "own").rglob("*.lua")] == ["names.lua"]


def test_another_program_prepares_its_own(tmp_path: Path, cache: Path) -> None:
    first = prepared_fonts(engine(tmp_path, GOOD))
    assert prepared_fonts(engine(tmp_path, GOOD + "; true")) != first
    assert len(list(cache.iterdir())) == 2


@pytest.mark.parametrize("script", [GOOD + "; exit 1", "exit 0"], ids=["fails", "makes nothing"])
def test_an_engine_that_fails_leaves_nothing(script: str, tmp_path: Path, cache: Path) -> None:
    assert prepared_fonts(engine(tmp_path, script)) is None
    assert list(cache.iterdir()) == []


def test_without_a_place_to_keep_them_there_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert cache_folder() is None
    assert prepared_fonts(engine(tmp_path, GOOD)) is None
