"""What goes wrong around a build: engines, disks, other programs. Nothing half, nothing stale, one line."""

from __future__ import annotations

import base64
import errno
import json
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from gen.build import chunk_run
from gen.build.chunk_run import made_together
from gen.build.engine import Engine, by_name
from gen.build.process import Switch
from gen.build.typeset import NoRunError, typeset
from gen.cli.main import main
from gen.errors import BuildError
from tests.chunk_class import described, piece, setting

TINYTEX = by_name("tinytex")
PAGE = "\\documentclass{article}\\usepackage{lmodern}\\begin{document}x\\newpage y\\end{document}\n"
SHEET = 'id = "s1"\ntitle = "{}"\nseed = 3\nformats = ["worksheet"]\n[[problem]]\nfamily = "trace-product"\n'


def pdfs(pieces: Sequence[chunk_run.Piece]) -> list[bytes]:
    """What is made of a chunk, every document of it."""
    results = made_together(pieces, setting("tinytex"))
    return [result.typeset.pdf for result in results if result.typeset is not None]


def engine_that(tmp_path: Path, script: str) -> Engine:
    """An engine that is a script of the shell, beside the embedded one's files."""
    program = tmp_path / "pdflatex"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return replace(TINYTEX, find=lambda: program)


def kill_first(monkeypatch: pytest.MonkeyPatch, word: str, times: int = 1) -> list[int]:
    """Have the first programs whose command names `word` killed as soon as they are started; their ids."""
    killed: list[int] = []
    honest = Switch.start

    def start(
        switch: Switch, command: Sequence[str], folder: Path, environment: Mapping[str, str]
    ) -> subprocess.Popen[bytes]:
        process = honest(switch, command, folder, environment)
        if len(killed) < times and any(word in part for part in command):
            os.killpg(process.pid, signal.SIGKILL)
            killed.append(process.pid)
        return process

    monkeypatch.setattr(Switch, "start", start)
    return killed


def test_a_chunk_whose_tex_is_killed_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = [piece(number, "tinytex") for number in (1, 2, 3)]
    expected = [described(data) for data in pdfs(pieces)]
    killed = kill_first(monkeypatch, "document.tex")
    assert [described(data) for data in pdfs(pieces)] == expected
    assert len(killed) == 1


def test_a_document_whose_tex_is_killed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    kill_first(monkeypatch, "document.tex")
    with pytest.raises(BuildError, match="worksheet: TeX was killed") as caught:
        typeset(PAGE, TINYTEX, name="worksheet")
    assert caught.value.report.hint is not None
    assert "memory" in caught.value.report.hint


@pytest.mark.parametrize("lie", ["cut off", "none", "too few pages"])
def test_an_engine_that_ends_well_without_a_whole_pdf_is_not_believed(tmp_path: Path, lie: str) -> None:
    whole = typeset(PAGE, TINYTEX, name="worksheet").pdf
    with pikepdf.open(BytesIO(whole)) as document:
        del document.pages[1]
        document.save(fewer := BytesIO())
    given = {"cut off": whole[:-60], "none": b"", "too few pages": fewer.getvalue()}[lie]
    engine = engine_that(
        tmp_path,
        f"base64 -d > document.pdf <<'END'\n{base64.encodebytes(given).decode()}END\n"
        "echo 'Output written on document.pdf (2 pages, 9 bytes).' > document.log",
    )
    said = {
        "cut off": "its PDF is cut off",
        "none": "TeX made no PDF",
        "too few pages": "tinytex wrote 2 pages, but its PDF has 1",
    }
    with pytest.raises(BuildError, match=said[lie]):
        typeset(PAGE, engine, name="worksheet")
    pieces = [piece(number, "tinytex") for number in (1, 2)]
    asked = [replace(one, request=replace(one.request, engine=engine)) for one in pieces]
    results = made_together(asked, replace(setting("tinytex"), engine=engine))
    assert [result.typeset for result in results] == [None, None]
    assert all(said[lie] in str(result.error) for result in results)


def test_a_full_folder_for_temporary_files_is_told_once_a_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[str] = []

    def full(path: Path, data: bytes) -> int:
        tries.append(path.name)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    pieces = [piece(number, "tinytex") for number in range(1, 7)]
    known = setting("tinytex")
    monkeypatch.setattr(Path, "write_bytes", full)
    results = made_together(pieces, replace(known, dumped=lambda preamble: None))
    assert len(tries) == 1
    for result in results:
        assert isinstance(result.error, NoRunError)
        assert str(result.error).startswith(
            f"{result.request.name}: there is no room for temporary files in "
        )
        assert "TMPDIR" in (result.error.report.hint or "")


def test_what_tex_says_where_no_room_is_left_is_not_blamed_on_a_document(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("Usage", (), {"free": 0}))
    with pytest.raises(NoRunError, match="no room for temporary files"):
        typeset(PAGE.replace("x", r"\undefined"), TINYTEX, name="worksheet")
    assert typeset(PAGE, TINYTEX, name="worksheet").pages == 2


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sheet and a roster, and a cache of their own."""
    (tmp_path / "sheet.toml").write_text(SHEET.format("T"), encoding="utf-8")
    (tmp_path / "roster.csv").write_text("id,name\ns1,Ada\ns2,Emmy\ns3,Sofja\n", encoding="utf-8")
    return tmp_path


def build(folder: Path, *words: str) -> int:
    """Build the class."""
    roster = ["--roster", str(folder / "roster.csv"), "--engine", "tinytex"]
    return main(["build", str(folder / "sheet.toml"), *roster, "-o", str(folder / "out"), *words])


def contents(folder: Path) -> dict[str, bytes]:
    """All files of the output but the times."""
    out = folder / "out"
    files = {file.relative_to(out).as_posix(): file for file in out.rglob("*") if file.is_file()}
    return {name: file.read_bytes() for name, file in files.items() if not name.endswith("timings.json")}


def one_error(capfd: pytest.CaptureFixture[str]) -> str:
    """The one line that begins `error: `, where there is no other and no traceback."""
    err = capfd.readouterr().err
    assert "Traceback" not in err
    (line,) = (line for line in err.splitlines() if line.startswith("error: "))
    return line


@pytest.mark.parametrize("after", [0, 2, 8, "manifest.json"])
def test_a_disk_that_gets_full_leaves_whole_files_old_or_new(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, after: int | str
) -> None:
    assert build(folder) == 0
    old = contents(folder)
    (folder / "sheet.toml").write_text(SHEET.format("Another"), encoding="utf-8")
    calls: list[str] = []
    honest = os.open

    def full(path: str | os.PathLike[str], flags: int, mode: int = 0o777) -> int:
        name = os.fspath(path)
        if name.endswith(".part") and str(folder / "out") in name and ".trial." not in name:
            calls.append(name)
            if len(calls) - 1 == after or (isinstance(after, str) and after in name):
                monkeypatch.setattr(os, "fsync", broken)
        return honest(path, flags, mode)

    def broken(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    capfd.readouterr()
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", full)
        status = build(folder)
    monkeypatch.undo()
    if calls and (isinstance(after, str) or after < len(calls)):
        assert status == 1
        assert "No space left on device" in one_error(capfd)
    now = contents(folder)
    assert build(folder) == 0
    new = contents(folder)
    assert not [name for name in now if ".part" in name or ".lock" in name]
    for name, data in now.items():
        assert data in (old.get(name), new.get(name)), name
    json.loads(now["s1/manifest.json"])
