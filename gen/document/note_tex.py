"""Notes as the TeX of one document: every block of the records, with the macros of the other documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from gen.document.blocks import NOTHING, DerivationBlock, FlatteningBlock, Part, ProblemBlock, TextBlock
from gen.document.drawing_tikz import drawing_tikz
from gen.document.filters import outline
from gen.document.inline import (
    Break,
    Emphasis,
    Expression,
    Indexed,
    Inline,
    Link,
    Maths,
    Raw,
    Reference,
    Typed,
    Words,
    plain,
)
from gen.document.latex import Needed, preamble_of
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
    Listing,
    NoteBlock,
    Notes,
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
from gen.document.render import FONTS, tex_environment
from gen.document.tex import Tex, Text, as_tex, escape, joined
from gen.document.theme import USUAL
from gen.document.tokens import definitions, tokens
from gen.document.words import Words as Fixed
from gen.document.words import words_of

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

_KEPT = (Derived, Compared, Exercise, Solution, Figure, Picture)


def book_tex(notes: Notes, engine_name: str, *, theme: str = USUAL, page: str = "") -> str:
    """The TeX of all chapters of `notes`, or of one alone; it needs no file but its pictures.

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
            packages=Tex(preamble_of((*fonts, *PACKAGES))),
            libraries=libraries,
            definitions=definitions(tokens("paper", theme)),
            body=_joined(_chapter(chapter, words) for chapter in notes.chapters),
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
        yield ContentsRow(1, Tex(chapter.anchor), chapter.number, inline_tex(chapter.title))
        for block in chapter.blocks:
            if isinstance(block, Heading) and block.level == 2:
                yield ContentsRow(2, Tex(block.anchor), block.number, inline_tex(block.inside))


def inline_tex(inline: Inline) -> Tex:
    """Running text."""
    out: list[Tex] = []
    for piece in inline:
        match piece:
            case Words(text):
                out.append(_spaced(text))
            case Emphasis(inside, strong):
                out.append(Tex(rf"\{'textbf' if strong else 'emph'}{{{inline_tex(inside)}}}"))
            case Typed(text):
                out.append(Tex(rf"\texttt{{{escape(text)}}}"))
            case Maths(tex, display) | Expression(tex, _, display):
                out.append(_display(tex) if display else Tex(f"${tex}$"))
            case Link(address, inside):
                out.append(Tex(rf"\href{{{_address(address)}}}{{{inline_tex(inside)}}}"))
            case Reference(target, _, text):
                out.append(Tex(rf"\hyperlink{{{target}}}{{{escape(text)}}}"))
            case Indexed(_, anchor, inside):
                out.append(Tex(rf"{_target(anchor)}{inline_tex(inside)}"))
            case Break():
                out.append(Tex("\\newline\n"))
            case Raw(name, text):
                out.append(Tex(text) if name == "tex" else NOTHING)
    return _joined(out, "")


def _display(tex: Tex, tag: str = "") -> Tex:
    """A formula on a line of its own, made smaller where it is too wide; `split` works in displays only."""
    if r"\begin{split}" in tex:
        return Tex(rf"\[{tex}\tag*{{{tag}}}\]" if tag else rf"\[{tex}\]")
    return Tex(rf"\DisplaySet{{{tex}}}{{{tag}}}")


def _spaced(text: str) -> Tex:
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return Tex(before + escape(text) + after)


def _address(address: str) -> str:
    return "".join(rf"\{sign}" if sign in "%#&_{}" else sign for sign in address if sign not in "\\^~$")


def _target(anchor: str) -> Tex:
    return Tex(rf"\Place{{{anchor}}}") if anchor else NOTHING


def _chapter(chapter: Chapter, words: Fixed) -> Tex:
    title = inline_tex(chapter.title)
    mark = outline(f"{chapter.number} {plain(chapter.title)}")
    head = Tex(rf"\ChapterHead{{{chapter.number}}}{{{title}}}{{{chapter.anchor}}}{{{mark}}}")
    return _joined((head, _blocks(chapter.blocks, words)))


def blocks_tex(blocks: tuple[NoteBlock, ...], words: Fixed) -> Tex:
    """Blocks of running text on their own, such as those of a box."""
    return _blocks(blocks, words)


def _blocks(blocks: tuple[NoteBlock, ...], words: Fixed) -> Tex:
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
    return Tex(rf"\{name}{{{block.number}}}{{{inline_tex(block.inside)}}}{{{block.anchor}}}{{{mark}}}")


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
            lines = (_listing_line(line) for line in _indented(text).split("\n"))
            return Tex(r"\ListingSet{" + "\\newline\n".join(lines) + "}")
        case Quotation(blocks):
            return Tex("\\begin{quote}\n" + _blocks(blocks, words) + "\n\\end{quote}")
        case TableBlock(header, rows, align):
            return _tables(header, rows, align)
        case Display(tex, anchor, number):
            return Tex(_display(Tex(tex), f"({number})" if number else "") + _target(anchor))
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
                rf"\Gap{{\BoxGap}}\Boxed{{\nobreak{head}{_blocks(block.blocks, words)}}}\Gap{{\BoxGap}}"
            )
        case Figure(anchor, number, drawing, caption):
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
            return Tex(r"\par\HairLine")
        case Only(name, blocks):
            return _blocks(blocks, words) if name == "pdf" else NOTHING
        case RawBlock(name, text):
            return Tex(text) if name == "tex" else NOTHING


def _indented(text: str) -> str:
    return text.replace("\t", "    ") or " "


def _listing_line(line: str) -> Tex:
    r"""Every space as it was typed; those that begin a line stand behind an empty box, or TeX drops them.

    >>> _listing_line("  x  # y")
    '\\null ~~x~~\\#~y'
    """
    return Tex(r"\null " + "~".join(escape(word) for word in line.split(" ")))


def _list(items: tuple[tuple[NoteBlock, ...], ...], start: int | None, words: Fixed) -> Tex:
    name = "itemize" if start is None else "enumerate"
    option = "" if start in (None, 1) else f"[start={start}]"
    inside = "\n".join(rf"\item{{}} {_blocks(item, words)}" for item in items)
    return Tex(rf"\begin{{{name}}}{option}" + "\n" + inside + "\n" + rf"\end{{{name}}}")


MOST_ROWS = 24  # of a table that is kept on one page; longer ones go on under their header


def _tables(header: tuple[Inline, ...], rows: tuple[tuple[Inline, ...], ...], align: tuple[str, ...]) -> Tex:
    """A table, in pieces that each have a page to stand on."""
    pieces = (rows[start : start + MOST_ROWS] for start in range(0, max(1, len(rows)), MOST_ROWS))
    return _joined(_table(header, piece, align) for piece in pieces)


def _table(header: tuple[Inline, ...], rows: tuple[tuple[Inline, ...], ...], align: tuple[str, ...]) -> Tex:
    """Rules above, below and under the header, no others."""
    columns = "".join(word[0] for word in align)
    head = " & ".join(rf"{{\sffamily\bfseries {inline_tex(cell)}}}" for cell in header)
    lines = "\n".join(" & ".join(inline_tex(cell) for cell in row) + r"\\" for row in rows)
    return Tex(
        rf"\TableSet{{\begin{{tabular}}{{{columns}}}\TableLine {head}\\\TableLine"
        + f"\n{lines}"
        + r"\TableLine\end{tabular}}"
    )


def _pictured(anchor: str, number: str, shown: Tex, caption: Inline, head: Tex, words: Fixed) -> Tex:
    name = rf"{{\sffamily\bfseries\color{{ink}}{words['figure']} {number}}}"
    below = rf"{_target(anchor)}{name}\quad {inline_tex(caption)}"
    # TikZ ends with a comment sign, which would hide the bracket.
    return _kept(_joined((head, Tex(rf"\FigureSet{{{shown}" + "\n}" + rf"{{{below}}}"))))


def _head(word: str, number: str, title: Inline, anchor: str, way: Text = "") -> Tex:
    """The head of a numbered piece in one line."""
    name = " ".join(filter(None, (word, number)))
    return Tex(rf"\PieceHead{{{name}}}{{{inline_tex(title)}}}{{{as_tex(way)}}}{{{_target(anchor)}}}")


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
                Tex(rf"\WayHead{{{as_tex(part.paper.title)}}}{{{_target(part.anchor)}}}"),
                _untitled(part, words),
            )
        )
        for part in block.parts
    ]
    first = _joined((above, _head(words["derivation"], block.number, block.title, block.anchor), ways[0]))
    inside = [first, *ways[1:], *(_part(end, words) for end in ends if end is not None)]
    return _joined(_kept(way) for way in inside)


def _untitled(part: Derived, words: Fixed) -> Tex:
    return _part(replace(part.paper, title=""), words)


def _exercise(block: Exercise, above: Tex, words: Fixed) -> Tex:
    """What an author asks needs no title; what a family asks has its own."""
    title = () if block.prompt else _title(block.problem)
    asked = _blocks(block.prompt, words) if block.prompt else Tex(as_tex(block.problem.prompt) + r"\par")
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
    first = _joined((above, head, _blocks(block.blocks, words), *made[:1]))
    return _joined(_kept(part) for part in (first, *made[1:]))


def _title(problem: ProblemBlock) -> Inline:
    return () if isinstance(problem.title, Tex) else (Words(problem.title),)


def _part(part: Part, words: Fixed) -> Tex:
    made = tex_environment().get_template(kind_of(part).paper).render(part=part, words=words)
    more: tuple[Text, ...] = getattr(part, "discussion", ())
    return _joined((Tex(made), *(Tex(as_tex(paragraph) + r"\par") for paragraph in more)))


def _joined(parts: Iterable[Tex], between: str = "\n") -> Tex:
    return Tex(between.join(part for part in parts if part))
