"""The blocks of notes as HTML: each kind by the macro of its name in `templates/site/blocks.html`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from jinja2 import Environment
from markupsafe import Markup

from gen.document.blocks import DerivationBlock, FlatteningBlock, Part
from gen.document.drawing_svg import drawing_svg
from gen.document.inline import Inline
from gen.document.inline_html import address, inline_html, paragraph_html
from gen.document.note_blocks import Heading, NoteBlock, Paragraph, Solution
from gen.document.page import environment
from gen.document.problem_html import FILTERS
from gen.document.web_blocks import WebPart
from gen.document.web_maths import deep, maths, wide
from gen.document.web_page import phrase

DEEPEST = 6  # headings that HTML has


@dataclass(frozen=True, slots=True)
class Setting:
    """Where blocks stand: on the page of `chapter`, under a heading of `level`."""

    chapter: str
    level: int = 1

    @property
    def under(self) -> Setting:
        """What stands under a heading of its own."""
        return replace(self, level=min(self.level + 1, DEEPEST))

    def blocks(self, blocks: tuple[NoteBlock, ...]) -> Markup:
        """The blocks in a row; no heading is more than one level below the one before it."""
        out: list[Markup] = []
        here = self
        for block in blocks:
            if isinstance(block, Heading):
                here = replace(here, level=min(block.level, here.level + 1, DEEPEST))
            made = getattr(_environment().get_template("site/blocks.html").module, type(block).__name__)
            out.append(Markup(str(made(block, here)).strip()))
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
        return inline_html(inline, self.chapter)

    def paragraph(self, inline: Inline) -> tuple[tuple[str, Markup], ...]:
        """A paragraph, displayed formulas apart."""
        return paragraph_html(inline, self.chapter)

    def link(self, chapter: str, anchor: str) -> str:
        """The address of an anchor of a chapter."""
        return address(chapter, anchor, self.chapter)

    def pictured(self, part: WebPart, picture: FlatteningBlock | None) -> WebPart:
        """A way of several: its own picture is left out where a larger one follows."""
        return part if picture is None else replace(part, picture=None)

    def solved(self, block: Solution) -> tuple[WebPart | Part, ...]:
        """The parts of a solution: derivations as screens have them, where those are known."""
        if not block.web:
            return block.problem.parts
        left = list(block.web)
        out: list[WebPart | Part] = []
        for part in block.problem.parts:
            derived = isinstance(part, DerivationBlock) and any(web.title == part.title for web in left)
            if not derived:
                out.append(part)
                continue
            web = next(web for web in left if web.title == part.title)
            left.remove(web)
            out.append(web)
        pictured = any(isinstance(part, FlatteningBlock) for part in out)
        found = (*out, *left)
        return tuple(
            replace(part, picture=None) if pictured and isinstance(part, WebPart) else part for part in found
        )


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]


def _capital(word: str) -> str:
    return word.capitalize()


def _spaced(name: str) -> str:
    return name.replace("_", " ")


_FILTERS: MappingProxyType[str, Callable[..., object]] = MappingProxyType(
    {
        **FILTERS,
        "phrase": phrase,
        "maths": maths,
        "wide": wide,
        "deep": deep,
        "drawing": drawing_svg,
        "small": _small,
        "capital": _capital,
        "spaced": _spaced,
        "raw": Markup,
    }
)


@cache
def _environment() -> Environment:
    return environment(**_FILTERS)
