"""Families on layers with an elementwise function: Jacobians, losses, weights and biases."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import constants, operand, scale, sign
from gen.problems.pick import Pick
from gen.problems.task import Derive

ACTIVATIONS = ("tanh", "sigmoid", "softplus", "exp", "sin", "cos")


def _layer_map(pick: Pick, cast: Cast) -> Derive:
    """f(Wx + b) by x or by b, perhaps mapped once more or added to x: a Jacobian."""
    f = pick(*ACTIVATIONS)
    n, m = cast.dims(2)
    weights, _ = operand(pick, cast, "weights", m, n)
    x = cast.new("vector", n)
    by = pick("input", "bias")
    bias = cast.new("bias", m) if by == "bias" or pick(True, False) else ""
    inner = f"{weights}*{x}" + (sign(pick) + bias if bias else "")
    front = scale(pick, cast)
    around = pick("nothing", "mapped", "gated", "target")
    body = f"{f}({inner})"
    if around == "mapped":
        body = f"{constants(pick, cast, cast.dim(), m)}*{body}"
    elif around == "gated":
        body = f"{cast.new('fixed', m)}.*{body}"
    elif around == "target":
        body += " - " + cast.new("observed", m)
    body = f"({body})" if front and around in ("gated", "target") else body
    story = f"A layer with the function {f} is applied to one example ${x}$."
    return Derive(f"{front}{body}", x if by == "input" else bias, cast.symbols, story=story)


def _layer_loss(pick: Pick, cast: Cast) -> Derive:
    """aᵀf(Wx + b), Σ f(Wx + b), ‖f(Wx + b) − y‖², by weights, input or bias."""
    f = pick(*ACTIVATIONS)
    n, m = cast.dims(2)
    by = pick("weights", "input", "bias")
    factor, weights = operand(pick, cast, "weights", m, n)
    x = cast.new("vector", n)
    bias = cast.new("bias", m) if by == "bias" or pick(True, False) else ""
    inner = f"{f}({factor}*{x}" + (f" + {bias})" if bias else ")")
    form = pick("weighted", "sum", "squares")
    if form == "weighted":
        body = f"{scale(pick, cast)}{cast.new('fixed', m)}'*{inner}"
    elif form == "sum":
        body = f"{scale(pick, cast)}sum({inner})"
    else:
        body = f"norm2({inner} - {cast.new('observed', m)})^2/2"
    wrt = {"weights": weights, "input": x, "bias": bias}[by]
    story = (
        f"A number is made of the output of a layer, whose input is ${x}$ and whose weights are ${weights}$."
    )
    return Derive(body, wrt, cast.symbols, story=story)


def _matrix_function(pick: Pick, cast: Cast) -> Derive:
    """Σ f(X), tr(A f(X B)), Σ A ∘ f(X), aᵀ f(X) b: an elementwise function of a matrix in a number."""
    f = pick(*ACTIVATIONS)
    m, n = cast.dims(2)
    inside = pick("plain", "before", "after")
    factor, wrt = operand(pick, cast, "matrix", m, n)
    rows, cols = m, n
    if inside == "before":
        rows = cast.dim()
        factor = f"{constants(pick, cast, rows, m)}*{factor}"
    elif inside == "after":
        cols = cast.dim()
        factor = f"{factor}*{constants(pick, cast, n, cols)}"
    value = f"{f}({factor})"
    front = scale(pick, cast)
    form = pick("sum", "trace", "mask", "form")
    if form == "sum":
        body = f"sum({value})"
    elif form == "trace":
        other = operand(pick, cast, "constant", cols, rows)[0]
        body = f"tr({'*'.join(pick((other, value), (value, other)))})"
    elif form == "mask":
        body = f"sum({operand(pick, cast, 'constant', rows, cols)[0]}.*{value})"
    else:
        body = f"{cast.new('fixed', rows)}'*{value}*{cast.new('fixed', cols)}"
    return Derive(f"{front}{body}", wrt, cast.symbols)


def _matrix_layer(pick: Pick, cast: Cast) -> Derive:
    """f(WX), f(X), A f(X), f(XB): a matrix by a matrix, with four indices."""
    f = pick(*ACTIVATIONS)
    m, n = cast.dims(2)
    by = pick("weights", "data", "alone")
    front = scale(pick, cast)
    if by == "alone":
        inner, wrt = operand(pick, cast, "matrix", m, n)
    else:
        p = cast.dim()
        left, weights = operand(pick, cast, "weights", m, p)
        right, data = operand(pick, cast, "data", p, n)
        inner, wrt = f"{left}*{right}", weights if by == "weights" else data
    around = pick("nothing", "before", "after", "mask")
    body = f"{f}({inner})"
    if around == "before":
        body = f"{constants(pick, cast, cast.dim(), m)}*{body}"
    elif around == "after":
        body = f"{body}*{constants(pick, cast, n, cast.dim())}"
    elif around == "mask":
        masked = f"{operand(pick, cast, 'constant', m, n)[0]}.*{body}"
        body = f"({masked})" if front else masked
    return Derive(f"{front}{body}", wrt, cast.symbols)


def _function_of_form(pick: Pick, cast: Cast) -> Derive:
    """f(aᵀx), f(xᵀAx), f(aᵀXb), perhaps plus another term: a function of one number."""
    f = pick(*ACTIVATIONS)
    n = cast.dim()
    inside = pick("linear", "quadratic", "bilinear", "length")
    front = scale(pick, cast)
    if inside == "bilinear":
        m = cast.dim()
        factor, wrt = operand(pick, cast, "matrix", m, n)
        form = f"{cast.new('fixed', m)}'*{factor}*{cast.new('fixed', n)}"
    else:
        wrt = cast.new("vector", n)
        made = {
            "linear": lambda: f"{cast.new('fixed', n)}'*{wrt}",
            "quadratic": lambda: f"{wrt}'*{constants(pick, cast, n, n)}*{wrt}",
            "length": lambda: f"{wrt}'*{wrt}",
        }
        form = made[inside]()
    shift = pick("", "scalar", "-")
    if shift == "scalar":
        form += sign(pick) + cast.new("scalar")
    elif shift == "-":
        form = f"-{form}"
    body = f"{front}{f}({form})"
    if pick(False, True):
        other = f"norm2({wrt})^2" if inside != "bilinear" else f"normF({wrt})^2"
        body += sign(pick) + other
    return Derive(body, wrt, cast.symbols)


ELEMENTWISE_FAMILIES: tuple[Family, ...] = (
    Family(
        "layer-jacobian",
        "The Jacobian of a layer",
        "elementwise layers",
        "apply the chain rule entry by entry: a diagonal matrix of derivatives",
        _layer_map,
    ),
    Family(
        "layer-loss",
        "A loss of one layer",
        "elementwise layers",
        "carry a derivative back through an elementwise function to weights, input or bias",
        _layer_loss,
    ),
    Family(
        "function-of-matrix",
        "An elementwise function of a matrix",
        "elementwise layers",
        "differentiate a number with an elementwise function of a product in it",
        _matrix_function,
    ),
    Family(
        "matrix-layer",
        "A layer on many examples",
        "elementwise layers",
        "apply the chain rule to a matrix by a matrix and keep four indices",
        _matrix_layer,
    ),
    Family(
        "function-of-form",
        "A function of a form",
        "elementwise layers",
        "apply the chain rule to a function of one number",
        _function_of_form,
    ),
)
