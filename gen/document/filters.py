"""What templates may do to a value: a fixed set of pure functions, which give marked LaTeX or data."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from types import MappingProxyType

from gen.document.blocks import DerivationBlock, Part, Space, Symbol
from gen.document.breaking import broken
from gen.document.frame import Frame
from gen.document.glyphs import PLAIN
from gen.document.latex import table
from gen.document.letters import lacking
from gen.document.parts import kind_of
from gen.document.picture import picture
from gen.document.reference_blocks import Phrase
from gen.document.syllables import syllables
from gen.document.tex import Tex, Text, as_tex, joined, pdf_text
from gen.document.tokens import tokens
from gen.document.words import Words


def symbol_table(symbols: tuple[Symbol, ...], words: Words) -> Tex:
    """The rows of the table of symbols and shapes."""
    heads = [as_tex(words[key]) for key in ("symbol", "shape", "meaning")]
    head = [rf"{{\SmallFont\textcolor{{soft}}{{{word}}}}}" for word in heads]
    rows = [[f"${s.tex}$", _shape(s, words), as_tex(s.role)] for s in symbols]
    columns = r"@{}l@{\hskip\TableGap}l@{\hskip\TableGap}>{\raggedright\arraybackslash}p{\RoleWidth}@{}"
    return Tex(table(columns, [head, *rows]))


def symbol_strip(symbols: tuple[Symbol, ...], words: Words) -> Tex:
    """The table of symbols and shapes lying on its side: one column a symbol."""
    rows = [
        [as_tex(words["symbol"]), *(f"${s.tex}$" for s in symbols)],
        [as_tex(words["shape"]), *(_shape(s, words) for s in symbols)],
    ]
    if any(s.role for s in symbols):
        rows.append(["", *(as_tex(s.role) for s in symbols)])
    soft = [[rf"\textcolor{{soft}}{{{row[0]}}}", *row[1:]] for row in rows]
    return Tex(table("@{}l" + r"@{\hskip\StripGap}l" * len(symbols) + "@{}", soft))


def symbol_line(symbols: tuple[Symbol, ...]) -> Tex:
    r"""The symbols in one line: $W\in\mathbf R^{m\times n}$ and so on."""
    return joined((Tex(rf"$\mbox{{${s.tex}\in\mathbf R{_power(s)}$}}$") for s in symbols), r"\quad{} ")


def _shape(symbol: Symbol, words: Words) -> str:
    return f"${symbol.shape}$" if symbol.shape else as_tex(words["scalar"])


def _power(symbol: Symbol) -> str:
    return f"^{{{symbol.shape}}}" if symbol.shape else ""


@lru_cache(maxsize=256)  # the titles of problems are those of families
def outline(text: str) -> Tex:
    """`text` for the outline of a PDF: signs that TeX would act on, or has no letter for, become spaces."""
    kept = (c if _stands_for_itself(c) else " " for c in text)
    return Tex(" ".join("".join(kept).split()))


def _stands_for_itself(char: str) -> bool:
    """Whether a character may stand in an outline: a letter, a mark on one, a harmless sign."""
    if char.isascii():
        return char.isalnum() or char in " .,:;=*+-/()'"
    return char in PLAIN or unicodedata.category(char)[0] in "LM"


def paper_template(part: Part) -> str:
    """The template that sets `part` on paper."""
    return kind_of(part).paper


def counted(amount: float) -> range:
    """As many numbers as there are lines to rule."""
    return range(max(1, round(amount)))


def grid_rows(amount: float) -> range:
    """As many numbers as rows of squares fill `amount` millimetres."""
    step = float(dict(tokens("paper").lengths)["grid_step"].removesuffix("mm"))
    return range(max(1, round(amount / step)))


def millimetres(space: Space) -> Tex:
    """The amount of `space` as a TeX length."""
    return Tex(f"{space.amount:.4g}mm")


def frame_name(frame: Frame) -> Tex:
    """The title of `frame` for the outline of the PDF."""
    named = frame.part or frame.problem
    name = (named.name if named else "") or ("" if isinstance(frame.title, Tex) else frame.title)
    return pdf_text(name)


def short(text: Text, most: int = 64) -> Text:
    """Plain `text` cut at a word for a running line; LaTeX is left whole."""
    if isinstance(text, Tex) or len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0] + "…"


def titled(text: Text) -> Tex:
    """A title, whose long words may be broken."""
    return text if isinstance(text, Tex) else syllables(text)


def discussion(part: Part) -> tuple[Text, ...]:
    """The paragraphs of the notes that follow `part`."""
    return part.discussion if isinstance(part, DerivationBlock) else ()


def phrase(pieces_of: Phrase) -> Tex:
    """The pieces of a phrase in a row, as TeX."""
    return joined(piece.tex for piece in pieces_of)


def address(path: str) -> Tex:
    """The address of a file beside this one: what has a meaning in TeX or in addresses is written in hex."""
    plain = (c if (c.isalnum() and c.isascii()) or c in "-._/" else None for c in path)
    return Tex("".join(c or "".join(rf"\%{o:02X}" for o in path[n].encode()) for n, c in enumerate(plain)))


def breakable(text: Text, most: int) -> Tex:
    """`text` in which a word may be broken after each `most` letters, so that a narrow field holds it.

    Letters that are joined to their neighbours, or that stand in another order, are left together.
    """
    if isinstance(text, Tex):
        return text
    if lacking(text):
        return as_tex(text)
    return joined(
        (
            joined((word[k : k + most] for k in range(0, len(word), most)), r"\allowbreak{}")
            for word in text.split()
        ),
        " ",
    )


# Only these: the filters of Jinja escape for HTML and would mark what they make as safe.
FILTERS = MappingProxyType(
    {
        "address": address,
        "breakable": breakable,
        "broken": broken,
        "phrase": phrase,
        "picture": picture,
        "symbol_table": symbol_table,
        "symbol_line": symbol_line,
        "symbol_strip": symbol_strip,
        "pdf_text": pdf_text,
        "outline": outline,
        "paper_template": paper_template,
        "counted": counted,
        "short": short,
        "syllables": titled,
        "millimetres": millimetres,
        "frame_name": frame_name,
        "grid_rows": grid_rows,
        "discussion": discussion,
    }
)
