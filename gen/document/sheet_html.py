"""The documents of a sheet as static pages: what a format shows on paper, for screens and for everybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from types import MappingProxyType

from jinja2 import Environment
from markupsafe import Markup

from gen.document.blocks import DerivationBlock, Document, Line, Part, ProblemBlock, Symbol
from gen.document.format import Format
from gen.document.page import environment
from gen.document.problem_html import marks_of, problem_filters
from gen.document.tex import Tex, Text, as_tex
from gen.document.tex_html import inline_html
from gen.document.theme import USUAL
from gen.document.tokens import style
from gen.document.view import View
from gen.document.web_blocks import Fold, WebLine, WebPart
from gen.document.web_page import derivation_filters
from gen.document.words import words_of

Webs = Mapping[int, tuple[WebPart, ...]]  # the derivations of problems for screens, by their numbers
NO_WEBS: Webs = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A page as its template takes it: the view, its words, and the problems with their parts."""

    view: View
    kind: str
    language: str
    problems: tuple[tuple[ProblemBlock, tuple[Part | WebPart, ...]], ...]


def sheet_page(document: Document, chosen: Format, webs: Webs = NO_WEBS, theme: str = USUAL) -> str:
    """The page of `document` in a format; derivations that `webs` has are shown as screens show them.

    Raises InputError for a theme file that is wrong.
    """
    view = (chosen.on_page or chosen.view)(document)
    language = document.language
    problems = tuple(
        (problem, tuple(_parts(problem, webs.get(problem.number, ()), language)))
        for problem in view.document.problems
    )
    page = SheetPage(view, view.kind, language, problems)
    made = (
        _environment(language).get_template("site/sheet.html").render(page=page, style=Markup(style(theme)))
    )
    return made.rstrip() + "\n"


def _parts(problem: ProblemBlock, webs: tuple[WebPart, ...], language: str) -> Iterator[Part | WebPart]:
    """The parts, derivations as screens have them where all their lines are shown."""
    left = {web.title: web for web in webs}
    for part in problem.parts:
        web = left.get(str(part.title))
        if isinstance(part, DerivationBlock) and web is not None and _count(web) == len(part.lines):
            yield _with_marks(web, part, language)
        else:
            yield part


def _count(web: WebPart) -> int:
    return sum(len(line.lines) if isinstance(line, Fold) else 1 for line in web.lines)


def _with_marks(web: WebPart, block: DerivationBlock, language: str) -> WebPart:
    """The labels and marks of the lines on paper, beside the lines for screens."""
    beside = iter(block.lines)
    lines = tuple(
        Fold(tuple(_beside(inner, next(beside), language) for inner in line.lines))
        if isinstance(line, Fold)
        else _beside(line, next(beside), language)
        for line in web.lines
    )
    results = web.results
    if block.result is not None and block.result.marks and results:
        results = (replace(results[0], marks=marks_of(block.result.marks, language)), *results[1:])
    return replace(web, lines=lines, results=results)


def _beside(line: WebLine, block: Line, language: str) -> WebLine:
    marks = marks_of(block.marks, language) if block.marks else ""
    label = Markup(inline_html(as_tex(block.label))).striptags() if block.label else ""
    return replace(line, label=label, marks=marks)


def _shape(symbol: Symbol, language: str) -> Text:
    return Tex(f"${symbol.shape}$") if symbol.shape else words_of(language)["scalar"]


def _roles(symbols: tuple[Symbol, ...]) -> bool:
    return any(symbol.role for symbol in symbols)


def _plain(text: Text) -> str:
    """A text without its markup, for a title; formulas are what they look like."""
    return inline_html(text).striptags()


def _joined(parts: list[str]) -> str:
    return " · ".join(part for part in parts if part)


@cache
def _environment(language: str) -> Environment:
    return environment(
        language,
        **problem_filters(language),
        **derivation_filters(language),
        shape_of=partial(_shape, language=language),
        roles=_roles,
        plain=_plain,
        listed=_joined,
    )
