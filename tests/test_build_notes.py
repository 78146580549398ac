"""Notes as PDFs: what TeX says, what the file says of itself, and that every glyph has its letter."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pytest

from gen.build.documents import needs_of
from gen.build.engine import Engine, installed, missing
from gen.build.typeset import Typeset, typeset
from gen.document.format import FORMATS, Format
from gen.document.note_tex import book_tex
from gen.document.render import render
from gen.errors import InputError
from tests.document_samples import seed_document
from tests.notes_projects import notes_of
from tests.pdf_unicode import unmapped

EVERY = (Path(__file__).parent / "data" / "every-block.md").read_text(encoding="utf-8")
SECOND = "(two)=\n# The second chapter\n\nText with {ref}`one`.\n\n## A section\n\nText.\n"
ALL = pytest.mark.parametrize("engine", installed(), ids=lambda engine: engine.name)
FIRST = installed()[0]


@cache
def made(engine: Engine, more: str = "", theme: str = "light") -> Typeset:
    """Every block in one chapter, and a second chapter, as a PDF."""
    with TemporaryDirectory() as folder:
        notes = notes_of(Path(folder), EVERY, SECOND, more=more)
    return typeset(book_tex(notes, engine.plain_name, theme=theme), engine, name="notes")


def hold_clean(done: Typeset) -> None:
    assert [box for box in done.log.overfull if box.pt > 1] == []
    assert (done.log.missing_characters, done.log.undefined, done.log.rerun) == ((), (), False)
    assert unmapped(done.pdf) == []


@ALL
def test_the_log_is_clean_and_every_glyph_has_its_letter(engine: Engine) -> None:
    hold_clean(made(engine))


@ALL
def test_the_pdf_says_what_it_is(engine: Engine) -> None:
    with pikepdf.open(BytesIO(made(engine, 'language = "de"\nauthor = "A. B."\n').pdf)) as document_:
        assert str(document_.Root["/Lang"]) == "de"
        assert str(document_.docinfo["/Title"]) == "T" and str(document_.docinfo["/Author"]) == "A. B."
        with document_.open_outline() as outline:
            titles = [item.title for item in outline.root]
            sections = [item.title for item in outline.root[1].children]
    assert titles == ["Inhalt", "1 Every block", "2 The second chapter", "Stichwörter"]
    assert sections == [
        "1.1 Lists and tables",
        "1.2 Derivations",
        "1.3 Exercises",
        "1.4 Solutions",
        "1.5 Rules",
    ]


@pytest.mark.parametrize("theme", ["print", "large"])
def test_themes_are_typeset_cleanly(theme: str) -> None:
    hold_clean(made(FIRST, theme=theme))


def test_letter_paper() -> None:
    done = made(FIRST, 'paper = "letter"\n')
    hold_clean(done)
    with pikepdf.open(BytesIO(done.pdf)) as document_:
        assert [round(float(x)) for x in document_.pages[0].mediabox] == [0, 0, 612, 792]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[colour]\nink = "blue"\n', "ink"),
        ('[colour]\ninck = "112233"\n', "inck"),
        ('[paper.length]\npage_left = "wide"\n', "page_left"),
        ("[paper.type]\nbody = [10]\n", "body"),
        ("[paper\n", "mytheme.toml"),
    ],
)
def test_a_theme_that_is_wrong_is_told_by_file_and_token(tmp_path: Path, text: str, message: str) -> None:
    theme = tmp_path / "mytheme.toml"
    theme.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as told:
        book_tex(notes_of(tmp_path, "# A\n"), "pdflatex", theme=str(theme))
    assert "mytheme.toml" in told.value.report.message and message in told.value.report.message


def carried(words: int) -> Typeset:
    """A derivation that begins after so many words."""
    text = "Words fill a part of the page here. " * words
    chapter = f"# A\n\n{text}\n\n```{{derive}} f = logsumexp(A*x) + x'*B*x\n:wrt: x\n```\n"
    with TemporaryDirectory() as folder:
        notes = notes_of(Path(folder), chapter)
    return typeset(book_tex(notes, FIRST.plain_name), FIRST, name="notes")


def test_a_derivation_goes_on_with_the_line_that_was_the_last() -> None:
    """Wherever the page ends: as words are added, derivations stand whole or are carried over once."""
    found = [(done.pages, b"carried over" in texts(done.pdf)) for done in map(carried, (40, 90, 110, 150))]
    assert (2, True) in found
    assert all(carried_ is False for pages, carried_ in found if pages == 1)


def texts(pdf: bytes) -> bytes:
    """The letters of a PDF, words with one blank between them."""
    out: list[bytes] = []
    with pikepdf.open(BytesIO(pdf)) as document_:
        for page in document_.pages:
            for shown in pikepdf.parse_content_stream(page):
                if str(shown.operator) == "TJ":
                    pieces = (
                        bytes(piece) if isinstance(piece, pikepdf.String) else b" " * (piece < -200)
                        for piece in next(iter(shown.operands))
                    )
                    out.append(b"".join(pieces))
    return b"\n".join(out)


@ALL
@pytest.mark.parametrize("chosen", FORMATS, ids=lambda known: known.name)
def test_every_glyph_of_sheets_and_slides_has_its_letter(chosen: Format, engine: Engine) -> None:
    shown = seed_document()
    if missing(engine, needs_of(chosen, shown)):
        assert chosen.fallback is not None
        return
    assert unmapped(typeset(render(shown, chosen, engine.plain_name), engine, name="sheet").pdf) == []
