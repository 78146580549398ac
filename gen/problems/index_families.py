"""Families on reading index notation: free and dummy indices, shapes of derivatives."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import constants, operand, scale, sign
from gen.problems.pick import Pick
from gen.problems.task import Read


def _indices(pick: Pick, cast: Cast) -> Read:
    """An entry of a product, a trace or a form, perhaps with a second term."""
    kind = pick("matrix", "vector", "trace", "form")
    count = pick(1, 2, 3) if kind != "matrix" else pick(2, 3)
    dims = cast.dims(count + 1) if kind != "trace" else cast.dims(count)
    dims = (*dims, dims[0])[: count + 1]
    front = scale(pick, cast)
    inner = constants(pick, cast, *dims)
    if kind == "trace":
        return Read("indices", f"{front}tr({inner})", cast.symbols)
    if kind == "form":
        left, right = cast.new("fixed", dims[0]), cast.new("vector", dims[-1])
        return Read("indices", f"{front}{left}'*{inner}*{right}", cast.symbols)
    if kind == "vector":
        inner += "*" + cast.new("vector", dims[-1])
    extra = pick("", "same", "product")
    if extra:
        inner += sign(pick)
        rows, cols = dims[0], dims[-1]
        if kind == "vector":
            factor = operand(pick, cast, "data", rows, rows)[0] + "*" if extra == "product" else ""
            inner += factor + cast.new("fixed", rows)
        elif extra == "same":
            inner += operand(pick, cast, "data", rows, cols)[0]
        else:
            inner += f"{cast.new('fixed', rows)}*{cast.new('vector', cols)}'"
    return Read("indices", front + inner, cast.symbols)


def _shape(pick: Pick, cast: Cast) -> Read:
    """The derivative of a matrix, vector or number by a matrix or a vector."""
    by = pick("matrix", "vector")
    of = pick("matrix", "vector", "number")
    function = pick("", "tanh", "exp") if of != "number" else ""
    before, after = pick(1, 0, 2), pick(0, 1)
    dims = cast.dims(before + after + 2)
    m, n = dims[before], dims[before + 1]
    if by == "matrix":
        core, wrt = operand(pick, cast, "matrix", m, n)
    elif of == "matrix":
        wrt = cast.new("vector", m)
        form = pick("outer", "diag")
        core = f"{wrt}*{cast.new('fixed', n)}'" if form == "outer" else f"diag({wrt})"
        dims = dims if form == "outer" else (*dims[: before + 1], m, *dims[before + 2 :])
        n = n if form == "outer" else m
    else:
        wrt = cast.new("vector", n)
        core = operand(pick, cast, "data", m, n)[0]
    head = constants(pick, cast, *dims[: before + 1]) + "*" if before else ""
    if by == "vector" and of != "matrix":
        body, last = f"{head}{core}*{wrt}", n
    else:
        tail = "*" + constants(pick, cast, *dims[before + 1 :]) if after else ""
        body, last = head + core + tail, dims[-1]
    if of == "number":
        left = cast.new("fixed", dims[0])
        right = "" if by == "vector" else "*" + cast.new("fixed", last)
        return Read("shape", f"{left}'*{body}{right}", cast.symbols, wrt)
    if of == "vector" and by == "matrix":
        body += "*" + cast.new("fixed", last)
    return Read("shape", f"{function}({body})" if function else body, cast.symbols, wrt)


INDEX_FAMILIES: tuple[Family, ...] = (
    Family(
        "free-and-dummy",
        "Free and dummy indices",
        "index notation",
        "write an entry with indices and tell which are free and which are summed over",
        _indices,
    ),
    Family(
        "shape-of-derivative",
        "The shape of a derivative",
        "index notation",
        "count the free indices of a derivative of order one to four and give its shape",
        _shape,
    ),
)
