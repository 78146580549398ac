"""Families on the chain rule through two and three layers."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import chain, constants, scale
from gen.problems.parts import ACTIVATIONS, filled, shifted, tex
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _layer(pick: Pick, cast: Cast, fed: str, sizes: tuple[str, str], biased: bool) -> tuple[str, str, str]:
    """The affine map of a layer before its activation, its weights and its bias."""
    weights = cast.new("weights", *sizes)
    bias = cast.new("bias", sizes[0]) if biased else ""
    return f"{weights}*{fed}" + (f" + {bias}" if biased else ""), weights, bias


def _two(pick: Pick, cast: Cast) -> Derive:
    """A network of two layers with a squared loss, by a parameter of the first layer or the input."""
    size, hidden, out = cast.dims(3)
    x = cast.new("vector", size)
    asked = pick("weights", "bias", "input")
    first, weights, bias = _layer(pick, cast, x, (hidden, size), asked == "bias" or pick(False, True))
    middle = f"{pick(*ACTIVATIONS)}({first})"
    second, _, _ = _layer(pick, cast, middle, (out, hidden), False)
    second += shifted(pick, cast, out)
    y = cast.new("observed", out)
    form = pick("{c}norm2({u} - {y})^2", "{c}norm2({y} - ({u}))^2")
    if asked != "bias":
        form = pick(form, form.replace("norm2(", "sum((").replace(")^2", ").^2)"))
    front = filled(pick("", "2*", "{a}*"), a=lambda: cast.new("scalar"))
    told = f"A network of two layers; {tex(x)} is its input and {tex(y)} what it should give."
    wrt = {"weights": weights, "bias": bias, "input": x}[asked]
    expr = form.format(c=front, u=second, y=y) + ("" if front else "/2")
    return Derive(expr, wrt, cast.symbols, story=told)


def _two_jacobian(pick: Pick, cast: Cast) -> Derive:
    """The Jacobian of two layers by their input."""
    size, hidden, out = cast.dims(3)
    x = cast.new("vector", size)
    first, _, _ = _layer(pick, cast, x, (hidden, size), pick(False, True))
    second, _, _ = _layer(pick, cast, f"{pick(*ACTIVATIONS)}({first})", (out, hidden), pick(False, True))
    last = pick(*ACTIVATIONS)
    told = f"Two layers; {tex(x)} is the input."
    return Derive(f"{scale(pick, cast)}{last}({second})", x, cast.symbols, story=told)


def _three(pick: Pick, cast: Cast) -> Derive:
    """A network of three layers read out by a vector, by the weights of one layer or its input."""
    size, one, two, three = cast.dims(4)
    x = cast.new("vector", size)
    first, weights, _ = _layer(pick, cast, x, (one, size), pick(False, True))
    second, _, _ = _layer(pick, cast, f"{pick(*ACTIVATIONS)}({first})", (two, one), pick(False, True))
    third, _, _ = _layer(pick, cast, f"{pick(*ACTIVATIONS)}({second})", (three, two), False)
    last = f"{pick(*ACTIVATIONS)}({third})"
    readout = cast.new("fixed", three)
    form = pick("{c}'*{h}", "{h}'*{c}", "-{c}'*{h}", "2*{h}'*{c}").format(c=readout, h=last)
    told = f"A network of three layers; {tex(x)} is its input and {tex(readout)} weighs its outputs."
    return Derive(form, pick(weights, x), cast.symbols, story=told)


def _under_a_trace(pick: Pick, cast: Cast) -> Derive:
    """g(tr A f(X B)) and tr A f(B g(X C)): two functions, one in the other, and a trace."""
    m, n, p = cast.dims(3)
    outer, inner = pick(*ACTIVATIONS), pick(*ACTIVATIONS)
    front = scale(pick, cast)
    around = pick(True, False)
    argument, wrt = chain(pick, cast, (m, p, n), pick(0, 1))
    last = constants(pick, cast, n, m)
    if around:
        inside = f"{inner}({argument})"
        return Derive(f"{front}{outer}(tr({_beside(pick, last, inside)}))", wrt, cast.symbols)
    inside = f"{outer}({constants(pick, cast, m, m)}*{inner}({argument}))"
    return Derive(f"{front}tr({_beside(pick, last, inside)})", wrt, cast.symbols)


def _beside(pick: Pick, constant: str, layer: str) -> str:
    return "*".join(pick((constant, layer), (layer, constant)))


CHAIN_FAMILIES: tuple[Family, ...] = (
    Family(
        "two-layers",
        "Loss of a network of two layers",
        "chain rule",
        "carry a residual back through two layers: transposed weights and slopes in turn",
        _two,
    ),
    Family(
        "two-layers-jacobian",
        "Jacobian of two layers",
        "chain rule",
        "multiply the Jacobians of the layers in the right order",
        _two_jacobian,
    ),
    Family(
        "three-layers",
        "Gradient through three layers",
        "chain rule",
        "carry a vector back through three layers",
        _three,
    ),
    Family(
        "layers-under-a-trace",
        "Two functions and a trace",
        "chain rule",
        "use the chain rule twice on a number that is, or has in it, the trace of a matrix of slopes",
        _under_a_trace,
    ),
)
