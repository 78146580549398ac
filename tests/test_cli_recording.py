"""What two builds record in one file: nothing that one of them has printed is lost to the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gen.cli.recording import record
from gen.errors import BuildError
from gen.project.course import Course, course, lock_file, versions
from gen.project.lock import read_lock
from gen.project.sheet import read_sheet

SHEET = 'id = "{}"\ntitle = "T"\nseed = 3\n[[problem]]\nfamily = "trace-product"\n'

Dealt = Callable[[str, str], tuple[Course, Path]]


@pytest.fixture
def dealt(tmp_path: Path) -> Dealt:
    """Deal a sheet to one student, with what is recorded by then."""

    def deal(sheet: str, student: str) -> tuple[Course, Path]:
        file, roster = tmp_path / f"{sheet}.toml", tmp_path / f"{student}.csv"
        file.write_text(SHEET.format(sheet), encoding="utf-8")
        roster.write_text(f"id,name\n{student},Ada\n", encoding="utf-8")
        return course(read_sheet(file), file, roster), file

    return deal


def test_another_sheet_that_is_recorded_meanwhile_stays(dealt: Dealt) -> None:
    one, file = dealt("a", "s1")
    other, beside = dealt("b", "s1")
    record(other, tuple(versions(other)), beside)
    record(one, tuple(versions(one)), file)
    assert {key[0] for key in read_lock(lock_file(file), "a").entries} == {"s1"}
    assert {key[0] for key in read_lock(lock_file(file), "b").entries} == {"s1"}


def test_what_is_recorded_of_the_same_sheet_meanwhile_is_not_written_over(dealt: Dealt) -> None:
    one, file = dealt("a", "s1")
    other, _ = dealt("a", "s2")
    record(other, tuple(versions(other)), file)
    before = lock_file(file).read_bytes()
    with pytest.raises(BuildError, match="another build has recorded versions of a meanwhile") as caught:
        record(one, tuple(versions(one)), file)
    assert "run again" in (caught.value.report.hint or "")
    assert lock_file(file).read_bytes() == before
    again, _ = dealt("a", "s1")
    record(again, tuple(versions(again)), file)
    assert {key[0] for key in read_lock(lock_file(file), "a").entries} == {"s1", "s2"}
