"""Reading TOML files: every way a file can be wrong is one report with a place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gen.errors import InputError, Report
from gen.project.source import LIMIT, read_source, source_of


def refused(text: str) -> Report:
    with pytest.raises(InputError) as caught:
        source_of(text, "set.toml")
    return caught.value.report


def refused_file(file: Path) -> Report:
    with pytest.raises(InputError) as caught:
        read_source(file)
    assert caught.value.report.where == "file"
    return caught.value.report


@pytest.mark.parametrize(
    ("text", "begin", "hint"),
    [
        ('a = 1\nb = "\\det(A)"', "set.toml:2: a backslash in double quotes", "single quotes"),
        ('a = "\\partial"', "set.toml:1: a backslash in double quotes", "single quotes"),
        ("id = 3\nid = 4", "set.toml:2: this key is given twice", None),
        ("[q]\n[q]", "set.toml:2: the table [q] is given twice", None),
        ('title = "x\n', "set.toml:1: a quote is missing", None),
        ("a = [1,", "set.toml:1: ", None),
        ("a = 2026-13-01", "set.toml:1: ", None),
        ("a = \x00", "set.toml:1: ", None),
    ],
)
def test_syntax_errors_name_file_and_line(text: str, begin: str, hint: str | None) -> None:
    report = refused(text)
    assert report.code == "syntax"
    assert re.sub(r":(\d+):\d+:", r":\1:", report.message, count=1).startswith(begin)
    assert (report.hint is not None) == (hint is not None)
    assert hint is None or hint in str(report.hint)
    lines = report.lines()
    assert len(lines) <= 4
    assert lines[2].strip() == "^"


def test_the_caret_stands_where_tomllib_stopped() -> None:
    report = refused('a = 1\nb = "\\det(A)"')
    assert report.message.startswith("set.toml:2:8: ")
    assert report.lines()[1:3] == ['  b = "\\det(A)"', "         ^"]


def test_windows_line_ends_change_no_line_number() -> None:
    assert refused("a = 1\r\nb = 2\r\nb = 3\r\n").message.startswith("set.toml:3")


@pytest.mark.parametrize(
    ("text", "words"),
    [("a=" + "[" * 5000, "nested"), ("a=" + "{b=" * 5000, "nested"), ("a=" + "9" * 5000, "digits")],
)
def test_what_is_too_large_says_so(text: str, words: str) -> None:
    report = refused(text)
    assert report.code == "too_large"
    assert words in report.message


def test_missing_file(tmp_path: Path) -> None:
    assert "there is no such file" in refused_file(tmp_path / "none.toml").message


def test_folder_instead_of_file(tmp_path: Path) -> None:
    report = refused_file(tmp_path)
    assert "this is a folder" in report.message
    assert str(tmp_path / "sheet.toml") in str(report.hint)


def test_name_with_a_nul() -> None:
    assert "cannot be read" in refused_file(Path("a\0b")).message


def test_bytes_that_are_not_utf8_name_their_line(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_bytes(b"a = 1\nb = '\xe9'\n")
    assert refused_file(file).message == f"{file}:2:6: not UTF-8 text (byte 0xE9)"


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_bytes(b"\xef\xbb\xbfa = 1\n")
    assert read_source(file).table == {"a": 1}


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_bytes(b"#" * (LIMIT + 1))
    assert refused_file(file).code == "too_large"


def test_faults_point_at_keys_and_values() -> None:
    source = source_of('a = 1\nbb = "x"\n', "s.toml")
    assert source.fault(("bb",), "why").lines() == ["error: s.toml:2:1: why", '  bb = "x"', "  ^^"]
    assert source.fault(("bb",), "why", value=True).lines()[2] == "       ^^^"
    assert source.fault(("cc",), "why").lines() == ["error: s.toml: why"]
    assert source.place(("bb",)) == "s.toml:2:6"
    assert source.place(("bb", "cc")) == "s.toml:2:6"
    assert source.place(("cc",)) == "s.toml"
    assert source.raw(("bb",)) == '"x"'
