"""Kinds of values of the options of directives, which are typed without quotes."""

from __future__ import annotations

import re
from typing import Any

from gen.derivation.derive import LAYOUTS, SYMMETRIC
from gen.derivation.method import KINDS
from gen.project import kinds
from gen.project.keys import Key
from gen.project.kinds import Kind, UnfitError
from gen.project.written import METHODS, METHODS_LATER

_SIZE = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]*)\s*=\s*([0-9]{1,4})\s*")


def listed(kind: Kind) -> Kind:
    """What a list in a TOML file may be, typed as words with commas between them."""

    def read(value: Any, raw: str) -> Any:
        return kind.read([word.strip() for word in str(value).split(",") if word.strip()], raw)

    return Kind(kind.what.replace("a list of", "one or several, with commas between them:"), read)


def counted(kind: Kind) -> Kind:
    """What a whole number in a TOML file may be."""

    def read(value: Any, raw: str) -> Any:
        text = str(value).strip()
        return kind.read(int(text) if text.isdigit() and len(text) < 10 else text, raw)

    return Kind(kind.what, read)


def faded(low: int, high: int, *words: str) -> Kind:
    """A whole number, or one of some words."""
    number, word = kinds.whole(low, high), kinds.choice(*words)

    def read(value: Any, raw: str) -> Any:
        text = str(value).strip()
        return number.read(int(text), raw) if text.isdigit() and len(text) < 10 else word.read(text, raw)

    return Kind(f"{number.what}, or {', '.join(words)}", read)


def _label(value: Any, raw: str) -> str:
    if not str(value).strip():
        raise UnfitError("is empty")
    return str(value)


def _sizes(value: object, raw: str) -> tuple[tuple[str, int], ...]:
    out: list[tuple[str, int]] = []
    for piece in str(value).split(","):
        found = _SIZE.fullmatch(piece)
        if found is None or int(found[2]) < 1:
            raise UnfitError("must be numbers for dimensions, such as m=2, n=3")
        out.append((found[1], int(found[2])))
    return tuple(out)


SIZES = Key("sizes", Kind("numbers for dimensions", _sizes), "such as m=2, n=3", default=())
LABEL = Key("label", Kind("a label", _label), "what references call it", default="")
TITLE = Key("title", kinds.FILLED, "a title, Markdown with $TeX$", default="")
LET = Key("let", kinds.FILLED, "declarations, such as W: m x n; x: n", default="")
WRT = Key("wrt", kinds.FILLED, "the variable", required=True)
METHOD = Key("method", kinds.choice(*METHODS, later=METHODS_LATER), "the way to derive it", default="index")
SEVERAL = Key(
    "methods",
    listed(kinds.choices(*METHODS, later=METHODS_LATER)),
    "the ways to derive it, with commas between them",
    default=("index", "vec"),
)
# The conventions of one question; None is that of the notes.
QUESTION_KEYS = (
    Key("kind", kinds.choice(*KINDS), "the kind of answer"),
    Key("order", counted(kinds.whole(1, 2)), "first or second derivative", default=1),
    Key("layout", kinds.choice(*LAYOUTS), "the layout"),
    Key("symmetric", kinds.choice(*SYMMETRIC), "the convention for symmetric variables"),
    LET,
)
