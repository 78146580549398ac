"""Prepared fonts: made once and whole, by no document, and done without where they cannot be kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gen.build.engine import Engine, by_name
from gen.build.font_cache import SUMS, cache_folder, copy_names, prepared_faces, prepared_fonts
from gen.document.writing import Face


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
    before = made.stat().st_ino
    assert prepared_fonts(lualatex) == made
    assert made.stat().st_ino == before
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


def changed(file: Path) -> None:
    file.write_bytes(bytes([file.read_bytes()[0] ^ 1]) + file.read_bytes()[1:])


@pytest.mark.parametrize("name", ["font.lua", SUMS])
@pytest.mark.parametrize("damage", [changed, Path.unlink, lambda file: file.write_bytes(b"")])
def test_damaged_fonts_are_prepared_again_and_never_granted(
    name: str, damage: Callable[[Path], object], tmp_path: Path, cache: Path
) -> None:
    lualatex = engine(tmp_path, GOOD)
    made = prepared_fonts(lualatex)
    assert made is not None
    good = {file: file.read_bytes() for file in made.rglob("*") if file.is_file()}
    damage(next(file for file in good if file.name == name))
    assert prepared_fonts(lualatex) == made
    assert {file: file.read_bytes() for file in made.rglob("*") if file.is_file()} == good
    assert [place.name for place in cache.iterdir()] == [made.name]


def test_damaged_fonts_that_cannot_be_prepared_again_are_not_granted(tmp_path: Path) -> None:
    lualatex = engine(tmp_path, f"test -e {tmp_path}/broken && exit 1; {GOOD}")
    made = prepared_fonts(lualatex)
    assert made is not None
    changed(next(made.rglob("font.lua")))
    (tmp_path / "broken").touch()
    assert prepared_fonts(lualatex) is None


def test_a_damaged_font_of_a_document_is_prepared_again_and_never_granted(tmp_path: Path) -> None:
    (tmp_path / "some.ttf").touch()
    face = Face(str(tmp_path / "some.ttf"))
    own = "mkdir -p $TEXMFVAR/luatex-cache/fonts/hb; echo $$ > $TEXMFVAR/luatex-cache/fonts/hb/some.lua; "
    lualatex = engine(tmp_path, f"test -e {tmp_path}/broken && exit 1; {own}{GOOD} || grep -q some page.tex")
    usual = prepared_fonts(lualatex)
    assert usual is not None
    more = prepared_faces(lualatex, [face], usual)
    assert more is not None
    file = next(more.rglob("some.lua"))
    good = file.read_bytes()
    assert prepared_faces(lualatex, [face], usual) == more
    assert file.read_bytes() == good
    changed(file)
    damaged = file.read_bytes()
    (tmp_path / "broken").touch()
    assert prepared_faces(lualatex, [face], usual) is None
    (tmp_path / "broken").unlink()
    assert prepared_faces(lualatex, [face], usual) == more
    assert file.read_bytes() not in (good, damaged)
    (file.parent / "some.lua").unlink()
    assert prepared_faces(lualatex, [face], usual) == more
    assert file.is_file()
