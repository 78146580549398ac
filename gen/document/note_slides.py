"""Notes as slides: chapters are sections; derivations, boxes, figures and exercises are their frames."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gen.document.blocks import (
    CalloutBlock,
    DerivationBlock,
    Document,
    DrawnBlock,
    Part,
    ProblemBlock,
    TextBlock,
)
from gen.document.drawing_tikz import drawing_tikz
from gen.document.inline import Inline, plain
from gen.document.inline_tex import inline_tex
from gen.document.note_blocks import (
    Box,
    Chapter,
    Compared,
    Derived,
    Display,
    Exercise,
    Figure,
    Heading,
    ListBlock,
    NoteBlock,
    Notes,
    Paragraph,
    Picture,
    Quotation,
)
from gen.document.note_blocks_tex import blocks_tex
from gen.document.repeated import bare
from gen.document.tex import Tex, as_tex, joined
from gen.document.theme import USUAL
from gen.document.words import Words as Fixed
from gen.document.words import words_of


def slides_of(notes: Notes, *, theme: str = USUAL) -> Document:
    """The document whose frames are the slides of `notes`; chapters without a number have none.

    Running text, tables and solutions are for paper. The page of a chapter lists its sections.
    """
    words = words_of(notes.language)
    return Document(
        notes.title,
        tuple(_section(chapter, words) for chapter in notes.chapters if chapter.number.isdigit()),
        course=notes.subtitle,
        author=notes.author,
        date=notes.date,
        convention=notes.convention,
        paper=notes.paper,
        language=notes.language,
        theme=theme,
    )


def _section(chapter: Chapter, words: Fixed) -> ProblemBlock:
    heads = [inline_tex(bare(b.inside)) for b in chapter.blocks if isinstance(b, Heading) and b.level == 2]
    return ProblemBlock(
        int(chapter.number),
        inline_tex(bare(chapter.title)),
        joined(heads, r"\par "),
        tuple(part for block in chapter.blocks for part in _parts(block, words)),
        name=plain(chapter.title),
        kind=words["chapter"],
    )


def _parts(block: NoteBlock, words: Fixed) -> Iterator[Part]:
    match block:
        case Derived():
            yield _numbered(block.paper, block, words)
        case Compared():
            yield from (_way(_numbered(part.paper, block, words)) for part in block.parts)
            for part in (block.picture, block.fits):
                if part is not None:
                    title, name = _titled(words["derivation"], block.number, ())
                    more = joined((title, Tex(r"\quad{}"), part.title))
                    yield replace(part, title=more, name=f"{name} {part.name or part.title}")
        case Box():
            title, name = _titled(words[block.kind], block.number, block.title)
            yield CalloutBlock(title, blocks_tex(_running(block.blocks), words), name)
            for inner in block.blocks:
                yield from _parts(inner, words)
        case Figure() | Picture():
            title, name = _titled(words["figure"], block.number, ())
            drawing = (
                drawing_tikz(block.low or block.drawing)
                if isinstance(block, Figure)
                else Tex(rf"\includegraphics{{{block.file}}}")
            )
            yield DrawnBlock(title, drawing, inline_tex(block.caption), name)
        case Exercise():
            title, name = _titled(words["exercise"], block.number, ())
            asked = blocks_tex(_running(block.prompt), words) if block.prompt else block.problem.prompt
            yield TextBlock(title, (asked,), name)
            for inner in block.prompt:
                yield from _parts(inner, words)
            yield from (replace(part, title=title, name=name) for part in block.problem.asked)
        case _:
            return


def _numbered(part: DerivationBlock, block: Derived | Compared, words: Fixed) -> DerivationBlock:
    """A derivation with the number by which the text calls it, the title of its author, and its method."""
    title, name = _titled(words["derivation"], block.number, block.title)
    way = part.title if isinstance(part.title, Tex) else words.inside(part.title)
    if way:
        title = joined((title, Tex(r"\quad{}"), Tex(rf"{{\mdseries\SmallFont\Colour{{soft}}{as_tex(way)}}}")))
    return replace(part, title=title, name=f"{name} {words.inside(part.name)}".strip())


def _way(part: DerivationBlock) -> Part:
    """One of several ways; one without lines is its sentence."""
    return part if part.lines or part.result else TextBlock(part.title, (part.intro,), part.name)


def _running(blocks: tuple[NoteBlock, ...]) -> tuple[NoteBlock, ...]:
    """What of a box is text on its frame; what is worked out or drawn in it has frames of its own."""
    out: list[NoteBlock] = []
    for block in blocks:
        match block:
            case Paragraph() | Display():
                out.append(block)
            case ListBlock(items):
                out.append(replace(block, items=tuple(_running(item) for item in items)))
            case Quotation(inner):
                out.append(replace(block, blocks=_running(inner)))
            case _:
                pass
    return tuple(out)


def _titled(word: str, number: str, title: Inline) -> tuple[Tex, str]:
    """The title of a numbered piece, and the same without mathematics."""
    head = " ".join(filter(None, (word, number)))
    more = inline_tex(title)
    return joined((head, Tex(r"\quad{}"), more)) if more else joined(
        (head,)
    ), f"{head} {plain(title)}".strip()
