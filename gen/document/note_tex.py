"""Notes as the TeX of one document: title page, contents, chapters, index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gen.document.filters import outline
from gen.document.inline import plain
from gen.document.inline_tex import inline_tex
from gen.document.latex import Needed, preamble_of
from gen.document.note_blocks import Chapter, Heading, Notes
from gen.document.note_blocks_tex import blocks_tex
from gen.document.render import FONTS, tex_environment
from gen.document.repeated import bare, running
from gen.document.tex import Tex, joined
from gen.document.theme import USUAL
from gen.document.tokens import definitions, tokens
from gen.document.words import Words as Fixed
from gen.document.words import words_of
from gen.document.writing import Writing

PACKAGES = (
    Needed("amsmath"),
    Needed("bm"),
    Needed("graphicx"),
    Needed("array"),
    Needed("xcolor"),
    Needed("microtype"),
    Needed("geometry"),
    Needed("fancyhdr"),
    Needed("lastpage"),
    Needed("enumitem"),
    Needed("multicol"),
    Needed("tikz"),
    Needed("hyperref", ("hidelinks", "unicode")),
)
LIBRARIES = ("arrows.meta",)


def book_tex(
    notes: Notes,
    engine_name: str,
    writings: tuple[Writing, ...] | None = None,
    *,
    theme: str = USUAL,
    page: str = "",
) -> str:
    """The TeX of all chapters of `notes`, or of one alone; it needs no file but its pictures and `writings`.

    A chapter alone, as a preview, has neither title page nor contents nor index. `page` is the address of
    the accessible page from the PDF, "" where there is none. Raises InputError for a theme file that is
    wrong.
    """
    words = words_of(notes.language)
    fonts = next((known.packages for known in FONTS if known.engine == engine_name), ())
    libraries = joined((Tex(rf"\usetikzlibrary{{{name}}}") for name in LIBRARIES), "\n")
    source = (
        tex_environment()
        .get_template("notes/book.tex")
        .render(
            document=notes,
            words=words,
            page=page,
            whole=len(notes.chapters) > 1 or bool(notes.index),
            contents=tuple(_contents(notes)),
            engine=engine_name,
            writings=writings,
            packages=Tex(preamble_of((*fonts, *PACKAGES))),
            libraries=libraries,
            definitions=definitions(tokens("paper", theme)),
            body=Tex("\n".join(_chapter(chapter, words) for chapter in notes.chapters)),
            rows=tuple(IndexRow(line.term, tuple(place[1] for place in line.places)) for line in notes.index),
        )
    )
    return source.rstrip() + "\n"


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """A line of the table of contents: a chapter (level 1) or a section (2)."""

    level: int
    anchor: Tex
    number: str
    title: Tex


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A term and the anchors of its places."""

    term: str
    anchors: tuple[str, ...]


def _contents(notes: Notes) -> Iterator[ContentsRow]:
    for chapter in notes.chapters:
        yield ContentsRow(1, Tex(chapter.anchor), chapter.number, inline_tex(bare(chapter.title)))
        for block in chapter.blocks:
            if isinstance(block, Heading) and block.level == 2:
                yield ContentsRow(2, Tex(block.anchor), block.number, inline_tex(bare(block.inside)))


def _chapter(chapter: Chapter, words: Fixed) -> Tex:
    title = inline_tex(chapter.title)
    mark = outline(f"{chapter.number} {plain(chapter.title)}")
    top = inline_tex(running(chapter.title))
    head = Tex(rf"\ChapterHead{{{chapter.number}}}{{{title}}}{{{chapter.anchor}}}{{{mark}}}{{{top}}}")
    return Tex(f"{head}\n{blocks_tex(chapter.blocks, words)}")
