r"""HTML with TeX between \( and \), as MathJax reads it in learning platforms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape

from markdown_it.token import Token

from gen.document.mathguard import guarded
from gen.document.prose import prose_parser
from gen.document.table_tex import ALIGN

# Signs that XML cannot hold at all, however they are written.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What begins mathematics for a platform: text that holds it is kept apart by an invisible word joiner.
_OPENING = re.compile(r"\\(?=[()\[\]])|\$(?=\$)")
_JOINER = "\u2060"
_TAGS = {
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "bullet_list_open": "<ul>",
    "bullet_list_close": "</ul>",
    "ordered_list_open": "<ol>",
    "ordered_list_close": "</ol>",
    "list_item_open": "<li>",
    "list_item_close": "</li>",
    "blockquote_open": "<blockquote>",
    "blockquote_close": "</blockquote>",
    "table_open": "<table>",
    "table_close": "</table>",
    "thead_open": "<thead>",
    "thead_close": "</thead>",
    "tbody_open": "<tbody>",
    "tbody_close": "</tbody>",
    "tr_open": "<tr>",
    "tr_close": "</tr>",
    "th_close": "</th>",
    "td_close": "</td>",
    "softbreak": "\n",
    "hardbreak": "<br>",
}
_ALIGNED = {"right": "right", "centre": "center"}


class Html(str):
    """Finished HTML; joining it with a plain string gives a plain string."""

    __slots__ = ()


def literal(text: str) -> Html:
    r"""Text that shows as it is, markup and TeX included.

    >>> literal("a < b & \\(c\\) ]]>").replace("\u2060", "~")
    'a &lt; b &amp; \\~(c\\~) ]]&gt;'
    """
    shown = _OPENING.sub(lambda found: found[0] + _JOINER, legal(text))
    return Html(escape(shown, quote=False))


def legal(text: str) -> str:
    """Text without what XML cannot hold, which shows as a replacement sign."""
    return _ILLEGAL.sub("\ufffd", text)


def maths(tex: str) -> Html:
    r"""TeX inside a line.

    >>> maths("a < b")
    '\\(a &lt; b\\)'
    """
    return Html(rf"\({escape(_known(tex), quote=False)}\)")


def display(tex: str) -> Html:
    """TeX on a line of its own."""
    return Html(rf"\[{escape(_known(tex), quote=False)}\]")


def _known(tex: str) -> str:
    """TeX with the commands that MathJax knows."""
    return legal(tex).replace(r"\bm{", r"\boldsymbol{").replace(r"\nonumber", "")


def joined(parts: Iterable[str]) -> Html:
    """Parts in a row; those that are not HTML show as they are."""
    return Html("".join(part if isinstance(part, Html) else literal(part) for part in parts))


def paragraph(*parts: str) -> Html:
    """A paragraph of parts."""
    return Html(f"<p>{joined(parts)}</p>")


def table(rows: Iterable[Sequence[str]]) -> Html:
    """A table; a row holds its cells."""
    shown = ("".join(f"<td>{joined((cell,))}</td>" for cell in row) for row in rows)
    return Html("<table>" + "".join(f"<tr>{row}</tr>" for row in shown) + "</table>")


@lru_cache(maxsize=1024)  # what is told of a mistake stands in many questions
def prose(source: str) -> Html:
    r"""Markdown with $TeX$ as HTML. Raises InputError where a formula holds what `guarded` refuses.

    >>> prose("Is $a<b$ *here*, <b>?")
    '<p>Is \\(a&lt;b\\) <em>here</em>, &lt;b&gt;?</p>'
    """
    return Html(_blocks(prose_parser().parse(source)))


def _blocks(tokens: Sequence[Token]) -> str:
    out: list[str] = []
    for token in tokens:
        match token.type:
            case "inline":
                out += [_inline(child) for child in token.children or ()]
            case "paragraph_open" | "paragraph_close":
                out.append("" if token.hidden else "<p>" if token.nesting > 0 else "</p>")
            case "math_block":
                out.append(display(guarded(token.content.strip())))
            case "fence" | "code_block":
                out.append(f"<pre>{literal(token.content)}</pre>")
            case "th_open" | "td_open":
                aligned = _ALIGNED.get(ALIGN.get(str(token.attrs.get("style", "")), ""))
                style = f' style="text-align: {aligned}"' if aligned else ""
                out.append(f'<th scope="col"{style}>' if token.tag == "th" else f"<td{style}>")
            case kind:
                out.append(_TAGS[kind])
    return "".join(out)


def _inline(token: Token) -> str:
    match token.type:
        case "text" | "text_special":
            return literal(token.content)
        case "code_inline":
            return f"<code>{literal(token.content)}</code>"
        case "math_inline":
            return maths(guarded(token.content))
        case "math_inline_double":
            return display(guarded(token.content.strip()))
        case kind:
            return _TAGS[kind]
