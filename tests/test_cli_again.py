"""`build` run again, as people run it: nothing to do, one student changed, an interruption, a lock held."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gen.build.font_cache import cache_folder
from gen.build.lock import hold
from gen.cli.main import main
from tests.processes import descendants, ended_within

SHEET = 'id = "s1"\ntitle = "T"\nseed = 3\nformats = ["worksheet"]\n[[problem]]\nfamily = "trace-product"\n'
ROOT = Path(__file__).parents[1]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A class of a hundred, and a cache of its own in which only formats are known."""
    (tmp_path / "sheet.toml").write_text(SHEET, encoding="utf-8")
    rows = (f"s{number:03},Name of {number}" for number in range(100))
    (tmp_path / "roster.csv").write_text("\n".join(("id,name", *rows)) + "\n", encoding="utf-8")
    usual = cache_folder()
    own = tmp_path / "cache" / "freeindex"
    own.mkdir(parents=True)
    if usual is not None:
        (usual / "formats").mkdir(exist_ok=True)
        (own / "formats").symlink_to(usual / "formats")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def words(folder: Path, *more: str) -> list[str]:
    files = [str(folder / "sheet.toml"), "--roster", str(folder / "roster.csv"), "-o", str(folder / "out")]
    return ["build", *files, "--engine", "tinytex", "-j", "2", *more]


def state(folder: Path) -> dict[str, tuple[int, int]]:
    files = [*(folder / "out").rglob("*"), folder / "variants.lock"]
    return {str(file): (file.stat().st_ino, file.stat().st_mtime_ns) for file in files if file.is_file()}


def test_an_unchanged_class_is_told_and_not_touched(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(words(folder, "--merge")) == 0
    out, err = capfd.readouterr()
    assert err.splitlines()[-1].startswith("100 typeset; ")
    before = state(folder)
    assert len(before) == 105
    monkeypatch.setattr("gen.cli.build_class.Sitting", None)  # nothing is even dealt
    assert main(words(folder, "--merge")) == 0
    again, err = capfd.readouterr()
    assert err.splitlines()[-1].startswith("100 as before; ")
    assert (again, state(folder)) == (out, before)
    monkeypatch.undo()

    text = (folder / "roster.csv").read_text(encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    (folder / "roster.csv").write_text(text.replace("Name of 3\n", "Nom de 3\n"), encoding="utf-8")
    (folder / "out" / "s1" / "answers.csv").unlink()
    assert main(words(folder, "--merge")) == 0
    told = re.fullmatch(r"(\d+) typeset, (\d+) as before; .*", capfd.readouterr().err.splitlines()[-1])
    assert told is not None
    assert int(told[1]) <= 64
    assert int(told[1]) + int(told[2]) == 100
    assert str(folder / "out" / "s1" / "answers.csv") in state(folder)


def test_a_roster_may_come_out_of_a_pipe(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = b"id,name\ns1,Ada\ns2,Emmy\n"
    (folder / "roster.csv").write_bytes(rows)

    def built(*more: str) -> int:
        reading, writing = os.pipe()
        try:
            os.write(writing, rows)
            os.close(writing)
            return main([*words(folder), "--roster", f"/dev/fd/{reading}", *more])
        finally:
            os.close(reading)

    assert built() == 0
    assert capfd.readouterr().err.splitlines()[-1].startswith("2 typeset; ")
    before = state(folder)
    # It is as it was, wherever it comes from.
    assert built() == 0
    assert capfd.readouterr().err.splitlines()[-1].startswith("2 as before; ")
    assert main(words(folder)) == 0
    assert capfd.readouterr().err.splitlines()[-1].startswith("2 as before; ")
    assert state(folder) == before
    assert built("--preview") == 0
    assert built("--only", "moodle,worksheet") == 0
    assert (folder / "out" / "s1" / "moodle.xml").is_file()


@pytest.mark.parametrize(
    ("blow", "status", "word"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]
)
def test_an_interrupted_build_says_how_far_it_came_and_goes_on(
    folder: Path, capfd: pytest.CaptureFixture[str], blow: int, status: int, word: str
) -> None:
    driver = subprocess.Popen(
        [sys.executable, "-m", "gen", *words(folder)], cwd=ROOT, stderr=subprocess.PIPE, env=os.environ
    )
    assert driver.stderr is not None
    first = driver.stderr.readline()
    assert first.startswith(b"[1/100] worksheet/s000.pdf: ")
    everybody = set(descendants(driver.pid))
    started = time.monotonic()
    driver.send_signal(blow)
    assert driver.wait(timeout=10) == status
    assert time.monotonic() - started < 4
    assert ended_within(everybody, 2.0)
    last = driver.stderr.read().decode("utf-8").splitlines()[-1]
    driver.stderr.close()
    told = re.fullmatch(rf"error: {word}: (\d+) of 100 done, run again to go on", last)
    assert told is not None, last
    assert int(told[1]) >= 1
    assert main(words(folder)) == 0
    summary = capfd.readouterr().err.splitlines()[-1]
    again = re.fullmatch(r"(?:(\d+) typeset, )?(?:\d+ from the cache, )?(\d+) as before; .*", summary)
    assert again is not None, summary
    assert int(again[2]) >= int(told[1])


def test_a_folder_that_another_build_holds_is_told(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "out" / "s1").mkdir(parents=True)
    with hold(folder / "out" / "s1"):
        assert main(words(folder)) == 4
    assert (
        f"error: another build holds {folder / 'out' / 's1'}: process {os.getpid()} "
        in capfd.readouterr().err
    )


def test_an_executor_nobody_knows_writes_nothing(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(words(folder, "--executor", "lokal")) == 2
    assert "there is no executor lokal" in capfd.readouterr().err
    assert not (folder / "out").exists()
    assert not (folder / "variants.lock").exists()
