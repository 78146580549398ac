"""Where long words may be broken, for a TeX that has no patterns of their language.

A word is broken before the last of several consonants between two vowels, `Gesell-schaft`, never before a
single one, which may belong to either part of a compound, as in `Matrix-ausdruck`.
"""

from __future__ import annotations

import re

from gen.document.tex import Tex, escape, joined, spaced

LONG = 12  # letters of a word that may be broken
UNBROKEN = 40  # signs that every line holds
_EDGE = 3  # letters that stay together at either end
_VOWELS = "aeiouyäöüáàâéèêíîóôúû"
_BETWEEN = re.compile(rf"(?<=[{_VOWELS}])([^\W\d_{_VOWELS}]+)(?=[{_VOWELS}])", re.IGNORECASE)
_UNIT = re.compile(r"sch|ch|ck|ph|th|qu|sp|[bfgkp][lr]|[dt]r|.", re.IGNORECASE)
_LETTERS = re.compile(r"[\W_]*[^\W\d_]+(-[^\W\d_]+)*[\W_]*")
_WORD = re.compile(r"(\s+)")
_HYPHEN = Tex(r"\Syllable{}")


def syllables(text: str) -> Tex:
    r"""Plain text as LaTeX; `\Syllable` stands where a long word may be broken.

    A word that no line may hold and that has no such places may end a line after each of its signs.

    >>> syllables("Der Gesellschaftsraum")
    'Der Gesell\\Syllable{}schafts\\Syllable{}raum'
    """
    if max(map(len, text.split()), default=0) < LONG:
        return spaced(text)
    return joined(_broken(word) if len(word) >= LONG else spaced(word) for word in _WORD.split(text))


def _broken(word: str) -> Tex:
    parts = parts_of(word)
    if max(map(len, parts)) > UNBROKEN:
        return joined((escape(sign) for sign in word), r"\allowbreak{}")
    return joined(map(escape, parts), _HYPHEN)


def parts_of(word: str) -> tuple[str, ...]:
    """The parts of a word; there is one of what is no word, such as an address.

    >>> parts_of("Kapitänsmützenableitung")
    ('Kapitäns', 'müt', 'zenableitung')
    """
    if not _LETTERS.fullmatch(word):
        return (word,)
    places = [0]
    for found in _BETWEEN.finditer(word):
        units = _UNIT.findall(found[1])
        place = found.end() - len(units[-1])
        if len(units) > 1 and place - places[-1] >= _EDGE and len(word) - place >= _EDGE:
            places.append(place)
    return tuple(word[a:b] for a, b in zip(places, (*places[1:], len(word)), strict=True))
