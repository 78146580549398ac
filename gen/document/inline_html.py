"""Running text of notes as HTML."""

from __future__ import annotations

from markupsafe import Markup, escape

from gen.document.inline import (
    Break,
    Emphasis,
    Expression,
    Indexed,
    Inline,
    Link,
    Maths,
    Piece,
    Raw,
    Reference,
    Typed,
    Words,
)
from gen.document.tex_html import displayed
from gen.document.tex_mathml import tex_mathml
from gen.document.web_maths import maths, set_apart

_AFTER = (*".,;:)!?",)


def inline_html(inline: Inline, chapter: str, language: str) -> Markup:
    """The pieces in a row, on the page of `chapter`; no line begins with the punctuation after a formula."""
    out = Markup("")
    kept = ""
    for piece, after in zip(inline, (*inline[1:], None), strict=False):
        if isinstance(piece, Words) and kept:
            out += escape(piece.text[len(kept) :])
            kept = ""
            continue
        made = _piece(piece, chapter, language)
        if isinstance(piece, Maths | Expression) and isinstance(after, Words) and after.text[:1] in _AFTER:
            kept = after.text[0]
            made = Markup('<span class="kept">{}{}</span>').format(made, kept)
        out += made
    return out


def paragraph_html(inline: Inline, chapter: str, language: str) -> tuple[tuple[str, Markup], ...]:
    """A paragraph with the formulas that stand on lines of their own apart: ("words" or "display", HTML)."""
    out: list[tuple[str, Markup]] = []
    run: list[Piece] = []
    for piece in (*inline, None):
        large = isinstance(piece, Maths | Expression) and piece.display
        if (piece is None or large) and run:
            words = Markup(str(inline_html(tuple(run), chapter, language)).strip())
            out += [("words", words)] if words else []
            run = []
        if piece is None:
            break
        if large and isinstance(piece, Maths):
            out.append(("display", displayed(piece.tex, language)))
        elif large and isinstance(piece, Expression):
            out.append(("display", set_apart(piece.formula, language)))
        else:
            run.append(piece)
    return tuple(out)


def address(chapter: str, anchor: str, here: str) -> str:
    """The link to an anchor of a chapter, from the page of the chapter `here`."""
    return f"#{anchor}" if chapter == here else f"{chapter}.html#{anchor}"


def _piece(piece: Piece, chapter: str, language: str) -> Markup:
    match piece:
        case Words(text):
            return escape(text)
        case Emphasis(inside, strong):
            tag = Markup("strong" if strong else "em")
            return Markup("<{}>{}</{}>").format(tag, inline_html(inside, chapter, language), tag)
        case Typed(text):
            return Markup("<code>{}</code>").format(text)
        case Maths(tex, display):
            return tex_mathml(tex, display, language)
        case Expression(_, formula, display):
            return maths(formula, display, language)
        case Link(place, inside):
            return Markup('<a href="{}">{}</a>').format(place, inline_html(inside, chapter, language))
        case Reference(target, name, text):
            return Markup('<a href="{}">{}</a>').format(address(name, target, chapter), text)
        case Indexed(_, anchor, inside):
            return Markup('<span id="{}">{}</span>').format(anchor, inline_html(inside, chapter, language))
        case Break():
            return Markup("<br>")
        case Raw(name, text):
            return Markup(text) if name == "html" else Markup("")
