"""Families on the Kronecker delta: expressions with deltas, to be written without them."""

from __future__ import annotations

from itertools import pairwise
from typing import TypeAlias

from gen.derivation.letters import BOUND
from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.pick import Pick
from gen.problems.task import Simplify

DUMMY = BOUND[:4]  # j, l, s, t; free indices are i, k of a function and q, r of a variable


def _delta(pick: Pick, first: str, second: str) -> str:
    """δ of two indices, in either order."""
    return pick(f"delta[{first},{second}]", f"delta[{second},{first}]")


def _entry(pick: Pick, cast: Cast, ranges: dict[str, str], first: str, second: str) -> str:
    """An entry of a new constant matrix with two indices, in either order."""
    row, col = pick((first, second), (second, first))
    return f"{cast.new('constant', ranges[row], ranges[col])}[{row},{col}]"


def _summed(letters: str, body: str) -> str:
    return f"sum[{','.join(letters)}]({body})" if letters else body


def _task(text: str, ranges: dict[str, str], cast: Cast) -> Simplify:
    used = {name: dim for name, dim in ranges.items() if any(mark in text for mark in _uses(name))}
    return Simplify(text, tuple(used.items()), cast.symbols)


def _uses(letter: str) -> tuple[str, ...]:
    return (f"[{letter},", f",{letter}]", f"[{letter}]", f",{letter},")


def _shuffled(pick: Pick, factors: list[str]) -> str:
    """The factors in an order: as they come, backwards, or with the last one first."""
    orders = [factors, factors[::-1], [*factors[-1:], *factors[:-1]]]
    return "*".join(pick(*orders[: len(factors)]))


def _front(pick: Pick, cast: Cast) -> str:
    """A factor in front."""
    form = pick("", "2*", "-", "scalar")
    return f"{cast.new('scalar')}*" if form == "scalar" else form


def _chain(pick: Pick, cast: Cast) -> Simplify:
    """A chain of deltas that ends in an entry: δ_ij δ_jl A_lk."""
    n, m = cast.dims(2)
    count = pick(1, 2, 3)
    links = "i" + DUMMY[:count]
    ranges = {**dict.fromkeys(links, n), "k": m}
    front = _front(pick, cast)
    factors = [_delta(pick, a, b) for a, b in pairwise(links)]
    end = links[-1]
    form = pick("matrix", "vector", "product", "quadratic")
    bound = links[1:]
    if form == "matrix":
        factors.append(_entry(pick, cast, ranges, end, "k"))
    elif form == "vector":
        factors.append(f"{cast.new('vector', n)}[{end}]")
    elif form == "product":
        inner = DUMMY[count]
        ranges[inner] = m
        factors += [_entry(pick, cast, ranges, end, inner), f"{cast.new('vector', m)}[{inner}]"]
        bound += inner
    else:
        other = cast.new("vector", n)
        factors += [f"{other}[{end}]", _entry(pick, cast, ranges, end, "k"), f"{cast.new('fixed', m)}[k]"]
    return _task(front + _summed(bound, _shuffled(pick, factors)), ranges, cast)


def _closed(pick: Pick, cast: Cast) -> Simplify:
    """Deltas that close: δ_jj = n, δ_jl δ_lj = n, δ_jl A_lj = A_jj; perhaps times what does not close."""
    n, m = cast.dims(2)
    count = pick(1, 2, 3)
    links = DUMMY[:count]
    ranges = {**dict.fromkeys(DUMMY, n), "i": m, "k": m, "q": m, "r": m}
    front = _front(pick, cast)
    factors: list[str] = []
    live = pick(0, 1, 2) if count > 1 else 0  # how many links are entries, not deltas
    for number, (a, b) in enumerate(zip(links, links[1:] + links[:1], strict=True)):
        if number < min(live, count - 1):
            factors.append(_entry(pick, cast, ranges, a, b))
        else:
            factors.append(_delta(pick, a, b) if count > 1 else f"delta[{a},{b}]")
    other = pick("nothing", "vector", "entry", "delta", "closed")
    bound = links
    if other == "vector":
        factors.append(f"{cast.new('vector', m)}[i]")
    elif other == "entry":
        factors.append(_entry(pick, cast, ranges, "i", "k"))
    elif other == "delta":
        factors.append(_delta(pick, "i", "q"))
    elif other == "closed":
        spare = DUMMY[count]
        ranges[spare] = m
        factors.append(f"delta[{spare},{spare}]")
        bound += spare
    return _task(front + _summed(bound, _shuffled(pick, factors)), ranges, cast)


def _terms(pick: Pick, cast: Cast) -> Simplify:
    """Two terms with deltas of their own, and perhaps one without; some become alike."""
    n = cast.dim()
    ranges = dict.fromkeys("ikjl", n)
    same = pick(True, False)
    name = cast.new("constant", n, n)
    first = _one_term(pick, name, "")
    second = _one_term(pick, name if same else cast.new("constant", n, n), first)
    third = pick("", f" + {name}[i,k]", f" - {name}[i,k]", f" + {name}[k,i]", f" - {name}[k,i]")
    lead = pick("", "2*", "-")
    return _task(f"{lead}{first}{pick(' + ', ' - ', ' + 2*', ' - 2*')}{second}{third}", ranges, cast)


def _one_term(pick: Pick, name: str, other: str) -> str:
    """A_ik or A_ki with a delta at one end, or at both; not the term that is there already."""
    a, b = pick(("i", "k"), ("k", "i"))
    forms = (
        f"sum[j](delta[{a},j]*{name}[j,{b}])",
        f"sum[j]({name}[{a},j]*delta[j,{b}])",
        f"sum[j,l](delta[{a},j]*{name}[j,l]*delta[l,{b}])",
    )
    return pick(*(form for form in forms if form != other))


def _substituted(pick: Pick, cast: Cast) -> Simplify:
    """What the product rule leaves after ∂X_ab/∂X_qr = δ_aq δ_br, perhaps under an upstream gradient."""
    form = pick("left", "middle", "right", "gram")
    turned = pick(False, True)
    front = _front(pick, cast)
    ranges, terms = _gram(pick, cast, turned) if form == "gram" else _linear(pick, cast, form, turned)
    upstream = pick(False, True)
    if upstream:
        g = cast.new("constant", ranges["i"], ranges["k"])
        terms = [("ik" + bound, [f"{g}[i,k]", *factors]) for bound, factors in terms]
    written = [_summed(bound, _shuffled(pick, factors)) for bound, factors in terms]
    return _task(front + pick(" + ", " - ").join(written), ranges, cast)


_Terms: TypeAlias = tuple[dict[str, str], list[tuple[str, list[str]]]]  # ranges; bound indices and factors


def _linear(pick: Pick, cast: Cast, form: str, turned: bool) -> _Terms:
    """∂(X B)_ik, ∂(A X B)_ik or ∂(A X)_ik, where X may stand transposed."""
    p, m, n, h = cast.dims(4)
    ends = {"left": ("i", "j"), "middle": ("j", "l"), "right": ("j", "k")}[form]
    ranges = {"i": p, "j": m, "l": n, "k": h, ends[0]: m, ends[1]: n}
    ranges |= dict(zip("qr", (n, m) if turned else (m, n), strict=True))
    factors = [_hit(*(ends[::-1] if turned else ends))]
    if form != "left":
        factors.insert(0, _entry(pick, cast, ranges, "i", "j"))
    if form != "right":
        factors.append(_entry(pick, cast, ranges, ends[1], "k"))
    return ranges, [("jl" if form == "middle" else "j", factors)]


def _gram(pick: Pick, cast: Cast, turned: bool) -> _Terms:
    """∂(Xᵀ X)_ik or ∂(X Xᵀ)_ik: one term for each factor; perhaps with a weight between them."""
    m, n = cast.dims(2)
    x = cast.new("matrix", m, n)
    side, inner = (m, n) if turned else (n, m)
    ranges = {"i": side, "k": side, "j": inner, "l": inner, "q": m, "r": n}
    weighted = pick(False, True)
    last = "l" if weighted else "j"
    first, second = (("i", "j"), ("k", last)) if turned else (("j", "i"), (last, "k"))
    middle = [_entry(pick, cast, ranges, "j", "l")] if weighted else []
    entries = [f"{x}[{','.join(axes)}]" for axes in (first, second)]
    terms = [[_hit(*first), *middle, entries[1]], [entries[0], *middle, _hit(*second)]]
    return ranges, [("jl" if weighted else "j", factors) for factors in terms]


def _hit(row: str, col: str) -> str:
    """∂X_ab/∂X_qr."""
    return f"delta[{row},q]*delta[{col},r]"


DELTA_FAMILIES: tuple[Family, ...] = (
    Family(
        "delta-chain",
        "A chain of deltas",
        "index notation",
        "let each delta replace a dummy index by its other index",
        _chain,
    ),
    Family(
        "delta-closed",
        "Deltas that close",
        "index notation",
        "tell a sum of deltas that counts (δ_ii = n) from one that replaces an index",
        _closed,
    ),
    Family(
        "delta-terms",
        "Several terms with deltas",
        "index notation",
        "use up the deltas term by term and collect like terms",
        _terms,
    ),
    Family(
        "delta-substituted",
        "After the product rule",
        "index notation",
        "contract the deltas that differentiating a product leaves behind",
        _substituted,
    ),
)
