"""\\frac{a}{b} in an answer becomes ((a)/(b))."""

from __future__ import annotations

from gen.problems.typed_pieces import Piece

FRACTION = "\\frac"  # what stands for the command until its two brackets are found


def with_quotients(pieces: list[Piece]) -> list[Piece]:
    """Every fraction as a quotient in brackets; one that lacks a bracket is left for the parser to refuse."""
    out = list(pieces)
    # From the right, so that what stands inside a fraction is done before it.
    for at in range(len(out) - 1, -1, -1):
        if out[at].text != FRACTION:
            continue
        middle = _behind_bracket(out, at + 1)
        end = None if middle is None else _behind_bracket(out, middle)
        sign = out[at]
        if middle is None or end is None:
            out[at] = Piece("/", sign.start, sign.end)
            continue
        over, under = out[at + 1 : middle], out[middle:end]
        opened = Piece("(", sign.start, sign.end)
        closed = Piece(")", under[-1].start, under[-1].end)
        slash = Piece("/", under[0].start, under[0].end)
        out[at:end] = [opened, *over, slash, *under, closed]
    return out


def _behind_bracket(pieces: list[Piece], start: int) -> int | None:
    """Behind which piece the bracket closes that opens at `start`; None where none does."""
    if start >= len(pieces) or pieces[start].text != "(":
        return None
    depth = 0
    for at in range(start, len(pieces)):
        depth += pieces[at].text.count("(") - pieces[at].text.count(")")
        if depth == 0:
            return at + 1
    return None
