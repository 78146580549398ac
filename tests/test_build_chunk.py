"""Many documents in one run of TeX: each as if it were alone; bad ones found; equal input, equal bytes."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from gen.build import chunk_run, format_dump
from gen.build.chunk import LEAST, MOST, chunks, part_of
from gen.build.chunk_run import Piece, made_together
from gen.build.class_jobs import make_class
from gen.build.engine import by_name, installed
from gen.build.format_dump import dumped
from gen.build.jobs import Result
from gen.build.marks import read_marks
from gen.build.process import StoppedError, Switch
from gen.build.readback import Run, read_back
from gen.build.store import Store
from gen.build.typeset import Typeset, typeset
from tests.chunk_class import code_of, described, piece, request, setting

ENGINES = [engine.name for engine in installed()]


def pdfs(results: list[Result]) -> list[bytes]:
    assert [result.error for result in results if result.error is not None] == []
    return [result.typeset.pdf for result in results if result.typeset is not None]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_document_of_a_chunk_is_the_one_that_is_typeset_alone(engine: str) -> None:
    pieces = [piece(number, engine) for number in (1, 2, 3, 4)]
    together = pdfs(made_together(pieces, setting(engine)))
    for one, data in zip(pieces, together, strict=True):
        alone = typeset(one.request.tex, by_name(engine), name="alone")
        assert described(data) == described(alone.pdf)
        assert len(data) < 1.5 * len(alone.pdf)


def test_it_does_not_matter_who_else_is_in_the_chunk() -> None:
    everybody = pdfs(made_together([piece(number, "tinytex") for number in (1, 2, 3)], setting("tinytex")))
    alone = [pdfs(made_together([piece(number, "tinytex")], setting("tinytex")))[0] for number in (1, 2, 3)]
    assert [described(data) for data in everybody] == [described(data) for data in alone]


@pytest.mark.parametrize("engine", ENGINES)
def test_labels_of_two_documents_do_not_meet(engine: str) -> None:
    prompt = r"\begin{equation}x=1\label{here}\end{equation} On page \pageref{here}: (\ref{here})."
    pieces = [piece(number, engine, r"\newpage" * number + prompt) for number in (1, 2)]
    for one, data in zip(pieces, pdfs(made_together(pieces, setting(engine))), strict=True):
        alone = typeset(one.request.tex, by_name(engine), name="alone")
        assert described(data)["texts"] == described(alone.pdf)["texts"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_bad_document_in_the_middle_is_told_and_the_others_are_made(engine: str) -> None:
    pieces = [piece(n, engine, r"\undefined" if n in (2, 4) else "") for n in (1, 2, 3, 4, 5)]
    results = made_together(pieces, setting(engine))
    assert [result.request.name for result in results] == [f"worksheet/{n}" for n in (1, 2, 3, 4, 5)]
    for n, result in enumerate(results, 1):
        if n in (2, 4):
            assert result.error is not None
            assert f"worksheet/{n}, problem 1: undefined control sequence \\undefined" in str(result.error)
        else:
            assert result.typeset is not None
            run = Run([p.part.code for p in pieces])
            read_back(result.typeset.pdf, code_of(n), result.typeset.pages, run)


@pytest.mark.parametrize("prompt", [r"\begingroup\bfseries", r"\end{document}%", r"\ChunkClose", "AB01-X001"])
def test_a_document_that_would_harm_its_neighbours_is_set_by_itself(prompt: str) -> None:
    bad = request(2, "tinytex", prompt)
    part = part_of(bad.tex, bad.code)
    good = [piece(number, "tinytex") for number in (1, 3)]
    expected = [described(data) for data in pdfs(made_together(good, setting("tinytex")))]
    if part is None:
        return  # it never comes into a chunk
    results = made_together([good[0], Piece(bad, part), good[1]], setting("tinytex"))
    assert [described(data) for data in pdfs([results[0], results[2]])] == expected


def test_a_hanging_document_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = [piece(number, "tinytex", r"\loop\iftrue\repeat" if number == 2 else "") for number in (1, 2, 3)]
    results = made_together(pieces, replace(setting("tinytex"), seconds=6.0))
    assert [result.error is None for result in results] == [True, False, True]
    assert "worksheet/2: TeX was stopped after 6 seconds" in str(results[1].error)


@pytest.mark.parametrize("shift", [1, -1])
def test_a_shifted_page_is_caught(shift: int, monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = [piece(number, "tinytex") for number in (1, 2, 3)]
    honest = read_marks

    def shifted(text: str, codes: list[str], pages: int) -> object:
        found = honest(text, codes, pages)
        if len(found) < 2:
            return found
        return (found[0], *(replace(one, first=max(0, one.first + shift)) for one in found[1:]))

    monkeypatch.setattr(chunk_run, "read_marks", shifted)
    results = made_together(pieces, setting("tinytex"))
    monkeypatch.undo()
    expected = [described(data) for data in pdfs(made_together(pieces, setting("tinytex")))]
    assert [described(data) for data in pdfs(results)] == expected


def test_equal_input_gives_equal_bytes_whatever_the_jobs_and_the_zone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    requests = [request(number, "tinytex") for number in range(1, 1 + LEAST + MOST)]
    first = {r.request.name: r.typeset for r in make_class(requests, jobs=1)}
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("LC_ALL", "tr_TR.UTF-8")
    second = {r.request.name: r.typeset for r in make_class(requests, jobs=2)}
    assert [name for name, made in first.items() if made is None] == []
    assert {n: m.pdf for n, m in first.items() if m} == {n: m.pdf for n, m in second.items() if m}


def test_chunks_hold_a_code_once_and_stay_where_they_are() -> None:
    names = [f"s{number:04}" for number in range(1000)]
    found = list(chunks(names, names))
    assert [place for chunk in found for place in chunk] == list(range(1000))
    assert all(LEAST <= len(chunk) <= MOST for chunk in found[:-1])
    named = {tuple(names[place] for place in chunk) for chunk in found}
    more = [*names[:500], "new", *names[500:]]
    after = {tuple(more[place] for place in chunk) for chunk in chunks(more, more)}
    assert len(after - named) < 8
    assert list(chunks(["A", "B", "A"], ["1", "2", "3"])) == [(0, 1), (2,)]


def test_what_cannot_share_a_run() -> None:
    tex = request(1, "tinytex").tex
    assert part_of(tex, "") is None
    assert part_of(tex, "A}") is None
    assert part_of(tex.replace("%%<own>\n", ""), "AB01") is None
    assert part_of(tex.replace("A question", "\\end{document}"), "AB01") is None
    part = part_of(tex, "AB01")
    assert part is not None
    lines = tex.split("\n")
    assert lines[part.above : part.above + 3] == part.own.split("\n")[:3]


def test_wide_lines_are_told_of_their_document() -> None:
    wide = r"\hbox to 3cm{\hskip 4cm}"
    pieces = [piece(n, "tinytex", wide if n == 2 else "") for n in (1, 2, 3)]
    logs = [r.typeset.log for r in made_together(pieces, setting("tinytex")) if r.typeset]
    alone = typeset(pieces[1].request.tex, by_name("tinytex"), name="alone")
    assert [log.overfull for log in logs] == [(), alone.log.overfull, ()]
    assert alone.log.overfull


def test_a_blank_in_place_of_a_sign_is_an_error_of_its_document() -> None:
    blank = r"{\font\signs=lmmi10 \signs\char250}"
    pieces = [piece(n, "tinytex", blank if n == 2 else "") for n in (1, 2, 3)]
    first, second, third = made_together(pieces, setting("tinytex"))
    assert first.typeset and third.typeset and second.error
    assert second.error.report.message == "worksheet/2, problem 1: the font lmmi10 lacks its character 250"


def test_a_format_is_kept_checked_and_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    engine = by_name("tinytex")
    preamble = "\\documentclass{article}\n"
    first = dumped(engine, preamble)
    assert first is not None
    entry = next(tmp_path.rglob("*.fmt"))
    with monkeypatch.context() as patched:
        patched.setattr(format_dump, "run", None)
        assert dumped(engine, preamble) == first
    entry.write_bytes(entry.read_bytes()[:-1] + b"?")
    again = dumped(engine, preamble)
    assert again is not None
    assert again.data == gzip.decompress(entry.read_bytes())
    record = entry.with_suffix(".json")
    changed = json.loads(record.read_text())
    assert any(name.endswith("article.cls") for name in changed["files"])
    changed["files"][next(iter(changed["files"]))] = [1, 1]
    record.write_text(json.dumps(changed))
    dumped(engine, preamble)
    assert json.loads(record.read_text()) != changed


def test_where_nothing_can_be_kept_a_format_is_made_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert dumped(by_name("tinytex"), "\\documentclass{article}\n") is not None
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_without_a_format_the_preamble_is_read_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    assert dumped(by_name("tinytex"), r"\undefined") is None
    plain = replace(setting("tinytex"), dumped=lambda preamble: None)
    pieces = [piece(1, "tinytex"), piece(3, "tinytex")]
    without = [described(data) for data in pdfs(made_together(pieces, plain))]
    assert without == [described(data) for data in pdfs(made_together(pieces, setting("tinytex")))]


def test_a_switch_that_is_off_makes_nothing() -> None:
    switch = Switch()
    switch.turn_off()
    with pytest.raises(StoppedError):
        made_together([piece(1, "tinytex")], setting("tinytex", switch=switch))


def test_an_innocent_one_is_accused_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []
    honest = typeset

    def failing(store: Store | None, tex: str, *rest: object, **options: object) -> Typeset:
        runs.append(len(options["inputs"]))  # type: ignore[arg-type]  # the keywords of `typeset`
        return honest(tex.replace("\\ChunkClose", "\\undefined"), *rest, **options)  # type: ignore[arg-type]  # as above

    monkeypatch.setattr(chunk_run, "typeset_or_kept", failing)
    results = made_together([piece(number, "tinytex") for number in range(1, 7)], setting("tinytex"))
    assert len(pdfs(results)) == 6
    assert len(runs) < 12
