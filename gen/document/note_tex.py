"""Notes as the TeX of one document: every block of the records, with the macros of the other documents."""

from __future__ import annotations

from collections.abc import Iterable

from gen.document.blocks import NOTHING, FlatteningBlock, Part, ProblemBlock, TextBlock
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
from gen.document.tokens import definitions, tokens

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
    Needed("tikz"),
    Needed("hyperref", ("hidelinks", "unicode")),
)
LIBRARIES = ("arrows.meta",)
_WORDS = {
    "definition": "Definition",
    "identity": "Identity",
    "remark": "Remark",
    "warning": "Warning",
}


def book_tex(notes: Notes, engine_name: str, *, theme: str = "light") -> str:
    """The TeX of all chapters of `notes`, which may be one alone; it needs no file but its pictures."""
    fonts = next((known.packages for known in FONTS if known.engine == engine_name), ())
    libraries = joined((Tex(rf"\usetikzlibrary{{{name}}}") for name in LIBRARIES), "\n")
    source = (
        tex_environment()
        .get_template("book.tex")
        .render(
            document=notes,
            engine=engine_name,
            packages=Tex(preamble_of((*fonts, *PACKAGES))),
            libraries=libraries,
            definitions=definitions(tokens("paper")),
            body=_joined(_chapter(chapter) for chapter in notes.chapters),
            index=_index(notes),
        )
    )
    return source.rstrip() + "\n"


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
                out.append(Tex(f"\\[{tex}\\]" if display else f"${tex}$"))
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


def _spaced(text: str) -> Tex:
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return Tex(before + escape(text) + after)


def _address(address: str) -> str:
    return "".join(rf"\{sign}" if sign in "%#&_{}" else sign for sign in address if sign not in "\\^~$")


def _target(anchor: str) -> Tex:
    return Tex(rf"\hypertarget{{{anchor}}}{{}}") if anchor else NOTHING


def _chapter(chapter: Chapter) -> Tex:
    title = inline_tex(chapter.title)
    mark = outline(f"{chapter.number} {plain(chapter.title)}")
    head = Tex(
        rf"\newpage{_target(chapter.anchor)}\pdfbookmark[0]{{{mark}}}{{mark.{chapter.anchor}}}"
        rf"\Title{{Chapter {chapter.number}}}{{{title}}}"
    )
    return _joined((head, _blocks(chapter.blocks)))


def _blocks(blocks: tuple[NoteBlock, ...]) -> Tex:
    return _joined(_block(block) for block in blocks)


def _block(block: NoteBlock) -> Tex:
    match block:
        case Heading(level, inside, anchor, number):
            mark = outline(f"{number} {plain(inside)}")
            font = "HeadingFont" if level == 2 else "PartFont"
            return Tex(
                rf"\Need{{\HeadNeed}}\vskip\SectionGap{_target(anchor)}"
                rf"\pdfbookmark[{level - 1}]{{{mark}}}{{mark.{anchor}}}"
                rf"{{\{font}\sffamily\bfseries\noindent\leavevmode\color{{ink}}"
                rf"{number}\quad {inline_tex(inside)}\par}}\nobreak"
            )
        case Paragraph(inside):
            return Tex(inline_tex(inside) + r"\par")
        case ListBlock(items, start):
            return _list(items, start)
        case Listing(text, _):
            lines = (
                Tex(rf"\texttt{{{escape(line).replace(' ', '~')}}}") for line in _indented(text).split("\n")
            )
            return Tex(r"{\noindent\SmallFont " + "\\newline\n".join(lines) + r"\par}")
        case Quotation(blocks):
            return Tex("\\begin{quote}\n" + _blocks(blocks) + "\n\\end{quote}")
        case TableBlock(header, rows, align):
            return _table(header, rows, align)
        case Display(tex, anchor, number):
            tag = rf"\tag*{{({number})}}" if number else ""
            return Tex(rf"{_target(anchor)}\[{tex}{tag}\]")
        case Derived() | Compared():
            return _derivations(block)
        case Exercise() | Solution():
            return _problem(block)
        case Box():
            title = _numbered(_WORDS[block.kind], block.number, block.title)
            return Tex(rf"\vskip\PartGap{_target(block.anchor)}\Boxed{{{title}{_blocks(block.blocks)}}}")
        case Figure(anchor, number, drawing, caption):
            return _pictured(anchor, number, drawing_tikz(drawing), caption)
        case Picture(anchor, number, file, _, _, caption):
            shown = Tex(rf"\Fitted{{\linewidth}}{{\includegraphics{{{file}}}}}")
            return _pictured(anchor, number, shown, caption)
        case RulesTable(rows):
            return _joined(
                Tex(
                    rf"{{\noindent\texttt{{{escape(row.name)}}}\quad {as_tex(row.law)}\newline "
                    rf"\SmallFont {as_tex(row.because)} ({inline_tex(row.first_used)})\par}}"
                )
                for row in rows
            )
        case Rule():
            return Tex(r"\par\HairLine")
        case Only(name, blocks):
            return _blocks(blocks) if name == "pdf" else NOTHING
        case RawBlock(name, text):
            return Tex(text) if name == "tex" else NOTHING


def _indented(text: str) -> str:
    return text.replace("\t", "    ") or " "


def _list(items: tuple[tuple[NoteBlock, ...], ...], start: int | None) -> Tex:
    name = "itemize" if start is None else "enumerate"
    option = "" if start in (None, 1) else f"[start={start}]"
    inside = "\n".join(rf"\item{{}} {_blocks(item)}" for item in items)
    return Tex(rf"\begin{{{name}}}{option}" + "\n" + inside + "\n" + rf"\end{{{name}}}")


def _table(header: tuple[Inline, ...], rows: tuple[tuple[Inline, ...], ...], align: tuple[str, ...]) -> Tex:
    columns = "".join(word[0] for word in align)
    lines = [" & ".join(inline_tex(cell) for cell in row) + r"\\" for row in (header, *rows)]
    lines.insert(1, r"\hline")
    inside = "\n".join(lines)
    return Tex(
        rf"\Fitted{{\linewidth}}{{\begin{{tabular}}{{{columns}}}" + "\n" + inside + r"\end{tabular}}\par"
    )


def _pictured(anchor: str, number: str, shown: Tex, caption: Inline) -> Tex:
    head = rf"\textbf{{Figure {number}}}\quad {inline_tex(caption)}"
    return Tex(rf"\vskip\PartGap{_target(anchor)}{{\noindent {shown}\par\nobreak\SmallFont {head}\par}}")


def _numbered(word: str, number: str, title: Inline) -> Tex:
    name = " ".join(filter(None, (word, number)))
    said = rf"\quad {inline_tex(title)}" if title else ""
    return Tex(rf"{{\PartFont\sffamily\bfseries\noindent\leavevmode\color{{ink}}{name}{said}\par}}")


def _derivations(block: Derived | Compared) -> Tex:
    head = Tex(rf"\vskip\PartGap{_target(block.anchor)}{_numbered('Derivation', block.number, block.title)}")
    if isinstance(block, Derived):
        return _joined((head, _part(block.paper)))
    ends: tuple[FlatteningBlock | TextBlock | None, ...] = (block.picture, block.fits)
    inside = (
        *(_joined((_target(part.anchor), _part(part.paper))) for part in block.parts),
        *(_part(end) for end in ends if end is not None),
    )
    return _joined((head, *inside))


def _problem(block: Exercise | Solution) -> Tex:
    head = Tex(rf"\vskip\PartGap{_target(block.anchor)}")
    if isinstance(block, Exercise):
        title = _title("Exercise", block.number, block.problem)
        asked = _blocks(block.prompt) if block.prompt else Tex(as_tex(block.problem.prompt) + r"\par")
        return _joined((head, title, asked, *(_part(part) for part in block.problem.asked)))
    title = _title("Solution of exercise", block.number, block.problem)
    return _joined((head, title, _blocks(block.blocks), *(_part(part) for part in block.problem.parts)))


def _title(word: str, number: str, problem: ProblemBlock) -> Tex:
    said = rf"\quad {as_tex(problem.title)}" if problem.title else ""
    return Tex(
        rf"{{\PartFont\sffamily\bfseries\noindent\leavevmode\color{{ink}}{word} {number}{said}\par}}\nobreak"
    )


def _part(part: Part) -> Tex:
    made = tex_environment().get_template(kind_of(part).paper).render(part=part)
    more: tuple[Text, ...] = getattr(part, "discussion", ())
    return _joined((Tex(made), *(Tex(as_tex(paragraph) + r"\par") for paragraph in more)))


def _index(notes: Notes) -> Tex:
    lines = []
    for line in notes.index:
        places = dict.fromkeys((words, anchor) for _, anchor, words in line.places)
        links = ", ".join(rf"\hyperlink{{{anchor}}}{{{escape(words)}}}" for words, anchor in places)
        lines.append(Tex(rf"{{\noindent {escape(line.term)}\quad \SmallFont {links}\par}}"))
    return _joined(lines)


def _joined(parts: Iterable[Tex], between: str = "\n") -> Tex:
    return Tex(between.join(part for part in parts if part))
