"""`freeindex verify`: one answer, a batch of cases, and a table of a class's answers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gen.cli import main

Run = Callable[..., tuple[int, str, str]]
QUESTION = ("verify", "tr(A*X*B)", "--wrt", "X")
CLASS = 'id;answer;name\nanna;A^T B^T;Anna\n\n"=1+2";A·B;Bo\ncarl;A* ;C\nd;A;B;D\ne\n'


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process: status, standard output, standard error."""

    def call(*words: str) -> tuple[int, str, str]:
        status = main(list(words))
        out, err = capfd.readouterr()
        return status, out, err

    return call


@pytest.mark.parametrize(
    ("answer", "word"),
    [("A^T B^T", "Right."), ("A*B", "Shape first"), ("-A'B'", "sign"), ("-B*A", "minus the transpose")],
)
def test_a_verdict_is_a_sentence_and_status_0(run: Run, answer: str, word: str) -> None:
    status, out, err = run(*QUESTION, "--answer", answer)
    assert (status, err) == (0, "")
    assert word in out
    assert out.count("\n") == 1


def test_a_verdict_as_json(run: Run) -> None:
    status, out, _ = run(*QUESTION, "--answer", "A*B", "--format", "json")
    found = json.loads(out)
    assert status == 0
    assert found["schema"] == "freeindex/verdict/1"
    assert (found["verdict"], found["misconception"]) == ("wrong", "forgotten-transpose")
    assert found["shape"]["has"] is None


def test_declarations_and_kinds(run: Run) -> None:
    words = ("verify", "logdet(S)", "--wrt", "S", "--let", "S: n x n symmetric")
    assert run(*words, "--answer", "2 S^{-1} - I∘S^{-1}")[1] == "Right.\n"
    assert run("verify", "W*X", "--wrt", "W", "--kind", "vecjac", "--answer", "Xᵀ ⊗ I")[1] == "Right.\n"


def test_an_answer_that_cannot_be_read_is_pointed_at(run: Run) -> None:
    status, out, err = run(*QUESTION, "--answer", "A^T + Q", "--format", "json")
    assert status == 2
    assert json.loads(out)["error"]["in"] == "answer"
    lines = err.splitlines()
    assert lines[0].startswith("error: Q ")
    assert lines[1:3] == ["  A^T + Q", "        ^"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("verify",), "--answer is missing"),
        (("verify", "--answer", "1"), "the expression is missing"),
        (("verify", "x", "--answer", "1"), "--wrt is missing"),
        ((*QUESTION, "--answer", " "), "the answer is empty"),
        ((*QUESTION, "--answer", "A", "--from", "x"), "leave --answer out"),
        (("verify", "--from", "none.jsonl"), "none.jsonl: cannot be read"),
        ((*QUESTION, "--from", "none.csv"), "none.csv: cannot be read"),
        ((*QUESTION, "--answer", "A", "--kind", "hessien"), "there is no kind called hessien"),
    ],
)
def test_wrong_input_is_one_line_and_status_2(run: Run, words: tuple[str, ...], message: str) -> None:
    status, _, err = run(*words)
    assert status == 2
    assert message in err.splitlines()[0]
    assert len(err.splitlines()) <= 4


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_cases_with_answers_line_by_line(run: Run, tmp_path: Path, jobs: str) -> None:
    cases = tmp_path / "a.jsonl"
    out = tmp_path / "v.jsonl"
    lines = [
        '{"id": 1, "expr": "W*X", "wrt": "W", "answer": "X^T"}',
        "",
        '{"id": 2, "expr": "W*X", "wrt": "W", "answer": "X^^"}',
        '{"id": 3, "expr": "W*X", "wrt": "W"}',
        '{"id": 4, "expr": "A*x", "wrt": "x", "layout": "denominator", "answer": "A^T"}',
        "no JSON",
    ]
    cases.write_text("\n".join(lines), encoding="utf-8")
    status, _, _ = run("verify", "--from", str(cases), "-o", str(out), "-j", jobs)
    found = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert status == 0
    assert [f["id"] for f in found] == [1, 2, 3, 4, None]
    assert found[0]["verdict"]["misconception"] == "identity-lost"
    assert [f["error"]["in"] for f in found[1:3]] == ["answer", "answer"]
    assert found[3]["verdict"]["verdict"] == "right"


def test_a_class_gets_a_line_of_feedback_each(run: Run, tmp_path: Path) -> None:
    answers = tmp_path / "class.csv"
    answers.write_bytes(b"\xef\xbb\xbf" + CLASS.encode())
    status, out, _ = run(*QUESTION, "--from", str(answers))
    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0
    assert [r["id"] for r in rows] == ["anna", "'=1+2", "carl", "d", "e"]
    assert [r["verdict"] for r in rows] == ["right", "wrong", "error", "error", "error"]
    assert rows[1]["misconception"] == "forgotten-transpose"
    assert "double quotes" in rows[3]["message"]


def test_a_class_as_json(run: Run, tmp_path: Path) -> None:
    answers, out = tmp_path / "class.csv", tmp_path / "out.jsonl"
    answers.write_text(CLASS, encoding="utf-8")
    assert run(*QUESTION, "--from", str(answers), "--format", "json", "-o", str(out))[0] == 0
    found = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [f["id"] for f in found] == ["anna", "=1+2", "carl", "d", "e"]
    assert found[0]["verdict"]["verdict"] == "right"
    assert found[2]["error"]["in"] == "answer"


BAD_TABLES = (
    (b"", ":1: the column id is missing"),
    (b"id,solution\n1,A\n", ":1: the column answer is missing"),
    (b"id,answer\n1,A\xe9\n", ":2: this is not UTF-8"),
    (b'id,answer\n1,"A\n', ":2: not a table"),
    (b'id,answer\n1,A\n2,B\n3,"A\n', ":4: not a table"),
)


@pytest.mark.parametrize(("data", "message"), BAD_TABLES)
def test_what_is_no_table_is_an_error_with_its_line(
    run: Run, tmp_path: Path, data: bytes, message: str
) -> None:
    answers = tmp_path / "class.csv"
    answers.write_bytes(data)
    for form in ((), ("--format", "json")):
        status, out, err = run(*QUESTION, "--from", str(answers), *form)
        (line,) = out.splitlines()
        assert status == 2
        assert message in err.splitlines()[0]
        assert message in json.loads(line)["error"]["message"]


def test_a_wrong_question_writes_nothing(run: Run, tmp_path: Path) -> None:
    answers, out = tmp_path / "class.csv", tmp_path / "out.csv"
    answers.write_text(CLASS, encoding="utf-8")
    status, _, err = run("verify", "tr(A*X", "--wrt", "X", "--from", str(answers), "-o", str(out))
    assert status == 2
    assert "closing bracket" in err
    assert not out.exists()
    status, printed, _ = run("verify", "tr(A*X", "--wrt", "X", "--from", str(answers))
    assert status == 2
    assert [*json.loads(printed)] == ["error"]
