"""The words that authors of notes typed: what fonts must be able to print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from gen.document.inline import Typed, Words
from gen.document.note_blocks import Listing, Notes
from gen.document.tex import unprintable


def words_in(notes: Notes) -> tuple[str, ...]:
    """All words in `notes`, each once."""
    titles = (notes.title, notes.subtitle, notes.author, notes.date)
    return tuple(dict.fromkeys((*titles, *_words(notes.chapters))))


def unprintable_in(notes: Notes) -> tuple[str, ...]:
    """The characters of all words in `notes` that can be seen in no font, each once."""
    return tuple(dict.fromkeys(char for text in words_in(notes) for char in unprintable(text)))


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, Words | Typed | Listing):
        yield value.text
    elif isinstance(value, tuple):
        for part in value:
            yield from _words(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _words(getattr(value, field.name))
