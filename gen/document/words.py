"""The fixed words of documents in each language: one file a language, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from string import Formatter
from types import MappingProxyType
from typing import TypeAlias

from gen.document.folder import template_folder
from gen.language.notation import Notation

Written: TypeAlias = Callable[[Notation], str]
Sentence: TypeAlias = "tuple[str | Written, ...]"
LANGUAGES = ("en", "de")  # each has a file of its name in templates/words
_FOLDER, _REASONS = "words", "reasons"


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """What documents say in one language: texts by key, which may have places in braces.

    `reasons` are the reasons of steps by their English text; there are none in English.
    """

    language: str
    texts: Mapping[str, str]
    reasons: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        """A text without places. Raises KeyError for a key that there is not."""
        return self.texts[key]

    def filled(self, key: str, **parts: str | int) -> str:
        """A text with plain parts in its places."""
        return self.texts[key].format(**parts)

    def counted(self, key: str, n: int) -> str:
        """The text for one thing or for several, with their number in it."""
        return self.filled(f"{key}_one" if n == 1 else f"{key}_many", n=n)

    def inside(self, title: str) -> str:
        """A title as it stands in a line: the capital goes that only the beginning of a sentence had."""
        first = title.partition(" ")[0].lower()
        return title[:1].lower() + title[1:] if first in self.texts["small_words"].split() else title

    def sentence(self, key: str, **parts: str | Written | Sentence) -> Sentence:
        """A text as pieces: words, and the formulas and phrases that stand in its places."""
        out: list[str | Written] = []
        for words, place in _pieces(self.texts[key]):
            if words:
                out.append(words)
            if place:
                part = parts[place]
                out += part if isinstance(part, tuple) else (part,)
        return tuple(out)


@cache
def words_of(language: str) -> Words:
    """The words of a language. Raises KeyError where there is no file of it."""
    if language not in LANGUAGES:
        raise KeyError(language)
    file = template_folder() / _FOLDER / f"{language}.toml"
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    reasons = tables.pop(_REASONS, {})
    texts = {key: text for table in tables.values() for key, text in table.items()}
    return Words(language, MappingProxyType(texts), MappingProxyType(reasons))


@lru_cache(maxsize=512)
def _pieces(text: str) -> tuple[tuple[str, str], ...]:
    """Words and the place that follows them, from the first to the last."""
    return tuple((words, place or "") for words, place, _, _ in Formatter().parse(text))
