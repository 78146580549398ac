"""Mistakes of index notation on the way to an answer: deltas and dummy indices."""

from __future__ import annotations

from gen.derivation.contraction import contract
from gen.derivation.record import Rewritten
from gen.language.function import Fresh
from gen.language.index import UNIT, Delta, Entry, Factor, Partial, Term
from gen.language.node import size
from gen.problems.misconception import Misconception
from gen.problems.mistake_places import instead, terms_of, with_one_letter
from gen.problems.mistake_sources import CHAINS, ENTRIES, LAYOUT
from gen.problems.reading_lines import letter_reused

INDEX_FORMS = frozenset(("product_index", "trace_index", "sum_index", "norm_index", "hadamard_index"))
DELTAS = frozenset(("delta_substitution",))


def delta_with_wrong_index(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """δ_ir δ_jq for δ_iq δ_jr."""
    if not isinstance(place, Partial) or place.inner is None or place.by.node.structure is not None:
        return None
    (i, j), (q, r) = (place.inner.row, place.inner.col), (place.by.row, place.by.col)
    if i is None or j is None or q is None or r is None:
        return None
    return instead(right, Term(UNIT, (Delta(i, r), Delta(j, q))))


def dummy_reused(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """One letter for two sums over the same range."""
    terms = terms_of(right)
    if len(terms) != 1 or len(terms[0].factors) != 1:
        return None
    (outer,) = terms[0].factors
    if not isinstance(outer, Partial) or len(outer.body) != 1:
        return None
    body = with_one_letter(outer.body[0])
    return None if body is None else instead(right, Term(UNIT, (Partial((body,), outer.by),)))


def every_entry_changes(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """∂X_ij/∂X_qr = 1 for all entries."""
    terms = terms_of(right)
    return instead(right, Term(UNIT, ())) if terms[0].factors else None


def wrong_place_replaced(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """The letter put in at the other index of an entry: the entry is read backwards."""
    out: list[Term] = []
    struck = False
    for t in terms_of(right):
        factors: list[Factor] = []
        for k, f in enumerate(t.factors):
            if k in right.changed and isinstance(f, Entry) and _same_range(f):
                f, struck = Entry(f.node, f.col, f.row), True
            factors.append(f)
        out.append(Term(t.coef, tuple(factors), t.bound))
    return instead(right, *out) if struck else None


def _same_range(entry: Entry) -> bool:
    return (
        entry.row is not None
        and entry.col is not None
        and entry.row.dim == entry.col.dim
        and entry.row != entry.col
    )


def free_delta_lost(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """A delta of two free indices left out: the identity is lost."""
    out = [
        Term(t.coef, tuple(f for f in t.factors if not isinstance(f, Delta)), t.bound)
        for t in terms_of(right)
    ]
    struck = any(len(a.factors) < len(b.factors) for a, b in zip(out, terms_of(right), strict=True))
    return instead(right, *out) if struck else None


def delta_erased(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """The delta taken for 1: its dummy index is not replaced, and the sum stays."""
    if not isinstance(place, Term):
        return None
    for k, f in enumerate(place.factors):
        if isinstance(f, Delta) and any(x in place.bound for x in (f.first, f.second)):
            return instead(right, Term(place.coef, place.factors[:k] + place.factors[k + 1 :], place.bound))
    return None


def last_delta_erased(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """Every delta used but the last, which is taken for 1."""
    if not isinstance(place, Term):
        return None
    deltas = [k for k, f in enumerate(place.factors) if isinstance(f, Delta)]
    if len(deltas) < 2:
        return None
    last = place.factors[deltas[-1]]
    if not isinstance(last, Delta) or not any(x in place.bound for x in (last.first, last.second)):
        return None
    at = deltas[-1]
    rest, _, changed = contract(Term(place.coef, place.factors[:at] + place.factors[at + 1 :], place.bound))
    return Rewritten((rest,), right.because, changed)


def sum_kept(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """The dummy index replaced, and its sum kept: n equal terms."""
    terms = terms_of(right)
    if not isinstance(place, Term) or len(terms) != 1:
        return None
    gone = [x for x in place.bound if x not in terms[0].bound]
    if not gone:
        return None
    (t,) = terms
    return instead(right, Term(t.coef, (Entry(size(gone[0].dim)), *t.factors), t.bound))


def delta_trace_is_one(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """Σ_i δ_ii = 1 for n."""
    out: list[Term] = []
    struck = False
    for t in terms_of(right):
        kept = tuple(f for f in t.factors if not (isinstance(f, Entry) and f.node.kind == "size"))
        struck = struck or len(kept) < len(t.factors)
        out.append(Term(t.coef, kept, t.bound))
    return instead(right, *out) if struck else None


INDICES: tuple[Misconception, ...] = (
    Misconception(
        "delta-wrong-index",
        "δ with the wrong index",
        r"Row goes with row and column with column: $\partial X_{ij}/\partial X_{qr} = "
        r"\delta_{iq}\delta_{jr}$. With "
        r"$\delta_{ir}\delta_{jq}$ you differentiate by $X_{rq}$, and the answer comes out transposed.",
        LAYOUT,
        DELTAS,
        in_rule=delta_with_wrong_index,
    ),
    Misconception(
        "dummy-index-reused",
        "A dummy index used for two sums",
        r"Every sum needs a letter of its own: $(\sum_j a_j)(\sum_j b_j)$ is $\sum_{jl} a_j b_l$, not "
        r"$\sum_j a_j b_j$. A letter that stands more than twice in a product is the sign of it.",
        ENTRIES,
        INDEX_FORMS,
        in_rule=dummy_reused,
        in_reading=letter_reused,
    ),
    Misconception(
        "every-entry-changes",
        "The derivative of the variable by its entry taken as 1",
        r"$\partial X_{ij}/\partial X_{qr}$ is 1 only if the two entries are the same one, else 0: it is "
        r"$\delta_{iq}\delta_{jr}$. With 1 everywhere all entries are summed that should have been picked "
        r"out.",
        CHAINS,
        DELTAS,
        in_rule=every_entry_changes,
    ),
    Misconception(
        "contraction-wrong-place",
        "δ replaces the index at the wrong place",
        r"$\sum_j \delta_{jr} A_{ij} = A_{ir}$: the letter goes to the place where $j$ stood. You put it "
        r"at the "
        "other one, so the entry is read backwards.",
        ENTRIES,
        frozenset(("contraction",)),
        in_rule=wrong_place_replaced,
    ),
    Misconception(
        "identity-lost",
        "δ of two free indices left out",
        r"The derivative of a matrix by a matrix has four indices: $\partial(WX)_{ik}/\partial W_{qr} = "
        r"\delta_{iq}X_{rk}$. The $\delta_{iq}$ says that row $i$ of the product changes with row $q$ of "
        r"$W$ only. "
        r"Without it you have written $X^{\mathsf T}$ for $X^{\mathsf T} \otimes I$.",
        CHAINS,
        frozenset(("contraction",)),
        in_rule=free_delta_lost,
    ),
    Misconception(
        "delta-erased",
        "δ erased, its sum kept",
        r"$\sum_j \delta_{jr} A_j = A_r$: the delta picks one term, the sum goes away with it. You took it "
        r"for 1 and "
        r"went on summing.",
        ENTRIES,
        frozenset(("contraction",)),
        in_rule=delta_erased,
    ),
    Misconception(
        "last-delta-erased",
        "A second δ erased, its sum kept",
        "Every delta with a dummy index takes its sum away. You used the first one and took the last one "
        "for 1; its "
        "index is still summed over.",
        ENTRIES,
        frozenset(("contraction",)),
        in_rule=last_delta_erased,
    ),
    Misconception(
        "sum-kept",
        "δ used, its sum kept",
        r"$\sum_j \delta_{jr} A_j = A_r$, one term. The sum is used up together with the delta: there are "
        r"not $n$ "
        "equal terms left to add.",
        ENTRIES,
        frozenset(("contraction",)),
        in_rule=sum_kept,
        plain=True,
    ),
    Misconception(
        "delta-trace-is-one",
        "A delta summed over both its indices taken as 1",
        r"$\sum_i \delta_{ii}$ adds a 1 for every value of $i$, so it is $n$, the trace of the identity, "
        r"and not 1.",
        ENTRIES,
        frozenset(("contraction", "equal_indices")),
        in_rule=delta_trace_is_one,
    ),
)
