"""What goes wrong around a build: engines, disks, other programs. Nothing half, nothing stale, one line."""

from __future__ import annotations

import base64
import csv
import errno
import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from gen.build import chunk_run, class_build, format_dump, output
from gen.build.chunk_run import made_together
from gen.build.engine import Engine, by_name
from gen.build.environment import EPOCH
from gen.build.jobs import single
from gen.build.process import Switch
from gen.build.task import tasks_of
from gen.build.typeset import NoRunError, typeset
from gen.cli.main import main
from gen.document.theme import themed
from gen.document.tokens import tokens
from gen.errors import BuildError
from tests.chunk_class import described, piece, request, setting
from tests.pdf_text import pdf_text, stands_in
from tests.processes import descendants

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


@pytest.mark.parametrize("times", [1, 2])
def test_a_chunk_whose_tex_is_killed_is_made_again(times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = [piece(number, "tinytex") for number in (1, 2, 3)]
    expected = pdfs(pieces)
    killed = kill_first(monkeypatch, "document.tex", times)
    made = pdfs(pieces)
    assert len(killed) == times
    # Killed again, it is made in pieces, whose fonts hold other letters; what is seen is the same.
    assert [described(data) for data in made] == [described(data) for data in expected]
    assert (made == expected) == (times == 1)


def test_what_a_fault_of_the_machine_had_made_in_smaller_runs_is_made_as_usual_by_the_next_build(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    words = ("--only", "worksheet", "-j", "1")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "first"))
    assert build(folder, *words) == 0
    expected = contents(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "second"))
    shutil.rmtree(folder / "out")
    with monkeypatch.context() as patch:
        kill_first(patch, "document.tex", 2)
        assert build(folder, *words) == 0
    assert "in other bytes" in capfd.readouterr().err
    assert contents(folder) != expected
    assert build(folder, *words) == 0
    said = capfd.readouterr().err
    assert "3 typeset" in said and "in other bytes" not in said
    assert contents(folder) == expected
    assert build(folder, *words) == 0
    assert "3 as before" in capfd.readouterr().err


def test_a_chunk_in_pieces_is_as_usual_only_where_a_document_is_at_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pieces = [piece(number, "tinytex") for number in (1, 2, 3)]
    assert all(result.as_usual for result in made_together(pieces, setting("tinytex")))
    kill_first(monkeypatch, "document.tex", 2)
    assert not any(result.as_usual for result in made_together(pieces, setting("tinytex")))


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


def test_a_page_that_does_not_show_whose_it_is_is_not_handed_out() -> None:
    asked = request(1, "tinytex")
    good = single(asked, 60.0, Switch(), EPOCH)
    assert good.typeset is not None
    bad = single(replace(asked, code="ZZ99-X999"), 60.0, Switch(), EPOCH)
    assert bad.typeset is None
    assert str(bad.error) == "worksheet/1: page 1 of ZZ99-X999 does not show its code"


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


FULL = "echo '!pdfTeX error: fflush() failed (No space left on device)'; exit 1"


def test_want_of_room_is_told_though_there_is_room_again(tmp_path: Path) -> None:
    with pytest.raises(NoRunError, match="no room for temporary files"):
        typeset(PAGE, engine_that(tmp_path, FULL), name="worksheet")


@pytest.mark.parametrize(
    ("script", "why"),
    [
        (FULL, "no room for temporary files"),
        ("echo '! Could not write 1848309 8-byte item(s) to dumped.fmt.'; exit 1", "no room"),
        ("kill -9 $$", "before it had read"),
    ],
)
def test_a_format_that_the_machine_does_not_let_be_made_is_told(
    script: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    known = setting("tinytex")
    engine = engine_that(tmp_path, script)
    dumped = partial(format_dump.dumped, engine)
    results = made_together([piece(1, "tinytex"), piece(2, "tinytex")], replace(known, dumped=dumped))
    assert [isinstance(result.error, NoRunError) for result in results] == [True, True]
    assert why in str(results[0].error)


def test_where_no_thread_can_be_started_nothing_is_left_running(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    before = descendants(os.getpid())
    monkeypatch.setattr(threading.Timer, "start", refuse)
    with pytest.raises(NoRunError, match="worksheet: TeX could not be run: ") as caught:
        typeset(PAGE, TINYTEX, name="worksheet")
    assert "ulimit -u" in (caught.value.report.hint or "")
    assert descendants(os.getpid()).keys() <= before.keys()


@pytest.mark.parametrize(
    ("error", "hint"),
    [
        (RuntimeError("can't start new thread"), "ulimit -u"),
        (BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable"), "ulimit -u"),
        (OSError(errno.EMFILE, "Too many open files"), "ulimit -n"),
        (OSError(errno.ENOSPC, "No space left on device"), "make room"),
        (MemoryError(), "ulimit -v"),
    ],
)
def test_what_a_system_lacks_is_one_line_and_says_what_to_do(
    error: Exception, hint: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path) -> None:
        raise error

    monkeypatch.setattr("gen.cli.check.run", fail)
    assert main(["check", "sheet.toml"]) == 1
    err = capfd.readouterr().err
    assert len(err.splitlines()) == 2
    assert err.startswith("error: ")
    assert "internal" not in err
    assert hint in err.splitlines()[1]


@pytest.mark.parametrize("harm", ["cut", "other", "empty", "folder", "link"])
@pytest.mark.parametrize("ending", [".fmt", ".json"])
def test_a_damaged_format_is_made_again_and_never_served(
    ending: str, harm: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(program: Path, preamble: str, switch: Switch | None) -> tuple[bytes, tuple[str, ...]]:
        calls.append(preamble)
        return gzip.compress(b"a format"), (str(program),)

    def served() -> bytes | None:
        found = format_dump.dumped(TINYTEX, "x")
        return None if found is None else found.data

    calls: list[str] = []
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(format_dump, "_made", made)
    for _ in range(2):
        assert served() == b"a format"
    assert len(calls) == 1
    (entry,) = (file for file in tmp_path.rglob("*") if file.suffix == ending)
    data = entry.read_bytes()
    entry.unlink()
    match harm:
        case "cut":
            entry.write_bytes(data[:-3])
        case "other":
            entry.write_bytes(b"[" * len(data))
        case "empty":
            entry.touch()
        case "folder":
            (entry / "below").mkdir(parents=True)
        case _:
            entry.symlink_to(entry)
    assert served() == b"a format"
    assert len(calls) == 2
    assert served() == b"a format"
    assert len(calls) == (3 if harm == "folder" else 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sheet and a roster."""
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


def test_a_pdf_that_somebody_has_open_stays_what_it_was_to_them(folder: Path) -> None:
    assert build(folder) == 0
    path = folder / "out" / "s1" / "worksheet" / "s2.pdf"
    old = path.read_bytes()
    with path.open("rb") as opened:
        head = opened.read(100)
        (folder / "sheet.toml").write_text(SHEET.format("Another"), encoding="utf-8")
        assert build(folder) == 0
        assert head + opened.read() == old
    assert path.read_bytes() != old


@pytest.mark.parametrize("words", [(), ("--student", "s2")])
def test_a_pdf_that_cannot_be_replaced_is_told_and_the_others_are_made(
    words: tuple[str, ...], folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build(folder) == 0
    old = contents(folder)
    (folder / "sheet.toml").write_text(SHEET.format("Another"), encoding="utf-8")
    honest = os.replace

    def held(source: Path, target: Path) -> None:
        # As Windows has it while a program shows the file.
        if target.name == "s2.pdf":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
        honest(source, target)

    capfd.readouterr()
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", held)
        patch.setattr(output, "_PAUSES", (0.0, 0.0))
        assert build(folder, *words) == 1
    err = capfd.readouterr().err
    assert "s2.pdf cannot be replaced, and is that of an earlier build" in err
    assert "hint: close s2.pdf in the program that shows it" in err
    now = contents(folder)
    assert now["s1/worksheet/s2.pdf"] == old["s1/worksheet/s2.pdf"]
    if not words:
        assert now["s1/worksheet/s1.pdf"] != old["s1/worksheet/s1.pdf"]
    assert not [name for name in now if name.endswith(".part")]
    failed = json.loads(now["s1/manifest.json"])["failed"]
    assert [one["file"] for one in failed] == ["worksheet/s2.pdf"]
    assert build(folder, *words) == 0
    assert contents(folder)["s1/worksheet/s2.pdf"] != old["s1/worksheet/s2.pdf"]


def test_a_sheet_without_a_roster_tells_it_too(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(source: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))

    (folder / "sheet.toml").write_text(
        'id = "s1"\ntitle = "T"\nformats = ["worksheet"]\n[[problem]]\nof = "W*X"\nwrt = "W"\n',
        encoding="utf-8",
    )
    words = ["build", str(folder / "sheet.toml"), "--engine", "tinytex", "-o", str(folder / "out")]
    assert main(words) == 0
    honest = os.replace
    capfd.readouterr()
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", lambda a, b: (held if b.suffix == ".pdf" else honest)(a, b))
        patch.setattr(output, "_PAUSES", (0.0,))
        assert main(words) == 1
    assert "worksheet.pdf cannot be replaced" in one_error(capfd)
    assert contents(folder)["s1/worksheet.pdf"].startswith(b"%PDF")


def test_notes_tell_it_too_and_the_pages_are_made(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes.toml").write_text('id = "n1"\ntitle = "N"\nchapters = ["one.md"]\n', encoding="utf-8")
    words = ["notes", str(tmp_path), "--engine", "tinytex", "-o", str(tmp_path / "out")]
    honest = os.replace

    def held(source: Path, target: Path) -> None:
        if target.suffix == ".pdf":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
        honest(source, target)

    (tmp_path / "one.md").write_text("# One\n\nbefore\n", encoding="utf-8")
    assert main(words) == 0
    old = (tmp_path / "out" / "n1" / "notes.pdf").read_bytes()
    (tmp_path / "one.md").write_text("# One\n\nafterwards\n", encoding="utf-8")
    capfd.readouterr()
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", held)
        patch.setattr(output, "_PAUSES", (0.0,))
        assert main(words) == 1
    assert "notes.pdf cannot be replaced" in one_error(capfd)
    assert (tmp_path / "out" / "n1" / "notes.pdf").read_bytes() == old
    assert "afterwards" in (tmp_path / "out" / "n1" / "html" / "one.html").read_text(encoding="utf-8")
    manifest = json.loads((tmp_path / "out" / "n1" / "manifest.json").read_text(encoding="utf-8"))
    assert [one["file"] for one in manifest["failed"]] == ["notes.pdf"]
    assert "notes.pdf" not in {one["path"] for one in manifest["files"]}
    assert main(words) == 0
    assert (tmp_path / "out" / "n1" / "notes.pdf").read_bytes() != old


def test_no_clock_decides_anything(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    assert build(folder) == 0
    first = contents(folder)
    for when in (0, 4_000_000_000):
        for path in (*folder.rglob("*"), folder / "sheet.toml"):
            os.utime(path, (when, when))
        assert build(folder) == 0
        assert contents(folder) == first
        (folder / "out" / "s1" / "worksheet" / "s1.pdf").write_bytes(b"%PDF stale")
        os.utime(folder / "out" / "s1" / "worksheet" / "s1.pdf", (when, when))
        assert build(folder) == 0
        assert contents(folder) == first
    # A sheet that says something else is built, though it looks older than all that was made of it.
    (folder / "sheet.toml").write_text(SHEET.format("Another"), encoding="utf-8")
    os.utime(folder / "sheet.toml", (0, 0))
    assert build(folder) == 0
    assert contents(folder)["s1/worksheet/s1.pdf"] != first["s1/worksheet/s1.pdf"]


def test_files_that_change_during_a_build_change_nothing_of_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "own.toml").write_text('colour.ink = "123456"', encoding="utf-8")
    own = f'theme = "own.toml"\n{SHEET.format("T")}'
    (folder / "sheet.toml").write_text(own, encoding="utf-8")
    assert build(folder) == 0
    expected = contents(folder)
    lock = (folder / "variants.lock").read_bytes()
    honest = tasks_of

    def changed(*arguments: Any) -> Any:
        for name in ("sheet.toml", "roster.csv", "variants.lock", "own.toml"):
            (folder / name).write_text("changed", encoding="utf-8")
        return honest(*arguments)

    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    with monkeypatch.context() as patch:
        patch.setattr(class_build, "tasks_of", changed)
        for remembered in (themed, tokens):
            remembered.cache_clear()
        assert build(folder, "-j", "2") == 0
    assert contents(folder) == expected
    # What was changed while it was built is built the next time.
    (folder / "variants.lock").write_bytes(lock)
    (folder / "roster.csv").write_text("id,name\ns1,Ada\n", encoding="utf-8")
    (folder / "sheet.toml").write_text(SHEET.format("Another"), encoding="utf-8")
    assert build(folder) == 0
    assert contents(folder).keys() < expected.keys()


ROWS = [f"s{number:05},Name {number}" for number in range(10_000)]
ROSTERS: dict[str, tuple[bytes, str]] = {
    "an empty name": (
        "\n".join(["id,name", *ROWS[:7312], "s07312,", *ROWS[7313:]]).encode(),
        ":7314: column name: is empty",
    ),
    "Latin-1": (
        "\n".join(["id,name", *ROWS[:9000], "s09000,J\xf6rg"]).encode("latin-1"),
        ":9002: byte 9 of the line (0xF6) is not UTF-8 text",
    ),
    "an open quote": (
        "\n".join(["id,name", *ROWS[:5000], 's05000,"Joe', *ROWS[5001:]]).encode(),
        ":5002: column 2: opens a quote that is never closed",
    ),
    "NUL": (
        "\n".join(["id,name", *ROWS, "t1,J\0e"]).encode(),
        ":10002: column name: holds the character U+0000",
    ),
    "a megabyte": (
        "\n".join(["id,name", *ROWS, "t1," + "x" * 1_000_000]).encode(),
        ":10002: column name: is longer than 200 characters",
    ),
    "an id twice, behind a BOM": (
        b"\xef\xbb\xbf" + "\n".join(["id,name", *ROWS, "S00007,Twin"]).encode(),
        ":10002: column id: is the same id as in line 9",
    ),
}


@pytest.mark.parametrize("bad", ROSTERS)
def test_one_bad_row_of_ten_thousand_is_told_at_once(
    bad: str, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    data, said = ROSTERS[bad]
    (folder / "roster.csv").write_bytes(data)
    before = sorted(folder.rglob("*"))
    started = time.process_time()
    assert build(folder) == 2
    assert time.process_time() - started < 10
    assert one_error(capfd).startswith(f"error: {folder / 'roster.csv'}{said}")
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("files", [6, 10, 14])
def test_few_open_files_are_enough_or_one_line_says_so(files: int, folder: Path) -> None:
    words = [
        "build",
        str(folder / "sheet.toml"),
        "--roster",
        str(folder / "roster.csv"),
        "--engine",
        "tinytex",
    ]
    command = [sys.executable, "-m", "gen", *words, "-o", str(folder / "out")]
    limited = ["sh", "-c", f'ulimit -n {files}; exec "$@"', "sh", *command]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    ended = subprocess.run(
        limited, capture_output=True, text=True, env=environment, timeout=120, check=False, cwd=folder
    )
    assert "Traceback" not in ended.stderr
    if ended.returncode == 0:
        assert len(list((folder / "out").rglob("*.pdf"))) == 3
    else:
        assert ended.returncode == 1
        (line,) = (line for line in ended.stderr.splitlines() if line.startswith("error: "))
        assert "oo many open files" in line
        assert "hint: no more files can be opened: " in ended.stderr


HOSTILE = Path(__file__).parent / "data"
LONGEST_NAME = 200


def hostile_names() -> tuple[str, ...]:
    """Every hostile text, and every hostile document of TeX, that is short enough to be a name."""
    found = [
        json.loads(line)["value"]
        for line in (HOSTILE / "hostile_text.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    for line in (HOSTILE / "hostile_tex.jsonl").read_text(encoding="utf-8").splitlines():
        found.append(json.loads(line)["tex"].split("\\begin{document}\n")[1].split("\n\\end{document}")[0])
    return tuple(text for text in found if len(text) <= LONGEST_NAME)


def test_hostile_names_break_nothing_of_their_chunk(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    names = hostile_names()
    assert len(names) > 70
    with (folder / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("id", "name"))
        table.writerows((f"s{number}", name) for number, name in enumerate(names))
    assert build(folder, "-j", "1") == 0, capfd.readouterr()
    made = json.loads(contents(folder)["s1/manifest.json"])
    assert made["failed"] == []
    for number, name in enumerate(names):
        assert stands_in(
            name, pdf_text((folder / "out" / "s1" / "worksheet" / f"s{number}.pdf").read_bytes())
        )


SETTINGS: tuple[dict[str, str | None], ...] = (
    {"HOME": None, "XDG_CACHE_HOME": None, "LC_ALL": "C", "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"},
    {"HOME": "/nonexistent", "LC_ALL": "tr_TR.UTF-8", "TMPDIR": "{folder}/scratch", "LANG": "de_DE.UTF-8"},
    {"HOME": "/proc", "LC_ALL": "de_DE", "TMPDIR": "/nonexistent", "TEXINPUTS": "{folder}", "TEXMFHOME": "/"},
)


@pytest.mark.parametrize("setting", range(len(SETTINGS)))
def test_bytes_depend_on_nothing_around_the_program(setting: int, folder: Path) -> None:
    assert build(folder) == 0
    expected = contents(folder)
    (folder / "scratch").mkdir()
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    environment["XDG_CACHE_HOME"] = "{folder}/cache"
    for name, value in SETTINGS[setting].items():
        environment.pop(name, None)
        if value is not None:
            environment[name] = value
    words = ["--roster", str(folder / "roster.csv"), "--engine", "tinytex", "-o", str(folder / "other")]
    command = [sys.executable, "-m", "gen", "build", str(folder / "sheet.toml"), *words]
    done = subprocess.run(
        command,
        env={name: value.replace("{folder}", str(folder)) for name, value in environment.items()},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        umask=0o077,
        cwd="/",
    )
    assert done.returncode == 0, done.stderr
    (folder / "out").rename(folder / "first")
    (folder / "other").rename(folder / "out")
    assert contents(folder) == expected
    assert list((folder / "scratch").iterdir()) == []
