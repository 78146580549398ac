"""From a document and a format to the source of one self-contained TeX file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from gen.document.blocks import DerivationBlock, Document, Part, Space, Symbol
from gen.document.breaking import pieces
from gen.document.folder import template_folder
from gen.document.format import Format
from gen.document.latex import Needed, preamble_of, table
from gen.document.parts import kind_of, libraries_of, packages_of
from gen.document.picture import picture
from gen.document.slides import Frame
from gen.document.tex import Tex, Text, as_tex, escape, joined, pdf_text, unprintable
from gen.document.tokens import definitions, tokens


@dataclass(frozen=True, slots=True)
class Fonts:
    """The packages with which an engine gets Latin Modern and reads UTF-8."""

    engine: str
    packages: tuple[Needed, ...]


FONTS = (
    Fonts("pdflatex", (Needed("inputenc", ("utf8",)), Needed("fontenc", ("T1",)), Needed("textcomp"), Needed("lmodern"))),
    Fonts("lualatex", ()),
)


def render(document: Document, chosen: Format, engine_name: str) -> str:
    """The TeX source of `document` in the format `chosen`, for the engine of that name.

    It needs no file but itself; its first line names the engine, and a line
    `%%<problem N>` stands before what belongs to problem N.
    """
    view = chosen.view(document)
    fonts = next((known.packages for known in FONTS if known.engine == engine_name), ())
    shown = tokens(view.medium)
    libraries = joined((Tex(rf"\usetikzlibrary{{{name}}}") for name in libraries_of(view.document)), "\n")
    source = _environment().get_template(chosen.template).render(
        view=view,
        document=view.document,
        engine=engine_name,
        packages=Tex(preamble_of((*fonts, *chosen.packages, *packages_of(view.document)))),
        libraries=libraries,
        definitions=definitions(shown),
    )
    return source.rstrip() + "\n"


def unprintable_in(document: Document) -> tuple[str, ...]:
    """The characters of all plain text in `document` that the fonts lack, each once."""
    return tuple(dict.fromkeys(char for text in _texts(document) for char in unprintable(text)))


def finalize(value: object) -> Markup:
    """What a template prints: marked LaTeX as it is, text and numbers literally.

    Anything else, above all a missing value, is a fault of the template: TypeError.
    """
    if isinstance(value, Tex):
        return Markup(value)
    if isinstance(value, str | int):
        return Markup(escape(str(value)))
    if isinstance(value, float):
        return Markup(f"{value:.4g}")
    raise TypeError(f"a template prints {type(value).__name__}, which is neither text nor LaTeX")


def symbol_table(symbols: tuple[Symbol, ...]) -> Tex:
    """The rows of the table of symbols and shapes."""
    head = [rf"{{\SmallFont\textcolor{{soft}}{{{word}}}}}" for word in ("symbol", "shape", "meaning")]
    rows = [[f"${s.tex}$", f"${s.shape}$" if s.shape else "scalar", as_tex(s.role)] for s in symbols]
    columns = r"@{}l@{\hskip\TableGap}l@{\hskip\TableGap}>{\raggedright\arraybackslash}p{\RoleWidth}@{}"
    return Tex(table(columns, [head, *rows]))


def symbol_line(symbols: tuple[Symbol, ...]) -> Tex:
    r"""The symbols in one line: $W\in\mathbf R^{m\times n}$ and so on."""
    return joined((Tex(rf"$\mbox{{${s.tex}\in\mathbf R{_power(s)}$}}$") for s in symbols), r"\quad{} ")


def _power(symbol: Symbol) -> str:
    return f"^{{{symbol.shape}}}" if symbol.shape else ""


def outline(text: str) -> Tex:
    """`text` for the outline of a PDF: signs that TeX would act on become spaces."""
    kept = (c if c.isalnum() and c.isascii() or c in " .,:;=*+-/()'" else " " for c in text)
    return Tex(" ".join("".join(kept).split()))


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
    return outline((named.name if named else "") or (frame.title if not isinstance(frame.title, Tex) else ""))


def short(text: Text, most: int = 64) -> Text:
    """Plain `text` cut at a word for a running line; LaTeX is left whole."""
    if isinstance(text, Tex) or len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0] + "…"


def discussion(part: Part) -> tuple[Text, ...]:
    """The paragraphs of the notes that follow `part`."""
    return part.discussion if isinstance(part, DerivationBlock) else ()


# Only these: the filters of Jinja escape for HTML and would mark what they make as safe.
FILTERS = MappingProxyType(
    {
        "pieces": pieces,
        "picture": picture,
        "symbol_table": symbol_table,
        "symbol_line": symbol_line,
        "pdf_text": pdf_text,
        "outline": outline,
        "paper_template": paper_template,
        "counted": counted,
        "short": short,
        "millimetres": millimetres,
        "frame_name": frame_name,
        "grid_rows": grid_rows,
        "discussion": discussion,
    }
)


@cache
def _environment() -> Environment:
    made = Environment(
        block_start_string=r"\BLOCK{",
        block_end_string="}",
        variable_start_string=r"\VAR{",
        variable_end_string="}",
        comment_start_string=r"\#{",
        comment_end_string="}",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        loader=FileSystemLoader(template_folder()),
    )
    made.filters.clear()
    made.filters.update(FILTERS)
    return made


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Tex):
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
