"""Notes as static pages: one for each chapter, the contents, and the index; none needs a script."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import groupby

from jinja2 import Environment
from markupsafe import Markup

from gen.document.inline import plain
from gen.document.inline_html import inline_html
from gen.document.note_blocks import Chapter, Heading, IndexLine, Notes
from gen.document.note_blocks_html import Setting
from gen.document.page import environment
from gen.document.repeated import bare
from gen.document.theme import USUAL
from gen.document.tokens import style
from gen.document.web_page import phrase
from gen.document.words import words_of

NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section in a list of contents."""

    anchor: str
    number: str
    title: Markup


@dataclass(frozen=True, slots=True)
class ChapterRow:
    """A chapter in a list of contents; `here` where it is the page itself."""

    link: str
    number: str
    title: Markup
    here: bool = False
    sections: tuple[SectionRow, ...] = ()


@dataclass(frozen=True, slots=True)
class NotePage:
    """A page as its template takes it; `name` is its title without mathematics."""

    notes: Notes
    name: str
    rows: tuple[ChapterRow, ...]
    chapter: Chapter | None = None
    title: Markup = NOTHING
    body: Markup = NOTHING
    sections: tuple[SectionRow, ...] = ()
    before: ChapterRow | None = None
    after: ChapterRow | None = None
    letters: tuple[tuple[str, tuple[IndexLine, ...]], ...] = ()

    @property
    def language(self) -> str:
        """The language of the words."""
        return self.notes.language


def site(notes: Notes, theme: str = USUAL) -> tuple[tuple[str, str], ...]:
    """The pages as (path, text): the contents, every chapter, and the index where there is one.

    Raises InputError for a theme file that is wrong.
    """
    pages = [("index.html", _contents(notes, theme))]
    pages += [(f"{chapter.name}.html", chapter_page(notes, chapter, theme)) for chapter in notes.chapters]
    if notes.index:
        pages.append(("genindex.html", _index(notes, theme)))
    return tuple(pages)


def chapter_page(notes: Notes, chapter: Chapter, theme: str = USUAL) -> str:
    """The page of one chapter: the same alone as among all others."""
    rows = _rows(notes, chapter.name)
    at = next((n for n, row in enumerate(rows) if row.here), None)
    page = NotePage(
        notes,
        f"{chapter.number} {plain(chapter.title)}".strip(),
        rows,
        chapter=chapter,
        title=inline_html(chapter.title, chapter.name, notes.language),
        body=Setting(chapter.name, notes.language).blocks(chapter.blocks),
        sections=_sections(chapter, notes.language),
        before=rows[at - 1] if at else None,
        after=rows[at + 1] if at is not None and at + 1 < len(rows) else None,
    )
    return _set("chapter", page, theme)


def _contents(notes: Notes, theme: str) -> str:
    known = {chapter.name: _sections(chapter, notes.language) for chapter in notes.chapters}
    rows = tuple(
        replace(row, sections=known.get(chapter.name, ()))
        for row, chapter in zip(_rows(notes), _listed(notes), strict=True)
    )
    return _set("contents", NotePage(notes, words_of(notes.language)["contents"], rows), theme)


def _index(notes: Notes, theme: str) -> str:
    words = words_of(notes.language)
    grouped = groupby(notes.index, key=lambda line: _letter(line.term) or words["signs"])
    letters = tuple((letter, tuple(lines)) for letter, lines in grouped)
    return _set("genindex", NotePage(notes, words["index"], _rows(notes), letters=letters), theme)


def _letter(term: str) -> str:
    first = term[:1].upper()
    return first if first.isalpha() else ""


def _listed(notes: Notes) -> tuple[Chapter, ...]:
    """All chapters of the project, whichever are made now."""
    return notes.contents or notes.chapters


def _rows(notes: Notes, here: str = "") -> tuple[ChapterRow, ...]:
    return tuple(
        ChapterRow(
            f"{chapter.name}.html",
            chapter.number,
            inline_html(bare(chapter.title), chapter.name, notes.language),
            chapter.name == here,
        )
        for chapter in _listed(notes)
    )


def _sections(chapter: Chapter, language: str) -> tuple[SectionRow, ...]:
    return tuple(
        SectionRow(block.anchor, block.number, inline_html(bare(block.inside), chapter.name, language))
        for block in chapter.blocks
        if isinstance(block, Heading) and block.level == 2
    )


def _set(template: str, page: NotePage, theme: str) -> str:
    made = _environment(page.language).get_template(f"site/{template}.html")
    return made.render(page=page, style=Markup(style(theme))).rstrip() + "\n"


def _joined(parts: list[str]) -> str:
    return " · ".join(part for part in parts if part)


@cache
def _environment(language: str) -> Environment:
    return environment(language, phrase=partial(phrase, language=language), listed=_joined)
