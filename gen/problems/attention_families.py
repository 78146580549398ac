"""Families on attention: scores, weights and outputs."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.operands import constants, scale
from gen.problems.parts import filled, shifted, tex
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _temperature(pick: Pick, cast: Cast, size: str) -> str:
    """What scores are divided by."""
    return filled(
        pick("/sqrt({n})", "/{n}", "/2", "/{t}"), n=size, t=lambda: cast.new("scalar", domain="positive")
    )


def _mask(pick: Pick, cast: Cast, rows: str, cols: str) -> str:
    """A constant added to the scores."""
    return filled(
        pick("", " + {M}", " - {M}", " + {M}*{N}", " - {M}*{N}"),
        M=lambda: constants(pick, cast, rows, cols),
        N=lambda: constants(pick, cast, cols, cols),
    )


def _scores(pick: Pick, cast: Cast) -> Derive:
    """The scores of positions, by the weights of the queries or of the keys."""
    count, size, inner = cast.dims(3)
    data = cast.new("rows", count, size)
    ours, other = cast.new("weights", size, inner), cast.new("weights", size, inner)
    between = filled(pick("", "{A}*"), A=lambda: constants(pick, cast, inner, inner))
    scaled = _temperature(pick, cast, inner)
    scores = f"{data}*{ours}*{between}{other}'*{data}'{scaled}{_mask(pick, cast, count, count)}"
    told = f"{tex(data)} holds one position a row; {tex(ours)} makes queries and {tex(other)} keys."
    return Derive(scores, pick(ours, other), cast.symbols, story=told)


def _attention(pick: Pick, cast: Cast, count: str, others: str) -> tuple[str, str, str, str]:
    """The attention of `count` queries to `others` keys: its text, the queries, the keys, and a sentence."""
    size = cast.dim()
    queries, keys = cast.new("queries", count, size), cast.new("keys", others, size)
    between = filled(pick("", "{A}*"), A=lambda: constants(pick, cast, size, size))
    scores = f"{queries}*{between}{keys}'{_temperature(pick, cast, size)}{_mask(pick, cast, count, others)}"
    told = f"{tex(queries)} holds one query a row and {tex(keys)} one key a row"
    return f"softmaxrows({scores})", queries, keys, told


def _weights(pick: Pick, cast: Cast) -> Derive:
    """The attention weights by queries or keys."""
    count, others = cast.dims(2)
    text, queries, keys, told = _attention(pick, cast, count, others)
    return Derive(text, pick(queries, keys), cast.symbols, story=f"{told}.")


def _output(pick: Pick, cast: Cast) -> Derive:
    """The output of attention by queries or keys."""
    count, others, out = cast.dims(3)
    text, queries, keys, told = _attention(pick, cast, count, others)
    values = cast.new("values", others, out)
    told += f"; {tex(values)} holds one value a row."
    return Derive(f"{text}*{values}", pick(queries, keys), cast.symbols, story=told)


def _one_query(pick: Pick, cast: Cast) -> Derive:
    """Attention of one query: a weighted mean of values, by the query."""
    others, size, out = cast.dims(3)
    query = cast.new("vector", size)
    keys, values = cast.new("keys", others, size), cast.new("values", others, out)
    between = filled(pick("", "{A}*"), A=lambda: constants(pick, cast, size, size))
    scaled = _temperature(pick, cast, size)
    shift = shifted(pick, cast, others)
    text = f"{scale(pick, cast)}{values}'*softmax({keys}*{between}{query}{scaled}{shift})"
    told = f"{tex(query)} is one query; {tex(keys)} holds one key a row and {tex(values)} one value a row."
    return Derive(text, query, cast.symbols, story=told)


ATTENTION_FAMILIES: tuple[Family, ...] = (
    Family(
        "attention-scores",
        "Attention scores",
        "attention",
        "differentiate a product of four matrices by one in the middle",
        _scores,
    ),
    Family(
        "attention-weights",
        "Attention weights",
        "attention",
        "differentiate a softmax of rows by the queries or the keys",
        _weights,
    ),
    Family(
        "attention-output",
        "Output of attention",
        "attention",
        "carry the derivative of the attention weights on to the output",
        _output,
    ),
    Family(
        "attention-of-one-query",
        "Attention of one query",
        "attention",
        "find the Jacobian of a softmax between the values and the keys",
        _one_query,
    ),
)
