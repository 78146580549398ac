"""The reference as one static page for screens, which needs no file but itself and runs no script."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from gen.document.blocks import Document
from gen.document.folder import template_folder
from gen.document.reference_blocks import Phrase, Piece
from gen.document.tokens import style
from gen.document.words import words_of

_SCRIPT = re.compile(
    r"_(?P<below>(?:\([^)]*\))+|[A-Za-z0-9]+(?:[,×][A-Za-z0-9]+)*)"
    r"|(?P<entrywise>\.)?\^(?:\((?P<long>[^)]*)\)|(?P<above>-?[A-Za-z0-9]+))"
)


def page(document: Document, opening: Phrase) -> str:
    """The HTML of a document that is made of sections; `opening` stands under its title."""
    template = _environment(document.language).get_template("reference.html")
    made = template.render(document=document, opening=opening, style=Markup(style()))
    return made.rstrip() + "\n"


def scripted(plain: str) -> Markup:
    """Unicode as the terminal shows it, with indices and exponents set as such.

    >>> scripted("A_ij x^(a-1)")
    Markup('A<sub>ij</sub> x<sup>a-1</sup>')
    """
    tags = {"on": "{}", "below": "<sub>{}</sub>", "above": "<sup>{}</sup>"}
    return Markup("").join(Markup(tags[place]).format(text) for text, place in script_pieces(plain))


def script_pieces(plain: str) -> tuple[tuple[str, Literal["on", "below", "above"]], ...]:
    """Unicode as the terminal shows it, cut into what stands on the line, below it and above it.

    >>> script_pieces("A_ij x^(a-1)")
    (('A', 'on'), ('ij', 'below'), (' x', 'on'), ('a-1', 'above'))
    """
    out: list[tuple[str, Literal["on", "below", "above"]]] = []
    at = 0
    for found in _SCRIPT.finditer(plain):
        if at < found.start():
            out.append((plain[at : found.start()], "on"))
        if found["below"]:
            out.append((found["below"], "below"))
        else:
            sign = "∘" if found["entrywise"] else ""
            out.append((sign + (found["long"] or found["above"]), "above"))
        at = found.end()
    if at < len(plain):
        out.append((plain[at:], "on"))
    return tuple(out)


def shown(pieces: Phrase | Piece) -> Markup:
    """A phrase for a line of text: formulas and typed expressions are told apart."""
    wrapped = {"words": "{}", "maths": '<span class="maths">{}</span>', "typed": "<code>{}</code>"}
    out = Markup("")
    for piece in (pieces,) if isinstance(pieces, Piece) else pieces:
        inside = escape(piece.plain) if piece.kind == "typed" else scripted(piece.plain)
        out += Markup(wrapped[piece.kind]).format(inside)
    return out


@cache
def _environment(language: str) -> Environment:
    return environment(language, shown=shown)


def environment(language: str, **filters: Callable[..., object]) -> Environment:
    """What sets pages in `language`, whose fixed words are `words` in all templates.

    Whatever is not marked as HTML is escaped, and only these filters are known.
    """
    made = Environment(
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
        undefined=StrictUndefined,
        loader=FileSystemLoader(template_folder()),
    )
    made.globals["words"] = words_of(language)
    made.filters.clear()
    made.filters.update(filters)
    return made
