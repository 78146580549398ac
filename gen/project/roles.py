"""The roles: what may stand in braces before a piece of typed text in a line, one record each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from gen.document.formula import equation, formula, named
from gen.document.inline import Emphasis, Expression, Indexed, Inline, Reference, Words
from gen.document.tex import Tex
from gen.errors import InputError, nearest
from gen.language.dimension import ONE, Dim
from gen.language.dimension import named as dim_named
from gen.language.index import Terms
from gen.language.index_parser import parse_terms
from gen.language.latex import latex, symbol_tex
from gen.language.node import Node, symbol
from gen.language.reading import read
from gen.project.chapter_text import ChapterText
from gen.project.labels import Labels, Target
from gen.project.located import located_error
from gen.project.notes_file import NotesFile

_NAMED = re.compile(r"(.*?)\s*<([^<>]*)>\s*$", re.DOTALL)
_ENTRY = re.compile(r"([A-Za-z][A-Za-z0-9_]*)\[([^\[\]]*)\]")
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
        self.section = f"Chapter {number}"

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
    try:
        found = read(content, speaking.notes.declarations, strict=speaking.notes.strict)
    except InputError as error:
        raise located_error(speaking.text, start, content, error) from None
    tex, shown = latex(found.node), formula(found.node)
    if found.definition is not None:
        tex = f"{symbol_tex(found.definition)} = {tex}"
        shown = equation(named(found.definition), shown)
    return (Expression(Tex(tex), shown),)


def _entry(content: str, start: int, speaking: Speaking) -> Inline:
    nodes = {d.name: symbol(d.name, d.rows, d.cols) for d in speaking.notes.declarations if not d.function}
    ranges = _ranges(content, nodes)
    nodes |= _undeclared(content, nodes, ranges)
    at, sides = 0, list[Terms]()
    for side in _EQUALS.split(content):
        try:
            sides.append(parse_terms(side, nodes, ranges))
        except InputError as error:
            raise located_error(speaking.text, start + at, side, error) from None
        at += len(side) + 1
    tex, shown = latex(sides[0]), formula(sides[0])
    for side in sides[1:]:
        tex, shown = f"{tex} = {latex(side)}", equation(shown, formula(side))
    return (Expression(Tex(tex), shown),)


def _ranges(content: str, nodes: dict[str, Node]) -> dict[str, Dim]:
    """The range of every letter: that of an axis of a declared symbol, else one of its own."""
    ranges: dict[str, Dim] = {}
    entries = [(found[1], [x.strip() for x in found[2].split(",")]) for found in _ENTRY.finditer(content)]
    for name, letters in entries:
        node = nodes.get(name)
        axes = [] if node is None else [dim for dim in (node.rows, node.cols) if not dim.is_one]
        ranges |= {letter: dim for letter, dim in zip(letters, axes, strict=False) if letter not in ranges}
    deltas = [letters for name, letters in entries if name == "delta"]
    _through(deltas, ranges)
    for name, letters in entries:
        for letter in letters if name != "delta" else ():
            ranges.setdefault(letter, dim_named(f"size_{letter}"))
        _through(deltas, ranges)
    for letters in deltas:
        ranges.setdefault(letters[0], dim_named(f"size_{letters[0]}"))
        _through(deltas, ranges)
    return ranges


def _through(deltas: list[list[str]], ranges: dict[str, Dim]) -> None:
    """The indices of a delta have one range: what is known of one holds for the other."""
    for _ in deltas:
        for pair in deltas:
            known = next((ranges[letter] for letter in pair if letter in ranges), None)
            if known is not None:
                for letter in pair:
                    ranges.setdefault(letter, known)


def _undeclared(content: str, nodes: dict[str, Node], ranges: dict[str, Dim]) -> dict[str, Node]:
    """Symbols that only the text names, with the ranges of their letters as their shapes."""
    out: dict[str, Node] = {}
    for found in _ENTRY.finditer(content):
        name, letters = found[1], [x.strip() for x in found[2].split(",")]
        if name not in nodes and name not in ("delta", "sum", "d") and len(letters) <= 2:
            dims = [ranges[letter] for letter in letters]
            out.setdefault(name, symbol(name, dims[0], dims[1] if len(dims) > 1 else ONE))
    return out


def _index(content: str, start: int, speaking: Speaking) -> Inline:
    words, term, _ = _parted(content)
    shown = words or term
    return (Indexed(term, speaking.place(term), (Words(shown),)),)


def _term(content: str, start: int, speaking: Speaking) -> Inline:
    words, term, _ = _parted(content)
    return (Indexed(term, speaking.place(term), (Emphasis((Words(words or term),)),)),)


def _parted(content: str) -> tuple[str, str, int]:
    """`words <name>` as words, name, and where the name stands; the words may be left out."""
    found = _NAMED.match(content)
    if found is not None:
        return found[1].strip(), found[2].strip(), found.start(2)
    return "", content.strip(), len(content) - len(content.lstrip())


ROLES = (
    Role("ref", "the number of what has a label, as a link: {ref}`label` or {ref}`words <label>`", _ref),
    Role("eq", "the number of a formula: {eq}`label`", _eq),
    Role("expr", "an expression of the matrix language: {expr}`W'*X`", _expr),
    Role("entry", "an expression of the index language: {entry}`delta[i,q]*X[r,k]`", _entry),
    Role("index", "a term that the index lists: {index}`trace` or {index}`traces <trace>`", _index),
    Role("term", "the same where the term is defined, emphasised", _term),
)
ROLE_NAMED = {role.name: role for role in ROLES}
