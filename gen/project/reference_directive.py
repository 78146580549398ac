"""`{reference}`: the table of the rules that the notes have used so far."""

from __future__ import annotations

from gen.document.note_blocks import NoteBlock, RulesTable
from gen.project.directive import Branch, DirectiveKind, Making


def _reference(branch: Branch, making: Making) -> tuple[NoteBlock, ...]:
    return (RulesTable(making.rules()),)


REFERENCE = DirectiveKind("reference", "a table of the rules used so far", "none", "", (), "none", _reference)
