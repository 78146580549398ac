r"""Prompts and notes: Markdown with `$TeX$`, as LaTeX.

Paragraphs, emphasis, code, lists, quotations and tables are understood; raw HTML, TeX commands outside
dollars and everything else print literally.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from gen.document.direction import begins_leftward
from gen.document.dollars import dollars
from gen.document.mathguard import guarded
from gen.document.table_tex import ALIGN, Cell, cells_tex, listing_tex, made_cell
from gen.document.tex import Tex, escape, spaced
from gen.errors import input_error

_AROUND = {
    "em_open": r"\emph{",
    "em_close": "}",
    "strong_open": r"\textbf{",
    "strong_close": "}",
    "bullet_list_open": "\n\\begin{itemize}\n",
    "bullet_list_close": "\\end{itemize}\n",
    "ordered_list_open": "\n\\begin{enumerate}\n",
    "ordered_list_close": "\\end{enumerate}\n",
    "list_item_open": r"\item{} ",
    "list_item_close": "\n",
    "paragraph_open": "",
    "blockquote_open": "\n\\begin{quote}\n",
    "blockquote_close": "\\end{quote}\n\n",
    "softbreak": "\n",
    "hardbreak": "\\newline\n",
}
_UNPLAIN = re.compile(r"[\\`~|]")  # around these a dollar may be no sign of a formula, or one end a cell
_PLAIN = re.compile(r"(?!\s)[^\n\r\0]*[^\s\0\\]")
_LISTS = frozenset({"bullet_list", "ordered_list", "blockquote"})
_LISTS_DEEP = 4  # what LaTeX takes


@lru_cache(maxsize=1024)  # what is told of a mistake stands on many sheets
def prose(source: str) -> Tex:
    r"""The LaTeX of `source`.

    Raises InputError where a formula holds what `guarded` refuses.

    >>> prose("Derive *exactly* $F = WX$ for 5% of \\input{x}.")
    'Derive \\emph{exactly} $F = WX$ for 5\\% of \\textbackslash{}input\\{x\\}.'
    """
    parts = source.split("$")
    words, formulas = parts[::2], parts[1::2]
    if (
        len(words) == len(formulas)
        or any(map(_UNPLAIN.search, words))
        or any(after[:1].isdigit() for after in words[1:])
        or not all(map(_PLAIN.fullmatch, formulas))
    ):
        return Tex(_blocks(prose_parser().parse(source)).strip())
    # Markdown asks only where a formula stands: the same words with other formulas are read once.
    frame = _frame("$x$".join(words))
    return Tex(
        frame[0] + "".join([f"${guarded(f)}${after}" for f, after in zip(formulas, frame[1:], strict=True)])
    )


@lru_cache(maxsize=1024)
def _frame(source: str) -> tuple[str, ...]:
    """The LaTeX of `source` before, between and after its formulas, each of which is x."""
    return tuple(_blocks(prose_parser().parse(source)).strip().split("$x$"))


def followed(source: str) -> str:
    """`source` with what makes text that is put behind it a paragraph of its own.

    That is nothing where it ends in a paragraph: the text goes on in it. A table, a list, a quotation, code
    or a displayed formula would take the text for a part of itself.

    >>> followed("- item"), followed("words")
    ('- item\\n\\n', 'words')
    """
    tokens = prose_parser().parse(source)
    if not tokens or (tokens[-1].type == "paragraph_close" and tokens[-1].level == 0):
        return source
    return source.rstrip("\n") + "\n\n"


@cache
def prose_parser() -> MarkdownIt:
    """The Markdown of prompts: paragraphs, emphasis, code, lists, quotations, tables and formulas."""
    blocks = ["list", "fence", "blockquote", "table"]
    parser = MarkdownIt("zero").enable(["emphasis", "backticks", "newline", "escape", *blocks])
    return dollars(parser)


def _blocks(tokens: Sequence[Token]) -> str:
    out: list[str] = []
    rest = iter(tokens)
    deep = 0
    for token in rest:
        if token.type.rpartition("_")[0] in _LISTS:
            deep += token.nesting
        if deep > _LISTS_DEEP:
            raise input_error(
                "syntax", f"lists and quotations stand {_LISTS_DEEP} deep at most", where="file"
            )
        match token.type:
            case "inline":
                out.append(_paragraph(token))
            case "paragraph_close":
                out.append("\n" if token.hidden else "\n\n")
            case "table_open":
                out.append(_table(rest))
            case "math_block":
                out.append(_display(token.content))
            case "fence" | "code_block":
                out.append("\n" + listing_tex(token.content.rstrip("\n")) + "\n\n")
            case kind:
                out.append(_AROUND[kind])
    return "".join(out)


def _paragraph(token: Token) -> str:
    """Running text; where its first letters run to the left, all of it does, but for formulas."""
    children = token.children or ()
    displayed = any(child.type == "math_inline_double" for child in children)
    if displayed or not begins_leftward(token.content):
        return "".join(map(_inline, children))
    return rf"\LeftwardText{{{''.join(map(_leftward, children))}}}"


def _leftward(token: Token) -> str:
    """A piece of a paragraph that runs to the left."""
    match token.type:
        case "text" | "text_special":
            return spaced(token.content, leftward=True)
        case "code_inline" | "math_inline":
            return rf"\LeftToRight{{{_inline(token)}}}"
        case _:
            return _inline(token)


def _table(rest: Iterator[Token]) -> str:
    """A table whose opening has been read, up to its end."""
    rows: list[list[Cell]] = []
    align: list[str] = []
    for token in rest:
        match token.type:
            case "table_close":
                break
            case "tr_open":
                rows.append([])
            case "th_open":
                align.append(ALIGN.get(str(token.attrs.get("style", "")), "left"))
            case "inline":
                pieces = token.children or ()
                made = Tex("".join(_inline(piece, in_line=True) for piece in pieces))
                found = tuple((piece.content, piece.type.startswith("math")) for piece in pieces)
                rows[-1].append(made_cell(made, found))
    header, *body = map(tuple, rows)
    return "\n" + cells_tex(header, tuple(body), tuple(align)) + "\n\n"


def _inline(token: Token, in_line: bool = False) -> str:
    """A piece of text; `in_line` where a formula has no line of its own."""
    match token.type:
        case "text" | "text_special":
            return spaced(token.content)
        case "code_inline":
            return rf"\texttt{{{escape(token.content)}}}"
        case "math_inline":
            return f"${guarded(token.content)}$"
        case "math_inline_double":
            return f"${guarded(token.content.strip())}$" if in_line else _display(token.content)
        case kind:
            return _AROUND[kind]


def _display(content: str) -> str:
    return f"\n\\[{guarded(content.strip())}\\]\n"
