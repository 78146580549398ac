"""A chapter as a Jupyter notebook: its text, and cells in which each derivation is made and checked again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

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
    RuleRow,
    RulesTable,
    Solution,
    TableBlock,
)
from gen.document.words import Words as Fixed
from gen.document.words import words_of
from gen.platforms.notebook_parts import part_paragraphs
from gen.platforms.notebook_text import known, literal, sentence

_SETUP = "from IPython.display import Latex, display\n\nfrom gen import derive, to_latex"


def notebook(chapter: Chapter, notes: Notes) -> str:
    """The notebook as JSON (nbformat 4.5); its cells have names that do not change."""
    cells = [_markdown([f"# {chapter.number} {_inline(chapter.title)}"]), _code(_SETUP)]
    text: list[str] = []
    words = words_of(notes.language)
    for block in chapter.blocks:
        codes = tuple(_codes(block))
        text += _written(block, words)
        if codes:
            cells.append(_markdown(text))
            cells += [_code(code) for code in codes]
            text = []
    if text:
        cells.append(_markdown(text))
    made = [{"id": f"{chapter.name[:50]}-{k}", **cell} for k, cell in enumerate(cells)]
    whole = {
        "cells": made,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "title": notes.title,
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _markdown(paragraphs: Iterable[str]) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": _lines("\n\n".join(paragraphs))}


def _code(code: str) -> dict[str, Any]:
    source = _lines(code.strip("\n"))
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _codes(block: NoteBlock) -> Iterator[str]:
    """The cells that a block brings: the derivation, and the check of its answer."""
    match block:
        case Derived():
            yield f"display(Latex(to_latex({block.call})))"
            if block.check:
                yield block.check
        case Compared():
            for part in block.parts:
                yield from _codes(part)
        case Solution():
            for call in block.calls:
                yield f"display(Latex(to_latex({call})))"
        case Box():
            for inner in block.blocks:
                yield from _codes(inner)


def _written(block: NoteBlock, words: Fixed) -> Iterator[str]:
    """The paragraphs of Markdown that a block is."""
    match block:
        case Heading(level, inside, _, number):
            yield f"{'#' * level} {number} {_inline(inside)}"
        case Paragraph(inside):
            yield _inline(inside)
        case ListBlock(items, start):
            yield "\n".join(_item(item, start, k, words) for k, item in enumerate(items))
        case Listing(text, language):
            yield f"~~~{language}\n{text}\n~~~"
        case Quotation(blocks):
            inside_text = "\n\n".join(piece for inner in blocks for piece in _written(inner, words))
            yield "\n".join(f"> {line}" for line in inside_text.split("\n"))
        case TableBlock(header, rows, align):
            dashes = {"left": ":--", "right": "--:", "centre": ":-:"}
            lines = [header, *rows]
            shown = ["| " + " | ".join(_inline(cell) for cell in row) + " |" for row in lines]
            shown.insert(1, "|" + "|".join(dashes[word] for word in align) + "|")
            yield "\n".join(shown)
        case Display(tex, _, number):
            tag = rf"\tag{{{number}}}" if number else ""
            yield f"$$\n{known(tex)}{tag}\n$$"
        case Derived(_, number, title) | Compared(_, number, title):
            yield _head(words["derivation"], number, _inline(title))
            if isinstance(block, Compared):
                yield from _beside(block, words)
        case Exercise(_, number, problem, _, prompt):
            yield _head(words["exercise"], number)
            for inner in prompt:
                yield from _written(inner, words)
            if not prompt:
                yield sentence(problem.prompt)
            for part in problem.asked:
                yield from part_paragraphs(part)
        case Solution(_, number, _, problem, _, blocks):
            yield _head(words["solution_of"], number)
            for inner in blocks:
                yield from _written(inner, words)
            for part in problem.parts:
                yield from part_paragraphs(part)
        case Box(kind, _, number, title, blocks):
            yield _head(words[kind], number, _inline(title))
            for inner in blocks:
                yield from _written(inner, words)
        case Figure(_, number, drawing, caption, _):
            yield f"{_head(words['figure'], number, _inline(caption))} ({literal(drawing.words)})"
        case Picture(_, number, _, _, told, caption):
            yield f"{_head(words['figure'], number, _inline(caption))} ({literal(told)})"
        case RulesTable(rows):
            yield "\n".join(_rule(row) for row in rows)
        case Only(name, blocks):
            for inner in blocks if name == "html" else ():
                yield from _written(inner, words)


def _head(word: str, number: str, title: str = "") -> str:
    """The head of a numbered piece in one line."""
    return f"**{f'{word} {number}'.strip()}** {title}".strip()


def _beside(block: Compared, words: Fixed) -> Iterator[str]:
    """The ways side by side, and how they fit together."""
    if block.table is not None:
        yield from _written(block.table, words)
    if block.fits is not None:
        yield from part_paragraphs(block.fits)


def _rule(row: RuleRow) -> str:
    name = row.name.replace("_", " ")
    return f"- **{literal(name)}**: {sentence(row.law)}. {sentence(row.because)}"


def _item(item: tuple[NoteBlock, ...], start: int | None, place: int, words: Fixed) -> str:
    mark = "- " if start is None else f"{start + place}. "
    inside = "\n\n".join(piece for inner in item for piece in _written(inner, words))
    first, *rest = inside.split("\n")
    return "\n".join([mark + first, *(" " * len(mark) + line if line else "" for line in rest)])


def _inline(inline: Inline) -> str:
    out = ""
    for piece in inline:
        match piece:
            case Words(text):
                out += literal(text)
            case Emphasis(inside, strong):
                sign = "**" if strong else "*"
                out += f"{sign}{_inline(inside)}{sign}"
            case Typed(text):
                ticks = "``" if "`" in text else "`"
                out += f"{ticks}{text}{ticks}"
            case Maths(tex, display) | Expression(tex, _, display):
                out += f"$${known(tex)}$$" if display else f"${known(tex)}$"
            case Link(address, inside):
                out += f"[{_inline(inside)}]({address})"
            case Reference(_, _, text):
                out += literal(text)
            case Indexed(_, _, inside):
                out += _inline(inside)
            case Break():
                out += "\\\n"
            case Raw():
                pass
    return out
