"""What is kept: verified when it is used, bounded, and never what lies in a person's folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gen.build.keys import key_of
from gen.build.store import Entry, Store, usual_store

KEY = key_of("a", 1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "made")


def files(store: Store) -> list[Path]:
    return sorted(path for path in store.folder.rglob("*") if path.is_file())


def test_what_is_kept_is_found_under_its_key_and_kind(store: Store) -> None:
    store.keep("runs", KEY, {"ü": [1, None, "x"]}, (b"\n\x00", b"", b"more"))
    assert store.find("runs", KEY) == Entry({"ü": [1, None, "x"]}, (b"\n\x00", b"", b"more"))
    assert store.find("runs", key_of("a", 2)) is None
    assert store.find("chunks", KEY) is None


@pytest.mark.parametrize("harm", ["cut", "flip", "empty", "more", "head"])
def test_a_damaged_entry_is_none(store: Store, harm: str) -> None:
    store.keep("runs", KEY, {"pages": 3}, (b"%PDF",))
    (file,) = files(store)
    data = file.read_bytes()
    harmed = {
        "cut": data[:-1],
        "flip": data[:-2] + bytes((data[-2] ^ 1, data[-1])),
        "empty": b"",
        "more": data + b"x",
        "head": b"0" * 64 + data[64:],
    }
    file.write_bytes(harmed[harm])
    assert store.find("runs", KEY) is None
    store.keep("runs", KEY, {"pages": 3}, (b"%PDF",))
    assert store.find("runs", KEY) == Entry({"pages": 3}, (b"%PDF",))


def test_an_entry_of_another_key_is_none(store: Store) -> None:
    other = key_of("a", 2)
    store.keep("runs", KEY, {"pages": 3}, (b"one",))
    (file,) = files(store)
    store.keep("runs", other, {"pages": 4}, (b"another",))
    (second,) = (path for path in files(store) if path != file)
    file.write_bytes(second.read_bytes())
    assert store.find("runs", KEY) is None
    assert store.find("runs", other) == Entry({"pages": 4}, (b"another",))


@pytest.mark.parametrize("harm", ["folder", "link"])
def test_what_is_no_file_is_no_entry(store: Store, harm: str) -> None:
    store.keep("runs", KEY, {"pages": 3})
    (file,) = files(store)
    file.unlink()
    if harm == "folder":
        (file / "below").mkdir(parents=True)
    else:
        file.symlink_to(file)
    assert store.find("runs", KEY) is None
    store.keep("runs", KEY, {"pages": 3})
    assert store.find("runs", KEY) == (None if harm == "folder" else Entry({"pages": 3}))
    assert not list(store.folder.rglob("*.part"))


def test_only_the_owner_can_read_it(store: Store) -> None:
    store.keep("students", KEY, {"name": "somebody"})
    (file,) = files(store)
    assert file.stat().st_mode & 0o077 == 0


def test_what_was_not_used_for_longest_goes_first(store: Store) -> None:
    keys = [key_of(number) for number in range(10)]
    for number, key in enumerate(keys):
        store.keep("runs", key, None, (bytes(1000),))
        (file,) = (store.folder / "runs" / key[:2]).glob(key[2:])
        os.utime(file, (number, number))
    assert store.find("runs", keys[0]) is not None  # used now
    store.trim(most=5000)
    left = [number for number, key in enumerate(keys) if store.find("runs", key) is not None]
    assert left == [0, 8, 9]
    store.trim(most=5000)
    assert len(files(store)) == 3


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    store = Store(tmp_path / "file" / "made")
    store.keep("runs", KEY, None)
    assert store.find("runs", KEY) is None
    store.trim()


def test_the_usual_store_is_in_the_cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert usual_store() == Store(tmp_path / "freeindex" / "made")
    assert (tmp_path / "freeindex" / "made").stat().st_mode & 0o077 == 0
