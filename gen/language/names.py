"""Names: what may be one, what is taken, and how an undeclared one is read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import count
from typing import Literal

from gen.language.catalogue import FUNCTION_NAMED
from gen.language.characters import GREEK, character_hint, character_name, is_name
from gen.language.parse_errors import MAX_NAME

Reading = Literal["scalar", "vector", "matrix"]

# The constants, and how many dimensions (or, for vector and matrix, scalars) each may be given.
CONSTANTS: dict[str, tuple[int, ...]] = {
    "eye": (0, 1),
    "ones": (1, 2),
    "zeros": (1, 2),
    "comm": (2,),
    "seldiag": (1,),
    "vector": (1,),
    "matrix": (1,),
}
# Constants of answers whose size is no product of dimensions.
SPECIAL_CONSTANTS = ("dup", "elim")

_RESERVED = frozenset((*FUNCTION_NAMED, *CONSTANTS, *SPECIAL_CONSTANTS))
_GREEK_SCALAR = re.compile(rf"(?:{'|'.join(sorted(GREEK))})_?[0-9]*\Z")
# Letters that are free for dimensions beside the customary indices i, j, k, l, q, r, s, t.
_DIMENSIONS = ("m", "n", "p", "d", "h", "w")


def is_reserved(name: str) -> bool:
    """Is it the name of a function or of a constant?"""
    return name in _RESERVED


def is_free(name: str) -> bool:
    """May something be called so: is it a name, and not the program's own?"""
    return len(name) <= MAX_NAME and is_name(name) and name not in _RESERVED


def name_fault(name: str) -> tuple[str, str | None] | None:
    """What is wrong with a name, and a hint; None for a good one."""
    if len(name) <= MAX_NAME and is_name(name):
        return None
    for char in name:
        if not (char.isascii() and (char.isalnum() or char == "_")):
            hint = None if char.isspace() else character_hint(char)
            return f"a name cannot contain {character_name(char)}", hint
    if not name:
        return "a name is missing", None
    if not is_name(name):
        return f"{_short(name)} is not a name: a name begins with a letter", None
    if len(name) > MAX_NAME:
        return f"a name has at most {MAX_NAME} characters, this one has {len(name)}", None
    return None


def default_reading(name: str) -> Reading:
    """How an undeclared name is read: by its first letter, Greek names in lower case as scalars."""
    if name[0].isupper():
        return "matrix"
    return "scalar" if _GREEK_SCALAR.match(name) else "vector"


def fresh_dimensions(used: Collection[str], *, alone: bool) -> Iterator[str]:
    """Names for inferred dimensions that are not in use; `alone`: there is only one, so n."""
    first = ("n", *_DIMENSIONS) if alone else _DIMENSIONS
    for name in dict.fromkeys(first):
        if name not in used:
            yield name
    for number in count(1):
        if f"n{number}" not in used:
            yield f"n{number}"


def _short(name: str) -> str:
    return name if len(name) <= MAX_NAME else name[: MAX_NAME - 1] + "…"
