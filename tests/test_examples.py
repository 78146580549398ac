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
from gen.document.render import render, unprintable_in
from gen.project.assemble import assemble
from gen.project.sheet import read_sheet

ROOT = Path(__file__).parent.parent
SHEETS = sorted((ROOT / "examples").glob("*/sheet.toml"))
EMBEDDED = choose(needs_of(FORMATS[0]), "tinytex")
# What the embedded engine can set; the others fall back to one of these.
ABLE = tuple(known for known in FORMATS if not missing(EMBEDDED, needs_of(known)))


@cache
def document(sheet: Path) -> Document:
    return assemble(read_sheet(sheet))


def test_there_are_examples_and_formats() -> None:
    assert SHEETS
    assert {"worksheet", "solutions", "notes", "slides-plain", "slides-handout"} <= {f.name for f in ABLE}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda file: file.parent.name)
def test_the_fonts_have_every_sign(sheet: Path) -> None:
    assert unprintable_in(document(sheet)) == ()


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
