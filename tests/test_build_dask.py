"""A dask cluster: what it gives is what is made here, whoever is lost, and it ends with the build."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path

import pytest

from gen.build import dask_cluster
from gen.build.dask_cluster import AHEAD
from gen.build.dask_worker import packed
from gen.build.executor import executor_named
from gen.build.means import Means
from gen.build.perform import perform
from gen.build.sameness import maker
from gen.build.task import Making, Outcome, Task, tasks_of
from gen.cli.main import main
from gen.errors import BuildError
from gen.project.course import course, recipe
from gen.project.course import seats as seats_of
from gen.project.seat import Laid, Seat
from gen.project.sheet import read_sheet
from gen.version import VERSION
from tests.chunk_class import Sheets, seats
from tests.dask_processes import ROOT, Cluster
from tests.processes import alive, descendants, ended_within
from tests.test_build_local import timeless

DASK = executor_named("dask")
MAKING = Making(("worksheet",), "tinytex", pages=("worksheet",))
PAGES = Making((), None, pages=("worksheet",))
CLASS = seats(*range(1, 49))
LONG = 90.0  # seconds, for what takes a few on a machine that has nothing else to do


@dataclass(frozen=True, slots=True)
class SlowSheets(Sheets):
    """The same, laid out slowly: a worker is surely at work for a while."""

    def _laid(self, seat: Seat) -> Laid:
        time.sleep(0.02)
        return Sheets._laid(self, seat)


@dataclass(frozen=True, slots=True)
class Broken:
    """A recipe that no process survives."""

    def key(self) -> None:
        return None

    def layout(self) -> Callable[[Seat], Callable[[], Laid]]:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


@dataclass(frozen=True, slots=True)
class Deadly(Sheets):
    """The same, but the machine on which the first sheet is laid out is lost."""

    def _laid(self, seat: Seat) -> Laid:
        if seat.id == "1":
            os.kill(os.getppid(), signal.SIGKILL)
        return Sheets._laid(self, seat)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler and one worker."""
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        started.worker()
        yield started
    finally:
        started.end()


def counted(tasks: Iterator[Task], taken: list[int]) -> Iterator[Task]:
    for task in tasks:
        taken[0] += 1
        yield task


def in_sixes(recipe: Sheets, making: Making) -> Iterator[Task]:
    return (Task(recipe, CLASS[at : at + 6], making) for at in range(0, len(CLASS), 6))


def workers_of(pid: int) -> set[int]:
    return {child for child, line in descendants(pid).items() if "gen.build.worker" in line}


def typesetting(pid: int) -> set[int]:
    """The TeX that a process has started, but for that which only tells its version."""
    lines = descendants(pid).items()
    return {child for child, line in lines if "pdflatex" in line and "--version" not in line}


def message_of(outcome: Outcome) -> str:
    """What is said of the first document."""
    error = outcome.finished[0].error
    return "" if error is None else error.message


def test_a_killed_worker_changes_no_byte_and_few_tasks_are_ahead(cluster: Cluster) -> None:
    victim = cluster.worker()
    cluster.wait(2)
    tasks = list(in_sixes(SlowSheets(), MAKING))
    taken = [0]
    outcomes = DASK.run(counted(iter(tasks), taken), Means(scheduler=cluster.address))
    until = time.monotonic() + LONG
    there = [next(outcomes)]
    assert taken[0] <= 2 * AHEAD
    while not (doomed := workers_of(victim.pid)):
        assert time.monotonic() < until
        time.sleep(0.05)
    victim.send_signal(signal.SIGKILL)
    assert ended_within(doomed, 20.0)
    there += outcomes
    assert timeless(there) == timeless([perform(task) for task in tasks])
    names = [finished.name for outcome in there for finished in outcome.finished]
    assert names == [f"worksheet/{seat.file}" for seat in CLASS]
    assert all(finished.pdf for outcome in there for finished in outcome.finished)


def test_no_more_is_given_out_than_is_asked_for(cluster: Cluster) -> None:
    taken = [0]
    outcomes = DASK.run(counted(in_sixes(Sheets(), PAGES), taken), Means(jobs=1, scheduler=cluster.address))
    for done, _ in enumerate(outcomes, 1):
        assert taken[0] == done


def test_a_recipe_that_kills_its_process_is_an_error_as_elsewhere(cluster: Cluster) -> None:
    tasks = tasks_of(Broken(), CLASS[:2], MAKING)
    (outcome,) = DASK.run(tasks, Means(scheduler=cluster.address))
    assert message_of(outcome) == "worksheet/1: the process that made it ended with status -9"


@pytest.fixture(scope="module")
def another_version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the program, which says that it is an older one."""
    folder = tmp_path_factory.mktemp("another")
    shutil.copytree(ROOT / "gen", folder / "gen", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "templates", folder / "templates")
    version = folder / "gen" / "version.py"
    version.write_text(version.read_text(encoding="utf-8").replace(VERSION, "0.0.9"), encoding="utf-8")
    return folder


def test_a_worker_with_another_version_is_refused(cluster: Cluster, another_version: Path) -> None:
    odd = cluster.worker(another_version)
    try:
        cluster.wait(2)
        with pytest.raises(BuildError, match=r"tcp://.* is refused: it has freeindex 0\.0\.9") as caught:
            list(DASK.run(tasks_of(Sheets(), CLASS[:1], PAGES), Means(scheduler=cluster.address)))
        assert "one version of freeindex" in str(caught.value.report.hint)
        assert odd.poll() is None
    finally:
        odd.kill()
        odd.wait()


def test_a_worker_with_another_version_that_comes_later_is_turned_away(
    cluster: Cluster, another_version: Path
) -> None:
    endless = cycle(in_sixes(SlowSheets(), PAGES))
    outcomes = DASK.run(endless, Means(jobs=2, scheduler=cluster.address))
    with closing(outcomes):
        next(outcomes)
        odd = cluster.worker(another_version)
        until = time.monotonic() + LONG
        for outcome in outcomes:
            assert len(outcome.pages) == 6
            if odd.poll() is not None:
                return
            assert time.monotonic() < until


def test_what_makes_other_documents_is_told_apart() -> None:
    here = maker("tinytex")
    assert here.unlike(here) == ""
    assert "a package they use is another" in replace(here, program="0").unlike(here)
    assert "its tinytex is TeX 1, and here it is" in replace(here, tex="TeX 1").unlike(here)
    assert replace(here, tex=None).unlike(here) == "it has no TeX engine tinytex"


DRIVER = """
import sys
from pathlib import Path
from gen.build.class_build import build_class
from gen.build.class_order import ClassOrder
from gen.build.executor import executor_named
from gen.build.means import Means
from gen.document.format import format_named
from tests.chunk_class import seats
from tests.test_build_local import ENDLESS
order = ClassOrder("s1", 7, ENDLESS, seats(*range(1, 101)), (format_named("worksheet"),))
means = Means(scheduler=sys.argv[2])
build_class(order, Path(sys.argv[1]), engine="tinytex", means=means, executor=executor_named("dask"))
"""


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGKILL])
def test_however_the_driver_ends_nothing_goes_on_elsewhere(
    cluster: Cluster, tmp_path: Path, blow: int
) -> None:
    driver = subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(tmp_path), cluster.address],
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    mine = os.getpid()
    try:
        until = time.monotonic() + LONG
        while not (running := typesetting(mine)):
            assert time.monotonic() < until
            assert driver.poll() is None
            time.sleep(0.1)
        everybody = {*running, *workers_of(mine)}
        driver.send_signal(blow)
        driver.wait(timeout=LONG)
        assert ended_within(everybody, 20.0), [alive(pid) for pid in everybody]
        # Nothing new has begun instead.
        assert not typesetting(mine)
    finally:
        driver.kill()
        driver.wait()


def test_a_task_that_no_machine_survives_is_an_error_and_a_scheduler_that_ends_is_told(
    tmp_path: Path,
) -> None:
    own = Cluster(tmp_path, failures=0)
    try:
        for _ in range(2):
            own.worker()
        outcomes = DASK.run(in_sixes(Deadly(), MAKING), Means(jobs=1, scheduler=own.address))
        first, second = next(outcomes), next(outcomes)
        assert all(finished.pdf for finished in second.finished)
        assert message_of(first) == "worksheet/1: the process that made it was lost with its machine, 1 time"
        own.scheduler.kill()
        with pytest.raises(BuildError, match=r"the scheduler at tcp://.* is gone"):
            list(outcomes)
    finally:
        own.end()


def test_a_scheduler_that_ends_in_the_middle_is_one_error_and_nothing_else(folder: Path) -> None:
    rows = "".join(f"s{number};N\n" for number in range(60))
    (folder / "roster.csv").write_text(f"id;name\n{rows}", encoding="utf-8")
    own = Cluster(folder)
    words = ("build", "sheet.toml", "--roster", "roster.csv", "-o", "out", "--engine", "tinytex")
    try:
        own.worker()
        own.wait(1)
        with subprocess.Popen(
            [sys.executable, "-m", "gen", *words, "--executor", "dask", "--scheduler", own.address],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            # Whatever was typeset before would be done before anybody could be killed.
            env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(folder / "cache")},
        ) as driver:
            assert driver.stderr is not None
            first = driver.stderr.readline().decode()
            own.scheduler.kill()
            rest = driver.stderr.read().decode().splitlines()
        assert driver.returncode == 1
    finally:
        own.end()
    assert first.startswith("[1/60] ")
    others = [line for line in rest if not line.startswith("[")]
    assert others == [
        f"error: the scheduler at {own.address} is gone",
        "  hint: what has been made stays; build again when there is one",
    ]


def test_a_scheduler_without_workers_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_cluster, "PATIENCE", 0.2)
    own = Cluster(tmp_path)
    try:
        with pytest.raises(BuildError, match="has had no worker") as caught:
            list(DASK.run(tasks_of(Sheets(), CLASS[:1], MAKING), Means(scheduler=own.address)))
        assert f"dask worker {own.address}" in str(caught.value.report.hint)
    finally:
        own.end()


SHEET = 'id = "s1"\ntitle = "T"\nseed = 3\nformats = ["worksheet"]\n[[problem]]\nfamily = "trace-product"\n'
ROSTER = "id;name;e-mail;group\nx7;Ada Lovelace;ada@example.org;Grp9\nx8;Emmy Noether;emmy@example.org;Grp9\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sheet.toml").write_text(SHEET, encoding="utf-8")
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path


def test_a_task_holds_what_its_sheets_print_and_nothing_else_of_the_roster(folder: Path) -> None:
    sheet = read_sheet(folder / "sheet.toml")
    found = course(sheet, folder / "sheet.toml", folder / "roster.csv")
    one, two = seats_of(found, found.lock)
    payloads = [packed(Task(recipe(found), (seat,), MAKING)) for seat in (one, two)]
    for payload, theirs, others in zip(
        payloads, ("Ada Lovelace", "Emmy Noether"), ("Emmy", "Lovelace"), strict=True
    ):
        assert len(payload) < 4096
        text = zlib.decompress(payload)
        assert theirs.encode() in text
        for private in ("example.org", "Grp9", others):
            assert private.encode() not in text


def unused_address() -> str:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"tcp://127.0.0.1:{one.getsockname()[1]}"


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("--executor", "dask"), 2, "error: --executor dask needs a scheduler"),
        (("--executor", "dask", "--scheduler", "nowhere"), 2, "error: --scheduler nowhere is no address"),
        (("--executor", "dask", "--scheduler", "FREE"), 1, "error: no scheduler answers at tcp://127.0.0.1:"),
        (("--scheduler", "FREE"), 2, "error: --scheduler does not go with --executor local"),
    ],
)
def test_what_keeps_a_cluster_from_building_is_told_before_anything_is_dealt(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    status: int,
    message: str,
) -> None:
    monkeypatch.setattr(dask_cluster, "REACH", 0.5)
    words = tuple(unused_address() if word == "FREE" else word for word in words)
    roster = ("--roster", str(folder / "roster.csv"), "-o", str(folder / "out"))
    assert main(["build", str(folder / "sheet.toml"), *roster, *words]) == status
    err = capfd.readouterr().err
    assert message in err
    assert err.count("error: ") == 1
    assert "Traceback" not in err
    assert not (folder / "variants.lock").exists()
    assert not (folder / "out").exists()


def test_a_scheduler_without_a_roster_has_nothing_to_do(folder: Path) -> None:
    assert main(["build", str(folder / "sheet.toml"), "--scheduler", "tcp://127.0.0.1:1"]) == 2


def test_a_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    for module in ("gen.build.dask_cluster", "gen.build.dask_worker"):
        monkeypatch.delitem(sys.modules, module)
    with pytest.raises(BuildError, match="needs the package distributed") as caught:
        DASK.ready(Means(scheduler="tcp://127.0.0.1:1"))
    assert caught.value.report.hint == "pip install 'freeindex[cluster]'"
