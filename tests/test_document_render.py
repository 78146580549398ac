"""Every format of every sample: the TeX it gives, and what TeX says to it.

Golden files are written anew with FREEINDEX_ACCEPT=1.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from jinja2 import StrictUndefined, UndefinedError
from markupsafe import Markup

from gen.build.documents import needs_of
from gen.build.engine import Engine, choose, installed, missing
from gen.build.typeset import Typeset, typeset
from gen.document.blocks import Document, ProblemBlock
from gen.document.characters import character
from gen.document.format import FORMATS, Format, format_named, suited
from gen.document.glyphs import MATHS, PLAIN
from gen.document.letters import written
from gen.document.render import finalize, render, unprintable_in
from gen.document.tex import Tex
from tests.document_samples import (
    HOSTILE,
    bare_document,
    hostile_document,
    long_document,
    seed_document,
)

GOLDEN = Path(__file__).parent / "golden"
SAMPLES = {
    "seed": seed_document,
    "hostile": hostile_document,
    "long": long_document,
    "bare": bare_document,
}
EVERYWHERE = tuple(known for known in FORMATS if not known.needs)


def set_(document: Document, chosen: Format) -> Typeset:
    """The document typeset with the first engine that can."""
    engine = choose(needs_of(chosen, document))
    return typeset(render(document, chosen, engine.plain_name), engine, name="sample")


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_the_tex_of_every_format_is_as_accepted(known: Format) -> None:
    golden = GOLDEN / f"document-{known.name}.tex"
    made = render(seed_document(), known, "pdflatex")
    if os.environ.get("FREEINDEX_ACCEPT"):
        golden.write_text(made, encoding="utf-8")
    assert made == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("known", EVERYWHERE, ids=lambda known: known.name)
def test_every_format_of_every_sample_has_a_clean_log(known: Format, sample: str) -> None:
    done = set_(SAMPLES[sample](), known)
    assert [box for box in done.log.overfull if box.pt > 1] == []
    assert done.log.undefined == ()
    assert done.log.missing_characters == ()
    assert done.log.warnings == ()
    assert done.pages >= 1


def test_slides_are_set_by_the_best_class_an_engine_has() -> None:
    document = bare_document()
    able = [e for e in installed() if not missing(e, needs_of(format_named("slides"), document))]
    chosen = suited(format_named("slides"), ("beamer.cls",) if able else ())
    done = set_(document, chosen)
    assert done.pages == 2
    assert done.log.overfull == ()


@pytest.mark.parametrize("engine", installed(), ids=lambda engine: engine.name)
def test_every_character_that_is_called_printable_prints(engine: Engine) -> None:
    accented = "".join(char for char in map(chr, range(0x1E00, 0x1F00)) if character(char))
    groups = ("".join(sorted(PLAIN)), "".join(MATHS), accented, ("q\u0327", "x\u0302", "q\u0328"))
    paragraphs = tuple(" ".join(group) for group in groups)
    document = Document("Characters", (ProblemBlock(1, "", ""),), opening=paragraphs)
    tex = render(document, format_named("notes"), engine.plain_name)
    assert written(tex) == {}
    assert typeset(tex, engine, name="characters").log.missing_characters == ()


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_the_first_line_names_the_engine_and_problems_are_marked(known: Format) -> None:
    made = render(seed_document(), known, "pdflatex").splitlines()
    assert made[0] == "% engine: pdflatex"
    assert [line for line in made if line.startswith("%%<problem")] == [f"%%<problem {n}>" for n in (1, 2, 3)]


def test_no_file_of_ours_is_asked_for() -> None:
    for known in FORMATS:
        made = render(seed_document(), known, "pdflatex")
        made = made.replace(r"\input{glyphtounicode}", "")  # a file of TeX
        assert r"\input" not in made and r"\include" not in made.replace(r"\includegraphics", "")


def test_lualatex_gets_no_8_bit_fonts() -> None:
    assert "inputenc" not in render(bare_document(), format_named("notes"), "lualatex")


def test_what_people_typed_is_never_taken_for_tex() -> None:
    for known in FORMATS:
        made = render(hostile_document(), known, "pdflatex")
        assert r"\input" not in made.replace(r"\input{glyphtounicode}", "")
        assert HOSTILE not in made


def test_unprintable_characters_of_a_document_are_named() -> None:
    assert unprintable_in(hostile_document()) == ("\u202e",)
    assert unprintable_in(seed_document()) == ()


def test_finalize_passes_marked_latex_only() -> None:
    assert finalize(Tex(r"\x")) == r"\x"
    assert finalize("a&b") == r"a\&b"
    assert finalize(Markup(r"\x{}")) == r"\textbackslash{}x\{\}"
    assert finalize(3) == "3"
    with pytest.raises(TypeError):
        finalize(None)


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="nothing"):
        finalize(StrictUndefined(name="nothing"))
