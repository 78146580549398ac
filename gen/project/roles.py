"""The roles: what may stand in braces before a piece of typed text in a line, one record each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from gen.document.formula import equation, formula, named
from gen.document.inline import Emphasis, Expression, Indexed, Inline, Reference, Words
from gen.document.tex import Tex
from gen.errors import InputError, nearest
from gen.language.index import Terms
from gen.language.index_parser import parse_terms
from gen.language.node import symbol
from gen.language.reading import read
from gen.project.chapter_text import ChapterText
from gen.project.directive import merged
from gen.project.entry_ranges import ranges_and_symbols
from gen.project.labels import Labels, Target
from gen.project.let import declared_in, located_in
from gen.project.located import located_error
from gen.project.notes_file import NotesFile

_NAMED = re.compile(r"(.*?)\s*<([^<>]*)>\s*$", re.DOTALL)
_DEFINITION = re.compile(r"\s*[A-Za-z][A-Za-z0-9_]*\s*=(?!=)[^=]*$")
_EQUALS = re.compile(r"(?<![<>=!])=(?!=)")


@dataclass(frozen=True, slots=True)
class Place:
    """A place that the index names: the term, the anchor, and the words for the link."""

    term: str
    anchor: str
    words: str


class Speaking:
    """What the running text of one chapter is read with; it collects the places that the index names."""

    def __init__(self, text: ChapterText, number: int, notes: NotesFile, labels: Labels) -> None:
        self.text = text
        self.notes = notes
        self.labels = labels
        self.places: list[Place] = []
        self.number = number
        self.section = f"{notes.pen.words['chapter']} {number}"

    def place(self, term: str) -> str:
        """The anchor of another place of a term."""
        anchor = f"index.{self.number}.{len(self.places) + 1}"
        self.places.append(Place(term, anchor, self.section))
        return anchor

    def target(self, label: str, start: int) -> Target:
        """Where a label leads. Raises InputError with the nearest one for a label that nothing has."""
        found = self.labels.targets.get(label)
        if found is None:
            close = nearest(label, self.labels.targets)
            message = f"nothing has the label {label!r}"
            hint = f"did you mean {close}?" if close else ":label: in a directive or (label)= before a block"
            end = start + len(label)
            raise InputError(self.text.fault(start, end, message, hint=hint, code="unknown_name"))
        return found


@dataclass(frozen=True, slots=True)
class Role:
    """A role; `make` gets what stands between the backticks, its place in the chapter, and the rest."""

    name: str
    about: str
    make: Callable[[str, int, Speaking], Inline]


def _ref(content: str, start: int, speaking: Speaking) -> Inline:
    words, label, at = _parted(content)
    target = speaking.target(label, start + at)
    return (Reference(target.anchor, target.chapter, words or target.text),)


def _eq(content: str, start: int, speaking: Speaking) -> Inline:
    target = speaking.target(content.strip(), start + len(content) - len(content.lstrip()))
    if target.branch.kind != "display":
        message = f"{target.label} is no formula but {target.text}"
        report = speaking.text.fault(start, start + len(content), message, hint=f"{{ref}}`{target.label}`")
        raise InputError(report)
    return (Reference(target.anchor, target.chapter, f"({target.number})"),)


def _expr(content: str, start: int, speaking: Speaking) -> Inline:
    """An expression, a definition or an equation; declarations may follow behind a bar."""
    written, _, shapes = content.partition("|")
    behind = start + len(written) + 1
    own = declared_in(shapes, behind, speaking.text)
    declared = merged(speaking.notes.declarations, own)
    pen = speaking.notes.pen.for_text()
    tex, shown, at = "", None, 0
    for side in [written] if _DEFINITION.match(written) else _EQUALS.split(written):
        try:
            found = read(side, declared, strict=speaking.notes.strict)
        except InputError as error:
            if shapes and error.report.where == "let":
                raise InputError(located_in(shapes, behind, speaking.text, error.report)) from None
            raise located_error(speaking.text, start + at, side, error) from None
        if found.definition is not None:
            tex, shown = pen.n.symbol(found.definition), named(found.definition)
        right = formula(found.node, pen=pen)
        shown = right if shown is None else equation(shown, right)
        tex = f"{tex} = {pen.line(found.node)}" if tex else pen.line(found.node)
        at += len(side) + 1
    assert shown is not None
    return (Expression(Tex(tex), shown),)


def _entry(content: str, start: int, speaking: Speaking) -> Inline:
    nodes = {d.name: symbol(d.name, d.rows, d.cols) for d in speaking.notes.declarations if not d.function}
    ranges, named_here = ranges_and_symbols(content, nodes)
    nodes |= named_here
    at, sides = 0, list[Terms]()
    for side in _EQUALS.split(content):
        try:
            sides.append(parse_terms(side, nodes, ranges))
        except InputError as error:
            raise located_error(speaking.text, start + at, side, error) from None
        at += len(side) + 1
    pen = speaking.notes.pen.implying(False).for_text()
    tex, shown = pen.line(sides[0]), formula(sides[0], pen=pen)
    for side in sides[1:]:
        tex, shown = f"{tex} = {pen.line(side)}", equation(shown, formula(side, pen=pen))
    return (Expression(Tex(tex), shown),)


def _index(content: str, start: int, speaking: Speaking) -> Inline:
    words, term = _named(content, start, speaking)
    shown = words or term
    return (Indexed(term, speaking.place(term), (Words(shown),)),)


def _term(content: str, start: int, speaking: Speaking) -> Inline:
    words, term = _named(content, start, speaking)
    return (Indexed(term, speaking.place(term), (Emphasis((Words(words or term),)),)),)


def _named(content: str, start: int, speaking: Speaking) -> tuple[str, str]:
    """The words and the term. Raises InputError where there is no term."""
    words, term, _ = _parted(content)
    if not term:
        raise InputError(speaking.text.fault(start, start + len(content), "a term is missing"))
    return words, " ".join(term.split())


def _parted(content: str) -> tuple[str, str, int]:
    """`words <name>` as words, name, and where the name stands; the words may be left out."""
    found = _NAMED.match(content)
    if found is not None:
        return found[1].strip(), found[2].strip(), found.start(2)
    return "", content.strip(), len(content) - len(content.lstrip())


ROLES = (
    Role("ref", "the number of what has a label, as a link: {ref}`label` or {ref}`words <label>`", _ref),
    Role("eq", "the number of a formula: {eq}`label`", _eq),
    Role("expr", "an expression or an equation: {expr}`W'*X` or {expr}`tr(A*B) = tr(B*A) | A: m x n`", _expr),
    Role("entry", "an expression of the index language: {entry}`delta[i,q]*X[r,k]`", _entry),
    Role("index", "a term that the index lists: {index}`trace` or {index}`traces <trace>`", _index),
    Role("term", "the same where the term is defined, emphasised", _term),
)
ROLE_NAMED = {role.name: role for role in ROLES}
