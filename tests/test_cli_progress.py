"""What a terminal shows while something takes time, and that nothing of it stays."""

from __future__ import annotations

import io
import sys

import pytest
from rich.progress import Progress

from gen.build.finished import Finished, Step
from gen.cli.progress import RateColumn, telling
from gen.cli.progress import shown as documents
from gen.errors import Report


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def shown(text: str) -> str:
    """What stands in the one line of a terminal after `text`."""
    line: list[str] = []
    at = 0
    for char in text:
        if char == "\r":
            at = 0
            continue
        line[at : at + 1] = [char]
        at += 1
    return "".join(line).rstrip()


def test_a_line_on_a_terminal_is_replaced_and_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    with telling() as tell:
        tell("counting a long name of a family ...")
        assert shown(stream.getvalue()) == "counting a long name of a family ..."
        tell("counting b ...")
        assert shown(stream.getvalue()) == "counting b ..."
        tell("x" * 500)
        assert len(shown(stream.getvalue())) < 80
    assert shown(stream.getvalue()) == ""


def test_a_fault_leaves_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    with pytest.raises(ValueError, match="fault"), telling() as tell:
        tell("counting ...")
        raise ValueError("fault")
    assert shown(stream.getvalue()) == ""


def test_elsewhere_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with telling() as tell:
        tell("counting ...")
    assert capsys.readouterr() == ("", "")


STEPS = (
    Step(
        1,
        3,
        Finished("worksheet/a", b"%PDF", None, 2, ("problem 1 runs 4 pt over the margin",), seconds=0.25),
    ),
    Step(2, 3, Finished("worksheet/b", None, Report("internal", "worksheet/b, problem 2: [bad] \\foo"))),
)


def test_documents_are_told_line_by_line_where_there_is_no_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with documents("s1", 3) as tell:
        for step in STEPS:
            tell(step)
    assert stream.getvalue().splitlines() == [
        "[1/3] worksheet/a.pdf: 2 pages, 0.2 s",
        "warning: worksheet/a.pdf: problem 1 runs 4 pt over the margin",
        "[2/3] worksheet/b.pdf: failed, 0.0 s",
        "failed: worksheet/b, problem 2: [bad] \\foo",
    ]


def test_what_keeps_a_student_from_every_document_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    fault = Report("internal", "student a: the answer could not be checked")
    with documents("s1", 2) as tell:
        tell(Step(1, 2, Finished("worksheet/a", None, fault)))
        tell(Step(2, 2, Finished("solutions/a", None, fault)))
    assert stream.getvalue().splitlines() == [
        "[1/2] worksheet/a.pdf: failed, 0.0 s",
        "failed: student a: the answer could not be checked",
        "[2/2] solutions/a.pdf: failed, 0.0 s",
    ]


def test_a_terminal_has_a_bar_and_failures_stay_above_it(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("COLUMNS", "120")
    with documents("s1", 3) as tell:
        for step in STEPS:
            tell(step)
    text = stream.getvalue()
    assert "2/3" in text
    assert "left" in text
    assert "failed: worksheet/b, problem 2: [bad] \\foo" in text
    assert "warning: worksheet/a.pdf: problem 1 runs 4 pt over the margin" in text


def test_the_rate_is_documents_a_second() -> None:
    times = iter(float(number) for number in range(1000))
    with Progress(RateColumn(), get_time=lambda: next(times), disable=True) as bar:
        task = bar.add_task("s1", total=10)
        assert str(RateColumn().render(bar.tasks[0])) == ""
        for done in range(1, 5):
            bar.update(task, completed=done)
        assert str(RateColumn().render(bar.tasks[0])).endswith("/s")
