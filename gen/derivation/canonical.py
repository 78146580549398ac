"""Questions that are equal up to names are answered once, under names of the program's own.

A canonical name is numbered by first occurrence and cannot be typed, so it clashes with
nothing; the letters that the author's names leave free are put in when the answer is renamed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache

from gen.derivation.engine import StuckError
from gen.derivation.method import METHOD_NAMED
from gen.derivation.points import dim_names
from gen.derivation.question import Question
from gen.derivation.renamed import Known, Renamed
from gen.derivation.renaming import Renaming
from gen.derivation.result import Derivation
from gen.errors import FreeIndexError
from gen.language.dimension import ONE
from gen.language.node import Node

KEPT = 1024


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the way to canonical names; `key` is all that names do not decide."""

    key: tuple[object, ...]
    forth: Renaming = field(compare=False)
    question: Question = field(compare=False)


def answered(question: Question) -> Derivation:
    """The derivation a question asks for; one that is known under other names is renamed.

    Errors are those of the method, in the author's names.
    """
    method = METHOD_NAMED[question.problem.method]
    if method.name == "components":
        # Its tables hold finished text, and it works with sizes rather than names.
        return method.run(question)
    forth = _to_canonical(question)
    try:
        known = _derived(Asked(_key(question, forth), forth, question))
    except (FreeIndexError, StuckError):
        return method.run(question)
    return Renamed.of(known, _back(forth, question, known), question.problem.source, question.problem.letters)


@lru_cache(maxsize=KEPT)
def _derived(asked: Asked) -> Known:
    """The derivation, and the names it was free to choose, in the order of `Question.chosen`."""
    p, node = asked.question.problem, asked.forth.node
    symbols = tuple([node(s) for s in p.symbols])
    problem = replace(p, expr=node(p.expr), source="", wrt=node(p.wrt), symbols=symbols, letters="")
    question = Question(problem, frozenset(), None, asked.question.check, asked.question.stacked)
    derivation, alphabet = METHOD_NAMED[p.method].run(question), question.frame().alphabet
    missing = {x.name for x in derivation.letters()}.difference([x.name for x in alphabet.given])
    drawn = 0
    while missing:
        missing.discard(alphabet(ONE).name)
        drawn += 1
    return Known(derivation, question.chosen(drawn), drawn)


def forget() -> None:
    """Empty the cache: for measuring, and for tests that change a rule."""
    _derived.cache_clear()


def known() -> int:
    """How many derivations the cache holds."""
    return _derived.cache_info().currsize


def _to_canonical(question: Question) -> Renaming:
    """Numbers for names: of symbols and dimensions by first occurrence.

    A product of dimensions is kept sorted by name, so where one is declared the order of
    the names is part of the question.
    """
    p = question.problem
    names = [*dict.fromkeys((*dim_names((*p.symbols, p.wrt)), *_inner_dims(p.expr)))]
    if any(len(d.names) > 1 for s in p.symbols for d in (s.rows, s.cols)):
        names.sort()
    symbols = {s.name: f"$s{k:03}" for k, s in enumerate(dict.fromkeys((*p.symbols, p.wrt)))}
    return Renaming(symbols, {name: f"$d{k:03}" for k, name in enumerate(names)}, {})


def _key(question: Question, forth: Renaming) -> tuple[object, ...]:
    """Equal for questions that are equal up to names, and for no others."""
    p = question.problem
    key: list[object] = [p.kind, p.method, p.layout, p.symmetric, p.order, question.check, question.stacked]
    for s in (*p.symbols, p.wrt):
        key += forth.symbols[s.name], forth.dim(s.rows), forth.dim(s.cols), s.structure, s.domain
    _add_node(key, p.expr, forth)
    return tuple(key)


def _add_node(key: list[object], node: Node, forth: Renaming) -> None:
    """A node and its operands, in Polish notation."""
    if node.kind == "symbol":
        key.append(forth.symbols[node.name])
        return
    # The shape follows from the operands, but for constants and functions of no known law.
    key += node.kind, len(node.args)
    if node.kind == "number":
        key.append(node.number.as_integer_ratio())
    elif node.kind in ("constant", "size", "call"):
        key += node.name, forth.dim(node.rows), forth.dim(node.cols), *[forth.dim(d) for d in node.dims]
    elif node.elementwise:
        key.append(node.elementwise)
    for arg in node.args:
        _add_node(key, arg, forth)


def _inner_dims(node: Node) -> dict[str, None]:
    out: dict[str, None] = {}
    stack = [node]
    while stack:
        top = stack.pop()
        for dim in top.dims:
            out.update(dict.fromkeys(dim.names))
        stack.extend(reversed(top.args))
    return out


def _back(forth: Renaming, question: Question, known: Known) -> Renaming:
    """From canonical names to the author's; letters are given out in one order everywhere."""
    chosen, own = known.chosen, question.chosen(known.drawn)
    symbols: dict[str, str] = {}
    for old, new in forth.symbols.items():
        symbols[new], symbols[f"d{new}"] = old, f"d{old}"
    symbols |= zip(chosen[:2], own[:2], strict=True)
    dims = {new: old for old, new in forth.dims.items()}
    return Renaming(symbols, dims, dict(zip(chosen[2:], own[2:], strict=True)))
