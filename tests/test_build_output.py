"""Writing results, the lock, the manifest."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from gen.build import lock
from gen.build.lock import LOCK, hold
from gen.build.manifest import Failed, Made, Manifest, made, write_manifest, write_timings
from gen.build.output import clear_parts, discard, prepare, prepared, write, write_text
from gen.errors import BuildError, HeldError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_is_made_and_left_empty(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    prepare(folder)
    assert names(folder) == []


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    for folder in (tmp_path / "out", tmp_path / "out" / "below"):
        with pytest.raises(BuildError, match="out is a file") as caught:
            prepare(folder)
        assert caught.value.exit_status == 1
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_a_file_to_write_below_a_file_or_a_link_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(BuildError, match=r"cannot write to .*out: .*out is a file"):
        write(tmp_path / "out" / "derivation.tex", b"x")
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    with pytest.raises(BuildError, match=r"is a link to .*gone, which is missing"):
        write(tmp_path / "link" / "derivation.tex", b"x")
    assert names(tmp_path) == ["link", "out"]


def test_a_link_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to(tmp_path / "gone")
    with pytest.raises(BuildError, match=r"is a link to .*gone, which is missing"):
        prepare(tmp_path / "out" / "sheet")
    assert not (tmp_path / "gone").exists()


def test_a_folder_nobody_may_write_to() -> None:
    # Root may write to any ordinary folder, but nobody can make files in this one.
    for folder in (Path("/proc/self"), Path("/proc/none")):
        with pytest.raises(BuildError, match="cannot write /proc") as caught:
            prepare(folder)
        assert caught.value.report.hint == "name another with -o"


def test_a_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    for attempt in (partial(write, tmp_path / "a.pdf", b"x"), partial(discard, tmp_path / "a.pdf")):
        with pytest.raises(BuildError, match=r"a\.pdf: there is a folder of that name") as caught:
            attempt()
        assert caught.value.report.hint == "move it away"
    assert names(tmp_path) == ["a.pdf"]


def test_what_ends_before_it_has_written_leaves_no_folder(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), prepared(tmp_path / "out" / "s1"), hold(tmp_path / "out" / "s1"):
        raise KeyboardInterrupt
    assert names(tmp_path) == []
    with pytest.raises(KeyboardInterrupt), prepared(tmp_path / "out" / "s1"):
        write(tmp_path / "out" / "s1" / "a.pdf", b"x")
        raise KeyboardInterrupt
    assert names(tmp_path / "out" / "s1") == ["a.pdf"]
    # A folder that was there stays, empty as it is.
    (tmp_path / "mine").mkdir()
    with pytest.raises(KeyboardInterrupt), prepared(tmp_path / "mine"):
        raise KeyboardInterrupt
    assert names(tmp_path) == ["mine", "out"]
    with pytest.raises(BuildError, match="cannot write /proc"):
        write(Path("/proc/self/worksheet.pdf"), b"x")


def test_a_name_the_system_refuses(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="File name too long"):
        prepare(tmp_path / ("x" * 300))
    with pytest.raises(BuildError, match="File name too long"):
        write(tmp_path / ("x" * 300), b"")
    assert names(tmp_path) == []


def test_write_replaces_whole_files(tmp_path: Path) -> None:
    target = tmp_path / "sheet" / "worksheet.pdf"
    write(target, b"one")
    write(target, b"two")
    write_text(tmp_path / "sheet" / "a.tex", "é\n")
    assert target.read_bytes() == b"two"
    assert (tmp_path / "sheet" / "a.tex").read_bytes() == "é\n".encode()
    assert names(tmp_path / "sheet") == ["a.tex", "worksheet.pdf"]
    mask = os.umask(0)
    os.umask(mask)
    assert target.stat().st_mode & 0o777 == 0o666 & ~mask


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "worksheet.pdf"
    write(target, b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BuildError, match=r"cannot write .*worksheet\.pdf: No space left on device"):
        write(target, b"new")
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["worksheet.pdf"]


def test_a_link_is_replaced_and_its_target_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("mine", encoding="utf-8")
    (tmp_path / "a.pdf").symlink_to(tmp_path / "elsewhere")
    write(tmp_path / "a.pdf", b"new")
    assert (tmp_path / "elsewhere").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "a.pdf").is_symlink()


def test_unfinished_files_are_cleared_and_others_kept(tmp_path: Path) -> None:
    (tmp_path / "worksheet").mkdir()
    for name in (".a.pdf.0123456789ab.part", "worksheet/.b.pdf.0123456789ab.part", ".hidden", "x.part"):
        (tmp_path / name).write_text("", encoding="utf-8")
    clear_parts(tmp_path, ["worksheet", "absent"])
    assert names(tmp_path) == [".hidden", "worksheet", "x.part"]
    assert names(tmp_path / "worksheet") == []


def test_discard(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("", encoding="utf-8")
    discard(tmp_path / "a.pdf")
    discard(tmp_path / "a.pdf")
    assert names(tmp_path) == []
    with pytest.raises(BuildError, match="cannot write"):
        discard(tmp_path)


def test_the_lock_says_who_holds_it_and_goes_away(tmp_path: Path) -> None:
    with hold(tmp_path):
        who = rf"another build holds .*: process {os.getpid()} on "
        with pytest.raises(HeldError, match=who) as caught, hold(tmp_path):
            pytest.fail("held twice")
        assert caught.value.exit_status == 4
    assert names(tmp_path) == []
    with hold(tmp_path):
        assert names(tmp_path) == [LOCK]


def test_a_lock_left_by_a_dead_process_does_not_count(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, sys\nfrom gen.build.lock import hold\n"
        "with hold(pathlib.Path(sys.argv[1])):\n    os._exit(9)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert done.returncode == 9
    assert names(tmp_path) == [LOCK]
    with hold(tmp_path):
        pass
    assert names(tmp_path) == []


def test_the_lock_without_help_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_by_flock", lambda path: None)
    with hold(tmp_path), pytest.raises(HeldError) as caught, hold(tmp_path):
        pytest.fail("held twice")
    assert caught.value.report.hint == f"if it no longer runs, delete {tmp_path / LOCK}"
    assert names(tmp_path) == []


@pytest.mark.parametrize("by_system", [True, False])
def test_a_lock_that_cannot_be_signed_is_given_up(
    by_system: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    if not by_system:
        monkeypatch.setattr(lock, "_by_flock", lambda path: None)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(BuildError, match="No space left on device"), hold(tmp_path):
            pytest.fail("held")
    assert names(tmp_path) == []
    with hold(tmp_path):
        assert names(tmp_path) == [LOCK]


def test_a_lock_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / LOCK).mkdir()
    with pytest.raises(BuildError, match="cannot write"), hold(tmp_path):
        pytest.fail("held a folder")


def test_the_manifest_is_sorted_and_complete(tmp_path: Path) -> None:
    manifest = Manifest(
        "s", 7, "tinytex",
        (made("worksheet/b.pdf", b"B", pages=2, student="b"), made("answers.csv", b"A")),
        (Failed("worksheet/d.pdf", "bad", "d"), Failed("worksheet/c.pdf", "worse", "c")),
    )  # fmt: skip
    write_manifest(tmp_path, manifest)
    assert json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8")) == {
        "schema": "freeindex/manifest/1",
        "sheet": "s",
        "seed": 7,
        "engine": "tinytex",
        "files": [
            {
                "path": "answers.csv",
                "sha256": hashlib.sha256(b"A").hexdigest(),
                "pages": None,
                "student": None,
            },
            {
                "path": "worksheet/b.pdf",
                "sha256": hashlib.sha256(b"B").hexdigest(),
                "pages": 2,
                "student": "b",
            },
        ],
        "failed": [
            {"student": "c", "file": "worksheet/c.pdf", "error": "worse"},
            {"student": "d", "file": "worksheet/d.pdf", "error": "bad"},
        ],
    }


def test_files_of_the_last_build_go_unless_somebody_changed_them(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    outside = tmp_path / "outside.pdf"
    outside.write_bytes(b"x")
    for name in ("kept.pdf", "stale.pdf", "edited.tex"):
        write(folder / name, b"x")
    listed = [
        made(name, b"x") for name in ("kept.pdf", "stale.pdf", "edited.tex", "../outside.pdf", str(outside))
    ]
    write_manifest(folder, Manifest("s", None, None, tuple(listed)))
    write(folder / "edited.tex", b"y")
    write_manifest(folder, Manifest("s", None, None, (made("kept.pdf", b"x"),)))
    assert names(folder) == ["edited.tex", "kept.pdf", "manifest.json"]
    assert outside.exists()


def test_a_broken_manifest_removes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "a.pdf", b"x")
    for text in ("", "[]", '{"files": [3]}', "\x00"):
        write_text(tmp_path / "manifest.json", text)
        write_manifest(tmp_path, Manifest("s", None, None, ()))
        assert names(tmp_path) == ["a.pdf", "manifest.json"]


def test_timings_have_a_file_of_their_own(tmp_path: Path) -> None:
    write_timings(tmp_path, {"b": 0.12345, "a": 2.0})
    assert (tmp_path / "timings.json").read_text(encoding="utf-8") == '{\n "a": 2.0,\n "b": 0.123\n}\n'


def test_made_is_plain_data() -> None:
    assert made("a", b"") == Made("a", hashlib.sha256(b"").hexdigest(), None, None)
