"""A class that is built again: only what changed is made, and nothing that stands is touched."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gen.build import rendered
from gen.build.class_build import Class, build_class
from gen.build.class_order import ClassOrder
from gen.build.finished import Step
from gen.build.kept_students import KIND, SHARED
from gen.build.means import Means
from gen.build.store import Store
from gen.build.task import Making, tasks_of
from gen.build.typeset import typeset
from gen.document.format import format_named
from tests.chunk_class import Sheets, seats

SHEETS = (format_named("worksheet"),)
ORDER = ClassOrder(
    "s1", 7, Sheets(content="c"), seats(*range(1, 101)), SHEETS, merge=True, keep_tex=True, pages=SHEETS
)
CHUNKS = 2


class Watch:
    """How often TeX was run, and for whom something was laid out."""

    def __init__(self) -> None:
        self.runs = 0
        self.students: list[str] = []

    def forget(self) -> None:
        self.runs, self.students = 0, []


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    seen = Watch()
    honest: dict[str, Callable[..., Any]] = {"run": typeset, "lay": rendered._Student.lay}

    def run(*args: Any, **options: Any) -> Any:
        seen.runs += 1
        return honest["run"](*args, **options)

    def lay(one: Any) -> None:
        seen.students.append(one._seat.id)
        honest["lay"](one)

    monkeypatch.setattr("gen.build.kept_runs.typeset", run)
    monkeypatch.setattr("gen.build.rendered._Student.lay", lay)
    yield seen


def built(folder: Path, store: Store | None, order: ClassOrder = ORDER, **more: Any) -> Class:
    return build_class(order, folder / "out", engine="tinytex", means=Means(jobs=1, store=store), **more)


def state(folder: Path) -> dict[str, tuple[int, int, str]]:
    """Every file with its inode, time and content."""
    found = {}
    for file in sorted((folder / "out").rglob("*")):
        if file.is_file():
            stat = file.stat()
            data = hashlib.sha256(file.read_bytes()).hexdigest()
            found[str(file.relative_to(folder))] = (stat.st_ino, stat.st_mtime_ns, data)
    return found


def contents(folder: Path) -> dict[str, str]:
    return {name: data for name, (_, _, data) in state(folder).items() if "timings" not in name}


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class that was built, with its store."""
    folder = tmp_path_factory.mktemp("once")
    assert built(folder, Store(folder / "store")).typeset == 100
    return folder


def copied(once: Path, folder: Path) -> Store:
    """What was built, and its store, in another folder, with the times of the files."""
    for file in once.rglob("*"):
        if file.is_file():
            place = folder / file.relative_to(once)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.read_bytes())
    return Store(folder / "store")


def test_what_is_unchanged_is_not_touched(once: Path, tmp_path: Path, watch: Watch) -> None:
    store = copied(once, tmp_path)
    before = state(tmp_path)
    again = built(tmp_path, store)
    assert (again.typeset, again.kept) == (0, 100)
    assert state(tmp_path) == before
    assert (watch.runs, watch.students) == (0, [])


def test_what_one_student_changes_is_made_and_nothing_else(once: Path, tmp_path: Path, watch: Watch) -> None:
    store = copied(once, tmp_path)
    other = tuple(replace(seat, id="203") if seat.id == "3" else seat for seat in ORDER.seats)
    before = state(tmp_path)
    order = replace(ORDER, seats=other)
    built(tmp_path, store, order)
    assert watch.students == ["203"]
    assert watch.runs == 1
    after = state(tmp_path)
    last = [name for name in before if "/worksheet/100." in name]
    assert len(last) == 3
    assert all(after[name] == before[name] for name in last)
    # What comes of it is what comes of an empty cache: nobody can tell what was kept.
    built(tmp_path / "anew", None, order)
    assert contents(tmp_path / "anew") == contents(tmp_path)


def test_a_file_that_was_deleted_comes_back_without_tex(once: Path, tmp_path: Path, watch: Watch) -> None:
    store = copied(once, tmp_path)
    before = contents(tmp_path)
    for name in ("worksheet/7.pdf", "worksheet/8.tex", "worksheet/9.html", "print.pdf", "answers.csv"):
        (tmp_path / "out" / "s1" / name).unlink()
    (tmp_path / "out" / "s1" / "worksheet" / "99.pdf").write_bytes(b"%PDF-")
    again = built(tmp_path, store)
    assert (again.typeset, again.kept, again.cached) == (0, 100, 2)
    assert contents(tmp_path) == before
    assert (watch.runs, watch.students) == (0, [])


def test_manifest_and_times_come_back_and_an_empty_folder_is_filled_without_tex(
    once: Path, tmp_path: Path, watch: Watch
) -> None:
    store = copied(once, tmp_path)
    before = contents(tmp_path)
    for name in ("manifest.json", "timings.json"):
        (tmp_path / "out" / "s1" / name).unlink()
    assert built(tmp_path, store).cached == 0
    assert (tmp_path / "out" / "s1" / "timings.json").is_file()
    assert contents(tmp_path) == before
    elsewhere = build_class(ORDER, tmp_path / "new", engine="tinytex", means=Means(jobs=1, store=store))
    assert (elsewhere.typeset, elsewhere.kept, elsewhere.cached) == (0, 100, 100)
    assert watch.runs == 0


@pytest.mark.parametrize("kind", ["chunks", "runs", KIND, SHARED])
def test_a_damaged_entry_is_made_again_and_never_served(
    once: Path, tmp_path: Path, watch: Watch, kind: str
) -> None:
    store = copied(once, tmp_path)
    before = contents(tmp_path)
    for file in (tmp_path / "out").rglob("*.pdf"):
        file.unlink()
    damaged = [file for file in (store.folder / kind).rglob("*") if file.is_file()]
    for file in damaged:
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 1
        file.write_bytes(bytes(data))
    built(tmp_path, store)
    assert contents(tmp_path) == before
    assert watch.runs == (CHUNKS if kind == "runs" else 0)
    # With the first chunk the preamble of all is there again.
    (chunk, *_) = tasks_of(ORDER.recipe, ORDER.seats, Making((), None))
    assert len(watch.students) == {KIND: 100, SHARED: len(chunk.seats)}.get(kind, 0)


def test_what_students_share_is_kept_once(once: Path, tmp_path: Path) -> None:
    store = copied(once, tmp_path)
    kept = {kind: [f for f in (store.folder / kind).rglob("*") if f.is_file()] for kind in (KIND, SHARED)}
    assert [len(files) for files in kept.values()] == [100, 1]
    assert max(file.stat().st_size for file in kept[KIND]) < kept[SHARED][0].stat().st_size


def test_bytes_depend_on_nothing_but_the_class(
    once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("LC_ALL", "tr_TR.UTF-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    build_class(ORDER, tmp_path / "out", engine="tinytex", means=Means(jobs=2))
    assert contents(tmp_path) == contents(once)


def test_results_are_no_links_into_the_store(once: Path) -> None:
    assert {file.stat().st_nlink for file in once.rglob("*") if file.is_file()} == {1}


def test_another_version_of_the_code_makes_everything_anew(
    once: Path, tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = copied(once, tmp_path)
    for module in ("keys", "rendered", "class_files", "class_build", "kept_runs"):
        monkeypatch.setattr(f"gen.build.{module}.program_key", lambda: "another")
    built(tmp_path, store)
    assert watch.runs == CHUNKS
    assert len(watch.students) == 100


def test_after_an_interruption_only_the_rest_is_made(once: Path, tmp_path: Path, watch: Watch) -> None:
    store = Store(tmp_path / "store")

    def stop(step: Step) -> None:
        if step.done == 70:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        built(tmp_path, store, progress=stop)
    assert not (tmp_path / "out" / "s1" / "manifest.json").exists()
    assert not (tmp_path / "out" / "s1" / ".lock").exists()
    watch.forget()
    again = built(tmp_path, store)
    # The chunk in which it was interrupted was typeset already.
    assert (watch.runs, watch.students) == (0, [])
    assert (again.typeset, again.kept) == (0, 100)
    assert contents(tmp_path) == contents(once)


def test_a_failure_is_tried_again_and_the_others_are_not(tmp_path: Path, watch: Watch) -> None:
    store = Store(tmp_path / "store")
    bad = replace(ORDER, recipe=Sheets((("3", r"\undefined"),), "bad"), seats=seats(1, 2, 3, 4), merge=False)
    assert built(tmp_path, store, bad).built.failure is not None
    watch.forget()
    again = built(tmp_path, store, bad)
    assert again.built.failure is not None
    assert "worksheet/3, problem 1" in again.built.failure.report.message
    assert (again.typeset, again.kept) == (0, 3)
    assert watch.students == []


def test_what_nobody_can_tell_apart_is_not_kept(tmp_path: Path, watch: Watch) -> None:
    store = Store(tmp_path / "store")
    nameless = replace(ORDER, recipe=Sheets(), seats=seats(1, 2), merge=False)
    built(tmp_path, store, nameless)
    watch.forget()
    built(tmp_path, store, nameless)
    assert watch.students == ["1", "2"]
