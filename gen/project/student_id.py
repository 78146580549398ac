"""Ids of students: what may be one, and the name of the files that belong to it."""

from __future__ import annotations

import re
import unicodedata

from gen.document.format import FORMATS
from gen.project.kinds import UnfitError, is_device

LONGEST = 80
# Names of files and folders the program makes beside those of students.
OWN = frozenset(
    (*(known.name for known in FORMATS), "manifest", "timings", "answers", "print", "preview", "none", "lock")
)
_PLAIN = re.compile(r"[A-Za-z0-9._-]")


def file_name(typed: str) -> str:
    """An id as the name of a file: accents left out, blanks as hyphens.

    Raises UnfitError for what is no id: empty, too long, a path, a name that a system or this program keeps
    for itself, or a sign that no file name should have.

    >>> file_name("s-001"), file_name("Jose\u0301 7")
    ('s-001', 'Jose-7')
    """
    text = unicodedata.normalize("NFC", typed.strip(" "))
    if not text:
        raise UnfitError("is empty")
    if len(text) > LONGEST:
        raise UnfitError(f"is longer than {LONGEST} characters", code="too_large")
    apart = unicodedata.normalize("NFD", text.replace(" ", "-"))
    name = "".join(char for char in apart if unicodedata.category(char) != "Mn")
    for char in name:
        if not _PLAIN.match(char):
            raise UnfitError(
                f"may not hold the character U+{ord(char):04X}", hint="use letters a-z, digits, . _ and -"
            )
    if name[0] in ".-" or name[-1] == ".":
        raise UnfitError("may not begin with . or -, nor end with .")
    if is_device(name.partition(".")[0]):
        raise UnfitError("is a name that Windows keeps for itself")
    if slug(name) in OWN:
        raise UnfitError("is the name of a file that this program makes itself")
    return name


def slug(name: str) -> str:
    """What must differ between two ids: their file names, on systems that do not tell cases apart."""
    return name.casefold()
