"""A ⊗ B between its operands, as people write it, becomes kron(A, B)."""

from __future__ import annotations

from gen.problems.typed_pieces import Piece, operand_end, operand_start

KRON = "⊗"


def with_kron_called(pieces: list[Piece]) -> list[Piece]:
    """Every ⊗ as a call; it binds tighter than products and is read from left to right."""
    out = list(pieces)
    while True:
        at = next((k for k, p in enumerate(out) if p.text == KRON), None)
        if at is None:
            return out
        sign = out[at]
        if at == 0 or at == len(out) - 1:
            # Something is missing: what is left of it tells the parser where.
            out[at] = Piece("*", sign.start, sign.end)
            continue
        left, right = operand_start(out, at - 1), operand_end(out, at + 1)
        before = Piece("kron(", out[left].start, out[left].start)
        comma, after = Piece(",", sign.start, sign.end), Piece(")", out[right - 1].end, out[right - 1].end)
        out = [*out[:left], before, *out[left:at], comma, *out[at + 1 : right], after, *out[right:]]
