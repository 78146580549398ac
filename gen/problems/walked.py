"""An iterator that may be gone through again, and goes only as far as anybody has asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Walked(Generic[T]):
    """What an iterator gives, kept. Several may go through it at once.

    >>> squares = Walked(number * number for number in range(1_000_000))
    >>> next(iter(squares)), len(squares.kept)
    (0, 1)
    """

    def __init__(self, source: Iterable[T]) -> None:
        self.kept: list[T] = []
        self._source = iter(source)

    def __iter__(self) -> Iterator[T]:
        at = 0
        while True:
            if at == len(self.kept):
                for value in self._source:
                    self.kept.append(value)
                    break
                else:
                    return
            yield self.kept[at]
            at += 1
