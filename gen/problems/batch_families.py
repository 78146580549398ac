"""Families on layers that work on a batch, an example a column or an example a row."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import constants, scale
from gen.problems.parts import ACTIVATIONS, filled, tex
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _layer(pick: Pick, cast: Cast, rows: bool) -> tuple[str, str, str, tuple[str, str], str]:
    """A layer with a bias on a batch: the affine map, its weights, its bias, its shape, and a sentence."""
    size, out, count = cast.dims(3)
    if rows:
        data, weights = cast.new("rows", count, size), cast.new("weights", size, out)
        bias = cast.new("bias", out)
        told = f"{tex(data)} holds one example a row, and the bias {tex(bias)} is added to every row."
        return f"{data}*{weights} + ones({count})*{bias}'", weights, bias, (count, out), told
    data, weights = cast.new("data", size, count), cast.new("weights", out, size)
    bias = cast.new("bias", out)
    told = f"{tex(data)} holds one example a column, and the bias {tex(bias)} is added to every column."
    return f"{weights}*{data} + {bias}*ones({count})'", weights, bias, (out, count), told


def _squared(pick: Pick, cast: Cast) -> Derive:
    """The squared error of a layer on a batch, by the weights or the bias."""
    rows = pick(False, True)
    affine, weights, bias, shape, told = _layer(pick, cast, rows)
    affine += filled(
        pick("", " + {A}", " - {A}", " + {A}*{B}"),
        A=lambda: constants(pick, cast, *shape),
        B=lambda: constants(pick, cast, shape[1], shape[1]),
    )
    function = pick("", *ACTIVATIONS)
    out = f"{function}({affine})" if function else affine
    targets = cast.new("targets", *shape)
    count = shape[0] if rows else shape[1]
    residual = pick("{0} - {1}", "{1} - {0}" if function else "{1} - ({0})").format(out, targets)
    form = pick("normF({0})^2", "sum(({0}).^2)", "tr(({0})'*({0}))").format(residual)
    return Derive(
        form + pick("/2", f"/{count}", f"/(2*{count})"), pick(weights, bias), cast.symbols, story=told
    )


def _linear(pick: Pick, cast: Cast) -> Derive:
    """A sum over a layer on a batch, perhaps weighted, by the weights or the bias."""
    rows = pick(False, True)
    affine, weights, bias, shape, told = _layer(pick, cast, rows)
    function = pick(*ACTIVATIONS)
    form = filled(
        pick("sum({G}.*{h})", "tr({G}'*{h})", "{a}'*{h}*{b}", "tr({h}*{G}')", "sum({h}.*{G})"),
        h=f"{function}({affine})",
        G=lambda: cast.new("constant", *shape),
        a=lambda: cast.new("fixed", shape[0]),
        b=lambda: cast.new("fixed", shape[1]),
    )
    return Derive(scale(pick, cast) + form, pick(weights, bias), cast.symbols, story=told)


def _tensor(pick: Pick, cast: Cast) -> Derive:
    """The outputs of a layer on a batch, by the weights or the bias: a tensor."""
    rows = pick(False, True)
    affine, weights, bias, shape, told = _layer(pick, cast, rows)
    affine += filled(pick("", " + {A}", " - {A}"), A=lambda: constants(pick, cast, *shape))
    layer = f"{pick(*ACTIVATIONS)}({affine})"
    front = filled(
        pick("-", "2*", "-2*", "3*", "{a}*", "-{a}*", "{M}.*"),
        a=lambda: cast.new("scalar"),
        M=lambda: constants(pick, cast, *shape),
    )
    return Derive(front + layer, pick(weights, bias), cast.symbols, story=told)


BATCH_FAMILIES: tuple[Family, ...] = (
    Family(
        "batch-squared-error",
        "Squared error of a batch",
        "batch layers",
        "sum over a batch, with examples in columns or in rows, by the weights or the bias",
        _squared,
    ),
    Family(
        "batch-weighted-sum",
        "Weighted sum of a layer on a batch",
        "batch layers",
        "carry given weights back through an activation to the weights or the bias of a layer",
        _linear,
    ),
    Family(
        "batch-layer-tensor",
        "Layer on a batch, entry by entry",
        "batch layers",
        "find which entries of a layer's output depend on one weight or one bias",
        _tensor,
    ),
)
