r"""Prompts and notes: Markdown with `$TeX$`, as LaTeX.

Paragraphs, emphasis, code and lists are understood; raw HTML, TeX commands outside
dollars and everything else print literally.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from gen.document.direction import begins_leftward
from gen.document.mathguard import guarded
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
    "softbreak": "\n",
    "hardbreak": "\\newline\n",
}
_UNPLAIN = re.compile(r"[\\`~]")  # around these a dollar may be no sign of a formula
_PLAIN = re.compile(r"[^\n\r\0]*[^\n\r\0\\]")
_LISTS = frozenset({"bullet_list_open", "ordered_list_open"})
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


@cache
def prose_parser() -> MarkdownIt:
    """The Markdown that prompts are written in: paragraphs, emphasis, code, lists and formulas."""
    parser = MarkdownIt("zero").enable(["emphasis", "backticks", "list", "newline", "escape", "fence"])
    return parser.use(dollarmath_plugin, allow_space=True, double_inline=True)


def _blocks(tokens: Sequence[Token]) -> str:
    out: list[str] = []
    for token in tokens:
        if token.type in _LISTS and token.level // 2 >= _LISTS_DEEP:
            raise input_error("syntax", f"lists may stand {_LISTS_DEEP} deep at most", where="file")
        match token.type:
            case "inline":
                out.append(_paragraph(token))
            case "paragraph_close":
                out.append("\n" if token.hidden else "\n\n")
            case "math_block":
                out.append(_display(token.content))
            case "fence" | "code_block":
                lines = (rf"\texttt{{{escape(line)}}}" for line in token.content.splitlines())
                out.append("\\newline\n".join(lines) + "\n\n")
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


def _inline(token: Token) -> str:
    match token.type:
        case "text" | "text_special":
            return spaced(token.content)
        case "code_inline":
            return rf"\texttt{{{escape(token.content)}}}"
        case "math_inline":
            return f"${guarded(token.content)}$"
        case "math_inline_double":
            return _display(token.content)
        case kind:
            return _AROUND[kind]


def _display(content: str) -> str:
    return f"\n\\[{guarded(content.strip())}\\]\n"
