"""`{identity}`: an equation that is checked by numbers before it is printed."""

from __future__ import annotations

from dataclasses import dataclass

from gen.derivation.identity_check import TOLERANCE, distance
from gen.document.formula import equation, formula
from gen.document.inline import Expression
from gen.document.note_blocks import Box, NoteBlock, Paragraph
from gen.document.tex import Tex
from gen.errors import InputError, Report
from gen.language.declaration import Declaration
from gen.language.node import Node
from gen.language.parser import parse
from gen.language.reading import read
from gen.project import kinds
from gen.project.chapter_text import ChapterText
from gen.project.directive import Branch, Directive, DirectiveKind, Making
from gen.project.directive_question import declarations_of
from gen.project.keys import Key
from gen.project.located import located_error
from gen.project.notes_file import NotesFile
from gen.project.option_kinds import LABEL, LET


@dataclass(frozen=True, slots=True)
class _Sides:
    left: Node
    right: Node
    symbols: tuple[Node, ...]


def _identity(branch: Branch, making: Making) -> tuple[NoteBlock, ...]:
    directive = branch.directive
    assert directive is not None
    title = making.words(directive.argument)
    inside = making.blocks(branch.children)
    if directive.values["of"]:
        sides = _read(directive, making.text, making.notes)
        _hold(directive, making.text, sides)
        pen = making.notes.pen
        tex = Tex(rf"{pen.line(sides.left)} = {pen.line(sides.right)}")
        left, right = formula(sides.left, pen=pen), formula(sides.right, pen=pen)
        shown = Expression(tex, equation(left, right), display=True)
        inside = (Paragraph((shown,)), *inside)
    return (Box("identity", branch.anchor, branch.number, title, inside),)


def _read(directive: Directive, text: ChapterText, notes: NotesFile) -> _Sides:
    """Both sides with one reading of their shapes. Raises InputError with the place of what is wrong."""
    for name in ("of", "equals"):
        _parsed(directive, text, name)
    declared = {one.name: one for one in declarations_of(directive, text, notes)}
    left, right = directive.values["of"], directive.values["equals"]
    try:
        found = read(f"({left}) - ({right})", declared, strict=notes.strict)
    except InputError as error:
        raise InputError(_placed(directive, text, error.report)) from None
    # The shapes that both sides have together are those of either.
    known = {**declared, **{n.name: _declared(n) for n in found.symbols.values()}}
    sides = (_side(directive, text, name, known) for name in ("of", "equals"))
    return _Sides(next(sides), next(sides), tuple(found.symbols.values()))


def _parsed(directive: Directive, text: ChapterText, name: str) -> None:
    option = directive.option(name)
    assert option is not None
    try:
        parse(option.value)
    except InputError as error:
        raise located_error(text, option.value_start, option.value, error) from None


def _placed(directive: Directive, text: ChapterText, report: Report) -> Report:
    """A report about the difference of the sides, at the side that it is about."""
    left, right = directive.option("of"), directive.option("equals")
    assert left is not None and right is not None
    second = len(left.value) + len("() - (")
    start, end = report.start, report.end
    if start is None or end is None or start < 1 or start <= len(left.value) < end - 1:
        message = f"the sides do not go together: {report.message}"
        return text.fault(*directive.span("equals"), message, hint=report.hint, code=report.code)
    at = left.value_start - 1 if start <= len(left.value) else right.value_start - second
    return text.fault(at + start, at + end, report.message, hint=report.hint, code=report.code)


def _side(directive: Directive, text: ChapterText, name: str, known: dict[str, Declaration]) -> Node:
    option = directive.option(name)
    assert option is not None
    try:
        return read(option.value, known).node
    except InputError as error:
        raise located_error(text, option.value_start, option.value, error) from None


def _declared(node: Node) -> Declaration:
    return Declaration(node.name, node.rows, node.cols, node.structure, node.domain)


def _hold(directive: Directive, text: ChapterText, sides: _Sides) -> None:
    """Raises InputError where the sides differ at a random point."""
    error = distance(sides.left, sides.right, sides.symbols)
    start, end = directive.span("of")
    if error is None:
        hint = ":let: A: n x n spd; x: n positive"
        message = "no point was found at which both sides can be computed"
        raise InputError(text.fault(start, end, message, hint=hint, code="domain"))
    if error > TOLERANCE:
        message = f"this identity does not hold: at a random point its sides differ by {error:.1g}"
        raise InputError(text.fault(start, end, message, code="unsupported"))


def _complete(directive: Directive, text: ChapterText, notes: NotesFile) -> tuple[Report, ...]:
    """Both sides, or neither and a body."""
    for one, other in (("of", "equals"), ("equals", "of")):
        if directive.values[one] and not directive.values[other] and directive.option(other) is None:
            return (text.fault(directive.start, directive.end, f"{one} goes with {other}"),)
    if not directive.values["of"] and not directive.body.strip():
        hint = ":of: and :equals: are its sides"
        return (text.fault(directive.start, directive.end, "identity is empty", hint=hint),)
    return ()


IDENTITY = DirectiveKind(
    "identity",
    "an equation, checked by numbers where its sides are given",
    "may",
    "a title",
    (
        Key("of", kinds.FILLED, "the left side", default=""),
        Key("equals", kinds.FILLED, "the right side", default=""),
        LET,
        LABEL,
    ),
    "blocks",
    _identity,
    "identity",
    _complete,
)
