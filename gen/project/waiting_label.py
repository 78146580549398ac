"""The label that stands on a line of its own and waits for the block that it names."""

from __future__ import annotations

import re

from gen.errors import Report
from gen.project.chapter_text import ChapterText

_LABEL = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
LABEL_HINT = "a label is letters, digits, - and _, such as eq-linear"


class WaitingLabel:
    """At most one label of a chapter; what is wrong with labels is added to `faults`."""

    def __init__(self, text: ChapterText, faults: list[Report]) -> None:
        self._text = text
        self._faults = faults
        self._waiting: tuple[str, int] | None = None

    def found(self, name: str, line: int) -> None:
        """A label on a line of its own; one that waited before it named nothing."""
        self.stray()
        start = self._text.start_of(line) + self._text.line(line).find("(") + 1
        self._waiting = (self.checked(name, start), start)

    def checked(self, label: str, start: int) -> str:
        """The label where it is one, else ""."""
        if _LABEL.fullmatch(label) and len(label) <= 80:
            return label
        message = f"{label!r} is no label"
        self._faults.append(self._text.fault(start, start + len(label), message, hint=LABEL_HINT))
        return ""

    def take(self) -> tuple[str, int]:
        """The label for a block that can have one, and where it stands; ("", 0) where none waits."""
        found, self._waiting = self._waiting or ("", 0), None
        return found

    def stray(self) -> None:
        """No label fits what comes now: one that waits is a fault."""
        if self._waiting is not None:
            label, start = self.take()
            message = "a label stands before a heading, a formula on its own line, or a directive"
            self._faults.append(self._text.fault(start, start + len(label), message))
