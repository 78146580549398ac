"""Families on products: matrix by matrix, vector by matrix, linear maps, outer products, powers."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import chain, chain_dims, constants, operand, scale, sign
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _matrix_by_matrix(pick: Pick, cast: Cast) -> Derive:
    """A product of two or three matrices by one of them; perhaps a constant is added."""
    count = pick(2, 3)
    dims = chain_dims(pick, cast, count)
    front = scale(pick, cast)
    body, wrt = chain(pick, cast, dims, pick(*range(count)))
    added = pick(False, True)
    tail = sign(pick) + constants(pick, cast, dims[0], dims[-1]) if added else ""
    return Derive(f"{front}{body}{tail}", wrt, cast.symbols)


def _vector_by_matrix(pick: Pick, cast: Cast) -> Derive:
    """A product that ends in a vector, by one of its matrices; perhaps a bias or another product."""
    count = pick(1, 2, 3)
    dims = chain_dims(pick, cast, count)
    front = scale(pick, cast)
    body, wrt = chain(pick, cast, dims, pick(*range(count)), "weights")
    body = f"{front}{body}*{cast.new('vector', dims[-1])}"
    added = pick("nothing", "bias", "map")
    if added == "bias":
        body += sign(pick) + cast.new("bias", dims[0])
    if added == "map":
        body += sign(pick) + constants(pick, cast, dims[0], dims[-1]) + "*" + cast.new("fixed", dims[-1])
    return Derive(body, wrt, cast.symbols)


def _linear_map(pick: Pick, cast: Cast) -> Derive:
    """A vector by a vector: one or two linear maps of it, and what is constant."""
    n, m = (cast.dim(),) * 2 if pick(False, True) else cast.dims(2)
    wrt = cast.new("vector", n)
    front = scale(pick, cast)
    form = pick("alone", "bias", "second", "sum", *(("plain",) if n == m else ()))
    if form == "sum":
        left, right = (operand(pick, cast, "constant", m, n)[0] for _ in range(2))
        return Derive(f"{front}({left}{sign(pick)}{right})*{wrt}", wrt, cast.symbols)
    inner = pick((), (cast.dim(),))
    body = f"{front}{constants(pick, cast, m, *inner, n)}*{wrt}"
    if form == "bias":
        body += sign(pick) + cast.new("bias", m)
    elif form == "second":
        body += f"{sign(pick)}{constants(pick, cast, m, n)}*{wrt}"
    elif form == "plain":
        body += sign(pick) + wrt
    return Derive(body, wrt, cast.symbols)


def _outer_product(pick: Pick, cast: Cast) -> Derive:
    """A matrix made of vectors, by one of them."""
    form = pick("left", "right", "square", "both")
    n, m, p = cast.dims(3)
    wrt = cast.new("vector", n)
    front = scale(pick, cast)
    head = constants(pick, cast, p, n) + "*" if pick(False, True) else ""
    rows = p if head else n
    if form in ("left", "right"):
        other = cast.new("fixed", m)
        moved = f"({head}{wrt})" if head else wrt
        body = f"{head}{wrt}*{other}'" if form == "left" else f"{other}*{moved}'"
        ends = (rows, m) if form == "left" else (m, rows)
        if pick(False, True):
            ends = (ends[0], cast.dim())
            body += "*" + constants(pick, cast, m if form == "left" else rows, ends[1])
        tail = sign(pick) + operand(pick, cast, "constant", *ends)[0] if pick(False, True) else ""
    elif form == "square":
        body, tail = f"{head}{wrt}*{wrt}'", ""
        if pick(False, True):
            body += "*" + constants(pick, cast, n, m)
    else:
        other = cast.new("fixed", n)
        body = f"{wrt}*{other}'"
        tail = f"{sign(pick)}{other}*{wrt}'"
        if head:
            body, tail = f"{head}({body}{tail})", ""
    return Derive(f"{front}{body}{tail}", wrt, cast.symbols)


def _repeated(pick: Pick, cast: Cast) -> Derive:
    """A matrix in which the variable stands twice: X², XAX, XᵀX, XAXᵀ, AXBX …"""
    form = pick("square", "gram", "wide")
    front = scale(pick, cast)
    inside = pick(False, True)
    if form == "square":
        n = cast.dim()
        wrt = cast.new("matrix", n, n)
        middle = constants(pick, cast, n, n) + "*" if inside else ""
        factors = f"{pick(wrt, wrt + chr(39))}*{middle}{wrt}"
        m = n
        if not inside and pick(False, True):
            factors = f"{wrt}^2"
    else:
        n, m = cast.dims(2)
        wrt = cast.new("matrix", n, m)
        n, m = (m, n) if form == "gram" else (n, m)
        middle = constants(pick, cast, m, m) + "*" if inside else ""
        factors = f"{wrt}'*{middle}{wrt}" if form == "gram" else f"{wrt}*{middle}{wrt}'"
    around = pick("nothing", "before", "after", "added")
    if around == "before":
        factors = f"{constants(pick, cast, cast.dim(), n)}*{factors}"
    elif around == "after":
        factors = f"{factors}*{constants(pick, cast, n, cast.dim())}"
    elif around == "added":
        factors += sign(pick) + constants(pick, cast, n, n)
    return Derive(f"{front}{factors}", wrt, cast.symbols)


def _two_sided(pick: Pick, cast: Cast) -> Derive:
    """Sums of products with the variable, as in A X + X B and A X B + C Xᵀ D."""
    m, n = (cast.dim(),) * 2 if pick(False, True) else cast.dims(2)
    wrt = cast.new("matrix", m, n)
    front = scale(pick, cast)
    left, right = pick("before", "both"), pick("after", "both", "turned")
    first = f"{constants(pick, cast, m, m)}*{wrt}"
    if left == "both":
        first += "*" + constants(pick, cast, n, n)
    if right == "turned":
        second = f"{constants(pick, cast, m, n)}*{wrt}'*{constants(pick, cast, m, n)}"
    else:
        before = constants(pick, cast, m, m) + "*" if right == "both" else ""
        second = f"{before}{wrt}*{constants(pick, cast, n, n)}"
    terms = pick((first, second), (second, first))
    return Derive(f"{front}{sign(pick).join(terms)}", wrt, cast.symbols)


PRODUCT_FAMILIES: tuple[Family, ...] = (
    Family(
        "matrix-by-matrix",
        "A product of matrices by one of them",
        "products",
        "differentiate an entry of a product and keep the four free indices apart",
        _matrix_by_matrix,
    ),
    Family(
        "linear-layer",
        "A linear layer by its weights",
        "products",
        "differentiate a vector by a matrix: a result with three indices",
        _vector_by_matrix,
    ),
    Family(
        "linear-map",
        "The Jacobian of a linear map",
        "products",
        "read the Jacobian of a vector by a vector off its entries",
        _linear_map,
    ),
    Family(
        "outer-product",
        "An outer product by a vector",
        "products",
        "differentiate a matrix that is made of vectors by one of them",
        _outer_product,
    ),
    Family(
        "repeated-factor",
        "The variable in two factors",
        "products",
        "use the product rule where the variable stands twice and factors do not commute",
        _repeated,
    ),
    Family(
        "two-sided",
        "Terms with the variable on either side",
        "products",
        "differentiate a sum of products in which the variable has different neighbours",
        _two_sided,
    ),
)
