"""Families on the softmax and the cross-entropy."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import constants, scale
from gen.problems.parts import SMOOTH, filled, shifted, tex
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _jacobian(pick: Pick, cast: Cast) -> Derive:
    """The softmax of an affine map, with a constant in front of it or added to it."""
    m, n = cast.dims(2)
    x = cast.new("vector", n)
    argument = filled(
        pick("{A}*{x}", "-{A}*{x}", "diag({c})*{A}*{x}"),
        A=lambda: constants(pick, cast, m, n),
        x=x,
        c=lambda: cast.new("fixed", m),
    )
    argument += shifted(pick, cast, m)
    return Derive(f"{scale(pick, cast)}softmax({argument}){shifted(pick, cast, m)}", x, cast.symbols)


def _cross_entropy(pick: Pick, cast: Cast) -> Derive:
    """The loss of a classifier with one layer, by its weights, its bias or its input."""
    classes, size = cast.dims(2)
    x = cast.new("vector", size)
    asked = pick("weights", "bias", "input")
    turned = asked != "weights" and pick(False, True)
    weights = cast.new("weights", *((size, classes) if turned else (classes, size)))
    scores = f"{weights}{chr(39) * turned}*{_features(pick, x) if asked != 'input' else x}"
    bias = ""
    if asked == "bias":
        bias = cast.new("bias", classes)
        scores += f" + {bias}"
    scores += shifted(pick, cast, classes)
    y = cast.new("observed", classes, domain="simplex")
    front = filled(pick("", "2*", "3*", "{alpha}*"), alpha=lambda: cast.new("scalar"))
    if asked == "bias":
        form = pick("{s}logsumexp({u}) - {s}{y}'*({u})", "-{s}{y}'*({u}) + {s}logsumexp({u})")
    else:
        form = pick("-{s}{y}'*log(softmax({u}))", "-{s}log(softmax({u}))'*{y}")
    told = f"{tex(y)} holds the probabilities of the classes, which sum to 1; {tex(x)} is one example."
    wrt = {"weights": weights, "bias": bias, "input": x}[asked]
    return Derive(form.format(s=front, u=scores, y=y), wrt, cast.symbols, story=told)


def _features(pick: Pick, data: str) -> str:
    """Data as they come, or an elementwise function of them."""
    function = pick("", *SMOOTH)
    return f"{function}({data})" if function else data


def _batch_cross_entropy(pick: Pick, cast: Cast) -> Derive:
    """The same for a batch, an example a row."""
    examples, size, classes = cast.dims(3)
    data = cast.new("rows", examples, size)
    fed = _features(pick, data)
    weights = cast.new("weights", size, classes)
    shift = filled(
        pick("", " + ones({n})*{b}'", " - ones({n})*{b}'", " + {A}", " - {A}"),
        n=examples,
        b=lambda: cast.new("bias", classes),
        A=lambda: constants(pick, cast, examples, classes),
    )
    targets = cast.new("targets", examples, classes, domain="rowsimplex")
    form = pick(
        "-{c}sum({Y}.*log({s}))", "-{c}tr({Y}'*log({s}))", "-{c}sum(log({s}).*{Y})", "-{c}tr(log({s})*{Y}')"
    )
    front = filled(pick("", "2*", "3*", "{alpha}*"), alpha=lambda: cast.new("scalar"))
    expr = form.format(Y=targets, c=front, s=f"softmaxrows({fed}*{weights}{shift})") + pick(
        "", f"/{examples}"
    )
    told = f"{tex(data)} holds one example a row, and {tex(targets)} the probabilities of its classes."
    return Derive(expr, weights, cast.symbols, story=told)


SOFTMAX_FAMILIES: tuple[Family, ...] = (
    Family(
        "softmax-jacobian",
        "Jacobian of a softmax",
        "softmax",
        "differentiate a softmax: every output depends on every input",
        _jacobian,
    ),
    Family(
        "cross-entropy",
        "Cross-entropy of a softmax",
        "softmax",
        "follow the chain rule through a logarithm and a softmax to the difference of prediction and target",
        _cross_entropy,
    ),
    Family(
        "cross-entropy-batch",
        "Cross-entropy of a batch",
        "softmax",
        "differentiate a loss summed over a batch and write the entries as one product of matrices",
        _batch_cross_entropy,
    ),
)
