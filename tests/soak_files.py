"""`make soak`: the files of a course, changed at random: one line of error or a good sheet, no traceback.

Not part of the suite, which has the files that were found by hand. FREEINDEX_MUTANTS sets the number of
changed folders, FREEINDEX_SEED the seed, which is random otherwise. No TeX runs.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gen.cli.main import main
from gen.project.course import course, lock_file, locked, versions
from gen.project.lock import lock_text
from gen.project.sheet import read_sheet

MUTANTS = int(os.environ.get("FREEINDEX_MUTANTS", "400"))
SEED = int(os.environ.get("FREEINDEX_SEED", "0")) or int.from_bytes(os.urandom(4))
SHEET = """\
id = "fuzz"
title = "Fuzz"
seed = 7
marks = 17
formats = ["worksheet", "solutions"]
hints = "last-page"
notation = { sums = "einstein", layout = "numerator" }

[symbols]
W = "m x n"

[[problem]]
of = "F = W*X"
wrt = "W"
methods = ["index"]
marks = 4
space = "4cm"
prompt = 'Derive $W$.'

[[problem]]
family = ["trace-product", "trace-quadratic"]
difficulty = 2
count = 2
form = "fade"
fade = [1, "reasons"]
marks = 3

[[problem]]
require = ["trace"]
form = "choice"
marks = 3

[[problem]]
from = "bank/*.toml"
tags = ["one"]
marks = 4
"""
BANK = """\
title = "A bank"

[[problem]]
of = "f = tr(A*X)"
wrt = "X"
symbols = { A = "n x m", X = "m x n" }
tags = ["one", "two"]
source = "here"

[[problem]]
family = "bilinear-form"
tags = ["one"]
"""
ROSTER = "id,name,group\ns1,Ada Lovelace,A\ns2,Emmy Noether,B\n"
FILES = ("sheet.toml", "roster.csv", "variants.lock", "bank/one.toml")
# What files go wrong by, beside single letters.
WORDS = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n",
    b"\t",
    b'"',
    b"'''",
    b"[[problem]]\n",
    b"[",
    b"]",
    b"{",
    b"}",
    b"=",
    b",",
    b";",
    b"../../x",
    b"CON",
    b"-1",
    b"0",
    b"9" * 30,
    b"1e999",
    b"nan",
    b"true",
    b"null",
    b"$",
    b"\\",
    b"\xc3\xa9",
    b"\xe9",
    "\u202e".encode(),
    "\U0001f600".encode(),
    b"x" * 300,
    b"<<<<<<< HEAD\n",
    b"A*",
    b"'",
    b"(" * 60,
)


def cut(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data) + 1)
    return data[:start] + data[start + rng.randrange(1, 30) :]


def put_in(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(WORDS) + data[at:]


def letter(data: bytes, rng: random.Random) -> bytes:
    if not data:
        return data
    at = rng.randrange(len(data))
    return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]


def line_again(data: bytes, rng: random.Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    lines.insert(rng.randrange(len(lines) + 1), rng.choice(lines))
    return b"".join(lines)


def line_away(data: bytes, rng: random.Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    del lines[rng.randrange(len(lines))]
    return b"".join(lines)


def word_moved(data: bytes, rng: random.Random) -> bytes:
    """A word in the place of another one."""
    words = data.split(b" ")
    words[rng.randrange(len(words))] = rng.choice(words)
    return b" ".join(words)


def value_changed(data: bytes, rng: random.Random) -> bytes:
    """Another value behind a sign of equality."""
    parts = data.split(b"=")
    if len(parts) < 2:
        return data
    at = rng.randrange(1, len(parts))
    _, end, rest = parts[at].partition(b"\n")
    values = (
        b"1",
        b"-3",
        b'"x"',
        b"[]",
        b"{}",
        b"[[1]]",
        b"true",
        b"1.5",
        b'""',
        b"2026-01-01",
        b'["a", 1]',
        b"inf",
    )
    parts[at] = b" " + rng.choice(values) + end + rest
    return b"=".join(parts)


CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    cut,
    put_in,
    letter,
    line_again,
    line_away,
    word_moved,
    value_changed,
)


def folder_of(path: Path) -> Path:
    """A sound folder that has been dealt."""
    (path / "bank").mkdir(parents=True)
    for name, text in (("sheet.toml", SHEET), ("roster.csv", ROSTER), ("bank/one.toml", BANK)):
        (path / name).write_text(text, encoding="utf-8")
    file = path / "sheet.toml"
    found = course(read_sheet(file), file, path / "roster.csv")
    lock_file(file).write_text(lock_text(locked(found, list(versions(found)))), encoding="utf-8")
    return path


def test_changed_files_give_one_error_or_a_good_sheet(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = folder_of(tmp_path / "sound")
    monkeypatch.chdir(tmp_path)
    assert main(["check", "sound/sheet.toml", "--roster", "sound/roster.csv"]) == 0
    capfd.readouterr()
    for number in range(MUTANTS):
        rng = random.Random(f"{SEED}/{number}")
        folder = tmp_path / "changed"
        shutil.copytree(sound, folder)
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            file = folder / rng.choice(FILES)
            file.write_bytes(rng.choice(CHANGES)(file.read_bytes(), rng))
        said = f"FREEINDEX_SEED={SEED}, number {number}"
        try:
            status = main(["check", "changed/sheet.toml", "--roster", "changed/roster.csv"])
        except SystemExit as stopped:
            status = int(stopped.code or 0)
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err and "internal" not in err, (said, err)
        assert status in (0, 2), (said, err)
        errors = [line for line in err.splitlines() if line.startswith("error: ")]
        assert len(errors) == (status != 0), (said, err)
        assert "Lovelace" not in out + err and "Noether" not in out + err, (said, err)
        shutil.rmtree(folder)
