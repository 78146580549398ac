"""What a terminal shows while something takes time, and that nothing of it stays."""

from __future__ import annotations

import io
import sys

import pytest

from gen.cli.progress import telling


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
