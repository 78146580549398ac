"""What the descriptions of figures are put together from, in the language of their document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gen.document.words import Words


def listed(items: Iterable[str], words: Words) -> str:
    """The items in a row, with an "and" before the last.

    >>> from gen.document.words import words_of
    >>> listed(["a", "b", "c"], words_of("en"))
    'a, b and c'
    """
    said = list(items)
    return ", ".join(said[:-1]) + words["figure_and"] + said[-1] if len(said) > 1 else "".join(said)


def number_word(n: int, words: Words) -> str:
    """A small number as a word, a large one in digits.

    >>> from gen.document.words import words_of
    >>> number_word(2, words_of("en")), number_word(12, words_of("en"))
    ('two', '12')
    """
    known = words["numbers"].split()
    return known[n] if n < len(known) else str(n)


def with_sizes(said: str, sizes: Mapping[str, int], words: Words) -> str:
    """A sentence behind the sizes that it speaks of; without any it begins with a capital."""
    if not sizes:
        return said[:1].upper() + said[1:]
    numbers = ", ".join(f"{name} = {size}" for name, size in sizes.items())
    return words.filled("figure_sizes", sizes=numbers) + said
