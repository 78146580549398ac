"""Running text of notes as TeX."""

from __future__ import annotations

from gen.document.blocks import NOTHING
from gen.document.inline import (
    Break,
    Emphasis,
    Expression,
    Indexed,
    Inline,
    Link,
    Maths,
    Raw,
    Reference,
    Typed,
    Words,
)
from gen.document.syllables import syllables
from gen.document.tex import Tex, escape


def inline_tex(inline: Inline) -> Tex:
    """Running text."""
    out: list[Tex] = []
    for piece in inline:
        match piece:
            case Words(text):
                out.append(syllables(text))
            case Emphasis(inside, strong):
                out.append(Tex(rf"\{'textbf' if strong else 'emph'}{{{inline_tex(inside)}}}"))
            case Typed(text):
                out.append(Tex(rf"\texttt{{{escape(text)}}}"))
            case Maths(tex, display) | Expression(tex, _, display):
                out.append(display_tex(tex) if display else Tex(f"${tex}$"))
            case Link(address, inside):
                out.append(Tex(rf"\href{{{_address(address)}}}{{{inline_tex(inside)}}}"))
            case Reference(target, _, text):
                out.append(Tex(rf"\hyperlink{{{target}}}{{{escape(text)}}}"))
            case Indexed(_, anchor, inside):
                out.append(Tex(rf"{place(anchor)}{inline_tex(inside)}"))
            case Break():
                out.append(Tex("\\newline\n"))
            case Raw(name, text):
                out.append(Tex(text) if name == "tex" else NOTHING)
    return Tex("".join(out))


def display_tex(tex: Tex, tag: str = "", anchor: str = "") -> Tex:
    """A formula on a line of its own, made smaller where it is too wide; `split` works in displays only.

    No blank comes between the place of its anchor and the text that follows.
    """
    if r"\begin{split}" in tex:
        after = rf"{place(anchor)}\ignorespaces" if anchor else ""
        return Tex((rf"\[{tex}\tag*{{{tag}}}\]" if tag else rf"\[{tex}\]") + after)
    return Tex(rf"\DisplaySet{{{tex}}}{{{place(anchor)}{tag}}}")


def _address(address: str) -> str:
    return "".join(rf"\{sign}" if sign in "%#&_{}" else sign for sign in address if sign not in "\\^~$")


def place(anchor: str) -> Tex:
    """Where links to an anchor lead."""
    return Tex(rf"\Place{{{anchor}}}") if anchor else NOTHING
