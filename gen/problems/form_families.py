"""Families on bilinear and quadratic forms, their products and quotients."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import chain, constants, scale, sign
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _bilinear(pick: Pick, cast: Cast) -> Derive:
    """aᵀX b, aᵀA X B b: by the matrix, or by one of the vectors."""
    count = pick(1, 2, 3)
    by = pick("matrix", "left", "right")
    dims = cast.dims(count + 1)
    front = scale(pick, cast)
    if by == "matrix":
        body, wrt = chain(pick, cast, dims, pick(*range(count)))
        left, right = cast.new("fixed", dims[0]), cast.new("fixed", dims[-1])
    else:
        body = constants(pick, cast, *dims)
        left = cast.new("vector" if by == "left" else "fixed", dims[0])
        right = cast.new("vector" if by == "right" else "fixed", dims[-1])
        wrt = left if by == "left" else right
    form = f"{left}'*{body}*{right}"
    if pick(False, True):
        if by == "matrix":
            rows, cols = next(d.split(" x ") for name, d in cast.symbols if name == wrt)
            form += f"{sign(pick)}{cast.new('direction', rows)}'*{wrt}*{cast.new('direction', cols)}"
        else:
            dim = dims[0] if by == "left" else dims[-1]
            form += f"{sign(pick)}{cast.new('fixed', dim)}'*{wrt}"
    return Derive(f"{front}{form}", wrt, cast.symbols)


def _quadratic(pick: Pick, cast: Cast) -> Derive:
    """xᵀAx with what may stand around it: a shift, a linear term, a product or a sum in the middle."""
    n = cast.dim()
    wrt = cast.new("vector", n)
    front = scale(pick, cast)
    shift = pick("nothing", "minus", "plus")
    inner = (
        wrt if shift == "nothing" else f"({wrt} {'-' if shift == 'minus' else '+'} {cast.new('fixed', n)})"
    )
    middle = pick("one", "product", "gram", "sum", "other way")
    if middle == "one":
        between = constants(pick, cast, n, n)
    elif middle == "product":
        between = constants(pick, cast, n, cast.dim(), n)
    elif middle == "gram":
        rows = cast.dim()
        name = cast.new("constant", rows, n)
        between = f"{name}'*{name}"
    else:
        second = "other way" if middle == "other way" else ""
        name = cast.new("constant", n, n)
        between = f"({name}{sign(pick)}{name + chr(39) if second else cast.new('constant', n, n)})"
    tail = pick("nothing", "left", "right", "mapped")
    form = f"{inner}'*{between}*{inner}"
    if tail == "left":
        form += f"{sign(pick)}{cast.new('fixed', n)}'*{wrt}"
    elif tail == "right":
        form += f"{sign(pick)}2*{wrt}'*{cast.new('fixed', n)}"
    elif tail == "mapped":
        m = cast.dim()
        form += f"{sign(pick)}{cast.new('fixed', m)}'*{constants(pick, cast, m, n)}*{wrt}"
    if front and tail != "nothing":
        form = f"({form})"
    return Derive(f"{front}{form}", wrt, cast.symbols)


def _matrix_in_form(pick: Pick, cast: Cast) -> Derive:
    """aᵀXᵀX b, aᵀX A Xᵀ b, aᵀX X b: the matrix twice between two vectors."""
    form = pick("gram", "wide", "square")
    m, n = (cast.dim(),) * 2 if form == "square" else cast.dims(2)
    wrt = cast.new("matrix", m, n)
    front = scale(pick, cast)
    first, second = (f"{wrt}'", wrt) if form == "gram" else (wrt, wrt if form == "square" else f"{wrt}'")
    outer, inner = (n, m) if form == "gram" else (m, n)
    middle = constants(pick, cast, inner, inner) + "*" if pick(True, False) else ""
    left = cast.new("fixed", outer)
    right = pick("same", "other", "mapped")
    if right == "mapped":
        p = cast.dim()
        end = f"{constants(pick, cast, outer, p)}*{cast.new('fixed', p)}"
    else:
        end = left if right == "same" else cast.new("fixed", outer)
    body = f"{left}'*{first}*{middle}{second}*{end}"
    if pick(False, True):
        body += f"{sign(pick)}{cast.new('direction', m)}'*{wrt}*{cast.new('direction', n)}"
    return Derive(f"{front}{body}", wrt, cast.symbols)


def _product_of_forms(pick: Pick, cast: Cast) -> Derive:
    """A product of two forms in one vector: aᵀx · xᵀBx, xᵀAx · xᵀBx …"""
    n = cast.dim()
    wrt = cast.new("vector", n)
    front = scale(pick, cast)
    first, second = (_form(pick, cast, wrt, n) for _ in range(2))
    added = pick("nothing", "linear")
    tail = f"{sign(pick)}{cast.new('fixed', n)}'*{wrt}" if added == "linear" else ""
    return Derive(f"{front}({first})*({second}){tail}", wrt, cast.symbols)


def _form(pick: Pick, cast: Cast, wrt: str, n: str) -> str:
    """A number made of the vector: linear, linear after a map, quadratic, or a squared length."""
    kind = pick("linear", "quadratic", "mapped", "length")
    if kind == "linear":
        return f"{cast.new('fixed', n)}'*{wrt}"
    if kind == "quadratic":
        return f"{wrt}'*{constants(pick, cast, n, n)}*{wrt}"
    if kind == "mapped":
        m = cast.dim()
        return f"{cast.new('fixed', m)}'*{constants(pick, cast, m, n)}*{wrt}"
    return f"{wrt}'*{wrt}"


def _quotient_of_forms(pick: Pick, cast: Cast) -> Derive:
    """Rayleigh's quotient and its relatives: a form over another."""
    n = cast.dim()
    wrt = cast.new("vector", n)
    front = scale(pick, cast)
    top = _form(pick, cast, wrt, n)
    below = pick("length", "quadratic", "shifted")
    if below == "length":
        under = f"({wrt}'*{wrt})"
    elif below == "quadratic":
        under = f"({wrt}'*{constants(pick, cast, n, n)}*{wrt})"
    else:
        under = f"({pick('1', '2')} + {wrt}'*{wrt})"
    tail = f"{sign(pick)}{cast.new('fixed', n)}'*{wrt}" if pick(False, True) else ""
    if top == f"{wrt}'*{wrt}" and below == "length":
        top = f"{cast.new('fixed', n)}'*{wrt}"
    return Derive(f"{front}({top})/{under}{tail}", wrt, cast.symbols)


FORM_FAMILIES: tuple[Family, ...] = (
    Family(
        "bilinear-form",
        "A bilinear form",
        "forms",
        "differentiate a number between two vectors by the matrix or by one of the vectors",
        _bilinear,
    ),
    Family(
        "quadratic-form",
        "A quadratic form",
        "forms",
        "differentiate both occurrences of x and keep A + Aᵀ where A is not symmetric",
        _quadratic,
    ),
    Family(
        "matrix-in-form",
        "A matrix twice between two vectors",
        "forms",
        "use the product rule on aᵀXᵀXb and put outer products in the right order",
        _matrix_in_form,
    ),
    Family(
        "product-of-forms",
        "A product of forms",
        "forms",
        "differentiate a product of numbers in which the vector stands more than once",
        _product_of_forms,
    ),
    Family(
        "quotient-of-forms",
        "A quotient of forms",
        "forms",
        "use the quotient rule on a number that is made of vectors",
        _quotient_of_forms,
    ),
)
