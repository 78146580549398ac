"""Families on attention: scores, weights and outputs."""

from __future__ import annotations

from gen.problems.cast import Cast
from gen.problems.family import Family
from gen.problems.parts import constant, filled
from gen.problems.pick import Pick
from gen.problems.task import Derive


def _scores(pick: Pick, cast: Cast) -> Derive:
    """The scores of positions, by the weights of the queries or of the keys."""
    count, size, inner = cast.dims(3)
    data = cast.new("rows", count, size)
    ours, other = cast.new("weights", size, inner), cast.new("weights", size, inner)
    scaled = pick("", f"/sqrt({inner})", f"/{inner}", "/2", "/tau")
    if scaled == "/tau":
        scaled = "/" + cast.new("scalar", domain="positive")
    mask = filled(
        pick("", " + {M}", " - {M}", " + {M}*{N}"),
        M=lambda: constant(pick, cast, count, count),
        N=lambda: constant(pick, cast, count, count),
    )
    scores = f"{data}*{ours}*{other}'*{data}'{scaled}{mask}"
    told = f"${data}$ holds one position a row; ${ours}$ makes queries and ${other}$ keys."
    return Derive(scores, pick(ours, other), cast.symbols, story=told)


def _queries(pick: Pick, cast: Cast) -> tuple[str, str, str, str, tuple[str, str, str, str]]:
    """Attention weights of queries and keys: their text, the queries, the keys, a sentence, the dimensions."""
    count, size, others, out = cast.dims(4)
    queries, keys = cast.new("queries", count, size), cast.new("keys", others, size)
    scaled = pick("", f"/sqrt({size})", f"/{size}", "/2", "/tau")
    if scaled == "/tau":
        scaled = "/" + cast.new("scalar", domain="positive")
    mask = filled(pick("", " + {M}", " - {M}"), M=lambda: constant(pick, cast, count, others))
    between = filled(pick("", "{A}*"), A=lambda: constant(pick, cast, size, size))
    text = f"softmaxrows({queries}*{between}{keys}'{scaled}{mask})"
    told = f"${queries}$ holds one query a row and ${keys}$ one key a row"
    return text, queries, keys, told, (count, size, others, out)


def _weights(pick: Pick, cast: Cast) -> Derive:
    """The attention weights by queries or keys."""
    text, queries, keys, told, _ = _queries(pick, cast)
    return Derive(text, pick(queries, keys), cast.symbols, story=f"{told}.")


def _output(pick: Pick, cast: Cast) -> Derive:
    """The output of attention by queries, keys or values."""
    text, queries, keys, told, (_, _, others, out) = _queries(pick, cast)
    values = cast.new("values", others, out)
    told += f"; ${values}$ holds the values."
    return Derive(f"{text}*{values}", pick(queries, keys), cast.symbols, story=told)


def _one_query(pick: Pick, cast: Cast) -> Derive:
    """Attention of one query: a weighted mean of values, by the query."""
    others, size, out = cast.dims(3)
    query = cast.new("vector", size)
    keys, values = cast.new("keys", others, size), cast.new("values", others, out)
    between = filled(pick("", "{A}*"), A=lambda: constant(pick, cast, size, size))
    scaled = pick("", f"/sqrt({size})", f"/{size}", "/2", "/tau")
    if scaled == "/tau":
        scaled = "/" + cast.new("scalar", domain="positive")
    shift = filled(
        pick("", " + {b}", " - {b}", " + {B}*{b}", " - {B}*{b}"),
        b=lambda: cast.new("fixed", others),
        B=lambda: constant(pick, cast, others, others),
    )
    front = pick("", "-", "2*")
    text = f"{front}{values}'*softmax({keys}*{between}{query}{scaled}{shift})"
    told = f"${query}$ is one query; ${keys}$ holds one key a row and ${values}$ one value a row."
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
