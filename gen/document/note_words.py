"""The words that authors of notes typed: what fonts must be able to print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from gen.document.inline import Typed, Words
from gen.document.note_blocks import Listing, Notes
from gen.document.tex import unprintable


def unprintable_in(notes: Notes) -> tuple[str, ...]:
    """The characters of all words in `notes` that the fonts lack, each once."""
    titles = (notes.title, notes.subtitle, notes.author, notes.date)
    words = (*titles, *_words(notes.chapters))
    return tuple(dict.fromkeys(char for text in words for char in unprintable(text)))


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, Words | Typed | Listing):
        yield value.text
    elif isinstance(value, tuple):
        for part in value:
            yield from _words(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _words(getattr(value, field.name))
