"""The command line: exit statuses, one line of error, JSON, files, and nothing half-written."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gen.cli import main
from gen.cli.command import COMMANDS
from gen.errors import HeldError, Report
from gen.version import VERSION

Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parent.parent
SHEET = 'id = "s1"\ntitle = "T"\nformats = ["worksheet"]\n[[problem]]\nof = "F = W*X"\nwrt = "W"\n'


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process: status, standard output, standard error."""

    def call(*words: str) -> tuple[int, str, str]:
        status = main(list(words))
        out, err = capfd.readouterr()
        return status, out, err

    return call


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "sheet.toml"
    file.write_text(SHEET, encoding="utf-8")
    return file


def assert_one_error(err: str) -> str:
    """Exactly one line begins `error: `, at most three indented ones follow; the line."""
    lines = [line for line in err.splitlines() if not line.startswith("[")]
    assert lines[0].startswith("error: ")
    assert len(lines) <= 4
    assert all(line.startswith("  ") for line in lines[1:])
    assert "Traceback" not in err
    return lines[0]


# Every way to call it wrongly, and a word of what is said.
WRONG = [
    ((), "the command is missing"),
    (("derve",), "there is no command derve"),
    (("--verbose",), "the option --verbose is not known"),
    (("derive",), "the expression is missing"),
    (("derive", "W*X"), "--wrt is missing"),
    (("derive", "W*X", "--wrt"), "expected one argument"),
    (("derive", "W*X", "--wrt", ""), "the variable is missing"),
    (("derive", "W*X", "--wrt", "W,W"), "W is named twice"),
    (("derive", "W*X", "--wrt", "W", "--mehtod", "vec"), "the option --mehtod is not known"),
    (("derive", "W", "X", "--wrt", "W"), "one argument too many: X"),
    (("derive", "W*X", "--wrt", "W", "--method", "indx"), "indx"),
    (("derive", "W*X", "--wrt", "W", "--order", "3"), "--order does not know 3"),
    (("derive", "W*X", "--wrt", "W", "--let", "W m x n"), "a declaration needs a colon"),
    (("derive", "W*X", "--wrt", "W", "--let", "W: m x"), "a dimension is missing"),
    (("derive", "W*X", "--wrt", "W", "-j", "0"), "is not a whole number from 1"),
    (("derive", "W*X", "--from", "x.jsonl"), "leave EXPR and --wrt out"),
    (("derive", "--from", "none.jsonl"), "none.jsonl: cannot be read"),
    (("derive", "tr(W*X", "--wrt", "W"), "a closing bracket is missing"),
    (("derive", "-", "--wrt", "W"), ""),
    (("derive", "W*\ud800", "--wrt", "W"), ""),
    (("derive", "tr(A*B)", "--wrt", "A", "--let", "A: m x n", "--let", "B: n x p"), "tr needs a square"),
    (("derive", "W*Q", "--wrt", "W", "--strict", "--let", "W: m x n"), "Q is not declared"),
    (("build",), "SHEET.toml"),
    (("build", "none.toml"), "none.toml: there is no such file"),
    (("build", "."), "this is a folder"),
    (("check", "none.toml"), "none.toml: there is no such file"),
    (("init",), "DIR"),
    (("reference", "now"), "one argument too many: now"),
    (("doctor", "now"), "one argument too many: now"),
]


@pytest.mark.parametrize(("words", "message"), WRONG, ids=lambda value: " ".join(value)[:40])
def test_wrong_input_is_one_line_and_status_2(run: Run, words: tuple[str, ...], message: str) -> None:
    status, out, err = run(*words)
    assert message in assert_one_error(err)
    assert status == 2
    # A file of cases is answered in JSON, and so is the fault of naming it.
    assert out == "" or "--from" in words


@pytest.mark.parametrize(
    ("words", "code", "where"),
    [
        (("W*", "--wrt", "W"), "syntax", "expr"),
        (("W*X", "--wrt", "2"), "syntax", "wrt"),
        (("W*X",), "syntax", "wrt"),
        (("W*X", "--wrt", "W", "--let", "W m"), "syntax", "let"),
        (("trace(X)", "--wrt", "X"), "unknown_function", "expr"),
        (("A+B*A", "--wrt", "A", "--let", "A: m x n", "--let", "B: k x m"), "shape", "expr"),
    ],
)
def test_errors_are_json_where_that_was_asked_for(
    run: Run, words: tuple[str, ...], code: str, where: str
) -> None:
    status, out, err = run("derive", *words, "--format", "json")
    error = json.loads(out)["error"]
    assert (status, error["code"], error["in"]) == (2, code, where)
    assert set(error) == {"code", "message", "in", "start", "end", "hint"}
    assert_one_error(err)


def test_version_and_help(run: Run) -> None:
    assert run("--version") == (0, f"freeindex {VERSION}\n", "")
    status, out, _ = run("--help")
    assert status == 0
    assert all(command.name in out for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_explains_itself(run: Run, command: Any) -> None:
    status, out, err = run(command.name, "--help")
    assert (status, err) == (0, "")
    assert f"freeindex {command.name}" in out


def test_derive_prints_a_derivation(run: Run) -> None:
    status, out, err = run("derive", "W*X", "--wrt", "W")
    assert (status, err) == (0, "")
    assert "δ_iq X_rk" in out
    assert "\x1b" not in out


def test_a_name_that_is_declared_twice_is_refused(run: Run) -> None:
    status, _, err = run("derive", "W*X", "--wrt", "W", "--let", "W: m x n", "--let", "W: n x n")
    assert status == 2
    assert "error: W is declared twice: as m x n and as n x n" in err


def test_an_expression_may_begin_with_a_minus(run: Run) -> None:
    assert "δ_iq δ_kr" in run("derive", "--X", "--wrt", "X")[1]
    assert "-X_iq δ_kr" in run("derive", "-X*W", "--wrt", "W")[1]
    assert run("derive", "-o*W", "--wrt", "W", "--let", "o: scalar")[0] == 0


def test_one_derivation_is_an_object_and_several_are_an_array(run: Run) -> None:
    def derived(*words: str) -> Any:
        return json.loads(run("derive", "W*X", *words, "--format", "json")[1])

    assert derived("--wrt", "W")["schema"] == "freeindex/derivation/1"
    assert [d["problem"]["wrt"] for d in derived("--wrt", "X,W")] == ["X", "W"]
    every = derived("--wrt", "W", "--method", "all")
    assert {"index", "vec", "components", "backprop"} <= {d["problem"]["method"] for d in every}


def test_steps_chain_in_the_json(run: Run) -> None:
    for derivation in json.loads(
        run("derive", "W*X", "--wrt", "W", "--method", "all", "--format", "json")[1]
    ):
        steps = derivation["steps"]
        if derivation["problem"]["method"] != "components":
            assert [s["after"] for s in steps[:-1]] == [s["before"] for s in steps[1:]]


def test_derive_writes_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "new" / "d.json"
    assert run("derive", "W*X", "--wrt", "W", "--format", "json", "-o", str(file)) == (0, "", "")
    assert json.loads(file.read_text(encoding="utf-8"))["verified"] is True


def test_derive_makes_tex_and_pdf(run: Run, tmp_path: Path) -> None:
    assert run("derive", "W*X", "--wrt", "W", "--format", "tex")[1].startswith("%")
    file = tmp_path / "d.pdf"
    assert run("derive", "W*X", "--wrt", "W", "--format", "pdf", "-o", str(file))[0] == 0
    assert file.read_bytes().startswith(b"%PDF")


def test_a_page_is_printed_or_written(run: Run, tmp_path: Path) -> None:
    status, out, err = run("derive", "W*X", "--wrt", "W", "--format", "html")
    assert (status, err) == (0, "") and out.startswith("<!DOCTYPE html>")
    file = tmp_path / "page.html"
    words = ("--wrt", "W,X", "--method", "all", "--format", "html", "-o", str(file))
    assert run("derive", "W*X", *words) == (0, "", "")
    assert file.read_text(encoding="utf-8").count('<section class="part"') == 10


def test_a_file_that_cannot_be_written_is_status_1(run: Run, tmp_path: Path) -> None:
    status, _, err = run("derive", "W*X", "--wrt", "W", "-o", str(tmp_path))
    assert status == 1
    assert "cannot write" in assert_one_error(err)


def test_cases_are_answered_line_by_line(run: Run, tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text('{"id": 1, "expr": "W*X", "wrt": "W"}\n\nbad\n{"id": 2, "expr": "W*", "wrt": "W"}\n')
    status, out, err = run("derive", "--from", str(cases))
    answers = [json.loads(line) for line in out.splitlines()]
    assert (status, err) == (0, "")
    assert [answer["id"] for answer in answers] == [1, None, 2]
    assert answers[1]["line"] == 3
    target = tmp_path / "out.jsonl"
    assert run("derive", "--from", str(cases), "-o", str(target), "-j", "2") == (0, "", "")
    assert target.read_text(encoding="utf-8") == out


def test_check_finds_no_fault_and_counts(run: Run, sheet: Path) -> None:
    status, out, err = run("check", str(sheet))
    assert (status, err) == (0, "")
    assert "no fault in 1 problem (0 marks): worksheet" in out


def test_check_tells_of_signs_that_no_font_shows(run: Run, sheet: Path) -> None:
    sheet.write_text(SHEET.replace('"T"', '"T \ue000"'), encoding="utf-8")
    status, out, _ = run("check", str(sheet))
    assert status == 0
    assert "U+E000 can be seen in no font and will print as [U+E000]" in out


def test_check_lists_every_fault(run: Run, sheet: Path) -> None:
    sheet.write_text(SHEET + 'mark = 3\n[[problem]]\nof = "tr("\nwrt = "W"\n', encoding="utf-8")
    status, out, err = run("check", str(sheet))
    assert status == 2
    assert [line.split(":")[-3] for line in out.splitlines()] == ["7", "9"]
    assert assert_one_error(err).endswith("the key 'mark' is not known")


def test_a_wrong_sheet_leaves_no_output(run: Run, sheet: Path, tmp_path: Path) -> None:
    for text in ("", SHEET + "mark = 3\n", SHEET.replace("W*X", "W*")):
        sheet.write_text(text, encoding="utf-8")
        status, _, err = run("build", str(sheet), "-o", str(tmp_path / "out"))
        assert status == 2
        assert str(sheet) in assert_one_error(err)
        assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "words",
    [("--only", "wrksheet"), ("--engine", "tex"), ("--roster", "r.csv"), ("--seed", "3"), ("--preview",)],
)
def test_what_build_does_not_know_leaves_no_output(
    run: Run, sheet: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    status, _, err = run("build", str(sheet), "-o", str(tmp_path / "out"), *words)
    assert status == 2
    assert_one_error(err)
    assert not (tmp_path / "out").exists()


def test_an_output_folder_that_is_a_file_is_status_1(run: Run, sheet: Path) -> None:
    status, _, err = run("build", str(sheet), "-o", str(sheet))
    assert status == 1
    assert "is a file" in assert_one_error(err)


def test_build_makes_the_documents_and_lists_them(run: Run, sheet: Path, tmp_path: Path) -> None:
    status, out, err = run("build", str(sheet), "-o", str(tmp_path / "out"))
    pdf = tmp_path / "out" / "s1" / "worksheet.pdf"
    assert (status, out) == (0, f"{pdf}\n")
    assert err.startswith("[1/1] worksheet.pdf: ")
    assert pdf.read_bytes().startswith(b"%PDF")


def test_init_makes_a_project_that_checks(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "course"
    assert run("init", str(folder))[0] == 0
    assert run("check", str(folder / "sheet.toml"))[0] == 0
    status, _, err = run("init", str(folder))
    assert status == 2
    assert "is not empty" in assert_one_error(err)


def test_init_where_nothing_can_be_made(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    status, _, err = run("init", str(tmp_path / "file" / "course"))
    assert status == 1
    assert_one_error(err)


def test_reference_writes_a_pdf_its_tex_and_a_page(run: Run, tmp_path: Path) -> None:
    status, out, err = run("reference", "-o", str(tmp_path / "ref"))
    assert (status, err) == (0, "")
    names = ["reference.html", "reference.tex", "reference.pdf"]
    assert out.split() == [str(tmp_path / "ref" / name) for name in names]
    assert (tmp_path / "ref" / "reference.pdf").read_bytes().startswith(b"%PDF")
    assert "<!DOCTYPE html>" in (tmp_path / "ref" / "reference.html").read_text(encoding="utf-8")
    assert sorted(file.name for file in (tmp_path / "ref").iterdir()) == sorted(names)


def test_reference_by_an_engine_that_does_not_exist_writes_nothing(run: Run, tmp_path: Path) -> None:
    status, _, err = run("reference", "-o", str(tmp_path / "ref"), "--engine", "tecks")
    assert status == 2
    assert_one_error(err)
    assert not (tmp_path / "ref").exists()


def test_doctor_names_every_engine(run: Run) -> None:
    status, out, err = run("doctor")
    assert (status, err) == (0, "")
    assert all(f"TeX {name}" in out for name in ("pdflatex", "lualatex", "tinytex"))


def test_an_unexpected_error_is_a_line_with_code_internal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object, **named: object) -> None:
        raise ZeroDivisionError("by\ndesign")

    monkeypatch.setattr("gen.cli.derive.derive_all", fail)
    status, out, err = run("derive", "x", "--wrt", "x", "--format", "json")
    assert status == 1
    assert assert_one_error(err) == "error: internal: ZeroDivisionError: by design"
    assert json.loads(out)["error"]["code"] == "internal"
    monkeypatch.setenv("FREEINDEX_DEBUG", "1")
    assert "Traceback" in run("derive", "x", "--wrt", "x")[2]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (KeyboardInterrupt(), 130),
        (HeldError(Report("internal", "another build holds it")), 4),
        (PermissionError(13, "Permission denied", "x"), 1),
        (RecursionError(), 1),
        (MemoryError(), 1),
    ],
)
def test_every_end_has_its_status(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, status: int
) -> None:
    def fail(*given: object, **named: object) -> None:
        raise error

    monkeypatch.setattr("gen.cli.derive.derive_all", fail)
    ended, _, err = run("derive", "x", "--wrt", "x")
    assert ended == status
    assert_one_error(err)


def started(*words: str, **settings: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        (sys.executable, "-m", "gen", *words),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        **settings,
    )


def test_a_cold_start_prints_utf8_whatever_the_locale() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    out, err = started("derive", "W*X", "--wrt", "W", env=environment).communicate(timeout=60)
    assert err == b""
    assert "δ_iq" in out.decode("utf-8")


def test_a_reader_that_goes_away_is_no_error() -> None:
    process = started("derive", "--from", "-")
    assert process.stdin and process.stdout and process.stderr
    process.stdout.close()
    with process.stdin as stdin:
        stdin.write(b'{"expr": "W*X", "wrt": "W"}\n' * 3)
    assert process.wait(timeout=60) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


def test_answers_stream_one_by_one() -> None:
    process = started("derive", "--from", "-")
    assert process.stdin and process.stdout
    process.stdin.write(b'{"id": 1, "expr": "W*X", "wrt": "W"}\n')
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["id"] == 1
    process.communicate(timeout=60)
    assert process.returncode == 0


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_end_it_with_one_line(number: signal.Signals, status: int) -> None:
    process = started("derive", "--from", "-")
    assert process.stdin and process.stdout
    process.stdin.write(b'{"id": 1, "expr": "W*X", "wrt": "W"}\n')
    process.stdin.flush()
    process.stdout.readline()  # it has started, and waits for the next line
    time.sleep(0.05)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == status
    assert_one_error(err.decode())
