"""Lines of worked solutions that need no derivation: as blocks, with labels, blanks and marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from gen.derivation.record import Line as WorkedLine
from gen.derivation.record import Path, Reason
from gen.document.blocks import Line
from gen.document.telling import TELLINGS
from gen.document.tex import Tex, Text
from gen.document.wording import line_tex, reason_tex
from gen.language.latex import EINSTEIN, LATEX, sums_can_be_implied
from gen.language.notation import Notation
from gen.language.writer import write
from gen.problems.item import Choice, FindError, Item
from gen.problems.worked import Worked


def left_of(worked: Worked) -> Tex:
    """The left side of the first line: the derivative that is asked for; nothing where no name is known."""
    d = worked.derivation
    if d is None:
        return Tex("")
    return next(known for known in TELLINGS if known.method == d.method).left(d)


def first_reason(worked: Worked) -> Text:
    """What stands beside the first line."""
    d = worked.derivation
    if d is None:
        return "given"
    return next(known for known in TELLINGS if known.method == d.method).first(d)


def first_line(worked: Worked, implied: bool, label: Text = "") -> Line:
    """The line that a solution begins with."""
    left = left_of(worked)
    relation = Tex("=") if left else Tex("")
    return Line(
        right=line_tex(worked.given, implied),
        left=left,
        relation=relation,
        reason=first_reason(worked),
        label=label,
    )


def plain_line(
    line: WorkedLine,
    reason: Reason,
    implied: bool,
    *,
    label: Text = "",
    marks: frozenset[Path] = frozenset(),
) -> Line:
    """A line that goes on from the one above."""
    right = line_tex(line, implied)
    return Line(
        right=right,
        marked=line_tex(line, implied, marks) if marks else Tex(""),
        reason=reason_tex(reason, implied),
        label=label,
    )


def blanked(line: WorkedLine, places: Sequence[Path], implied: bool) -> Tex:
    r"""A line with `\Blank` around what stands at `places`."""
    assert not hasattr(line, "terminal"), "a table has no factors"
    return Tex(write(line, _BLANKED[implied], frozenset(places)))


def implied_in(item: Item) -> bool:
    """May sums be implied in everything that is printed of a problem?"""
    worked, body = item.worked, item.body
    lines: list[object] = [worked.given, worked.answer.line, *(s.after for s in worked.steps)]
    if isinstance(body, Choice):
        lines += [option.answer.line for option in body.options]
    if isinstance(body, FindError):
        lines += [line for line, _ in body.lines]
    return all(sums_can_be_implied(line) for line in lines if isinstance(line, tuple))


_BLANKED: Mapping[bool, Notation] = MappingProxyType(
    {
        implied: replace(notation, mark=lambda text: rf"\Blank{{{text}}}")
        for implied, notation in ((True, EINSTEIN), (False, LATEX))
    }
)
