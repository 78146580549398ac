"""`{derive}` and `{compare}`: a derivation, and one derivative in several ways side by side."""

from __future__ import annotations

from dataclasses import replace

from gen.derivation.numpy_check import numpy_check
from gen.derivation.result import Derivation
from gen.document.blocks import FlatteningBlock
from gen.document.inline import Inline
from gen.document.lines import derivation_block
from gen.document.note_blocks import Compared, Derived, NoteBlock
from gen.document.reconcile import fitting, picture_of, why_no_picture
from gen.document.same_lines import has_lines_of, web_without_lines, without_lines
from gen.document.ways_table import ways_table
from gen.document.web_lines import web_part
from gen.document.web_picture import web_fitting, web_picture
from gen.errors import InputError, nearest
from gen.project.directive import Branch, Directive, DirectiveKind, Making
from gen.project.directive_question import call_of, question
from gen.project.option_kinds import LABEL, METHOD, QUESTION_KEYS, SEVERAL, SIZES, TITLE, WRT


def _derive(branch: Branch, making: Making) -> tuple[NoteBlock, ...]:
    directive = branch.directive
    assert directive is not None
    found = question(directive, making.text, making.notes, (directive.values["method"],))
    making.derived(found, branch)
    title = making.words(directive.values["title"])
    return (_derived(found[0], branch, making, branch.anchor, branch.number, title),)


def _derived(
    derivation: Derivation, branch: Branch, making: Making, anchor: str, number: str, title: Inline
) -> Derived:
    assert branch.directive is not None
    return Derived(
        anchor=anchor,
        number=number,
        title=title,
        paper=derivation_block(derivation, making.notes.pen),
        web=web_part(derivation, f"{anchor}.lines", making.notes.pen),
        call=call_of(derivation, branch.directive, making.text, making.notes),
        check=numpy_check(derivation),
    )


def _compare(branch: Branch, making: Making) -> tuple[NoteBlock, ...]:
    directive = branch.directive
    assert directive is not None
    found = question(directive, making.text, making.notes, directive.values["methods"])
    making.derived(found, branch)
    picture = _picture(found, directive, making)
    parts = tuple(_way(d, found, branch, making) for d in found)
    return (
        Compared(
            anchor=branch.anchor,
            number=branch.number,
            title=making.words(directive.values["title"]),
            parts=parts,
            table=ways_table(found, making.notes.pen),
            picture=picture,
            fits=fitting(found, making.notes.pen),
            web_picture=web_picture(found, making.notes.pen) if picture else None,
            web_fits=web_fitting(found, making.notes.pen),
        ),
    )


def _way(d: Derivation, found: tuple[Derivation, ...], branch: Branch, making: Making) -> Derived:
    """One of several ways; what another one has said already is not printed again."""
    made = _derived(d, branch, making, f"{branch.anchor}.{d.method}", "", ())
    if not has_lines_of(d, found):
        return made
    pen = making.notes.pen
    return replace(made, paper=without_lines(made.paper, d, pen), web=web_without_lines(made.web, d, pen))


def _picture(found: tuple[Derivation, ...], directive: Directive, making: Making) -> FlatteningBlock | None:
    """The flattening with the sizes that were asked for. Raises InputError where they make no picture."""
    given = dict(directive.values["sizes"])
    nodes = [node for d in found for node in (d.value, *d.problem.symbols)]
    known = {name for node in nodes for name in (*node.rows.names, *node.cols.names)}
    for name in given:
        if name not in known:
            close = nearest(name, known)
            hint = f"did you mean {close}?" if close else "there are " + ", ".join(sorted(known))
            message = f"nothing here has the dimension {name}"
            report = making.text.fault(*directive.span("sizes"), message, hint=hint, code="unknown_name")
            raise InputError(report)
    missing = why_no_picture(found) if given else None
    if missing is not None:
        message = f"there is no picture with these sizes: {missing.message}"
        raise InputError(making.text.fault(*directive.span("sizes"), message, hint=missing.hint))
    return picture_of(found, making.notes.pen)


DERIVE = DirectiveKind(
    "derive",
    "a derivation, line by line",
    "must",
    "an expression, such as F = W*X",
    (WRT, METHOD, *QUESTION_KEYS, TITLE, LABEL),
    "none",
    _derive,
    "derivation",
)
COMPARE = DirectiveKind(
    "compare",
    "one derivative in several ways, and how they fit together",
    "must",
    "an expression, such as F = W*X",
    (WRT, SEVERAL, SIZES, *QUESTION_KEYS, TITLE, LABEL),
    "none",
    _compare,
    "derivation",
)
