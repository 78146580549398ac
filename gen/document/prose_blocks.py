"""Prompts, Markdown with `$TeX$` as the problems have them, as blocks of notes."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.tree import SyntaxTreeNode

from gen.document.inline import Break, Emphasis, Inline, Maths, Piece, Typed, Words
from gen.document.mathguard import guarded
from gen.document.note_blocks import Display, ListBlock, Listing, NoteBlock, Paragraph, Quotation, TableBlock
from gen.document.prose import prose_parser
from gen.document.table_tex import ALIGN


def prose_blocks(source: str) -> tuple[NoteBlock, ...]:
    """The blocks of `source`. Raises InputError where a formula holds what `guarded` refuses.

    >>> prose_blocks("Derive `it`.")
    (Paragraph(inside=(Words(text='Derive '), Typed(text='it'), Words(text='.'))),)
    """
    return _blocks(SyntaxTreeNode(prose_parser().parse(source)).children)


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> tuple[NoteBlock, ...]:
    return tuple(_block(node) for node in nodes)


def _block(node: SyntaxTreeNode) -> NoteBlock:
    match node.type:
        case "paragraph":
            return Paragraph(_inline(node.children[0].children))
        case "math_block":
            return Display(guarded(node.content.strip()))
        case "fence" | "code_block":
            return Listing(node.content.rstrip("\n"))
        case "blockquote":
            return Quotation(_blocks(node.children))
        case "table":
            return _table(node)
    start = int(str(node.attrs.get("start", 1))) if node.type == "ordered_list" else None
    return ListBlock(tuple(_blocks(item.children) for item in node.children), start)


def _table(node: SyntaxTreeNode) -> TableBlock:
    header, *rows = (
        tuple(_inline(cell.children[0].children) if cell.children else () for cell in row.children)
        for part in node.children
        for row in part.children
    )
    cells = node.children[0].children[0].children
    align = tuple(ALIGN.get(str(cell.attrs.get("style", "")), "left") for cell in cells)
    return TableBlock(header, tuple(rows), align)


def _inline(nodes: Sequence[SyntaxTreeNode]) -> Inline:
    return tuple(_piece(node) for node in nodes if node.type != "text" or node.content)


def _piece(node: SyntaxTreeNode) -> Piece:
    match node.type:
        case "code_inline":
            return Typed(node.content)
        case "em" | "strong":
            return Emphasis(_inline(node.children), node.type == "strong")
        case "math_inline":
            return Maths(guarded(node.content))
        case "math_inline_double":
            return Maths(guarded(node.content.strip()), display=True)
        case "softbreak":
            return Words(" ")
        case "hardbreak":
            return Break()
    return Words(node.content)
