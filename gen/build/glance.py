"""All strings of a page at once, where it is simple: no need to follow which font each of them is in.

A page is simple when brackets stand around strings and nowhere else, and strings hold no brackets of their
own; nothing is said of any other. Where it is, what stands outside of the strings is what a reader of PDFs
takes for outside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_GAP = re.compile(rb"\)[^(]*\(")
_BETWEEN = b"\0"  # in place of a gap; it stands in no string of a simple page
_MARK = re.compile(rb"/FreeIndex\s*<<\s*/Code\s*\(([^()]*)\)\s*/Page\s+(\d+)\s*>>\s*DP\b")
_NAME = b"/FreeIndex"
_BRACKET = re.compile(rb"\\[()\\]")
_OCTAL = re.compile(rb"\\[0-3][0-7][0-7]")
# Signs that no gap of a simple page has: of strings in hexadecimal and dictionaries, of comments, of pictures
# within the page (`BI`, `ID`, `EI`), of escapes.
_STRANGE = (b"<", b"%", b"I", b"\\")


@dataclass(frozen=True, slots=True)
class Glance:
    """The marks of a page, and the codes of its strings in the order they are drawn.

    `content` is its drawing without the marks, with brackets in strings written as numbers.
    """

    marks: tuple[tuple[str, int], ...]
    data: bytes
    content: bytes


def glance(content: bytes) -> Glance | None:
    """What a page holds that is drawn by `content`; None where it is not simple."""
    if _BETWEEN in content:
        return None
    seen = _seen(content)
    if seen is None and _BRACKET.search(content) is not None:
        numbered = content.replace(rb"\\", rb"\134").replace(rb"\(", rb"\050").replace(rb"\)", rb"\051")
        return _seen(numbered)
    return seen


def _seen(content: bytes) -> Glance | None:
    marks: list[tuple[str, int]] = []
    while (at := content.find(_NAME)) >= 0:
        found = _MARK.match(content, at)
        if found is None or not in_gap(content, at):
            return None
        marks.append((found[1].decode("latin-1"), int(found[2])))
        content = content[:at] + b" " + content[found.end() :]
    if b"(" not in content:
        inside, whole = b"", b")" not in content
    else:
        text = _GAP.sub(_BETWEEN, content)
        first, last = text.find(b"("), text.find(b")")
        whole = first < last and text.count(b"(") == text.count(b")") == 1
        inside = text[first + 1 : last]
    if not whole or any(sign in content and content.count(sign) != inside.count(sign) for sign in _STRANGE):
        return None
    data = _unescaped(inside)
    return None if data is None else Glance(tuple(marks), data, content)


def in_gap(content: bytes, place: int) -> bool:
    """Whether a place of a simple page is outside of all strings."""
    if place < len(content) // 2:
        return content.count(b"(", 0, place) == content.count(b")", 0, place)
    return content.count(b"(", place) == content.count(b")", place)


def _unescaped(inside: bytes) -> bytes | None:
    """The codes of strings; None where there are other escapes than numbers of three digits.

    Where there is none, no bracket and no backslash was escaped either.
    """
    if b"\\" not in inside:
        return inside.replace(_BETWEEN, b"")
    if len(_OCTAL.findall(inside)) != inside.count(b"\\"):
        return None
    # In such numbers Python and PDF agree.
    return inside.replace(_BETWEEN, b"").decode("unicode_escape").encode("latin-1")
