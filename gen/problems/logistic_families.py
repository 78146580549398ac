"""Families on logistic regression."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import constants
from gen.problems.parts import filled, tex
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _scores(pick: Pick, cast: Cast, examples: str, size: str) -> tuple[str, str, str]:
    """The scores of all examples, the coefficients in them, and where the examples stand."""
    w = cast.new("coefficients", size)
    if pick(False, True):
        data = cast.new("rows", examples, size)
        return f"{data}*{w}", w, f"{tex(data)} holds one example a row"
    data = cast.new("data", size, examples)
    return f"{data}'*{w}", w, f"{tex(data)} holds one example a column"


def _offset(pick: Pick, cast: Cast, examples: str) -> str:
    """A known offset of every score: one number, or one for each example; or none."""
    form = pick("", " + {a}*ones({n})", " - {a}*ones({n})", " + {b}", " - {b}", " + {B}*{b}", " - {B}*{b}")
    return filled(
        form,
        n=examples,
        a=lambda: cast.new("scalar"),
        b=lambda: cast.new("fixed", examples),
        B=lambda: constants(pick, cast, examples, examples),
    )


def _signed(pick: Pick, cast: Cast) -> Derive:
    """Labels are 1 and -1: the loss is a function of label times score."""
    examples, size = cast.dims(2)
    scores, w, told = _scores(pick, cast, examples, size)
    scores = f"({scores}{_offset(pick, cast, examples)})"
    y = cast.new("observed", examples, domain="pm1")
    margin = pick("{y}.*{s}", "{s}.*{y}").format(y=y, s=scores)
    loss = pick("-{0}sum(log(sigmoid({1}))){2}", "{0}sum(softplus(-({1}))){2}", "{0}sum(exp(-({1}))){2}")
    front = filled(pick("", "2*", "3*", "{a}*"), a=lambda: cast.new("scalar"))
    told += f" and {tex(y)} its label, 1 or $-1$."
    return Derive(loss.format(front, margin, pick("", f"/{examples}")), w, cast.symbols, story=told)


def _counted(pick: Pick, cast: Cast) -> Derive:
    """Labels are 0 and 1, or counts: the loss is a sum over all scores less labels times scores."""
    examples, size = cast.dims(2)
    scores, w, told = _scores(pick, cast, examples, size)
    scores += _offset(pick, cast, examples)
    y = cast.new("observed", examples)
    each = pick("sum(softplus({u}))", "sum(exp({u}))").format(u=scores)
    told += f" and {tex(y)} {'the counts' if 'exp' in each else 'the labels, 0 or 1'}."
    weighted = pick("{y}'*({u})", "({u})'*{y}").format(y=y, u=scores)
    front = filled(pick("", "2*", "3*", "{a}*"), a=lambda: cast.new("scalar"))
    loss = pick("{c}{a} - {c}{b}", "-{c}{b} + {c}{a}").format(a=each, b=weighted, c=front)
    return Derive(loss, w, cast.symbols, story=told)


LOGISTIC_FAMILIES: tuple[Family, ...] = (
    Family(
        "logistic-margin",
        "Logistic loss with labels 1 and -1",
        "logistic regression",
        "follow the chain rule from a sum over the examples to the coefficients",
        _signed,
    ),
    Family(
        "logistic-likelihood",
        "Likelihood of a linear predictor",
        "logistic regression",
        "differentiate a negative log likelihood and see prediction less label appear",
        _counted,
    ),
)
