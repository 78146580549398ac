"""Signs that print nothing and have no place in a text: those by which terminals were once controlled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gen.errors import Report
from gen.project.chapter_text import ChapterText

# The names of ASCII; what lies behind DEL has a number only.
_NAMES = (
    *"NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI".split(),
    *"DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US".split(),
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]+")


def control_signs(text: ChapterText) -> Iterator[Report]:
    """A report for each run of control characters but line ends and tabs; it names the first of them."""
    for found in _CONTROL.finditer(text.text):
        message = f"the control character {_name(found[0][0])} has no place in a text"
        yield text.fault(found.start(), found.end(), message, hint="it is not seen: delete it")


def _name(char: str) -> str:
    """`U+0007 (BEL)`."""
    number = ord(char)
    short = _NAMES[number] if number < len(_NAMES) else "DEL" if number == 127 else ""
    return f"U+{number:04X}" + (f" ({short})" if short else "")
