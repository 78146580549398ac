"""Notes as static pages: one for each chapter, the contents, and the index; none needs a script."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from gen.document.blocks import DerivationBlock, ProblemBlock
from gen.document.drawing_svg import drawing_svg
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
from gen.document.tex import Tex
from gen.document.tokens import style
from gen.document.web_blocks import Fold, WebLine, WebPart
from gen.document.web_maths import maths
from gen.document.web_page import phrase


def site(notes: Notes) -> tuple[tuple[str, str], ...]:
    """The pages as (path, text): the contents, every chapter, and the index where there is one."""
    pages = [("index.html", _contents(notes))]
    pages += [(f"{chapter.name}.html", chapter_page(notes, chapter)) for chapter in notes.chapters]
    if notes.index:
        pages.append(("genindex.html", _index(notes)))
    return tuple(pages)


def chapter_page(notes: Notes, chapter: Chapter) -> str:
    """The page of one chapter."""
    title = Markup('<h1 id="{}">{} {}</h1>').format(
        chapter.anchor, chapter.number, _inline(chapter.title, chapter)
    )
    return _page(notes, plain(chapter.title), title + _blocks(chapter.blocks, chapter))


def _page(notes: Notes, name: str, main: Markup) -> str:
    return Markup(
        '<!DOCTYPE html>\n<html lang="{}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>{} – {}</title>\n<style>{}</style>\n</head>\n<body>\n"
        '<nav aria-label="Notes"><a href="index.html">{}</a></nav>\n<main>\n{}\n</main>\n</body>\n</html>\n'
    ).format(notes.language, name, notes.title, Markup(style()), notes.title, main)


def _contents(notes: Notes) -> str:
    lines = Markup("\n").join(
        Markup('<li><a href="{}.html">{}</a></li>').format(chapter.name, plain(chapter.title))
        for chapter in notes.chapters
    )
    more = Markup('<p><a href="genindex.html">Index</a></p>') if notes.index else Markup("")
    conventions = Markup("\n").join(
        Markup("<li>{}</li>").format(phrase(said)) for said in notes.web_convention
    )
    main = Markup("<h1>{}</h1>\n<p>{}</p>\n<ol>\n{}\n</ol>\n{}\n<h2>Conventions</h2>\n<ul>{}</ul>").format(
        notes.title, notes.subtitle, lines, more, conventions
    )
    return _page(notes, "Contents", main)


def _index(notes: Notes) -> str:
    lines = Markup("\n").join(
        Markup("<li>{}: {}</li>").format(
            line.term,
            Markup(", ").join(
                Markup('<a href="{}.html#{}">{}</a>').format(chapter, anchor, words)
                for chapter, anchor, words in line.places
            ),
        )
        for line in notes.index
    )
    return _page(notes, "Index", Markup("<h1>Index</h1>\n<ul>\n{}\n</ul>").format(lines))


def _inline(inline: Inline, chapter: Chapter) -> Markup:
    out = Markup("")
    for piece in inline:
        match piece:
            case Words(text):
                out += escape(text)
            case Emphasis(inside, strong):
                tag = Markup("strong" if strong else "em")
                out += Markup("<{}>{}</{}>").format(tag, _inline(inside, chapter), tag)
            case Typed(text):
                out += Markup("<code>{}</code>").format(text)
            case Maths(tex, display):
                out += Markup('<span class="tex">{}</span>').format(
                    f"\\[{tex}\\]" if display else f"\\({tex}\\)"
                )
            case Expression(_, formula, display):
                out += maths(formula, display)
            case Link(address, inside):
                out += Markup('<a href="{}">{}</a>').format(address, _inline(inside, chapter))
            case Reference(target, name, text):
                page = "" if name == chapter.name else f"{name}.html"
                out += Markup('<a href="{}#{}">{}</a>').format(page, target, text)
            case Indexed(_, anchor, inside):
                out += Markup('<span id="{}">{}</span>').format(anchor, _inline(inside, chapter))
            case Break():
                out += Markup("<br>")
            case Raw(name, text):
                out += Markup(text) if name == "html" else Markup("")
    return out


def _blocks(blocks: Iterable[NoteBlock], chapter: Chapter) -> Markup:
    return Markup("\n").join(_block(block, chapter) for block in blocks)


def _block(block: NoteBlock, chapter: Chapter) -> Markup:
    match block:
        case Heading(level, inside, anchor, number):
            tag = Markup(f"h{level}")
            shown = _inline(inside, chapter)
            return Markup('<{} id="{}">{} {}</{}>').format(tag, anchor, number, shown, tag)
        case Paragraph(inside):
            return Markup("<p>{}</p>").format(_inline(inside, chapter))
        case ListBlock(items, start):
            rows = Markup("\n").join(Markup("<li>{}</li>").format(_blocks(item, chapter)) for item in items)
            if start is None:
                return Markup("<ul>\n{}\n</ul>").format(rows)
            return Markup('<ol start="{}">\n{}\n</ol>').format(start, rows)
        case Listing(text, _):
            return Markup("<pre><code>{}</code></pre>").format(text)
        case Quotation(blocks):
            return Markup("<blockquote>{}</blockquote>").format(_blocks(blocks, chapter))
        case TableBlock(header, rows, _):
            head = _cells(header, "th", chapter)
            body = Markup("\n").join(Markup("<tr>{}</tr>").format(_cells(row, "td", chapter)) for row in rows)
            return Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(head, body)
        case Display(tex, anchor, number):
            place = Markup(' id="{}"').format(anchor) if anchor else Markup("")
            said = f"({number})" if number else ""
            return Markup('<p{} class="tex">{} {}</p>').format(place, f"\\[{tex}\\]", said)
        case Derived(anchor, number, title, _, web):
            return _section(f"Derivation {number}", anchor, title, _part(web), chapter)
        case Compared(anchor, number, title, parts):
            sections = Markup("\n").join(
                Markup('<div id="{}">{}</div>').format(part.anchor, _part(part.web)) for part in parts
            )
            return _section(f"Derivation {number}", anchor, title, sections, chapter)
        case Exercise():
            return _section(f"Exercise {block.number}", block.anchor, (), _exercise(block, chapter), chapter)
        case Solution():
            solved = Markup("\n").join(_part(web) for web in block.web) or _written(block.problem)
            told = _blocks(block.blocks, chapter) + solved
            return _section(f"Solution of exercise {block.number}", block.anchor, (), told, chapter)
        case Box():
            word = f"{block.kind.capitalize()} {block.number}".strip()
            return _section(word, block.anchor, block.title, _blocks(block.blocks, chapter), chapter)
        case Figure(anchor, number, drawing, caption):
            shown = drawing_svg(drawing, anchor)
            return _figure(anchor, number, Markup(shown), caption, chapter)
        case Picture(anchor, number, file, _, words, caption):
            shown = Markup('<img src="{}" alt="{}">').format(file, words)
            return _figure(anchor, number, shown, caption, chapter)
        case RulesTable(rows):
            lines = Markup("\n").join(
                Markup("<tr><th>{}</th><td>{}</td><td>{}</td><td>{}</td></tr>").format(
                    row.name, phrase(row.web_law), phrase(row.web_because), _inline(row.first_used, chapter)
                )
                for row in rows
            )
            head = Markup("<tr><th>Rule</th><th>Law</th><th>Reason</th><th>First used</th></tr>")
            return Markup("<table><thead>{}</thead><tbody>{}</tbody></table>").format(head, lines)
        case Rule():
            return Markup("<hr>")
        case Only(name, blocks):
            return _blocks(blocks, chapter) if name == "html" else Markup("")
        case RawBlock(name, text):
            return Markup(text) if name == "html" else Markup("")


def _cells(cells: Iterable[Inline], tag: str, chapter: Chapter) -> Markup:
    name = Markup(tag)
    return Markup("").join(Markup("<{}>{}</{}>").format(name, _inline(cell, chapter), name) for cell in cells)


def _section(word: str, anchor: str, title: Inline, inside: Markup, chapter: Chapter) -> Markup:
    head = Markup("<strong>{}</strong> {}").format(word, _inline(title, chapter))
    return Markup('<section id="{}"><p>{}</p>\n{}\n</section>').format(anchor, head, inside)


def _figure(anchor: str, number: str, shown: Markup, caption: Inline, chapter: Chapter) -> Markup:
    said = Markup("<strong>Figure {}</strong> {}").format(number, _inline(caption, chapter))
    return Markup('<figure id="{}">{}<figcaption>{}</figcaption></figure>').format(anchor, shown, said)


def _part(part: WebPart) -> Markup:
    lines = Markup("\n").join(_line(line) for line in part.lines)
    results = Markup("\n").join(
        Markup("<p>{} ({})</p>").format(maths(result.formula, True), phrase(result.words))
        for result in part.results
    )
    return Markup("<p>{}</p>\n<ol>\n{}\n</ol>\n{}\n<p>{}</p>").format(
        phrase(part.intro), lines, results, phrase(part.checked)
    )


def _line(line: WebLine | Fold) -> Markup:
    if isinstance(line, Fold):
        inside = Markup("\n").join(_line(inner) for inner in line.lines)
        return Markup("<li><details><summary>Routine steps</summary><ol>{}</ol></details></li>").format(
            inside
        )
    shown = maths(line.formula, True) if line.formula is not None else Markup("")
    return Markup('<li value="{}">{} <span>{}</span></li>').format(line.number, shown, phrase(line.reason))


def _exercise(block: Exercise, chapter: Chapter) -> Markup:
    asked = (
        _blocks(block.prompt, chapter) if block.prompt else Markup("<p>{}</p>").format(block.problem.prompt)
    )
    link = Markup("")
    if block.solution:
        page = "" if block.solution_chapter == chapter.name else f"{block.solution_chapter}.html"
        link = Markup('<p><a href="{}#{}">Solution</a></p>').format(page, block.solution)
    return asked + link


def _written(problem: ProblemBlock) -> Markup:
    """The lines of a solution as TeX, for what has no derivation of its own."""
    lines = [
        Tex(line.right) for part in problem.parts if isinstance(part, DerivationBlock) for line in part.lines
    ]
    return Markup("\n").join(Markup('<p class="tex">{}</p>').format(f"\\[{line}\\]") for line in lines)
