"""The blocks of notes as HTML: each kind by the macro of its name in `templates/site/blocks.html`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from jinja2 import Environment
from markupsafe import Markup

from gen.document.drawing_svg import drawing_svg
from gen.document.inline import Inline
from gen.document.inline_html import address, inline_html, paragraph_html
from gen.document.note_blocks import Heading, NoteBlock, Paragraph
from gen.document.page import environment
from gen.document.problem_html import problem_filters
from gen.document.web_blocks import WebPart, WebPicture
from gen.document.words import words_of

DEEPEST = 6  # headings that HTML has


@dataclass(frozen=True, slots=True)
class Setting:
    """Where blocks stand: on the page of `chapter`, in `language`, under a heading of `level`."""

    chapter: str
    language: str
    level: int = 1

    @property
    def under(self) -> Setting:
        """What stands under a heading of its own."""
        return replace(self, level=min(self.level + 1, DEEPEST))

    def blocks(self, blocks: tuple[NoteBlock, ...]) -> Markup:
        """The blocks in a row; no heading is more than one level below the one before it."""
        out: list[Markup] = []
        macros = _environment(self.language).get_template("site/blocks.html").module
        here = self
        for block in blocks:
            if isinstance(block, Heading):
                here = replace(here, level=min(block.level, here.level + 1, DEEPEST))
            out.append(Markup(str(getattr(macros, type(block).__name__)(block, here)).strip()))
        return Markup("\n").join(made for made in out if made)

    def item(self, blocks: tuple[NoteBlock, ...]) -> Markup:
        """What an item of a list holds: one paragraph is a line of it."""
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
            parts = self.paragraph(blocks[0].inside)
            if all(kind == "words" for kind, _ in parts):
                return self.inline(blocks[0].inside)
        return self.blocks(blocks)

    def inline(self, inline: Inline) -> Markup:
        """Running text."""
        return inline_html(inline, self.chapter, self.language)

    def paragraph(self, inline: Inline) -> tuple[tuple[str, Markup], ...]:
        """A paragraph, displayed formulas apart."""
        return paragraph_html(inline, self.chapter, self.language)

    def link(self, chapter: str, anchor: str) -> str:
        """The address of an anchor of a chapter."""
        return address(chapter, anchor, self.chapter)

    def pictured(self, part: WebPart, picture: WebPicture | None) -> WebPart:
        """A way of several: its own picture is left out where a larger one follows."""
        return part if picture is None else replace(part, picture=None)


def _spaced(name: str) -> str:
    return name.replace("_", " ")


@cache
def _environment(language: str) -> Environment:
    return environment(
        language,
        **problem_filters(language),
        drawing=drawing_svg,
        small=words_of(language).inside,
        spaced=_spaced,
        raw=Markup,
    )
