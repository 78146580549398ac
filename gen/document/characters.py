"""One character as pdfLaTeX and LuaLaTeX both print it, in the usual fonts."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from gen.document.glyphs import ACCENTS, MATHS, PLAIN, REPLACED
from gen.document.latex import escape_special

# Control characters, marks that cannot be seen, halves of pairs, what has no meaning or a private one.
UNSEEN = ("Cc", "Cf", "Cs", "Cn", "Co")


@lru_cache(maxsize=4096)
def character(cluster: str) -> str | None:
    r"""The LaTeX of a character, with the marks that follow it; None where the usual fonts lack it.

    >>> character("é"), character("ẹ"), character("ж")
    ('é', '\\Composed{ẹ}{\\d{e}}', None)
    """
    if cluster in REPLACED:
        return REPLACED[cluster]
    if len(cluster) == 1 and cluster.isascii():
        return escape_special(cluster) if cluster.isprintable() else None
    if cluster in PLAIN:
        return cluster
    if cluster in MATHS:
        return rf"\ensuremath{{{MATHS[cluster]}}}"
    apart = unicodedata.normalize("NFD", cluster)
    base, marks = apart[0], apart[1:]
    if not marks or not base.isascii() or not base.isalpha() or any(mark not in ACCENTS for mark in marks):
        return None
    inner = {"i": r"\i", "j": r"\j"}.get(base, base)
    for mark in marks:
        inner = f"\\{ACCENTS[mark]}{{{inner}}}"
    # A font with the letter itself gives words that can be searched.
    return rf"\Composed{{{cluster}}}{{{inner}}}" if len(cluster) == 1 else rf"\Accented{{{inner}}}"


def is_unseen(char: str) -> bool:
    """Whether a character can be seen in no font: it is shown by its code point."""
    return unicodedata.category(char) in UNSEEN
