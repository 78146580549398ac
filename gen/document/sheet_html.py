"""The documents of a sheet as static pages: what a format shows on paper, for screens and for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from jinja2 import Environment
from markupsafe import Markup

from gen.document.blocks import Document, ProblemBlock
from gen.document.format import Format
from gen.document.formula import Phrase
from gen.document.page import environment
from gen.document.problem_html import problem_filters
from gen.document.tex import Text
from gen.document.tex_html import inline_html
from gen.document.theme import USUAL
from gen.document.tokens import style
from gen.document.view import View
from gen.document.web_blocks import WebAsked, WebShown, WebSymbol


@dataclass(frozen=True, slots=True)
class WebProblem:
    """A problem for screens: what stands below its prompt, the hints, the parts of its solution.

    `symbols` are those of a written problem; `scheme` has a phrase for each row of the marking table.
    `title` and `prompt` are empty where those of paper are Markdown; `language` is theirs where it is not
    that of the page.
    """

    asked: tuple[WebAsked, ...] = ()
    hints: tuple[Phrase, ...] = ()
    parts: tuple[WebShown, ...] = ()
    scheme: tuple[Phrase, ...] = ()
    symbols: tuple[WebSymbol, ...] = ()
    language: str = ""
    title: Phrase = ()
    prompt: Phrase = ()


@dataclass(frozen=True, slots=True)
class WebSheet:
    """A sheet for screens: its problems by their numbers, and the sentences on its conventions."""

    problems: Mapping[int, WebProblem]
    convention: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A page as its template takes it: the view, its words, and each problem with what screens show of it."""

    view: View
    kind: str
    language: str
    problems: tuple[tuple[ProblemBlock, WebProblem], ...]
    convention: tuple[Phrase, ...]


def sheet_page(document: Document, chosen: Format, web: WebSheet, theme: str = USUAL) -> str:
    """The page of `document` in a format; `web` is what screens show of it.

    Raises InputError for a theme file that is wrong.
    """
    view = (chosen.on_page or chosen.view)(document)
    language = document.language
    problems = tuple(
        (problem, _shown(problem, web.problems[problem.number])) for problem in view.document.problems
    )
    page = SheetPage(view, view.kind, language, problems, web.convention)
    made = (
        _environment(language).get_template("site/sheet.html").render(page=page, style=Markup(style(theme)))
    )
    return made.rstrip() + "\n"


def _shown(problem: ProblemBlock, web: WebProblem) -> WebProblem:
    """What is left of a problem for screens where the view has left nothing on paper."""
    return replace(
        web,
        hints=web.hints if problem.hints else (),
        parts=web.parts if problem.parts else (),
        scheme=web.scheme if problem.scheme else (),
    )


def _roles(symbols: tuple[WebSymbol, ...]) -> bool:
    return any(any(symbol.role) for symbol in symbols)


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
        roles=_roles,
        plain=_plain,
        listed=_joined,
    )
