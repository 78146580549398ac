"""`{identity}`: an equation that is checked by numbers before it is printed."""

from __future__ import annotations

from dataclasses import dataclass

import gen.derivation.identity_check as checking
from gen.document.formula import equation, formula
from gen.document.inline import Expression
from gen.document.note_blocks import Box, NoteBlock, Paragraph
from gen.document.tex import Tex
from gen.errors import InputError, Report
from gen.language.declaration import Declaration
from gen.language.latex import latex
from gen.language.node import Node
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
        tex = Tex(rf"{latex(sides.left)} = {latex(sides.right)}")
        shown = Expression(tex, equation(formula(sides.left), formula(sides.right)), display=True)
        inside = (Paragraph((shown,)), *inside)
    return (Box("identity", branch.anchor, branch.number, title, inside),)


def _read(directive: Directive, text: ChapterText, notes: NotesFile) -> _Sides:
    """Both sides with one reading of their shapes. Raises InputError with the place of what is wrong."""
    declared = {one.name: one for one in declarations_of(directive, text, notes)}
    left = _side(directive, text, notes, "of", declared)
    right = _side(directive, text, notes, "equals", declared)
    both = f"({directive.values['of']}) - ({directive.values['equals']})"
    try:
        found = read(both, declared, strict=notes.strict)
    except InputError as error:
        start, end = directive.span("equals")
        message = f"the sides do not go together: {error.report.message}"
        raise InputError(text.fault(start, end, message, hint=error.report.hint, code="shape")) from None
    # The shapes that both sides have together are those of either.
    known = {**declared, **{n.name: _declared(n) for n in found.symbols.values()}}
    left = _side(directive, text, notes, "of", known)
    right = _side(directive, text, notes, "equals", known)
    return _Sides(left, right, tuple(found.symbols.values()))


def _side(
    directive: Directive, text: ChapterText, notes: NotesFile, name: str, declared: dict[str, Declaration]
) -> Node:
    option = directive.option(name)
    assert option is not None
    try:
        return read(option.value, declared, strict=notes.strict).node
    except InputError as error:
        raise located_error(text, option.value_start, option.value, error) from None


def _declared(node: Node) -> Declaration:
    return Declaration(node.name, node.rows, node.cols, node.structure, node.domain)


def _hold(directive: Directive, text: ChapterText, sides: _Sides) -> None:
    """Raises InputError where the sides differ at a random point."""
    error = checking.distance(sides.left, sides.right, sides.symbols)
    start, end = directive.span("of")
    if error is None:
        hint = ":let: A: n x n spd; x: n positive"
        message = "no point was found at which both sides can be computed"
        raise InputError(text.fault(start, end, message, hint=hint, code="domain"))
    if error > checking.TOLERANCE:
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
    "Identity",
    _complete,
)
