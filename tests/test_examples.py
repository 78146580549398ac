"""Every example sheet: no fault, every document set with a clean log, and the answers that are promised."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from gen.build.documents import needs_of
from gen.build.engine import Engine, choose, installed, missing
from gen.build.typeset import typeset
from gen.document.blocks import Document
from gen.document.format import FORMATS, Format
from gen.document.letters import lacking, written
from gen.document.render import render, unprintable_in
from gen.project.assemble import assemble
from gen.project.checkup import marks_fault
from gen.project.course import Course, course, versions
from gen.project.course import document as version_document
from gen.project.roster import read_roster
from gen.project.sheet import read_sheet

ROOT = Path(__file__).parent.parent
ALL_SHEETS = sorted((ROOT / "examples").glob("*/sheet.toml"))
OF_A_CLASS = tuple(sheet for sheet in ALL_SHEETS if read_sheet(sheet).generated)
SHEETS = tuple(sheet for sheet in ALL_SHEETS if sheet not in OF_A_CLASS)
ROSTER = ROOT / "examples" / "roster.csv"
STUDENTS = ("la-05", "la-25", "la-38")
EMBEDDED = choose(needs_of(FORMATS[0]), "tinytex")
# What the embedded engine can set; the others fall back to one of these.
ABLE = tuple(known for known in FORMATS if not missing(EMBEDDED, needs_of(known)))


@cache
def document(sheet: Path) -> Document:
    return assemble(read_sheet(sheet))


@cache
def dealt(sheet: Path) -> Course:
    return course(read_sheet(sheet), sheet, ROSTER)


def test_there_are_examples_and_formats() -> None:
    assert SHEETS
    assert {sheet.parent.name for sheet in OF_A_CLASS} >= {"linear-algebra-revision", "exam"}
    assert {"worksheet", "solutions", "notes", "slides-plain", "slides-handout"} <= {f.name for f in ABLE}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda file: file.parent.name)
def test_the_fonts_have_every_sign(sheet: Path) -> None:
    shown = document(sheet)
    assert unprintable_in(shown) == ()
    assert written(render(shown, FORMATS[0], "pdflatex")) == {}


# The embedded engine with every format; an engine of the system, where one is, with Beamer slides.
PAIRS = tuple((EMBEDDED, known) for known in ABLE) + tuple(
    (engine, known)
    for engine in installed()
    for known in FORMATS
    if engine != EMBEDDED and known.fallback and not missing(engine, needs_of(known))
)


@pytest.mark.parametrize(("engine", "known"), PAIRS, ids=lambda part: part.name)
@pytest.mark.parametrize("sheet", SHEETS, ids=lambda file: file.parent.name)
def test_every_document_has_a_clean_log(sheet: Path, engine: Engine, known: Format) -> None:
    tex = render(document(sheet), known, engine.plain_name)
    done = typeset(tex, engine, name=known.name)
    assert [box for box in done.log.overfull if box.pt > 1] == []
    assert done.log.undefined == ()
    assert done.log.missing_characters == ()
    assert done.log.warnings == ()
    assert done.pages >= 2


def test_the_fonts_have_every_name_of_the_roster() -> None:
    students = read_roster(ROSTER).students
    assert len(students) == 40
    assert [char for student in students for char in lacking(student.name)] == []
    # From many languages: far more letters than English has.
    assert len({char for student in students for char in student.name if ord(char) > 127}) > 40


@pytest.mark.parametrize("sheet", OF_A_CLASS, ids=lambda file: file.parent.name)
def test_a_class_gets_sheets_that_differ_and_are_worth_the_same(sheet: Path) -> None:
    found = dealt(sheet)
    cards = [card for hand in found.dealt.hands for card in hand.drawn]
    assert not any(card.repeated for card in cards)
    assert len({card.canonical for card in cards}) == len(cards)
    some = list(versions(found, STUDENTS))
    assert len(some) == len(STUDENTS)
    assert len({tuple(item.total for item in one.items) for one in some}) == 1
    assert all(marks_fault(found, one) is None for one in some)


@pytest.mark.parametrize(
    "known", [f for f in ABLE if f.name in ("worksheet", "solutions")], ids=lambda f: f.name
)
@pytest.mark.parametrize("sheet", OF_A_CLASS, ids=lambda file: file.parent.name)
def test_every_sheet_of_a_class_has_a_clean_log(sheet: Path, known: Format) -> None:
    found = dealt(sheet)
    for one in versions(found, STUDENTS):
        tex = render(version_document(found, one), known, EMBEDDED.plain_name)
        done = typeset(tex, EMBEDDED, name=known.name)
        assert [box for box in done.log.overfull if box.pt > 1] == []
        assert done.log.undefined == ()
        assert done.log.missing_characters == ()
        assert done.log.warnings == ()
        assert 3 <= done.pages <= 9
