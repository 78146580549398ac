"""Numbers of things in words."""

from __future__ import annotations


def counted(count: int, word: str) -> str:
    """So many things; `word` is one of them.

    >>> counted(1, "problem"), counted(0, "mark")
    ('1 problem', '0 marks')
    """
    return f"{count} {word}{'s' * (count != 1)}"
