"""The numbers of what a chapter holds, in the order in which it is read."""

from __future__ import annotations

from collections import Counter


class BlockNumbers:
    """Counts sections, and numbered pieces by the word that they are called by, within one chapter."""

    def __init__(self, chapter: int) -> None:
        self.chapter = str(chapter)
        self._sections = [0, 0]
        self._counts: Counter[str] = Counter()

    def section(self, level: int) -> str:
        """The number of the next section (level 2) or of the next part of one (3)."""
        if level == 2:
            self._sections = [self._sections[0] + 1, 0]
            return f"{self.chapter}.{self._sections[0]}"
        self._sections[1] += 1
        return f"{self.chapter}.{self._sections[0]}.{self._sections[1]}"

    def counted(self, word: str) -> str:
        """The number of the next piece of that word."""
        self._counts[word] += 1
        return f"{self.chapter}.{self._counts[word]}"

    def unnumbered(self) -> str:
        """What tells a piece that prints no number from the others."""
        self._counts[""] += 1
        return f"{self.chapter}.u{self._counts['']}"
