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

from gen.document.dollars import dollars
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
_PLAIN = re.compile(r"(?!\s)[^\n\r\0]*[^\s\0\\]")
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


@cache
def prose_parser() -> MarkdownIt:
    """The Markdown that prompts are written in: paragraphs, emphasis, code, lists and formulas."""
    parser = MarkdownIt("zero").enable(["emphasis", "backticks", "list", "newline", "escape", "fence"])
    return dollars(parser)


def _blocks(tokens: Sequence[Token]) -> str:
    out: list[str] = []
    for token in tokens:
        if token.type in _LISTS and token.level // 2 >= _LISTS_DEEP:
            raise input_error("syntax", f"lists may stand {_LISTS_DEEP} deep at most", where="file")
        match token.type:
            case "inline":
                out.append("".join(_inline(child) for child in token.children or ()))
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
