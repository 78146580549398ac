"""Real runs of the embedded engine: good pages, and everything that can go wrong with one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gen.build.engine import by_name
from gen.build.jobs import Progress, Request, make
from gen.build.pdf import DamagedPdfError, count_pages
from gen.build.process import Limits, StoppedError, Switch, capped, run
from gen.build.typeset import typeset
from gen.errors import BuildError

TINYTEX = by_name("tinytex")
LOOP = r"\loop\iftrue\repeat"


def page(body: str, packages: str = "lmodern") -> str:
    return (
        f"% engine: pdflatex\n\\documentclass{{article}}\n\\usepackage{{{packages}}}\n\\begin{{document}}\n"
        f"%%<problem 3>\n{body}\n\\end{{document}}\n"
    )


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Jobs run in a temporary folder of the test, which must be empty again afterwards."""
    place = tmp_path / "jobs"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    yield place
    assert list(place.iterdir()) == []


def failure(tex: str, seconds: float = 20.0) -> BuildError:
    with pytest.raises(BuildError) as caught:
        typeset(tex, TINYTEX, name="worksheet", seconds=seconds)
    return caught.value


def test_a_good_page_twice_is_the_same_bytes() -> None:
    tex = page(
        r"\section{One}\label{s}See \ref{s}. $\begin{pmatrix}1\end{pmatrix}$ \tikz\draw (0,0)--(1,1);",
        "lmodern,amsmath,tikz,microtype,hyperref",
    )
    first, second = (typeset(tex, TINYTEX, name="worksheet") for _ in range(2))
    assert first.pdf == second.pdf
    assert first.pages == 1
    assert first.runs == 2
    assert (first.log.overfull, first.log.undefined, first.log.missing_characters) == ((), (), ())
    assert not first.log.rerun


def test_a_page_without_references_takes_one_run() -> None:
    done = typeset(page(r"hello\newpage again", "lmodern,hyperref"), TINYTEX, name="worksheet")
    assert (done.runs, done.pages) == (1, 2)


def test_an_undefined_macro_names_document_problem_line_and_place() -> None:
    report = failure(page("one\n\nx \\foo y")).report
    assert report.message == r"worksheet, problem 3: undefined control sequence \foo, line 8"
    assert report.lines()[1:] == [r"  x \foo y", "    ^^^^"]


def test_a_missing_package_says_what_to_install() -> None:
    report = failure(page("x", "tcolorbox")).report
    assert report.message == "worksheet: file 'tcolorbox.sty' not found, line 4"
    assert report.hint == "install texlive-latex-extra (names of Debian)"


def test_an_endless_loop_is_stopped() -> None:
    started = time.monotonic()
    assert failure(page(LOOP), seconds=0.5).report.message == "worksheet: TeX was stopped after 0.5 seconds"
    assert time.monotonic() - started < 5


def test_a_log_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    small = Limits(file_bytes=2**20, kept_bytes=1000)
    monkeypatch.setattr("gen.build.typeset.Limits", lambda seconds: replace(small, seconds=seconds))
    error = failure(page(r"\loop\typeout{" + "bomb" * 20 + r"}\iftrue\repeat"))
    assert error.report.message == "worksheet: TeX was stopped at a file of 1 MB"


@pytest.mark.parametrize("name", ["/etc/passwd", "../../../../../../../../etc/passwd"])
def test_files_outside_cannot_be_read(name: str) -> None:
    report = failure(page(rf"\input{{{name}}}")).report
    assert f"file '{name}.tex' not found, line 6" in report.message
    assert report.hint is not None
    assert report.hint.startswith(f"TeX was not allowed to open {name}:")


def test_files_outside_cannot_be_written(tmp_path: Path) -> None:
    target = tmp_path / "out.tex"
    failure(page(rf"\newwrite\w\immediate\openout\w={target} x"))
    assert not target.exists()


def test_programs_are_not_started(temporary: Path) -> None:
    typeset(page(rf"\immediate\write18{{touch {temporary}/started}}x"), TINYTEX, name="worksheet")


def test_nothing_is_inherited(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "evil.sty").write_text(r"\errmessage{inherited}", encoding="utf-8")
    monkeypatch.setenv("TEXINPUTS", str(tmp_path))
    assert "file 'evil.sty' not found" in failure(page("x", "evil")).report.message


def test_what_the_log_says_is_reported() -> None:
    body = r"\noindent\rule{500pt}{1pt} \ref{nix} \vbox to 5pt{\hrule height 100pt}"
    log = typeset(page(body), TINYTEX, name="worksheet").log
    assert {box.kind for box in log.overfull} == {"hbox", "vbox"}
    assert log.undefined == ("reference nix",)


def test_a_blank_that_tex_only_logs_is_an_error_too() -> None:
    report = failure(page(r"\font\y=lmmi10 {\y\char250}")).report
    assert report.message == r"worksheet: a font lacks a character: \xfa in font lmmi10"


def test_a_document_without_pages_is_an_error() -> None:
    assert failure(page("")).report.message == "worksheet: TeX made no PDF"


def test_damaged_pdfs_are_seen() -> None:
    data = typeset(page("x"), TINYTEX, name="worksheet").pdf
    assert count_pages(data) == 1
    for bad in (b"", b"hello", data[:-40], data[: len(data) // 2] + b"%%EOF", data[:9] + b"%%EOF\n"):
        with pytest.raises(DamagedPdfError):
            count_pages(bad)


def test_an_engine_that_says_all_is_well_is_not_believed(tmp_path: Path) -> None:
    liar = tmp_path / "liar"
    liar.write_text("#!/bin/sh\nprintf '%%PDF-1.5 cut' > document.pdf\n", encoding="utf-8")
    liar.chmod(0o755)
    engine = replace(TINYTEX, find=lambda: liar)
    with pytest.raises(BuildError, match="tinytex ended well, but its PDF is cut off"):
        typeset(page("x"), engine, name="worksheet")


def test_an_engine_that_cannot_be_started(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_text("no program", encoding="utf-8")
    with pytest.raises(
        BuildError, match=r"worksheet: TeX ended with status 127: .*broken: Permission denied"
    ):
        typeset(page("x"), replace(TINYTEX, find=lambda: broken), name="worksheet")


def test_results_come_in_order_and_a_failure_stops_nobody(tmp_path: Path) -> None:
    bodies = (LOOP, "good", r"\foo", "good too")
    requests = [
        Request(f"d{n}", page(body), TINYTEX, tmp_path / f"d{n}.pdf") for n, body in enumerate(bodies)
    ]
    seen: list[Progress] = []
    results = list(make(requests, jobs=2, progress=seen.append, seconds=2.0))
    assert [result.request.name for result in results] == ["d0", "d1", "d2", "d3"]
    assert [result.typeset is not None for result in results] == [False, True, False, True]
    assert "stopped after 2 seconds" in str(results[0].error)
    assert r"problem 3: undefined control sequence \foo" in str(results[2].error)
    assert [progress.done for progress in seen] == [1, 2, 3, 4]


def test_closing_kills_what_runs(tmp_path: Path) -> None:
    requests = [
        Request(f"d{n}", page(body), TINYTEX, tmp_path / "x")
        for n, body in enumerate(("a", LOOP, LOOP, LOOP))
    ]
    started = time.monotonic()
    results = make(requests, jobs=2)
    assert next(results).typeset is not None
    results.close()
    assert time.monotonic() - started < 10


def test_a_switch_that_is_off_starts_nothing() -> None:
    switch = Switch()
    switch.turn_off()
    with pytest.raises(StoppedError):
        typeset(page("x"), TINYTEX, name="worksheet", switch=switch)


def test_a_switch_ends_what_runs() -> None:
    switch = Switch()
    timer = threading.Timer(0.3, switch.turn_off)
    timer.start()
    with pytest.raises(StoppedError):
        typeset(page(LOOP), TINYTEX, name="worksheet", switch=switch)
    timer.join()


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGKILL])
def test_no_orphans(tmp_path: Path, blow: signal.Signals) -> None:
    """Ctrl-C and even a kill of the program take TeX along."""
    fake = tmp_path / "fake"
    # It can write to the folder of its run only.
    fake.write_text("#!/bin/sh\necho $$ > pid.new; mv pid.new pid\nexec sleep 60\n", encoding="utf-8")
    fake.chmod(0o755)
    code = (
        "import pathlib, sys\nfrom dataclasses import replace\nfrom gen.build.engine import by_name\n"
        "from gen.build.jobs import Request, make\n"
        "engine = replace(by_name('tinytex'), find=lambda: pathlib.Path(sys.argv[1]))\n"
        "try:\n    list(make([Request('d', '', engine, pathlib.Path('d'))], jobs=1))\n"
        "except KeyboardInterrupt:\n    sys.exit(130)\n"
    )
    place = tmp_path / "killed"
    place.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", code, str(fake)], env=os.environ | {"TMPDIR": str(place)}
    ) as builder:
        wait_for(lambda: list(place.glob("*/pid")) != [])
        tex = int(next(place.glob("*/pid")).read_text(encoding="utf-8"))
        builder.send_signal(blow)
        status = builder.wait(timeout=10)
    assert status == (130 if blow == signal.SIGINT else -signal.SIGKILL)
    wait_for(lambda: not alive(tex))
    assert blow == signal.SIGKILL or list(place.iterdir()) == []


def wait_for(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_long_output_keeps_both_ends(tmp_path: Path) -> None:
    script = "import sys; sys.stdout.write('a' * 5000 + 'b' * 300000 + 'c' * 5000)"
    ended = run(
        (sys.executable, "-c", script),
        folder=tmp_path,
        environment={},
        limits=Limits(seconds=10, kept_bytes=2000),
    )
    assert ended.output == b"a" * 1000 + b"\n[...]\n" + b"c" * 1000
    assert capped(b"short", 10) == b"short"
    assert capped(b"0123456789", 4) == b"01\n[...]\n89"


def test_limits_are_set_in_the_program_and_not_here(tmp_path: Path) -> None:
    script = (
        "import resource as r; "
        "print([r.getrlimit(k)[0] for k in (r.RLIMIT_FSIZE, r.RLIMIT_NOFILE, r.RLIMIT_CORE, r.RLIMIT_CPU)])"
    )
    ended = run((sys.executable, "-c", script), folder=tmp_path, environment={}, limits=Limits(seconds=10))
    assert ended.output.decode().strip() == str([32 * 2**20, 256, 0, 11])
