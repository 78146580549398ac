"""A tensor taken for the matrix that is left of it without its deltas: ∂(WX)/∂W = Xᵀ, ∂X⁻¹/∂X = −X⁻²."""

from __future__ import annotations

from collections.abc import Iterator

from gen.derivation.raising import raise_terms
from gen.language.index import Delta, Letter, Term, Terms, factor_letters
from gen.language.node import Node
from gen.language.transposition import flip
from gen.problems.misconceptions import MISCONCEPTION_NAMED, MISCONCEPTIONS
from gen.problems.replay import Replay, replayed
from gen.problems.worked import Worked

IDENTITY_LOST = "identity-lost"


def without_deltas(worked: Worked) -> tuple[Replay, ...]:
    """What is left of a tensor, and of the wrong ones that misconceptions lead to, each read as a matrix.

    The right one without its deltas shows the misconception `identity-lost`.
    """
    line = worked.answer.line
    if not isinstance(line, tuple) or not worked.steps:
        return ()
    lost = MISCONCEPTION_NAMED[IDENTITY_LOST]
    right = Replay(lost, worked.steps, len(worked.steps) - 1, line)
    wrong = (r for m in MISCONCEPTIONS if m.name != IDENTITY_LOST for r in replayed(worked, m))
    return tuple(
        Replay(r.misconception, r.steps, r.first, matrix)
        for r in (right, *wrong)
        if isinstance(r.line, tuple)
        for matrix in _matrices(r.line, worked.free)
    )


def _matrices(terms: Terms, free: tuple[Letter, ...]) -> Iterator[Node]:
    """The matrix whose entries are left, and its transpose; none where the terms keep other indices."""
    rest = tuple(Term(t.coef, tuple(f for f in t.factors if not _of_two(f, free)), t.bound) for t in terms)
    kept = {tuple(x for x in free if x in _letters(t)) for t in rest}
    if len(kept) != 1 or all(len(a.factors) == len(b.factors) for a, b in zip(rest, terms, strict=True)):
        return
    (left,) = kept
    if len(left) != 2:
        return
    matrix = raise_terms(rest, left[0], left[1])
    if matrix is not None:
        yield matrix
        yield flip(matrix)


def _of_two(factor: object, free: tuple[Letter, ...]) -> bool:
    return isinstance(factor, Delta) and factor.first in free and factor.second in free


def _letters(term: Term) -> set[Letter]:
    return {x for f in term.factors for x in factor_letters(f)}
