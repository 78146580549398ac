"""The outline of a question: the words that were typed, with numbers for names.

Questions of one outline are read alike and answered alike whatever the names are, so that
one whose outline is known need not be read. Where the words alone do not tell so much there
is no outline, and the question is read in full.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gen.language.declaration import DOMAINS, STRUCTURES
from gen.language.names import default_reading, is_free, is_reserved
from gen.language.parse_errors import MAX_LENGTH, MAX_NAME

# Each sign that is no blank of the language is a word: texts that differ have different words.
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*|[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|\.[*/^]|[^ \t\r\n]")
_FIELDS = frozenset(("shape", "structure", "domain"))
_PROPERTIES = frozenset((*STRUCTURES, *DOMAINS))
_NONE: tuple[str, ...] = ()


@dataclass(slots=True)
class Outline:
    """`key` is all that names do not decide; `names` are the names, each in the place of its number.

    `functions` are those of the language that the text uses, `called` is the author's name of the
    expression, and `source` the text.
    """

    key: Final[tuple[object, ...]]
    names: Final[tuple[str, ...]]
    functions: Final[frozenset[str]]
    called: Final[str | None]
    source: Final[str]


def outline(
    expr: object,
    symbols: Mapping[str, object] | None,
    variables: tuple[str, ...],
    options: tuple[object, ...],
) -> Outline | None:
    """The outline of a question; `options` are whatever else the answer depends on.

    None where a name is too long, or is that of a differential; where a variable is named nowhere
    else; where declarations are more than names and shapes of names; where an option is no word.
    """
    if type(expr) is not str or len(expr) > MAX_LENGTH or not expr.isascii():
        return None
    key: list[object] = [len(variables), *options]
    for option in options:
        if option is not None and not isinstance(option, str | int):
            return None
    numbers: dict[str, int] = {}
    if symbols and not _declared(symbols, numbers, key):
        return None
    key.append(None)
    functions: set[str] = set()
    words = _WORD.findall(expr)
    called = words[0] if "=" in words[1:2] else None
    if called is not None and called not in numbers and is_free(called):
        numbers[called] = len(numbers)
    for word in words:
        if word in numbers:
            key.append(numbers[word])
        elif word in functions or not word[0].isalpha():
            key.append(word)
        elif is_reserved(word):
            functions.add(word)
            key.append(word)
        elif len(word) > MAX_NAME:
            return None
        else:
            # How a name is read that is not declared depends on its letters.
            key += default_reading(word), len(numbers)
            numbers[word] = len(numbers)
    for variable in variables:
        increment = f"d{variable}"
        if variable not in numbers or increment in numbers or increment in functions:
            return None
        key.append(numbers[variable])
    return Outline(tuple(key), tuple(numbers), frozenset(functions), called, expr)


def _declared(symbols: Mapping[str, object], numbers: dict[str, int], key: list[object]) -> bool:
    """Add declarations to a key and number their names; false where they are more than that."""
    for name, form in symbols.items():
        if type(form) is dict and form.keys() <= _FIELDS:
            shape, structure, domain = form.get("shape"), form.get("structure"), form.get("domain")
            properties = tuple([x for x in (structure, domain) if x is not None])
        elif type(form) is str:
            shape, properties = _worded(form)
        else:
            shape, properties = form, _NONE
        if not isinstance(shape, list | tuple):
            return False
        for word in properties:
            if type(word) is not str or word not in _PROPERTIES:
                return False
        key += len(shape), properties
        for part in (name, *shape):
            if type(part) is int:
                key.append(str(part))
                continue
            if type(part) is not str:
                return False
            if part not in numbers:
                if not is_free(part):
                    return False
                numbers[part] = len(numbers)
            key.append(numbers[part])
    return True


def _worded(form: str) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """The dimensions and the properties of `m x n symmetric`; no dimensions where it is not so plain."""
    first, *rest = words if (words := tuple(form.split())) else ("",)
    if first == "scalar":
        return _NONE, tuple(rest)
    if first == "elementwise" or first in STRUCTURES:
        return None, _NONE
    if rest[:1] == ["x"]:
        return (first, *rest[1:2]), tuple(rest[2:])
    return (first,), tuple(rest)
