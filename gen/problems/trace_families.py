"""Families on traces: of products, of powers, of quadratic expressions, and sums of them."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import chain, constants, operand, scale, sign
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _product(pick: Pick, cast: Cast) -> Derive:
    """tr of a product of two to four matrices, one of them the variable; any may be transposed."""
    count = pick(2, 3, 4)
    place = pick(*range(count))
    dims = cast.dims(count)
    body, wrt = chain(pick, cast, (*dims, dims[0]), place)
    return Derive(f"{scale(pick, cast)}tr({body})", wrt, cast.symbols)


def _power(pick: Pick, cast: Cast) -> Derive:
    """tr Xᵏ, tr A Xᵏ, tr (A X)ᵏ, tr X A Xᵏ; perhaps another trace is added."""
    n = cast.dim()
    form = pick("plain", "before", "inside", "around")
    k = pick(2, 3, 4) if form in ("plain", "before") else pick(2, 3)
    front = scale(pick, cast)
    if form == "inside":
        m = pick(n, "other")
        m = cast.dim() if m == "other" else m
        factor, wrt = operand(pick, cast, "matrix", m, n)
        body = f"({constants(pick, cast, n, m)}*{factor})^{k}"
        shape = (m, n) if factor == wrt else (n, m)
    else:
        wrt = cast.new("matrix", n, n)
        shape = (n, n)
        power = f"{wrt}^{k}"
        body = power
        if form == "before":
            pair = (constants(pick, cast, n, n), power)
            body = "*".join(pick(pair, pair[::-1]))
        elif form == "around":
            body = f"{constants(pick, cast, n, n)}*{wrt}*{constants(pick, cast, n, n)}*{power}"
    added = pick("nothing", "linear")
    tail = f"{sign(pick)}tr({constants(pick, cast, *shape[::-1])}*{wrt})" if added == "linear" else ""
    return Derive(f"{front}tr({body}){tail}", wrt, cast.symbols)


def _quadratic(pick: Pick, cast: Cast) -> Derive:
    """tr XᵀAX, tr XᵀAXB, tr AXBX, tr AXXᵀB: the variable in two factors under one trace."""
    form = pick("gram", "turned", "square")
    m, n = (cast.dim(),) * 2 if form == "square" else cast.dims(2)
    wrt = cast.new("matrix", m, n)
    front = scale(pick, cast)
    first, second = (
        (wrt, wrt) if form == "square" else (f"{wrt}'", wrt) if form == "gram" else (wrt, f"{wrt}'")
    )
    outer, inner = (n, m) if form == "gram" else (m, n)
    middle = constants(pick, cast, inner, *_steps(pick, cast), inner) + "*" if pick(True, False) else ""
    last = pick("nothing", "before", "after")
    factors = f"{first}*{middle}{second}"
    if last == "before":
        factors = f"{constants(pick, cast, outer, outer)}*{factors}"
    elif last == "after":
        factors = f"{factors}*{constants(pick, cast, outer, outer)}"
    tail = f"{sign(pick)}tr({constants(pick, cast, n, m)}*{wrt})" if pick(False, True) else ""
    return Derive(f"{front}tr({factors}){tail}", wrt, cast.symbols)


def _steps(pick: Pick, cast: Cast) -> tuple[str, ...]:
    """The inner dimension of a product of two in the place of one matrix."""
    return pick((), (cast.dim(),))


def _sum(pick: Pick, cast: Cast) -> Derive:
    """Two or three traces with one variable, or the trace of a sum."""
    m, n = cast.dims(2)
    wrt = cast.new("matrix", m, n)
    together = pick(False, True)
    front = scale(pick, cast)
    terms = [_term(pick, cast, wrt, m, n) for _ in range(pick(2, 3))]
    signs = ["", *(sign(pick) for _ in terms[1:])]
    if together:
        body = "".join(s + t for s, t in zip(signs, terms, strict=True))
        return Derive(f"{front}tr({body})", wrt, cast.symbols)
    body = "".join(f"{s}tr({t})" for s, t in zip(signs, terms, strict=True))
    return Derive(f"{front}{body}", wrt, cast.symbols)


def _term(pick: Pick, cast: Cast, wrt: str, m: str, n: str) -> str:
    """An m × m matrix with the variable in it."""
    form = pick("plain", "turned", "twice")
    if form == "plain":
        return f"{wrt}*{constants(pick, cast, n, m)}"
    if form == "turned":
        return f"{constants(pick, cast, m, n)}*{wrt}'"
    return f"{wrt}*{constants(pick, cast, n, n)}*{wrt}'"


TRACE_FAMILIES: tuple[Family, ...] = (
    Family(
        "trace-product",
        "Trace of a product",
        "traces",
        "write a trace with indices and read the gradient off as a product of transposes",
        _product,
    ),
    Family(
        "trace-power",
        "Trace of a power",
        "traces",
        "differentiate each factor of a power in turn and collect the terms that a trace makes equal",
        _power,
    ),
    Family(
        "trace-quadratic",
        "Trace with the variable twice",
        "traces",
        "differentiate tr(XᵀAX) and its relatives without taking A to be symmetric",
        _quadratic,
    ),
    Family(
        "trace-sum",
        "Sums of traces",
        "traces",
        "differentiate term by term and bring every term to the shape of the variable",
        _sum,
    ),
)
