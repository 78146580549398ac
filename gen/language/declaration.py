"""Declarations: `W: m x n`, `a: scalar`, `S: n x n symmetric spd`, `f: elementwise`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from gen.errors import Code, InputError, input_error, nearest
from gen.language.dimension import ONE, Dim
from gen.language.names import is_free, is_reserved, name_fault
from gen.language.parse_errors import MAX_NAME
from gen.language.signature import dimension_of

STRUCTURES = ("symmetric", "skew", "diagonal", "lower")
DOMAINS = ("positive", "spd", "nonsing", "posdet", "small", "simplex", "rowsimplex", "pm1")
MAX_SIZE = 10_000

# A dimension may be a product with blanks around its signs: `k * n`.
_WORD = re.compile(r"[^\s*]+(?:\s*\*\s*[^\s*]+)*|\*")
_NUMBERS = re.compile(r"([0-9]+)x([0-9]+)\Z")


@dataclass(slots=True, unsafe_hash=True)
class Declaration:
    """What is known of a name: its shape, or that it is an elementwise function."""

    name: Final[str]
    rows: Final[Dim] = ONE
    cols: Final[Dim] = ONE
    structure: Final[str | None] = None
    domain: Final[str | None] = None
    function: Final[bool] = False


def declare(text: str) -> Declaration:
    """A declaration from text, such as `W: m x n`.

    Raises InputError, where "let": `syntax` for a bad name or word, `shape` for a
    dimension below 1, `not_square` for a structure that needs a square matrix,
    `name_clash` for the name of a function.
    """
    name, colon, _ = text.partition(":")
    place = _Place(text, len(name) - len(name.lstrip()), len(name.rstrip()))
    if not colon:
        raise place.error("syntax", "a declaration needs a colon", hint="an example: W: m x n")
    if not is_free(name.strip()):
        raise _name_error(name.strip(), place)
    return _from_words(name.strip(), text, len(name) + 1)


def declaration_from(name: str, form: object) -> Declaration:
    """A declaration from its JSON or TOML form.

    The form is a text such as "m x n", a list of dimensions, {"shape": ["m", "n"],
    "structure": null, "domain": null} or {"function": "elementwise"}. Errors as for `declare`.
    """
    if isinstance(form, str):
        return _from_text(name, form)
    if not is_free(name):
        raise _name_error(name, _whole(name))
    # The usual types stand first: asking for an abstract one takes longer.
    if not isinstance(form, dict) and isinstance(form, Sequence):
        form = {"shape": form}
    if not isinstance(form, (dict, Mapping)):
        raise _whole(name).error("syntax", f"{name} is declared by a text or a table", hint='"m x n"')
    if "function" in form:
        if form["function"] != "elementwise":
            raise _whole(name).error("unsupported", f"{name}: functions are declared as elementwise")
        return Declaration(name, function=True)
    shape = form.get("shape")
    if not isinstance(shape, list):
        if isinstance(shape, str):
            return _from_words(name, f"{name}: {shape} {_flags(form)}", len(name) + 2)
        if not isinstance(shape, Sequence):
            raise _whole(name).error("syntax", f"{name} needs a shape", hint='{"shape": ["m", "n"]}')
    count = len(shape)
    if count > 2:
        raise _whole(name).error("shape", f"{name} has {count} dimensions; a matrix has two")
    rows = _dim_from(shape[0], name) if count else ONE
    cols = _dim_from(shape[1], name) if count > 1 else ONE
    flags = _flags(form)
    if not flags:
        return Declaration(name, rows, cols)
    return _with_properties(name, rows, cols, [(word, _whole(name)) for word in flags.split()])


@lru_cache(maxsize=1024)  # the problems of a class declare a few letters with a few shapes
def _from_text(name: str, form: str) -> Declaration:
    if not is_free(name):
        raise _name_error(name, _whole(name))
    return _from_words(name, f"{name}: {form}", len(name) + 2)


def together(declarations: Iterable[Declaration]) -> dict[str, Declaration]:
    """Declarations by name; the last one of a name wins.

    Raises InputError `name_clash` where one name stands for a symbol and a dimension.
    """
    table = {d.name: d for d in declarations}
    for declaration in table.values():
        if not table.keys().isdisjoint(declaration.rows.names + declaration.cols.names):
            raise _clash(declaration, table)
    return table


def _clash(declaration: Declaration, table: Mapping[str, Declaration]) -> InputError:
    dim = min(name for name in declaration.rows.names + declaration.cols.names if name in table)
    return _Place(dim, 0, len(dim)).error(
        "name_clash",
        f"{dim} is a dimension of {declaration.name} and cannot also be a symbol",
        hint=f"give the symbol or the dimension {dim} another name",
    )


@dataclass(slots=True)
class _Place:
    """Where in the text of a declaration something is wrong."""

    source: Final[str]
    start: Final[int]
    end: Final[int]

    def error(self, code: Code, message: str, *, hint: str | None = None) -> InputError:
        return input_error(
            code, message, where="let", source=self.source, start=self.start, end=self.end, hint=hint
        )


def _whole(name: str) -> _Place:
    return _Place(name, 0, len(name))


def _flags(form: Mapping[str, object]) -> str:
    structure, domain = form.get("structure"), form.get("domain")
    if structure is None:
        return "" if domain is None else str(domain)
    return str(structure) if domain is None else f"{structure} {domain}"


def _name_error(name: str, place: _Place) -> InputError:
    """Why a name is not free."""
    fault = name_fault(name)
    if fault:
        return place.error("too_large" if len(name) > MAX_NAME else "syntax", fault[0], hint=fault[1])
    return place.error("name_clash", f"{name} is a function and cannot be declared")


@lru_cache(maxsize=1024)  # a class has few names, and few shapes for them
def _from_words(name: str, text: str, begin: int) -> Declaration:
    """The declaration of `name` whose shape and properties stand in text[begin:]."""
    words = [(w[0], _Place(text, w.start(), w.end())) for w in _WORD.finditer(text, begin)]
    if not words:
        place = _Place(text, len(text), len(text))
        raise place.error("syntax", f"the shape of {name} is missing", hint=f"{name}: m x n")
    first = words[0][0]
    if first == "elementwise":
        _none_left(words[1:])
        return Declaration(name, function=True)
    sizes = _NUMBERS.match(first)
    if first == "scalar":
        rows, cols, left = ONE, ONE, words[1:]
    elif sizes:
        rows, cols, left = _dim(sizes[1], words[0][1]), _dim(sizes[2], words[0][1]), words[1:]
    elif len(words) > 1 and words[1][0] == "x":
        if len(words) == 2:
            raise words[1][1].error("syntax", "a dimension is missing after x", hint=f"{name}: m x n")
        rows, cols, left = _dim(*words[0]), _dim(*words[2]), words[3:]
    elif first in STRUCTURES:
        hint = f"{name}: n x n {first}"
        raise words[0][1].error("syntax", f"the shape of {name} is missing", hint=hint)
    else:
        rows, cols, left = _dim(*words[0]), ONE, words[1:]
    return _with_properties(name, rows, cols, left)


def _with_properties(name: str, rows: Dim, cols: Dim, words: list[tuple[str, _Place]]) -> Declaration:
    structure = domain = None
    for word, place in words:
        if word in STRUCTURES and structure is None:
            structure = word
            if rows != cols:
                shape = f"{rows.text()} × {cols.text()}"
                message = f"a {word} matrix is square, but {name} is {shape}"
                raise place.error("not_square", message)
        elif word in DOMAINS and domain is None:
            domain = word
        else:
            known = nearest(word, STRUCTURES + DOMAINS)
            hint = f"did you mean {known}?" if known else "properties: " + ", ".join(STRUCTURES + DOMAINS)
            raise place.error("syntax", f"{_shown(word)} is not expected here", hint=hint)
    if rows == cols == ONE:
        structure = None
    return Declaration(name, rows, cols, structure, domain)


def _none_left(words: list[tuple[str, _Place]]) -> None:
    if words:
        raise words[0][1].error("syntax", f"{_shown(words[0][0])} is not expected after elementwise")


@lru_cache(maxsize=256)
def _sound(text: str) -> Dim | None:
    """A dimension with which nothing is wrong."""
    dim = dimension_of(text) if len(text) <= MAX_NAME * 4 else None
    if dim is None or dim.factor > MAX_SIZE:
        return None
    for name in dim.names:
        if len(name) > MAX_NAME or is_reserved(name):
            return None
    return dim


def _dim(text: str, place: _Place) -> Dim:
    """A dimension, with words for what it is not."""
    sound = _sound(text)
    if sound is not None:
        return sound
    dim = dimension_of(text) if len(text) <= MAX_NAME * 4 else None
    if dim is None:
        if re.match(r"-?[0-9]+\Z", text) and text.isascii():
            big = int(text[:6]) > 0
            if not big:
                raise place.error("shape", f"a dimension is at least 1, not {_shown(text)}")
            raise place.error("too_large", f"a dimension is at most {MAX_SIZE}")
        fault = name_fault(text)
        message = f"{_shown(text)} is not a dimension" + (f": {fault[0]}" if fault else "")
        hint = fault[1] if fault and fault[1] else "a dimension is a name, a whole number or a product: k*n"
        raise place.error("syntax", message, hint=hint)
    if dim.factor > MAX_SIZE:
        raise place.error("too_large", f"a dimension is at most {MAX_SIZE}")
    raise _name_error(next(name for name in dim.names if not is_free(name)), place)


def _dim_from(size: object, name: str) -> Dim:
    """A dimension of the symbol `name` from JSON: a number or a text."""
    if isinstance(size, str):
        return _sound(size) or _dim(size.strip(), _whole(name))
    if isinstance(size, bool) or not isinstance(size, int):
        raise _whole(name).error("syntax", "a dimension is a name, a whole number or a product: k*n")
    if abs(size) > MAX_SIZE:
        raise _whole(name).error("too_large", f"a dimension is at most {MAX_SIZE}")
    return _dim(str(size), _whole(name))


def _shown(word: str) -> str:
    return ascii(word)[1:-1] if len(word) <= MAX_NAME else ascii(word[:MAX_NAME])[1:-1] + "…"
