"""Worker processes: the same outcomes as here, in order; none left behind, however the build ends."""

from __future__ import annotations

import errno
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gen.build.crew import PATIENCE, LostError, Worker
from gen.build.executor import EXECUTORS, executor_named
from gen.build.means import Means
from gen.build.perform import perform
from gen.build.shared_runs import shared
from gen.build.task import Making, Outcome, Task, tasks_of
from gen.build.worker import Job
from gen.errors import InputError
from tests.chunk_class import Sheets, seats
from tests.processes import alive, descendants, ended_within

MAKING = Making(("worksheet",), "tinytex", pages=("worksheet",))
CLASS = seats(*range(1, 101))
LOOP = r"\loop\iftrue\repeat"
ENDLESS = Sheets(tuple((str(number), LOOP) for number in range(1, 101)))


def timeless(outcomes: list[Outcome]) -> list[Outcome]:
    """The outcomes without what is never the same twice."""
    return [
        replace(one, seconds=0.0, finished=tuple(replace(f, seconds=0.0) for f in one.finished))
        for one in outcomes
    ]


def test_what_workers_give_is_what_is_made_here_in_the_same_order() -> None:
    tasks = list(tasks_of(Sheets((("7", r"\undefined"),)), CLASS, MAKING))
    assert len(tasks) > 1
    here = [perform(task) for task in tasks]
    for executor in EXECUTORS[:1]:
        there = list(executor.run(iter(tasks), Means(jobs=2)))
        assert timeless(there) == timeless(here)
    names = [finished.name for outcome in here for finished in outcome.finished]
    assert names == [f"worksheet/{seat.file}" for seat in CLASS]
    assert [f.name for outcome in here for f in outcome.finished if f.error is not None] == ["worksheet/7"]


def test_where_workers_are_left_without_a_task_the_last_ones_make_more_runs_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    honest: Callable[[Worker, Job], Outcome] = Worker.do
    runs: dict[str, int] = {}

    def do(worker: Worker, job: Job) -> Outcome:
        runs[job.task.seats[0].file] = job.threads
        return honest(worker, job)

    monkeypatch.setattr(Worker, "do", do)
    making = replace(MAKING, formats=("worksheet", "solutions"), pages=())
    tasks = list(tasks_of(Sheets(), seats(*range(1, 161)), making))
    assert len(tasks) > 2
    there = list(executor_named("local").run(iter(tasks), Means(jobs=2)))
    assert [runs[task.seats[0].file] for task in tasks] == [*[1] * (len(tasks) - 1), 2]
    assert timeless(there) == timeless([perform(task) for task in tasks])


def test_no_more_tasks_are_taken_ahead_than_there_are_workers() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[Task]:
        for number in range(100):
            taken.append(number)
            yield Task(Sheets(), (), MAKING)

    given = shared(tasks(), 4)
    for number in range(10):
        next(given)
        assert len(taken) == (number + 1 if number < 4 else number + 4)


def test_tasks_and_outcomes_are_small_values_that_can_be_pickled() -> None:
    (task,) = tasks_of(Sheets(), seats(1, 2), MAKING)
    assert pickle.loads(pickle.dumps(task)) == task
    outcome = perform(task)
    assert pickle.loads(pickle.dumps(outcome)) == outcome


def test_a_task_whose_worker_is_killed_is_done_again_by_those_who_are_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed: list[int] = []
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    honest: Callable[[Worker, Job], Outcome] = Worker.do

    def do(worker: Worker, job: Job) -> Outcome:
        if not killed:
            killed.append(worker.pid)
            os.kill(worker.pid, signal.SIGKILL)
        return honest(worker, job)

    monkeypatch.setattr(Worker, "do", do)
    tasks = list(tasks_of(Sheets(), CLASS, MAKING))
    notes: list[str] = []
    there = list(executor_named("local").run(iter(tasks), Means(jobs=2, tell=notes.append)))
    assert len(killed) == 1
    assert notes == ["note: a worker process ended with status -9; going on with 1"]
    assert list(tmp_path.iterdir()) == []
    assert timeless(there) == timeless([perform(task) for task in tasks])


def test_a_student_whose_task_no_worker_survives_is_told_and_stops_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    honest: Callable[[Worker, Job], Outcome] = Worker.do

    def do(worker: Worker, job: Job) -> Outcome:
        if any(seat.id == "5" for seat in job.task.seats):
            raise LostError("ended with status -9")
        return honest(worker, job)

    monkeypatch.setattr(Worker, "do", do)
    tasks = list(tasks_of(Sheets(), CLASS, MAKING))
    there = list(executor_named("local").run(iter(tasks), Means(jobs=2)))
    documents = [one for outcome in there for one in outcome.finished]
    assert [one.name for one in documents] == [f"worksheet/{seat.file}" for seat in CLASS]
    assert [outcome.as_usual for outcome in there] == [
        all(one.error is None for one in outcome.finished) for outcome in there
    ]
    (bad,) = (one for one in documents if one.error is not None)
    assert "worksheet/5: the process that made it ended with status -9" in str(bad.error)
    pages = [page.name for outcome in there for page in outcome.pages]
    assert pages == [f"worksheet/{seat.file}" for seat in CLASS if seat.id != "5"]
    rows = [row[0] for outcome in there for row in outcome.rows]
    assert rows == [seat.id for seat in CLASS if seat.id != "5"]


def test_where_no_worker_survives_anything_it_is_not_tried_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    hired: list[int] = []

    def do(worker: Worker, job: Job) -> Outcome:
        hired.append(worker.pid)
        os.kill(worker.pid, signal.SIGKILL)
        raise LostError("ended with status -9")

    monkeypatch.setattr(Worker, "do", do)
    there = list(executor_named("local").run(tasks_of(Sheets(), CLASS, MAKING), Means(jobs=2)))
    documents = [one for outcome in there for one in outcome.finished]
    assert [one.name for one in documents] == [f"worksheet/{seat.file}" for seat in CLASS]
    assert all(one.error is not None and "-j" in (one.error.hint or "") for one in documents)
    assert len(hired) <= PATIENCE + 1


@pytest.mark.parametrize("most", [0, 1])
def test_where_few_processes_can_be_started_there_are_fewer_workers(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Worker] = []
    honest: Callable[[Worker], None] = Worker.__init__

    def start(worker: Worker) -> None:
        if len(started) >= most:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        honest(worker)
        started.append(worker)

    tasks = list(tasks_of(Sheets(), CLASS, MAKING))
    expected = [perform(task) for task in tasks]
    monkeypatch.setattr(Worker, "__init__", start)
    notes: list[str] = []
    there = list(executor_named("local").run(iter(tasks), Means(jobs=2, tell=notes.append)))
    assert timeless(there) == timeless(expected)
    (note,) = notes
    assert ("1 of 2 worker processes" if most else "no worker process could be started") in note


def test_closing_ends_workers_and_their_tex() -> None:
    before = descendants(os.getpid())
    outcomes = executor_named("local").run(tasks_of(ENDLESS, CLASS, MAKING), Means(jobs=2))
    good = tasks_of(Sheets(), CLASS, MAKING)
    mixed = executor_named("local").run(
        (task for pair in zip(good, tasks_of(ENDLESS, CLASS, MAKING), strict=True) for task in pair),
        Means(jobs=2),
    )
    outcomes.close()
    next(mixed)
    started = time.monotonic()
    mixed.close()
    assert time.monotonic() - started < 4
    assert descendants(os.getpid()).keys() <= before.keys()


DRIVER = """
import sys
from pathlib import Path
from gen.build.class_build import build_class
from gen.build.class_order import ClassOrder
from gen.build.means import Means
from gen.document.format import format_named
from tests.chunk_class import seats
from tests.test_build_local import ENDLESS
order = ClassOrder("s1", 7, ENDLESS, seats(*range(1, 101)), (format_named("worksheet"),))
build_class(order, Path(sys.argv[1]), engine="tinytex", means=Means(jobs=2))
"""


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_however_the_driver_ends_nothing_it_started_goes_on(tmp_path: Path, blow: int) -> None:
    place = tmp_path / "scratch"
    place.mkdir()
    driver = subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(tmp_path)],
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "TMPDIR": str(place)},
    )
    started = time.monotonic()
    everybody: set[int] = set()
    while len(everybody) < 4:  # two workers and their TeX
        assert time.monotonic() - started < 120
        time.sleep(0.1)
        running = descendants(driver.pid)
        everybody = set(running) if any("pdflatex" in what for what in running.values()) else set()
    driver.send_signal(blow)
    driver.wait(timeout=5)
    assert ended_within(everybody, 3.0), [alive(pid) for pid in everybody]
    assert list(place.iterdir()) == []


def test_no_more_is_begun_than_can_be_done() -> None:
    taken: list[str] = []

    def counted() -> Iterator[Task]:
        for number in range(8):
            taken.append(str(number))
            yield Task(Sheets(), seats(number + 1), MAKING)

    outcomes = executor_named("local").run(counted(), Means(jobs=2))
    for number in range(1, 9):
        next(outcomes)
        assert len(taken) <= min(8, number + 4)  # one that is not begun tells whether it is the last
    assert list(outcomes) == []


def test_an_executor_that_does_not_exist_is_told_with_the_nearest() -> None:
    with pytest.raises(InputError, match="there is no executor locale"):
        executor_named("locale")


def test_a_worker_that_is_sent_what_it_cannot_read_ends(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    worker = subprocess.Popen(
        [sys.executable, "-m", "gen.build.worker", str(scratch)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parent.parent,
    )
    assert worker.stdin is not None
    # The record of a module that is not there; the pipe stays open.
    worker.stdin.write(b"cgen.build.no_such_module\nTask\n.")
    worker.stdin.flush()
    assert worker.wait(timeout=30) == 0
    assert not scratch.exists()
    worker.stdin.close()
