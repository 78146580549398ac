"""Families on the elementwise product and on diag."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import constants, operand, scale, sign
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _vector_product(pick: Pick, cast: Cast) -> Derive:
    """a ∘ x, x ∘ Ax, Ax ∘ Bx, x ∘ x …: a Jacobian with a diagonal matrix in it."""
    n = cast.dim()
    left, right = pick("constant", "itself", "mapped"), pick("itself", "mapped")
    m = n if "itself" in (left, right) or pick(False, True) else cast.dim()
    wrt = cast.new("vector", n)
    front = scale(pick, cast)
    factors = pick((left, right), (right, left))
    body = ".*".join(_vector(pick, cast, kind, wrt, m, n) for kind in factors)
    around = pick("nothing", "mapped", "added", "summed")
    if around == "mapped":
        return Derive(f"{front}{constants(pick, cast, cast.dim(), m)}*({body})", wrt, cast.symbols)
    if around == "summed":
        return Derive(f"{front}{cast.new('fixed', m)}'*({body})", wrt, cast.symbols)
    if around == "added":
        added = pick("map", "bias")
        tail = cast.new("bias", m) if added == "bias" else f"{constants(pick, cast, m, n)}*{wrt}"
        body += sign(pick) + tail
    return Derive(f"{front}({body})" if front else body, wrt, cast.symbols)


def _vector(pick: Pick, cast: Cast, kind: str, wrt: str, m: str, n: str) -> str:
    """A vector with m entries: a constant, the variable, or the variable mapped."""
    if kind == "mapped":
        return f"({constants(pick, cast, m, n)}*{wrt})"
    return wrt if kind == "itself" else cast.new("fixed", m)


def _masked_sum(pick: Pick, cast: Cast) -> Derive:
    """Σ A ∘ X, tr Aᵀ(B ∘ X), Σ (A ∘ X B)², ‖A ∘ X − B‖²: a mask under a sum."""
    m, n = (cast.dim(),) * 2 if pick(False, True) else cast.dims(2)
    form = pick("sum", "trace", "norm")
    factor, wrt = operand(pick, cast, "matrix", m, n)
    front = scale(pick, cast)
    after = pick("plain", "before", "after", "twice")
    inside = factor
    if after == "before":
        inside = f"({constants(pick, cast, m, m)}*{factor})"
    elif after == "after":
        inside = f"({factor}*{constants(pick, cast, n, n)})"
    mask = operand(pick, cast, "constant", m, n)[0]
    masked = ".*".join(pick((mask, inside), (inside, mask)))
    if after == "twice":
        masked = f"{masked}.*{factor}"
    if form == "sum":
        body = f"sum({masked})"
    elif form == "trace":
        body = f"tr({operand(pick, cast, 'constant', n, m)[0]}*({masked}))"
    else:
        target = sign(pick) + operand(pick, cast, "targets", m, n)[0] if pick(True, False) else ""
        body = f"normF({masked}{target})^2" + ("/2" if not front else "")
    return Derive(f"{front}{body}", wrt, cast.symbols)


def _masked_matrix(pick: Pick, cast: Cast) -> Derive:
    """A ∘ X, (A ∘ X) B, A ∘ (X B), X ∘ X: a mask in a result with four indices."""
    m, n = (cast.dim(),) * 2 if pick(False, True) else cast.dims(2)
    factor, wrt = operand(pick, cast, "matrix", m, n)
    front = scale(pick, cast)
    other = pick("mask", "itself", "product")
    if other == "itself":
        masked = pick(f"{factor}.*{factor}", f"{factor}.^2", f"{factor}.^3")
    else:
        inside = factor if other == "mask" else f"({constants(pick, cast, m, m)}*{factor})"
        mask = operand(pick, cast, "constant", m, n)[0]
        masked = ".*".join(pick((mask, inside), (inside, mask)))
    around = pick("nothing", "before", "after", "added")
    if around == "before":
        masked = f"{constants(pick, cast, cast.dim(), m)}*({masked})"
    elif around == "after":
        masked = f"({masked})*{constants(pick, cast, n, cast.dim())}"
    elif around == "added":
        masked += sign(pick) + operand(pick, cast, "constant", m, n)[0]
    return Derive(f"{front}({masked})" if front else masked, wrt, cast.symbols)


def _diagonal(pick: Pick, cast: Cast) -> Derive:
    """tr(A diag x), aᵀ diag(x) b, xᵀ diag(a) x, tr(diag(x) A diag(x) B), aᵀ diag(X), ‖diag(x) A‖²."""
    form = pick("trace", "form", "weighted", "twice", "of matrix", "norm")
    n = cast.dim()
    front = scale(pick, cast)
    if form == "of matrix":
        m = cast.dim()
        factor, wrt = operand(pick, cast, "matrix", n, m)
        product = constants(pick, cast, m, n)
        order, dim = pick((f"{factor}*{product}", n), (f"{product}*{factor}", m))
        body = f"{cast.new('fixed', dim)}'*diag({order})"
        if pick(False, True):
            body += f"{sign(pick)}tr({constants(pick, cast, m, n)}*{factor})"
        return Derive(f"{front}{body}", wrt, cast.symbols)
    wrt = cast.new("vector", n)
    if form == "trace":
        factors = (f"diag({wrt})", constants(pick, cast, n, *pick((), (cast.dim(),)), n))
        body = f"tr({'*'.join(pick(factors, factors[::-1]))})"
    elif form == "form":
        m, p = cast.dims(2)
        left, right = (pick("vector", "mapped") for _ in range(2))
        before = f"{cast.new('fixed', m)}'*{constants(pick, cast, m, n)}" if left == "mapped" else ""
        after = f"{constants(pick, cast, n, p)}*{cast.new('fixed', p)}" if right == "mapped" else ""
        before, after = before or f"{cast.new('fixed', n)}'", after or cast.new("fixed", n)
        body = f"{before}*diag({wrt})*{after}"
    elif form == "weighted":
        body = f"{wrt}'*diag({cast.new('fixed', n)})*{wrt}"
        body += f"{sign(pick)}{cast.new('fixed', n)}'*{wrt}" if pick(False, True) else ""
    elif form == "twice":
        pair = constants(pick, cast, n, n), constants(pick, cast, n, n)
        body = f"tr(diag({wrt})*{pair[0]}*diag({wrt})*{pair[1]})"
    else:
        body = f"normF(diag({wrt})*{constants(pick, cast, n, cast.dim())})^2"
    return Derive(f"{front}{body}", wrt, cast.symbols)


def _diagonal_map(pick: Pick, cast: Cast) -> Derive:
    """diag(x) a, A diag(x) b, diag(x) A x, diag(a) x: a Jacobian; diag(x) A, A diag(x) B: three indices."""
    n, m = cast.dims(2)
    wrt = cast.new("vector", n)
    front = scale(pick, cast)
    before = pick(False, True)
    head = f"{constants(pick, cast, m, n)}*" if before else ""
    inner = pick("vector", "mapped", "itself", "matrix", "weights")
    if inner == "weights":
        body = f"{head}diag({cast.new('fixed', n)})*{wrt}"
    elif inner == "matrix":
        last = n if not before and pick(False, True) else cast.dim()
        body = f"{head}diag({wrt})*{constants(pick, cast, n, last)}"
        return Derive(f"{front}{body}", wrt, cast.symbols)
    elif inner == "itself":
        body = f"{head}diag({wrt})*{constants(pick, cast, n, n)}*{wrt}"
    elif inner == "mapped":
        p = cast.dim()
        body = f"{head}diag({wrt})*{constants(pick, cast, n, p)}*{cast.new('fixed', p)}"
    else:
        body = f"{head}diag({wrt})*{cast.new('fixed', n)}"
    if pick(False, True):
        body += sign(pick) + constants(pick, cast, m if before else n, n) + f"*{wrt}"
    return Derive(f"{front}{body}", wrt, cast.symbols)


HADAMARD_FAMILIES: tuple[Family, ...] = (
    Family(
        "elementwise-vectors",
        "An elementwise product of vectors",
        "elementwise products",
        "put a diagonal matrix where an elementwise product was, in a Jacobian",
        _vector_product,
    ),
    Family(
        "masked-sum",
        "A mask under a sum",
        "elementwise products",
        "differentiate a number with an elementwise product in it, and square the mask where it comes twice",
        _masked_sum,
    ),
    Family(
        "masked-matrix",
        "A mask on a matrix",
        "elementwise products",
        "keep an elementwise factor apart from a matrix product in a result with four indices",
        _masked_matrix,
    ),
    Family(
        "diagonal-number",
        "diag in a number",
        "elementwise products",
        "differentiate traces and forms with a diagonal matrix made of the vector",
        _diagonal,
    ),
    Family(
        "diagonal-map",
        "diag in a map",
        "elementwise products",
        "differentiate a vector or a matrix that is scaled row by row",
        _diagonal_map,
    ),
)
