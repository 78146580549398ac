"""Batches: every line answered, in its order, by one process or two."""

from __future__ import annotations

import io
import json

from gen.build.cases import CHUNK, answers
from gen.project.case import LINE_LIMIT

CASE = b'{"id": %d, "expr": "W*X", "wrt": "W"}\n'


def ids(lines: list[str]) -> list[int | None]:
    return [json.loads(line)["id"] for line in lines]


def test_answers_come_in_order_and_blank_lines_are_skipped() -> None:
    data = CASE % 1 + b"\n" + b"bad\n" + CASE % 2
    found = list(answers(io.BytesIO(data)))
    assert ids(found) == [1, None, 2]
    assert json.loads(found[1])["line"] == 3


def test_each_line_is_answered_before_the_next_is_read() -> None:
    stream = io.BytesIO(CASE % 1 + CASE % 2)
    lines = answers(stream)
    next(lines)
    assert stream.tell() == len(CASE % 1)


def test_two_processes_answer_as_one_does() -> None:
    data = b"".join(b"bad\n" if n % 7 == 0 else CASE % n for n in range(2 * CHUNK + 3))
    assert list(answers(io.BytesIO(data), jobs=2)) == list(answers(io.BytesIO(data)))


def test_a_line_that_is_too_long_is_one_error() -> None:
    long = b'{"id": "' + b"x" * (2 * LINE_LIMIT + 5) + b'"}\n'
    found = [json.loads(line) for line in answers(io.BytesIO(long + CASE % 2))]
    assert [answer["id"] for answer in found] == [None, 2]
    assert found[0]["error"]["code"] == "too_large"


def test_the_last_line_needs_no_line_end() -> None:
    assert ids(list(answers(io.BytesIO((CASE % 1).rstrip())))) == [1]
    assert list(answers(io.BytesIO(b""))) == []
