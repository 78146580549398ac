"""Families on transposes: products under a transpose, and a matrix beside its own transpose."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import chain, chain_dims, constants, operand, scale, sign
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _transposed_product(pick: Pick, cast: Cast) -> Derive:
    """(A X)ᵀ, (A X B)ᵀ, (A Xᵀ)ᵀ B …, by the matrix under the transpose."""
    count = pick(1, 2, 3)
    dims = chain_dims(pick, cast, count)
    front = scale(pick, cast)
    if count == 1:
        wrt = cast.new("matrix", *dims)
        body, around = f"{wrt}'", pick("before", "after", "added")
    else:
        inner, wrt = chain(pick, cast, dims, pick(*range(count)))
        body, around = f"({inner})'", pick("nothing", "before", "after", "added")
    if around == "before":
        body = f"{constants(pick, cast, cast.dim(), dims[-1])}*{body}"
    elif around == "after":
        body = f"{body}*{constants(pick, cast, dims[0], cast.dim())}"
    elif around == "added":
        body += sign(pick) + operand(pick, cast, "constant", dims[-1], dims[0])[0]
    return Derive(f"{front}{body}", wrt, cast.symbols)


def _with_its_transpose(pick: Pick, cast: Cast) -> Derive:
    """A matrix beside its transpose: X + Xᵀ, A X − Xᵀ A, aᵀ(X + Xᵀ)b, (X + Xᵀ)b."""
    n = cast.dim()
    wrt = cast.new("matrix", n, n)
    front = scale(pick, cast)
    plain, turned = wrt, f"{wrt}'"
    dressed = pick("none", "first", "second", "both")
    side = pick("before", "after")
    if dressed in ("first", "both"):
        factor = constants(pick, cast, n, n)
        plain = f"{factor}*{plain}" if side == "before" else f"{plain}*{factor}"
    if dressed in ("second", "both"):
        factor = constants(pick, cast, n, n)
        turned = f"{turned}*{factor}" if side == "before" else f"{factor}*{turned}"
    terms = sign(pick).join(pick((plain, turned), (turned, plain)))
    kind = pick("matrix", "vector", "number")
    if kind == "matrix":
        return Derive(f"{front}({terms})", wrt, cast.symbols)
    right = cast.new("fixed", n)
    left = f"{cast.new('vector', n)}'*" if kind == "number" else ""
    return Derive(f"{front}{left}({terms})*{right}", wrt, cast.symbols)


TRANSPOSE_FAMILIES: tuple[Family, ...] = (
    Family(
        "transposed-product",
        "A product under a transpose",
        "transposes",
        "turn the order of factors round under a transpose and keep track of the indices",
        _transposed_product,
    ),
    Family(
        "with-its-transpose",
        "A matrix beside its transpose",
        "transposes",
        "differentiate a matrix and its transpose in one expression",
        _with_its_transpose,
    ),
)
