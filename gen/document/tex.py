"""The mark that tells finished LaTeX from text, and how text becomes LaTeX.

Every string that reaches a page is either `Tex`, which is printed as it is, or
text, which prints literally whatever it contains.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from gen.document.characters import character, is_unseen
from gen.document.letters import spelled


class Tex(str):
    """Finished LaTeX.

    Joining it with a plain string gives a plain string, so that a mark is never
    inherited by text that was not checked; use `joined` to put pieces together.
    """

    __slots__ = ()


Text = str | Tex


@lru_cache(maxsize=4096)  # a few words stand on every page
def escape(text: str) -> Tex:
    r"""`text` as LaTeX that prints it literally.

    A character that can be seen in no font is shown by its code point, as `[U+202E]`;
    `unprintable` names such characters beforehand, `gen.document.letters.lacking` those that need other fonts
    than the usual ones.

    >>> escape("100% & $5_#{}")
    '100\\% \\& \\$5\\_\\#\\{\\}'
    """
    return Tex(spelled(_normal(text)))


def spaced(text: str, *, leftward: bool = False) -> Tex:
    """As `escape`, but a blank at either end stays: it parts words from a formula.

    `leftward` where the paragraph runs to the left.
    """
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    inside = spelled(_normal(text), leftward=True) if leftward else escape(text)
    return Tex(before + inside + after)


@lru_cache(maxsize=1024)
def fixed(words: str) -> Tex:
    """Fixed words of a document: as `spaced`, but no comma in them could become a quotation mark."""
    return Tex(spaced(words).replace("{,}", ","))


def unprintable(text: str) -> tuple[str, ...]:
    """The characters of `text` that can be seen in no font, each once.

    >>> unprintable("Zoë \\u202e Smith")
    ('\\u202e',)
    """
    shown = _normal(text)
    return tuple(dict.fromkeys(c for c in shown if is_unseen(c) and character(c) is None))


def as_tex(value: Text | int) -> Tex:
    """`value` itself if it is marked, else its literal print."""
    return value if isinstance(value, Tex) else escape(str(value))


def joined(parts: Iterable[Text | int], between: str = "") -> Tex:
    """The parts in a row, plain ones escaped; `between` is LaTeX."""
    return Tex(between.join(as_tex(part) for part in parts))


def indexed(base: str, indices: str) -> str:
    r"""The name `base` with indices; a name that has some already gets brackets.

    >>> indexed("W", "ik"), indexed("W_1", "ik"), indexed("W", "")
    ('W_{ik}', '(W_1)_{ik}', 'W')
    """
    if not indices:
        return base
    return (f"({base})" if "_" in base else base) + f"_{{{indices}}}"


def pdf_text(text: str) -> Tex:
    r"""`text` for the information of a PDF file, where no macro may stand.

    Simple text stays readable; everything else is written as UTF-16 in the
    octal form of the PDF format.

    >>> pdf_text("Zoë")
    '\\string\\376\\string\\377\\string\\000Z\\string\\000o\\string\\000\\string\\353'
    """
    flat = " ".join(text.split())
    if all(c.isascii() and (c.isalnum() or c in " .,:;") for c in flat):
        return Tex(flat)
    octets = b"\xfe\xff" + flat.encode("utf-16-be", "replace")
    return Tex(
        "".join(chr(o) if chr(o).isascii() and chr(o).isalpha() else f"\\string\\{o:03o}" for o in octets)
    )


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()) if text.strip() else "")
