"""Families on norms: least squares with vectors and matrices, penalties, weights, the norm itself."""

from __future__ import annotations

from gen.language.latex import symbol_tex
from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import constants, operand, scale, sign
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _scaled(pick: Pick, cast: Cast, body: str) -> str:
    """A square as it is, or with a half, a number, a sign or a scalar in front."""
    front = pick("", "/2", "2*", "3*", "-", "scalar")
    if front == "/2":
        return body + front
    return (f"{cast.new('scalar')}*" if front == "scalar" else front) + body


def _squares(pick: Pick, cast: Cast) -> Derive:
    """‖Xw − y‖², perhaps with a map before the variable, a bias, or written as an inner product."""
    n, p = cast.dims(2)
    design, _ = operand(pick, cast, "data", n, p)
    wrt = cast.new("coefficients", p)
    inner = f"{constants(pick, cast, p, p)}*" if pick(False, True) else ""
    target = cast.new("observed", n)
    fitted = f"{design}*{inner}{wrt}"
    bias = sign(pick) + cast.new("bias", n) if pick(False, True) else ""
    order = pick("fitted first", "target first")
    residual = f"{fitted}{bias} - {target}" if order == "fitted first" else f"{target} - {fitted}{bias}"
    body = pick(f"norm2({residual})^2", f"({residual})'*({residual})")
    story = f"A linear model with coefficients ${wrt}$ is fitted to the observations ${target}$."
    return Derive(_scaled(pick, cast, body), wrt, cast.symbols, story=story)


def _matrix_squares(pick: Pick, cast: Cast) -> Derive:
    """‖WX − Y‖² for matrices, by either factor; a factor may stand on the other side too."""
    m, n, p = cast.dims(3)
    by = pick("left", "right", "middle")
    left, first = operand(pick, cast, "weights", m, n)
    right, second = operand(pick, cast, "data", n, p)
    wrt = second if by == "right" else first
    fitted = f"{left}*{right}"
    if by == "middle":
        q = cast.dim()
        fitted, m = f"{constants(pick, cast, q, m)}*{fitted}", q
    target, _ = operand(pick, cast, "targets", m, p)
    residual = pick(f"{fitted} - {target}", f"{target} - {fitted}", f"{fitted} + {target}")
    body = pick(f"normF({residual})^2", f"tr(({residual})'*({residual}))")
    return Derive(_scaled(pick, cast, body), wrt, cast.symbols)


def _ridge(pick: Pick, cast: Cast) -> Derive:
    """Least squares with a penalty: a length, a mapped length, the distance from a guess, a form."""
    n, p = cast.dims(2)
    kind = pick("vector", "matrix")
    weight = cast.new("penalty")
    if kind == "vector":
        design, _ = operand(pick, cast, "data", n, p)
        wrt, target = cast.new("coefficients", p), cast.new("observed", n)
        norm, fitted = "norm2", f"{design}*{wrt}"
    else:
        m = cast.dim()
        wrt = cast.new("weights", m, n)
        data, _ = operand(pick, cast, "data", n, p)
        target, _ = operand(pick, cast, "targets", m, p)
        norm, fitted = "normF", f"{wrt}*{data}"
    shape = (p,) if kind == "vector" else (m, n)
    residual = pick(f"{fitted} - {target}", f"{target} - {fitted}")
    product = f"({residual})'*({residual})"
    fit = pick(f"{norm}({residual})^2", product if kind == "vector" else f"tr({product})")
    form = pick("plain", "half", "scalar")
    fit = f"{fit}/2" if form == "half" else f"{cast.new('scalar')}*{fit}" if form == "scalar" else fit
    size = pick("", "/2")
    penalty = pick("length", "mapped", "guess", "inner")
    if penalty == "length":
        size = f"{norm}({wrt})^2{size}"
    elif penalty == "mapped":
        size = f"{norm}({constants(pick, cast, shape[0], shape[0])}*{wrt})^2{size}"
    elif penalty == "guess":
        guess = cast.new("fixed" if kind == "vector" else "constant", *shape)
        size = f"{norm}({wrt} - {guess})^2{size}"
    else:
        between = constants(pick, cast, shape[0], shape[0])
        inner = f"{wrt}'*{between}*{wrt}"
        size = (inner if kind == "vector" else f"tr({inner})") + size
    story = f"A fit has a penalty, whose weight is ${symbol_tex(weight)}$."
    return Derive(f"{fit} + {weight}*{size}", wrt, cast.symbols, story=story)


def _weighted(pick: Pick, cast: Cast) -> Derive:
    """(Xw − y)ᵀ S (Xw − y) with a matrix of weights, symmetric or not, or with a weight for each row."""
    n, p = cast.dims(2)
    design, _ = operand(pick, cast, "data", n, p)
    wrt, target = cast.new("coefficients", p), cast.new("observed", n)
    residual = pick(f"({design}*{wrt} - {target})", f"({target} - {design}*{wrt})")
    weights = pick("matrix", "rows", "gram", "squares", "symmetric")
    if weights == "squares":
        body = f"sum({cast.new('fixed', n)}.*{residual}.^2)"
    elif weights == "gram":
        name = cast.new("constant", cast.dim(), n)
        body = f"norm2({name}*{residual})^2"
    else:
        if weights == "matrix":
            between, _ = operand(pick, cast, "constant", n, n)
        elif weights == "symmetric":
            between = cast.new("covariance", n, n, structure="symmetric")
        else:
            between = f"diag({cast.new('fixed', n)})"
        body = f"{residual}'*{between}*{residual}"
    body = _scaled(pick, cast, body)
    tail = pick("nothing", "penalty", "linear")
    if tail == "penalty":
        body += f" + {cast.new('penalty')}*norm2({wrt})^2"
    elif tail == "linear":
        body += f"{sign(pick)}{cast.new('bias', p)}'*{wrt}"
    story = f"A linear model with coefficients ${wrt}$ is fitted to observations that do not weigh the same."
    return Derive(body, wrt, cast.symbols, story=story)


def _norm_itself(pick: Pick, cast: Cast) -> Derive:
    """‖Ax − b‖, not squared; perhaps a power of it, or another term."""
    kind = pick("vector", "matrix")
    n, m = (cast.dim(),) * 2 if pick(False, True) else cast.dims(2)
    front = scale(pick, cast)
    p = cast.dim()
    if kind == "vector":
        factor = wrt = cast.new("vector", n)
        norm = "norm2"
    else:
        factor, wrt = operand(pick, cast, "matrix", n, p)
        norm = "normF"
    inner = f"{constants(pick, cast, m, n)}*{factor}"
    if pick(False, True):
        inner += sign(pick) + (cast.new("fixed", m) if kind == "vector" else cast.new("constant", m, p))
    body = f"{front}{norm}({inner}){pick('', '^3')}"
    added = pick("nothing", "square", "linear")
    if added == "square":
        body += f"{sign(pick)}{norm}({wrt})^2"
    elif added == "linear":
        linear = f"{cast.new('fixed', n)}'*{factor}"
        body += sign(pick) + (linear if kind == "vector" else f"{linear}*{cast.new('fixed', p)}")
    return Derive(body, wrt, cast.symbols)


NORM_FAMILIES: tuple[Family, ...] = (
    Family(
        "least-squares",
        "Least squares",
        "norms",
        "differentiate a squared length of a residual by the coefficients",
        _squares,
    ),
    Family(
        "matrix-least-squares",
        "Least squares with matrices",
        "norms",
        "differentiate a squared Frobenius norm of a residual by one of the factors",
        _matrix_squares,
    ),
    Family(
        "penalised-least-squares",
        "Least squares with a penalty",
        "norms",
        "differentiate a fit and a penalty, term by term",
        _ridge,
    ),
    Family(
        "weighted-least-squares",
        "Weighted least squares",
        "norms",
        "differentiate a weighted square of a residual without taking the weights to be symmetric",
        _weighted,
    ),
    Family(
        "norm-not-squared",
        "A norm that is not squared",
        "norms",
        "use the chain rule on a length: the norm stays in the denominator",
        _norm_itself,
    ),
)
