"""Choosing an engine: records made up here, and the embedded one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gen.build import engine as module
from gen.build.doctor import examine, report
from gen.build.engine import (
    ENGINES,
    ask_kpsewhich,
    by_name,
    choose,
    has,
    installed,
    missing,
    on_path,
)
from gen.build.needs import Needs, named, to_install
from gen.errors import BuildError, InputError

PLAIN = Needs("article", ("lmodern", "amsmath", "tikz"), ("calc", "arrows.meta"))
BEAMER = Needs("beamer", ("tikz",))


def program(folder: Path, name: str, script: str) -> Path:
    path = folder / name
    path.write_text("#!/bin/sh\n" + script + "\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def put_on_path(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("PATH", str(folder))


def nowhere() -> Path | None:
    return None


def test_the_embedded_engine_is_here_and_makes_plain_documents() -> None:
    tinytex = by_name("tinytex")
    assert tinytex in installed()
    assert has(tinytex, PLAIN)
    assert missing(tinytex, PLAIN) == ()
    assert not has(tinytex, BEAMER)
    assert [part.name for part in missing(tinytex, Needs("beamer", ("soul", "xcolor"), ("nix",)))] == [
        "beamer",
        "soul",
        "nix",
    ]


def test_system_engines_come_first_and_names_are_unique() -> None:
    assert [engine.name for engine in ENGINES] == ["pdflatex", "lualatex", "tinytex"]
    assert [engine.plain_name for engine in ENGINES] == ["pdflatex", "lualatex", "pdflatex"]


def test_the_command_runs_nothing_stops_at_errors_and_fixes_the_identity() -> None:
    here = Path("/t/tex")
    pdflatex, lualatex = (replace(by_name(name), find=lambda: here) for name in ("pdflatex", "lualatex"))
    options = ("-no-shell-escape", "-halt-on-error", "-interaction=nonstopmode", "-file-line-error")
    assert pdflatex.command("document.tex", "af3") == (str(here), *options, "document.tex")
    assert lualatex.command("document.tex", "af3")[1:] == (
        *options,
        "-nosocket",
        "-jobname=document",
        r"\pdfvariable trailerid{[<af3> <af3>]}\input{document.tex}",
    )


def test_a_system_engine_is_used_only_when_complete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "pdflatex", "exit 0")
    program(tmp_path, "kpsewhich", "echo /t/article.cls; echo /t/lmodern.sty; echo /t/pdflatex.fmt")
    put_on_path(monkeypatch, tmp_path)
    assert choose(Needs("article", ("lmodern",))).name == "pdflatex"
    assert choose(PLAIN).name == "tinytex"
    program(tmp_path, "kpsewhich", 'for name; do echo "/t/$name"; done')
    assert choose(PLAIN).name == "pdflatex"
    assert choose(BEAMER).name == "pdflatex"
    assert choose(PLAIN, "tinytex").name == "tinytex"


@pytest.mark.parametrize("script", ["exit 1", "echo beamer.cls", "echo 'no beamer.cls' >&2; exit 1"])
def test_a_kpsewhich_that_fails_finds_nothing(tmp_path: Path, script: str) -> None:
    program(tmp_path, "kpsewhich", script)
    assert ask_kpsewhich(program(tmp_path, "pdflatex", ""), ("beamer.cls",)) == frozenset()


def test_no_kpsewhich_finds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_path(monkeypatch, tmp_path)
    assert ask_kpsewhich(program(tmp_path, "pdflatex", ""), ("article.cls",)) == frozenset()


def test_a_link_on_the_path_keeps_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lualatex").symlink_to(program(tmp_path, "luahbtex", ""))
    put_on_path(monkeypatch, tmp_path)
    assert on_path("lualatex")() == tmp_path / "lualatex"
    assert on_path("pdflatex")() is None


def test_a_forced_engine_that_lacks_something() -> None:
    with pytest.raises(BuildError, match="the TeX engine 'tinytex' lacks class beamer") as caught:
        choose(BEAMER, "tinytex")
    assert caught.value.report.hint is not None
    assert "leave --engine out" in caught.value.report.hint


def test_a_forced_engine_that_is_not_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_path(monkeypatch, tmp_path)
    with pytest.raises(BuildError, match="the TeX engine 'lualatex' is not installed") as caught:
        choose(PLAIN, "lualatex")
    assert "texlive-luatex" in (caught.value.report.hint or "")


def test_an_unknown_engine_is_wrong_input() -> None:
    with pytest.raises(InputError, match="unknown TeX engine 'pdflatx'") as caught:
        choose(PLAIN, "pdflatx")
    assert caught.value.report.hint == "did you mean 'pdflatex'?"


def test_no_engine_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tuple(replace(engine, find=nowhere) for engine in ENGINES)
    monkeypatch.setattr(module, "ENGINES", gone)
    with pytest.raises(BuildError, match="no TeX engine is installed") as caught:
        choose(PLAIN)
    assert caught.value.exit_status == 1
    assert len(caught.value.report.lines()) == 2
    findings = [finding for finding in examine((("worksheet", PLAIN),), gone) if finding.needed_for == "PDF"]
    assert [finding.found for finding in findings] == [False, False, False]


def test_no_engine_with_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_path(monkeypatch, tmp_path)
    with pytest.raises(
        BuildError, match="no TeX engine here can make this document; 'tinytex' lacks class beamer"
    ):
        choose(BEAMER)


def test_what_to_install_is_named_by_package() -> None:
    parts = Needs("beamer", ("soul", "booktabs", "lmodern"), ("calc",)).parts()
    assert named(parts) == "class beamer, packages soul, booktabs, lmodern, TikZ library calc"
    assert to_install(parts) == (
        "install lmodern texlive-latex-extra texlive-latex-recommended texlive-pictures (names of Debian)"
    )
    assert to_install(()) == ""
    files = Needs(files=("beamer.cls", "soul.sty", "pdftex.map")).parts()
    assert named(files) == "classes article, beamer, package soul, file pdftex.map"


def test_the_doctor_says_what_each_engine_can_make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_path(monkeypatch, tmp_path)
    text = report(examine((("worksheet", PLAIN), ("slides (Beamer)", BEAMER))))
    lines = text.splitlines()
    assert any(line.startswith("no   TeX pdflatex") and "texlive-latex-recommended" in line for line in lines)
    assert any(line.startswith("yes  TeX tinytex") and "pdfTeX 3.14" in line for line in lines)
    assert any(line.startswith("yes    worksheet") and line.endswith("complete") for line in lines)
    assert any(line.startswith("no     slides (Beamer)") and "lacks class beamer" in line for line in lines)
    assert any(line.startswith("yes  limits") for line in lines)


def test_the_doctor_sees_an_engine_that_does_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "pdflatex", "exit 3")
    put_on_path(monkeypatch, tmp_path)
    found = {finding.name: finding for finding in examine(())}
    assert not found["TeX pdflatex"].found
    assert "does not run" in found["TeX pdflatex"].detail
