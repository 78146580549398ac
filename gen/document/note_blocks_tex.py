"""The blocks of notes as TeX, with the macros of the other documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gen.document.blocks import NOTHING, DerivationBlock, FlatteningBlock, Part, ProblemBlock, TextBlock
from gen.document.drawing_tikz import drawing_tikz
from gen.document.filters import outline
from gen.document.inline import Inline, Words, plain
from gen.document.inline_tex import display_tex, inline_tex, place
from gen.document.note_blocks import (
    Box,
    Compared,
    Derived,
    Display,
    Exercise,
    Figure,
    Heading,
    ListBlock,
    Listing,
    NoteBlock,
    Only,
    Paragraph,
    Picture,
    Quotation,
    RawBlock,
    Rule,
    RulesTable,
    Solution,
    TableBlock,
)
from gen.document.parts import kind_of
from gen.document.render import tex_environment
from gen.document.repeated import running
from gen.document.table_tex import listing_tex, table_tex
from gen.document.tex import Tex, Text, as_tex, escape
from gen.document.words import Words as Fixed

_KEPT = (Derived, Compared, Exercise, Solution, Figure, Picture)


def blocks_tex(blocks: tuple[NoteBlock, ...], words: Fixed) -> Tex:
    """The blocks in a row; a heading before what is kept on one page is kept there with it."""
    out: list[Tex] = []
    waiting = NOTHING
    for block, after in zip(blocks, (*blocks[1:], None), strict=False):
        if isinstance(block, Paragraph) and isinstance(after, Display):
            out.append(inline_tex(block.inside))
            continue
        if isinstance(block, Heading) and isinstance(after, _KEPT):
            waiting = _joined((waiting, _heading(block, "Title")))
            continue
        out.append(_block(block, words, waiting))
        waiting = NOTHING
    return _joined(out)


def _heading(block: Heading, how: str) -> Tex:
    """`how` is Head where it looks for room itself, Title where it stands with what follows."""
    mark = outline(f"{block.number} {plain(block.inside)}")
    name = f"Section{how}" if block.level == 2 else f"Subsection{how}"
    made = rf"\{name}{{{block.number}}}{{{inline_tex(block.inside)}}}{{{block.anchor}}}{{{mark}}}"
    return Tex(made if block.level > 2 else rf"{made}{{{inline_tex(running(block.inside))}}}")


def _kept(inside: Tex) -> Tex:
    return Tex(rf"\Part{{{inside}}}")


def _block(block: NoteBlock, words: Fixed, head: Tex = NOTHING) -> Tex:
    """A block; `head` is the heading that is kept with it."""
    match block:
        case Heading():
            return _heading(block, "Head")
        case Paragraph(inside):
            return Tex(inline_tex(inside) + r"\par")
        case ListBlock(items, start):
            return _list(items, start, words)
        case Listing(text, _):
            return listing_tex(text)
        case Quotation(blocks):
            return Tex("\\begin{quote}\n" + blocks_tex(blocks, words) + "\n\\end{quote}")
        case TableBlock(header, rows, align):
            return table_tex(header, rows, align)
        case Display(tex, anchor, number):
            return display_tex(Tex(tex), f"({number})" if number else "", anchor)
        case Derived():
            return Tex(_kept(_joined((head, _derived(block, words)))) + r"\Gap{\PartGap}")
        case Compared():
            return _compared(block, head, words)
        case Exercise():
            return _exercise(block, head, words)
        case Solution():
            return _solution(block, head, words)
        case Box():
            head = _head(words[block.kind], block.number, block.title, block.anchor)
            return Tex(
                rf"\Gap{{\BoxGap}}\Boxed{{\nobreak{head}{blocks_tex(block.blocks, words)}}}\Gap{{\BoxGap}}"
            )
        case Figure(anchor, number, drawing, caption, _):
            return _pictured(anchor, number, drawing_tikz(drawing), caption, head, words)
        case Picture(anchor, number, file, _, _, caption):
            return _pictured(anchor, number, Tex(rf"\includegraphics{{{file}}}"), caption, head, words)
        case RulesTable(rows):
            return _joined(
                Tex(
                    rf"\RuleRow{{{escape(row.name.replace('_', ' '))}}}{{{as_tex(row.law)}}}"
                    rf"{{{as_tex(row.because)}}}{{{inline_tex(row.first_used)}}}"
                )
                for row in rows
            )
        case Rule():
            return Tex(r"\Parting")
        case Only(name, blocks):
            return blocks_tex(blocks, words) if name == "pdf" else NOTHING
        case RawBlock(name, text):
            return Tex(text) if name == "tex" else NOTHING


def _list(items: tuple[tuple[NoteBlock, ...], ...], start: int | None, words: Fixed) -> Tex:
    name = "itemize" if start is None else "enumerate"
    option = "" if start in (None, 1) else f"[start={start}]"
    inside = "\n".join(rf"\item{{}} {blocks_tex(item, words)}" for item in items)
    return Tex(rf"\begin{{{name}}}{option}" + "\n" + inside + "\n" + rf"\end{{{name}}}")


def _pictured(anchor: str, number: str, shown: Tex, caption: Inline, head: Tex, words: Fixed) -> Tex:
    name = rf"{{\sffamily\bfseries\Colour{{ink}}{words['figure']} {number}}}"
    below = rf"{place(anchor)}{name}\quad {inline_tex(caption)}"
    above = r"\SectionNeed" if head else "0pt"
    # TikZ ends with a comment sign, which would hide the bracket.
    return _kept(_joined((head, Tex(rf"\FigureSet{{{shown}" + "\n}" + rf"{{{below}}}{{{above}}}"))))


def _head(word: str, number: str, title: Inline, anchor: str, way: Text = "") -> Tex:
    """The head of a numbered piece in one line."""
    name = " ".join(filter(None, (word, number)))
    return Tex(rf"\PieceHead{{{name}}}{{{inline_tex(title)}}}{{{as_tex(way)}}}{{{place(anchor)}}}")


def _derived(block: Derived, words: Fixed) -> Tex:
    head = _head(
        words["derivation"], block.number, block.title, block.anchor, _small(block.paper.title, words)
    )
    return _joined((head, _part(replace(block.paper, title=""), words)))


def _small(title: Text, words: Fixed) -> Text:
    return title if isinstance(title, Tex) else words.inside(title)


def _compared(block: Compared, above: Tex, words: Fixed) -> Tex:
    """The ways one after the other, each kept together, then how they fit."""
    ends: tuple[FlatteningBlock | TextBlock | None, ...] = (block.picture, block.fits)
    ways = [
        _joined(
            (
                Tex(rf"\WayHead{{{as_tex(part.paper.title)}}}{{{place(part.anchor)}}}"),
                _untitled(part, words),
            )
        )
        for part in block.parts
    ]
    first = _joined((above, _head(words["derivation"], block.number, block.title, block.anchor), ways[0]))
    inside = [
        first,
        *ways[1:],
        *_beside(block, words),
        *(_part(end, words) for end in ends if end is not None),
    ]
    return _joined(_kept(way) for way in inside)


def _beside(block: Compared, words: Fixed) -> list[Tex]:
    """The table of the ways under its title, if there is one."""
    if block.table is None:
        return []
    title = Tex(rf"\WayHead{{{escape(words['ways'])}}}{{}}")
    return [_joined((title, table_tex(block.table.header, block.table.rows, block.table.align)))]


def _untitled(part: Derived, words: Fixed) -> Tex:
    return _part(replace(part.paper, title=""), words)


def _exercise(block: Exercise, above: Tex, words: Fixed) -> Tex:
    """What an author asks needs no title; what a family asks has its own."""
    title = () if block.prompt else _title(block.problem)
    asked = blocks_tex(block.prompt, words) if block.prompt else Tex(as_tex(block.problem.prompt) + r"\par")
    inside = (above, _head(words["exercise"], block.number, title, block.anchor), asked)
    parts = (_part(part, words) for part in block.problem.asked)
    return _kept(_joined((*inside, *parts)))


def _solution(block: Solution, above: Tex, words: Fixed) -> Tex:
    """Each part kept together; the title of the first stands in the head, where the author says nothing."""
    parts = block.problem.parts
    way: Text = ""
    if parts and not block.blocks and isinstance(parts[0], DerivationBlock):
        way = "" if parts[0].title == words["solution"] else _small(parts[0].title, words)
        parts = (replace(parts[0], title=""), *parts[1:])
    head = _head(words["solution_of"], block.number, (), block.anchor, way)
    made = [_part(part, words) for part in parts]
    first = _joined((above, head, blocks_tex(block.blocks, words), *made[:1]))
    return _joined(_kept(part) for part in (first, *made[1:]))


def _title(problem: ProblemBlock) -> Inline:
    return () if isinstance(problem.title, Tex) else (Words(problem.title),)


def _part(part: Part, words: Fixed) -> Tex:
    made = tex_environment().get_template(kind_of(part).paper).render(part=part, words=words)
    more: tuple[Text, ...] = getattr(part, "discussion", ())
    return _joined((Tex(made), *(Tex(as_tex(paragraph) + r"\par") for paragraph in more)))


def _joined(parts: Iterable[Tex], between: str = "\n") -> Tex:
    return Tex(between.join(part for part in parts if part))
