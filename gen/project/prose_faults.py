"""What prompts and instructions of a sheet cannot hold, with its place.

Formulas that cannot be set; and links, pictures, footnotes and raw HTML, which would print as they are typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from gen.document.dollars import dollars
from gen.document.mathguard import guarded
from gen.document.mathshape import check_shape
from gen.errors import InputError

# Elements of HTML, so that <x, y> and a<b and c>d are what they look like in a text about mathematics.
_HTML = re.compile(
    r"<(?:!--|/?(?:a|b|big|blockquote|br|center|code|del|details|div|em|font|form|h[1-6]|hr|i|iframe|img|input|ins"
    r"|kbd|li|mark|math|ol|p|pre|s|script|small|span|strong|style|sub|summary|sup|svg|table|tbody|td|th|thead|tr"
    r"|tt|u|ul|video)(?:\s*/?>|\s[^<>]*=))",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]")
FOOTNOTE_HINT = "say it in the text, in brackets or in a sentence of its own"


@dataclass(frozen=True, slots=True)
class ProseFault:
    """A sentence that follows the key's name, what to do, and the place in the text."""

    message: str
    hint: str | None
    place: tuple[int, int]


def prose_fault(text: str) -> ProseFault | None:
    """The first thing in a text that cannot be printed; None where all can.

    >>> prose_fault("See [^1] and `[^1]`.").place
    (4, 8)
    """
    lines = [0, *(found.end() for found in re.finditer("\\n", text))]
    at = 0
    for token, line in _pieces(_parser().parse(text)):
        at = max(at, lines[min(line, len(lines) - 1)])
        found = text.find(_typed(token), at)
        start = found if found >= 0 else at
        fault = _fault(token, text, start)
        if fault is not None:
            return fault
        if found >= 0 and token.content and token.type != "link_open":
            at = found + len(token.content)
    return None


def footnotes(content: str, source: str, start: int) -> Iterator[tuple[int, int]]:
    r"""Where marks of footnotes in a piece of text stand in its source, from `start` on; \[ begins none."""
    for found in _FOOTNOTE.finditer(content):
        typed = re.compile(r"(?<!\\)" + re.escape(found[0])).search(source, start)
        if typed is not None:
            start = typed.end()
            yield typed.span()


@cache
def _parser() -> MarkdownIt:
    """The Markdown that authors know: also what prompts do not have."""
    return dollars(MarkdownIt("commonmark").enable("table").disable(["code", "lheading", "hr", "reference"]))


def _pieces(tokens: list[Token]) -> Iterator[tuple[Token, int]]:
    """The tokens that may be at fault, and the line each stands in or below."""
    line = 0
    for token in tokens:
        line = token.map[0] if token.map else line
        for piece in token.children or ():
            yield piece, line
        if token.type in ("math_block", "html_block", "fence"):
            yield token, line


def _typed(token: Token) -> str:
    """Text by which a token is found."""
    return {"image": "![", "link_open": "<" if token.markup == "autolink" else "["}.get(
        token.type, token.content
    )


def _fault(token: Token, source: str, start: int) -> ProseFault | None:
    match token.type:
        case "math_inline" | "math_inline_double" | "math_block":
            return _formula(token.content, start)
        case "html_inline" | "html_block" if _HTML.match(token.content):
            first = token.content.split("\n", 1)[0]
            hint = "**bold** and *italic* words are Markdown; a backslash before the < prints it"
            return ProseFault("has raw HTML, which is not let through", hint, (start, start + len(first)))
        case "image":
            hint = "a picture can stand in notes, in ```{figure} picture.png"
            return ProseFault("has a picture, which has no place in it", hint, (start, start + 2))
        case "link_open":
            hint = "write the address itself, without brackets; a backslash before the [ prints it"
            return ProseFault("has a link, which has no place in it", hint, (start, start + 1))
        case "text":
            place = next(footnotes(token.content, source, start), None)
            if place is not None:
                return ProseFault("has a footnote, which has no place in it", FOOTNOTE_HINT, place)
    return None


def _formula(tex: str, start: int) -> ProseFault | None:
    try:
        guarded(tex)
        check_shape(tex)
    except InputError as error:
        report = error.report
        begin = report.start or 0
        end = report.end if report.end is not None else begin + 1
        return ProseFault(f"has a wrong formula: {report.message}", report.hint, (start + begin, start + end))
    return None
