"""Entries at compound indices: those of vec, its functions and ⊗ are entries of the parts."""

from __future__ import annotations

from gen.derivation.record import Reason, Rewritten, Rule
from gen.derivation.unfold import entry
from gen.derivation.unstacking import unstacked
from gen.language.dimension import Dim
from gen.language.function import Fresh
from gen.language.index import Delta, Entry, Factor, Index, Pair, Term
from gen.language.node import Node, call
from gen.language.product_parts import parts
from gen.language.transposition import flip

OPENED = frozenset(("eye", "ones", "kron", "inv"))  # the names of what may be opened at plain indices


def _open_compound(term: Term, fresh: Fresh) -> Rewritten | None:
    for f in term.factors:
        # Nothing else can be opened.
        if type(f) is Entry and (f.node.name in OPENED or type(f.row) is Pair or type(f.col) is Pair):
            break
    else:
        return None
    factors: list[Factor] = []
    changed: list[int] = []
    reasons: dict[str, None] = {}
    for f in term.factors:
        new = _opened(f)
        if new is None:
            factors.append(f)
        else:
            changed += range(len(factors), len(factors) + len(new))
            factors += new
            reasons[_why(f, new)] = None
    if not reasons:
        return None
    words: Reason = ("; ".join(reasons),)
    return Rewritten((Term(term.coef, tuple(factors), term.bound),), words, tuple(changed))


def _why(old: Factor, new: tuple[Factor, ...]) -> str:
    if not new:
        return "every entry of a vector or matrix of ones is 1"
    if isinstance(new[0], Delta):
        return "an entry of the identity matrix is a delta"
    assert isinstance(old, Entry)
    shown = old.node.args[0] if old.node.kind == "transpose" else old.node
    first = parts(shown).chain[:1]
    if shown.kind == "product" and first and first[0].kind == "constant":
        return "K vec(A) = vec(Aᵀ): an entry of the matrix that is stacked"
    if shown.kind == "product" and first and first[0].kind == "call" and first[0].name == "kron":
        return "(B ⊗ A) vec(X) = vec(A X Bᵀ): an entry of the matrix that is stacked"
    if shown.kind != "call" or shown.name not in ("vec", "kron", "inv"):
        return "what acts entry by entry on a stacked matrix acts so on the matrix"
    return "at a compound index an entry of vec or ⊗ is made of entries of its parts"


def _opened(f: Factor) -> tuple[Factor, ...] | None:
    """vec(A)[(j,k)] as A[j,k]; kron(A,B)[(s,r),(t,k)] as A[r,k]*B[s,t]; eye(n)[j,k] as a delta."""
    if not isinstance(f, Entry):
        return None
    node, row, col = f.node, f.row, f.col
    if node.kind == "constant" and node.name == "eye" and row is not None and col is not None:
        return (Delta(row, col),)
    if node.kind == "constant" and node.name == "ones":
        return ()
    if isinstance(col, Pair) and row is None:
        node, row, col = flip(node), col, row
    if isinstance(row, Pair) and col is None:
        matrix = unstacked(node, row.first.dim, row.second.dim)
        if matrix is not None:
            return (entry(matrix, row.first, row.second),)
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


def _halves(index: Index | None, fast: Dim) -> tuple[Index | None, Index | None] | None:
    """The two halves of a compound index (fast, slow) of ⊗, where it is cut at the right place."""
    if index is None:
        return (None, None)
    if isinstance(index, Pair) and index.first.dim == fast:
        return index.first, index.second
    return None


OPEN_COMPOUND = Rule(
    "open_compound",
    "index_form",
    "vec(A)_(jk) = A_jk, (A⊗B)_(sr)(tk) = A_rk B_st",
    "entries at compound indices are entries of the parts",
    "Magnus & Neudecker (2019), 2.2 and 2.4",
    "vec(A)[(j,k)] => A[j,k]",
    "routine",
    "term",
    _open_compound,
)
