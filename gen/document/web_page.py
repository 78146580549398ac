"""Derivations as one static page for screens, which needs no file but itself and runs no script."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from types import MappingProxyType

from jinja2 import Environment
from markupsafe import Markup

from gen.derivation.result import Derivation
from gen.document.conventions import conventions
from gen.document.formula import Blank, Foreign, Formula, Phrase, both, formula
from gen.document.formula import phrase as phrase_of
from gen.document.lesson import role
from gen.document.naming import given
from gen.document.page import environment, scripted
from gen.document.pen import PLAIN, Pen
from gen.document.tokens import style
from gen.document.web_blocks import WebGroup, WebPage, WebSymbol
from gen.document.web_lines import web_part
from gen.document.web_maths import SPOKEN, deep, in_line, maths, wide
from gen.document.words import Sentence, words_of
from gen.document.written import name, shape
from gen.language.node import Node


def to_html(*derivations: Derivation, pen: Pen = PLAIN) -> str:
    """The page of derivations of one expression, in their order, those by one variable together."""
    template = _environment(pen.words.language).get_template("derivation.html")
    page = web_page(derivations, pen)
    return template.render(page=page, style=Markup(style())).rstrip() + "\n"


def web_page(derivations: tuple[Derivation, ...], pen: Pen = PLAIN) -> WebPage:
    """What the page says."""
    first, words = derivations[0], pen.words
    variables = {d.problem.wrt.name: d.problem.wrt for d in derivations}
    groups = tuple(
        _group(node, tuple(d for d in derivations if d.problem.wrt.name == called), pen)
        for called, node in variables.items()
    )
    title = words.sentence("page_title", given=given(first), variables=_all(tuple(variables.values()), pen))
    said = conventions(
        words,
        einstein=pen.style.sums == "einstein",
        layout=first.problem.layout,
        symmetric=first.problem.symmetric,
        structures={d.problem.wrt.structure for d in derivations},
        letters=first.problem.letters,
    )
    return WebPage(
        name=words.filled("page_name", given=first.problem.source, variables=", ".join(variables)),
        title=phrase_of(title, pen),
        symbols=(*web_symbols(first, frozenset(variables), pen), *_upstream(derivations, pen)),
        groups=groups,
        conventions=tuple(phrase_of(x, pen) for x in (*said, words.sentence("underlined"))),
        language=words.language,
    )


def _all(variables: tuple[Node, ...], pen: Pen) -> Sentence:
    """W and by X and by Y."""
    out: Sentence = (name(variables[0]),)
    for node in variables[1:]:
        out = pen.words.sentence("and_by", first=out, then=name(node))
    return out


def _group(variable: Node, found: tuple[Derivation, ...], pen: Pen) -> WebGroup:
    anchor = f"by-{variable.name}"
    title = pen.words.sentence("by_variable", name=name(variable))
    parts = tuple(web_part(d, f"{anchor}-{d.method}", pen) for d in found)
    return WebGroup(anchor, phrase_of(title, pen), parts)


def web_symbols(first: Derivation, variables: frozenset[str], pen: Pen) -> tuple[WebSymbol, ...]:
    """Every symbol of the question with its shape, then the value."""
    rows = [
        WebSymbol(both(name(s), pen), _shape(s, pen), (role(s, s.name in variables, pen.words),))
        for s in first.problem.symbols
    ]
    if first.value.name not in {s.name for s in first.problem.symbols}:
        value = (formula(first.problem.expr, pen=pen),)
        rows.append(WebSymbol(both(name(first.value), pen), _shape(first.value, pen), value))
    return tuple(rows)


def _upstream(derivations: tuple[Derivation, ...], pen: Pen) -> tuple[WebSymbol, ...]:
    """The gradient from above, where there is one."""
    above = next((d.upstream for d in derivations if d.upstream is not None), None)
    if above is None:
        return ()
    said = phrase_of(pen.words.sentence("upstream_role", of=name(derivations[0].value)), pen)
    return (WebSymbol(both(name(above), pen), _shape(above, pen), said),)


def _shape(node: Node, pen: Pen) -> Phrase:
    dims = tuple(d for d in (node.rows, node.cols) if not d.is_one)
    return (both(shape(dims), pen),) if dims else (pen.words["scalar"],)


def phrase(pieces: Phrase, language: str = SPOKEN) -> Markup:
    """Words and formulas in a row; no line begins with the punctuation after a formula."""
    out = Markup("")
    for at, piece in enumerate(pieces):
        if isinstance(piece, Blank):
            out += Markup('<span class="blank">{}</span>').format(words_of(language)["blank"])
        elif isinstance(piece, Foreign):
            out += Markup('<span lang="{}">{}</span>').format(piece.language, phrase(piece.inside, language))
        elif isinstance(piece, Formula):
            after = pieces[at + 1] if at + 1 < len(pieces) else ""
            sign = after[0] if isinstance(after, str) and after[:1] in tuple(".,;:)") else ""
            made = in_line(piece, language)
            out += Markup('<span class="kept">{}{}</span>').format(made, sign) if sign else made
        else:
            before = pieces[at - 1] if at else ""
            kept = isinstance(before, Formula) and piece[:1] in tuple(".,;:)")
            out += scripted(piece[1:] if kept else piece)
    return out


@cache
def derivation_filters(language: str) -> Mapping[str, Callable[..., object]]:
    """What the templates of derivations ask for, on a page in `language`."""
    return MappingProxyType(
        {
            "phrase": partial(phrase, language=language),
            "maths": partial(maths, language=language),
            "wide": wide,
            "deep": deep,
        }
    )


@cache
def _environment(language: str) -> Environment:
    return environment(language, **derivation_filters(language))
