"""The reason of a step in the language of the document: its English text, clause by clause, is the key.

Derivations give their reasons in English. A language's file has them in its table `[reasons]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gen.derivation.record import Reason
from gen.document.words import Words, words_of

_SLOT = "{}"
_JOINTS = ("; ", ": ", ", ")
_PLACE = re.compile(r"\{(\d*)\}")


def reason_in(because: Reason, words: Words) -> Reason:
    """The reason in the language of `words`; as it is, in English, where a clause of it is not known there.

    >>> reason_in(("product rule: each factor is differentiated in turn",), words_of("de"))
    ('Produktregel: die Faktoren werden der Reihe nach abgeleitet',)
    """
    if not words.reasons:
        return because
    formulas = [piece for piece in because if not isinstance(piece, str)]
    said = "".join([piece if isinstance(piece, str) else _SLOT for piece in because])
    found = _said(said, words.language)
    if found is None:
        return because
    out = [piece if isinstance(piece, str) else formulas[piece] for piece in _pieces(found)]
    return tuple(piece for piece in out if piece != "")


def note_in(note: str, words: Words) -> str:
    """What a derivation notes of itself, as a sentence in the language of `words`."""
    (said,) = reason_in((note,), words)
    assert isinstance(said, str)
    return f"{said[:1].upper()}{said[1:]}."


def _pieces(text: str) -> Iterator[str | int]:
    """The words of a text whose places are numbered, and the numbers of its formulas."""
    for k, part in enumerate(_PLACE.split(text)):
        yield int(part) if k % 2 else part


@lru_cache(maxsize=4096)
def _said(english: str, language: str) -> str | None:
    """The text with numbered places, None where it is not known.

    The whole is looked up first, then two parts on either side of a joint, then the texts with a `*`.
    """
    known = words_of(language).reasons
    if english in known:
        return _numbered(known[english])
    for joint in _JOINTS:
        at = english.rfind(joint)
        while at > 0:
            first, rest = _said(english[:at], language), _said(english[at + len(joint) :], language)
            if first is not None and rest is not None:
                return f"{first}{joint}{_raised(rest, english[:at].count(_SLOT))}"
            at = english.rfind(joint, 0, at)
    for key, text in known.items():
        if "*" in key and (found := re.fullmatch(_pattern(key), english)) is not None:
            fills = iter(found.groups())
            return _numbered(
                "".join(next(fills) if part == "*" else part for part in re.split(r"(\*)", text))
            )
    return None


@lru_cache(maxsize=256)
def _pattern(key: str) -> str:
    return re.escape(key).replace(r"\*", "(.+?)")


def _numbered(text: str) -> str:
    """Places without a number get theirs in order."""
    count = iter(range(text.count(_SLOT)))
    return _PLACE.sub(lambda found: found[0] if found[1] else f"{{{next(count)}}}", text)


def _raised(text: str, by: int) -> str:
    """The text behind another that has `by` formulas."""
    return _PLACE.sub(lambda found: f"{{{int(found[1]) + by}}}", text)
