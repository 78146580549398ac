"""Where long words may be broken."""

from __future__ import annotations

import pytest

from gen.document.syllables import LONG, parts_of, syllables
from gen.document.tex import escape


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Gesellschaftsraum", "Gesell-schafts-raum"),
        ("Donaudampfschifffahrt", "Donaudampf-schiff-fahrt"),
        ("Matrixausdrücken", "Matrixaus-drücken"),
        ("Handlungsspielraum", "Hand-lungs-spiel-raum"),
        ("xxxxxxxxxxxxxxxx", "xxxxxxxxxxxxxxxx"),
        ("https://a.example/path", "https://a.example/path"),
    ],
)
def test_words_are_broken_between_consonants(word: str, parts: str) -> None:
    assert "-".join(parts_of(word)) == parts


def test_short_words_and_blanks_stay() -> None:
    assert syllables(" a, b & c ") == r" a{,} b \& c "
    assert syllables("x" * (LONG - 1)) == "x" * (LONG - 1)
    assert syllables("Gesellschaftsraum zu") == r"Gesell\Syllable{}schafts\Syllable{}raum zu"


def test_a_word_that_no_line_holds_ends_one_anywhere() -> None:
    assert syllables("x" * 41).count(r"\allowbreak{}") == 40
    assert escape("%") in syllables("%" * 41)
