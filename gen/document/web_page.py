"""Derivations as one static page for screens, which needs no file but itself and runs no script."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment
from markupsafe import Markup

from gen.derivation.result import Derivation
from gen.document.formula import (
    Formula,
    Phrase,
    Written,
    applied,
    both,
    entry,
    equation,
    formula,
    named,
    shape,
    slanted,
    transposed,
)
from gen.document.page import environment, scripted
from gen.document.tokens import style
from gen.document.web_blocks import WebGroup, WebPage, WebSymbol
from gen.document.web_lines import web_part
from gen.document.web_maths import deep, maths, wide
from gen.language.node import Node

_STRUCTURES = {
    "symmetric": "symmetric",
    "skew": "skew-symmetric",
    "diagonal": "diagonal",
    "lower": "lower triangular",
}


def to_html(*derivations: Derivation) -> str:
    """The page of derivations of one expression, in their order, those by one variable together."""
    template = _environment().get_template("derivation.html")
    return template.render(page=web_page(derivations), style=Markup(style())).rstrip() + "\n"


def web_page(derivations: tuple[Derivation, ...]) -> WebPage:
    """What the page says."""
    first = derivations[0]
    variables = list(dict.fromkeys(d.problem.wrt.name for d in derivations))
    groups = tuple(
        _group(name, tuple(d for d in derivations if d.problem.wrt.name == name)) for name in variables
    )
    by = [piece for name in variables for piece in (" and by ", named(name))]
    return WebPage(
        name=f"{first.problem.source} by {', '.join(variables)}",
        title=(
            "The derivative of ",
            equation(named(first.value.name), formula(first.problem.expr)),
            " by ",
            *by[1:],
        ),
        symbols=_symbols(derivations, frozenset(variables)),
        groups=groups,
        conventions=(*conventions_of(first.problem.layout), *_of_symmetric(derivations)),
    )


def _group(name: str, found: tuple[Derivation, ...]) -> WebGroup:
    return WebGroup(
        f"by-{name}", ("By ", named(name)), tuple(web_part(d, f"by-{name}-{d.method}") for d in found)
    )


def _symbols(derivations: tuple[Derivation, ...], variables: frozenset[str]) -> tuple[WebSymbol, ...]:
    """Every symbol of the question with its shape, then the value and the gradient from above."""
    first = derivations[0]
    rows = [WebSymbol(named(s.name), _shape(s), _role(s, s.name in variables)) for s in first.problem.symbols]
    if first.value.name not in {s.name for s in first.problem.symbols}:
        rows.append(WebSymbol(named(first.value.name), _shape(first.value), (formula(first.problem.expr),)))
    above = next((d.upstream for d in derivations if d.upstream is not None), None)
    if above is not None:
        rows.append(
            WebSymbol(
                named(above.name), _shape(above), ("the gradient of a loss by ", named(first.value.name))
            )
        )
    return tuple(rows)


def _shape(node: Node) -> Phrase:
    dims = tuple(d for d in (node.rows, node.cols) if not d.is_one)
    return (shape(dims),) if dims else ("scalar",)


def _role(node: Node, variable: bool) -> Phrase:
    said = ["the variable"] if variable else []
    if node.structure is not None:
        said.append(_STRUCTURES[node.structure])
    return (", ".join(said),)


def conventions_of(layout: str) -> tuple[Phrase, ...]:
    """The conventions that a page states, one sentence each."""
    delta = both(lambda n: n.delta(n.letter("i"), n.letter("q")))
    numerator = layout == "numerator"
    layout, other, places = (
        ("numerator", "denominator", "i,q") if numerator else ("denominator", "numerator", "q,i")
    )
    of, by = (applied("vec", entry(name, ())) for name in "FW")
    stacked = slanted(of, transposed(by)) if numerator else slanted(transposed(of), by)
    slope = slanted(_at("y", "i"), _at("x", "q"))
    return (
        ("Sums are written with Σ; ", delta, " is 1 if i = q and 0 otherwise."),
        ("The gradient of a scalar by a matrix has the shape of that matrix.",),
        (
            f"A vector by a vector: {layout} layout, entry ({places}) is ",
            slope,
            f" ({other} layout is its transpose).",
        ),
        (
            "A matrix by a matrix: the tensor ",
            slanted(_at("F", "ik"), _at("W", "qr")),
            ", and its flattened form ",
            stacked,
            " with columns stacked.",
        ),
        ("What a step changes is underlined in the line that it leads to.",),
    )


def _of_symmetric(derivations: tuple[Derivation, ...]) -> tuple[Phrase, ...]:
    if all(d.problem.wrt.structure != "symmetric" for d in derivations):
        return ()
    return symmetric_conventions(derivations[0].problem.symmetric)


def symmetric_conventions(symmetric: str) -> tuple[Phrase, ...]:
    """Books disagree about symmetric variables: which convention this is, and what the other one gives."""
    if symmetric == "projected":
        return (
            (
                "Symmetric variables: the symmetric part of the unconstrained gradient. Partial derivatives "
                "by the free entries, which others use, are twice as large off the diagonal.",
            ),
        )
    return (
        (
            "Symmetric variables: partial derivatives by the free entries, so that the entries (q,r) and "
            "(r,q) move together. The symmetric part of the unconstrained gradient, which others use, is "
            "half as large off the diagonal.",
        ),
    )


def _at(name: str, letters: str) -> Written:
    return lambda n: n.entry(n.symbol(name), tuple(n.letter(x) for x in letters))


def phrase(pieces: Phrase) -> Markup:
    """Words and formulas in a row; no line begins with the punctuation after a formula."""
    out = Markup("")
    for at, piece in enumerate(pieces):
        if isinstance(piece, Formula):
            after = pieces[at + 1] if at + 1 < len(pieces) else ""
            sign = after[0] if isinstance(after, str) and after[:1] in tuple(".,;:)") else ""
            out += (
                Markup('<span class="kept">{}{}</span>').format(maths(piece), sign) if sign else maths(piece)
            )
        else:
            before = pieces[at - 1] if at else ""
            kept = isinstance(before, Formula) and piece[:1] in tuple(".,;:)")
            out += scripted(piece[1:] if kept else piece)
    return out


@cache
def _environment() -> Environment:
    return environment(phrase=phrase, maths=maths, wide=wide, deep=deep)
