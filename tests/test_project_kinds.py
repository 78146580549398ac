"""Kinds of values: what each reads and what it says of the rest."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from gen.project import kinds
from gen.project.kinds import Kind, UnfitError, bag, choice, choices, one_or_more, whole


def unfit(kind: Kind, value: Any, raw: str = "") -> UnfitError:
    with pytest.raises(UnfitError) as caught:
        kind.read(value, raw)
    return caught.value


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        (kinds.TEXT, "", ""),
        (kinds.TEXT, "Zoë \\input{x}", "Zoë \\input{x}"),
        (kinds.PROSE, "a\nb", "a\nb"),
        (kinds.MOMENT, "3 May", "3 May"),
        (kinds.MOMENT, datetime.date(2026, 5, 3), "2026-05-03"),
        (kinds.MOMENT, "2026-02-28", "2026-02-28"),
        (kinds.MOMENT, "30 February 2026", "30 February 2026"),
        (kinds.IDENTIFIER, "Week_3-b", "Week_3-b"),
        (kinds.FLAG, True, True),
        (kinds.LENGTH, "1in", 25.4),
        (kinds.TABLE, {"a": 1}, {"a": 1}),
        (whole(0), 0, 0),
        (whole(1, 3), 3, 3),
        (choice("a", "b"), "b", "b"),
        (choices("a", "b"), ["b", "a"], ("b", "a")),
    ],
)
def test_what_fits_is_read(kind: Kind, value: Any, read: Any) -> None:
    assert kind.read(value, "") == read
    assert kind.what


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (kinds.TEXT, 3),
        (kinds.TEXT, None),
        (kinds.FILLED, "  "),
        (kinds.TEXT, "a\nb"),
        (kinds.PROSE, "a\rb"),
        (kinds.PROSE, "\x1b[31m"),
        (kinds.PROSE, "\u2028"),
        (kinds.MOMENT, datetime.time(10)),
        (kinds.MOMENT, "2026-02-30"),
        (kinds.MOMENT, " 2026-13-01"),
        (kinds.IDENTIFIER, ""),
        (kinds.IDENTIFIER, "..."),
        (kinds.IDENTIFIER, ".hidden"),
        (kinds.IDENTIFIER, "-x"),
        (kinds.IDENTIFIER, "a\x00b"),
        (kinds.IDENTIFIER, "é"),
        (kinds.IDENTIFIER, "LPT1"),
        (kinds.FLAG, 1),
        (kinds.LENGTH, 8),
        (kinds.LENGTH, "8 miles"),
        (kinds.LENGTH, "1mm"),
        (kinds.TABLE, []),
        (whole(0), True),
        (whole(0), 1.0),
        (whole(1, 3), 4),
        (choice("a"), ["a"]),
        (choices("a"), "a"),
        (choices("a"), [1]),
        (choices("a"), ["a", "a"]),
    ],
)
def test_what_does_not_fit_is_refused(kind: Kind, value: Any) -> None:
    error = unfit(kind, value)
    assert error.message
    assert error.code == "syntax"


@pytest.mark.parametrize("kind", [kinds.TEXT, kinds.PROSE])
def test_texts_have_an_end(kind: Kind) -> None:
    assert unfit(kind, "x" * 20_001).code == "too_large"


def test_words_that_come_later_are_known_but_refused() -> None:
    error = unfit(choice("now", later=("later",)), "later")
    assert error.code == "unsupported"
    assert error.hint == "now there is: now"


@pytest.mark.parametrize("make", [choices, one_or_more, bag])
def test_of_many_words_only_the_nearest_is_named(make: Callable[..., Kind]) -> None:
    kind = make(*(f"word-{number}" for number in range(200)), listed="a command lists them")
    for value, hint in (([], "a command lists them"), (["q"], "a command lists them")):
        error = unfit(kind, value)
        assert (error.hint, len(error.message) < 60) == (hint, True)
    assert unfit(kind, ["wrd-7"]).hint == 'did you mean "word-7"?'
    assert len(kind.what) < 80


def test_the_nearest_word_is_offered() -> None:
    assert unfit(choice("worksheet", "notes"), "worksheeet").hint == 'did you mean "worksheet"?'
    assert unfit(choice("worksheet", "notes"), "q").hint == "known: worksheet, notes"
