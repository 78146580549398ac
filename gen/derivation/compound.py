"""Entries at compound indices: those of vec, its functions and ⊗ are entries of the parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from gen.derivation.record import AT_PAIR, Reason, Rewritten, Rule
from gen.derivation.unfold import entry
from gen.derivation.unstacking import unstacked
from gen.language.dimension import Dim
from gen.language.function import Fresh
from gen.language.index import Delta, Entry, Factor, Index, Pair, Term
from gen.language.node import Node, call
from gen.language.product_parts import parts
from gen.language.transposition import flip

# What a rule opens at plain indices; at compound ones it may be anything.
CONSTANTS, PARTS = frozenset(("eye", "ones", AT_PAIR)), frozenset(("kron", "inv", AT_PAIR))
STACKED = frozenset((AT_PAIR,))
Opening: TypeAlias = Callable[[Entry], tuple[Factor, ...] | None]


def _everywhere(opening: Opening, why: Callable[[Entry], str]) -> Callable[[Term, Fresh], Rewritten | None]:
    """A rule for terms: every entry that `opening` knows is replaced by the factors it gives."""

    def apply(term: Term, fresh: Fresh) -> Rewritten | None:
        factors: list[Factor] = []
        changed: list[int] = []
        reasons: dict[str, None] = {}
        for f in term.factors:
            new = opening(f) if type(f) is Entry else None
            if new is None:
                factors.append(f)
                continue
            assert isinstance(f, Entry)
            changed += range(len(factors), len(factors) + len(new))
            factors += new
            reasons[why(f)] = None
        if not reasons:
            return None
        words: Reason = ("; ".join(reasons),)
        return Rewritten((Term(term.coef, tuple(factors), term.bound),), words, tuple(changed))

    return apply


def _of_constant(f: Entry) -> tuple[Factor, ...] | None:
    """eye(n)[j,k] as a delta; an entry of ones is the factor 1."""
    node, row, col = f.node, f.row, f.col
    if node.kind != "constant":
        return None
    if node.name == "eye" and row is not None and col is not None:
        return (Delta(row, col),)
    return () if node.name == "ones" else None


def _why_of_constant(f: Entry) -> str:
    if f.node.name == "ones":
        return "every entry of a vector or matrix of ones is 1"
    return "an entry of the identity matrix is a delta"


def _stacked_at(f: Entry) -> tuple[Node, Pair] | None:
    """A column, or a row as the column it is the transpose of, at a compound index."""
    if isinstance(f.col, Pair) and f.row is None:
        return flip(f.node), f.col
    return (f.node, f.row) if isinstance(f.row, Pair) and f.col is None else None


def _is_mapped(node: Node) -> bool:
    """Is it more than the stack of a matrix: a matrix or a function applied to one?"""
    return node.kind != "call" or node.name not in ("vec", "kron", "inv")


def _of_mapped(f: Entry) -> tuple[Factor, ...] | None:
    """(kron(B,A)*vec(X))[(j,k)] as (A*X*B')[j,k], and whatever else acts on a stacked matrix."""
    found = _stacked_at(f)
    return _unstacked(*found) if found is not None and _is_mapped(found[0]) else None


def _unstacked(column: Node, at: Pair) -> tuple[Factor, ...] | None:
    matrix = unstacked(column, at.first.dim, at.second.dim)
    return None if matrix is None else (entry(matrix, at.first, at.second),)


def _why_mapped(f: Entry) -> str:
    shown = f.node.args[0] if f.node.kind == "transpose" else f.node
    first = parts(shown).chain[:1]
    if shown.kind == "product" and first and first[0].kind == "constant":
        return "K vec(A) = vec(Aᵀ): an entry of the matrix that is stacked"
    if shown.kind == "product" and first and first[0].kind == "call" and first[0].name == "kron":
        return "(B ⊗ A) vec(X) = vec(A X Bᵀ): an entry of the matrix that is stacked"
    return "what acts entry by entry on a stacked matrix acts so on the matrix"


def _of_parts(f: Entry) -> tuple[Factor, ...] | None:
    """vec(A)[(j,k)] as A[j,k]; kron(A,B)[(s,r),(t,k)] as A[r,k]*B[s,t]."""
    node, row, col = f.node, f.row, f.col
    found = _stacked_at(f)
    if found is not None and not _is_mapped(found[0]):
        new = _unstacked(*found)
        if new is not None:
            return new
        node, row, col = found[0], found[1], None
    if node.kind != "call":
        return None
    if node.name == "inv" and node.args[0].kind == "call" and node.args[0].name == "kron":
        a, b = node.args[0].args
        if a.is_square and b.is_square:
            inverses = tuple(call("inv", x.rows, x.cols, x) for x in (a, b))
            node = Node("call", node.rows, node.cols, args=inverses, name="kron")
    if node.name != "kron":
        return None
    left, right = node.args
    rows, cols = _halves(row, right.rows), _halves(col, right.cols)
    if rows is None or cols is None:
        return None
    return entry(left, rows[1], cols[1]), entry(right, rows[0], cols[0])


def _why_of_parts(f: Entry) -> str:
    return "at a compound index an entry of vec or ⊗ is made of entries of its parts"


def _halves(index: Index | None, fast: Dim) -> tuple[Index | None, Index | None] | None:
    """The two halves of a compound index (fast, slow) of ⊗, where it is cut at the right place."""
    if index is None:
        return (None, None)
    if isinstance(index, Pair) and index.first.dim == fast:
        return index.first, index.second
    return None


CONSTANT_ENTRIES = Rule(
    "constant_entries",
    "index_form",
    "1_jk = 1, I_jk = δ_jk",
    "the entries of ones and of the identity matrix are known",
    "definition",
    "sum[j](ones(n)[j]*X[j,k]) => sum[j](X[j,k])",
    "routine",
    "term",
    _everywhere(_of_constant, _why_of_constant),
    CONSTANTS,
)

UNSTACK = Rule(
    "unstack",
    "index_form",
    "((B⊗A) vec X)_(jk) = (A X Bᵀ)_jk",
    "what acts on a stacked matrix is read as acting on the matrix",
    "Magnus & Neudecker (2019), 2.4 and 3.7",
    "(kron(A, A)*vec(X))[(j,k)] => (A*X*A')[j,k]",
    "routine",
    "term",
    _everywhere(_of_mapped, _why_mapped),
    STACKED,
)

OPEN_COMPOUND = Rule(
    "open_compound",
    "index_form",
    "vec(A)_(jk) = A_jk, (A⊗B)_(sr)(tk) = A_rk B_st",
    "entries at compound indices are entries of the parts",
    "Magnus & Neudecker (2019), 2.2 and 2.4",
    "vec(A)[(j,k)] => A[j,k]",
    "routine",
    "term",
    _everywhere(_of_parts, _why_of_parts),
    PARTS,
)

COMPOUND: tuple[Rule, ...] = (CONSTANT_ENTRIES, UNSTACK, OPEN_COMPOUND)
