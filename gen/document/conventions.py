"""The sentences that say how a document writes and lays out derivatives, in every medium the same."""

from __future__ import annotations

from collections.abc import Collection

from gen.document.words import Sentence, Words, Written
from gen.document.written import applied, at, equation, letter, listed, name, slanted, transposed
from gen.language.dimension import named
from gen.language.index import Letter
from gen.language.node import symbol

_M, _N, _P = named("m"), named("n"), named("p")
_FUNCTION, _VARIABLE = symbol("F", _M, _P), symbol("W", _M, _N)
FIRST = "ikqr"  # two indices of a function, two of a variable
STRUCTURES = ("symmetric", "skew", "diagonal", "lower")  # in the order in which they are spoken of


def conventions(
    words: Words,
    *,
    einstein: bool = True,
    layout: str = "numerator",
    symmetric: str = "free",
    structures: Collection[str | None] = (),
    letters: str = "",
) -> tuple[Sentence, ...]:
    """What a document states of itself, one sentence each.

    `structures` are those of its variables: books disagree on them, and each sentence says what the others
    do. `letters` are those an author chooses for indices.
    """
    i, k, q, r = tuple((letters or FIRST)[:4])
    delta, equal = _delta(i, q), equation(letter(_index(i)), letter(_index(q)))
    by_numerator = layout == "numerator"
    stacked = [applied("vec", name(node)) for node in (_FUNCTION, _VARIABLE)]
    flat = (stacked[0], transposed(stacked[1])) if by_numerator else (transposed(stacked[0]), stacked[1])
    sums = "sums_einstein" if einstein else "sums_sigma"
    said = [
        words.sentence(sums, sum=lambda n: n.sum_sign, delta=delta, equal=equal),
        words.sentence("gradient_shape"),
        words.sentence(
            layout,
            places=listed(i + q if by_numerator else q + i),
            slope=slanted(at("y", (i,)), at("x", (q,))),
        ),
        words.sentence("tensor", tensor=slanted(at("F", (i, k)), at("W", (q, r))), stacked=slanted(*flat)),
    ]
    for structure in STRUCTURES:
        if structure in structures:
            key = f"by_{structure}" + (f"_{symmetric}" if structure == "symmetric" else "")
            said.append(words.sentence(key, upper=listed(q + r), lower=listed(r + q)))
    return tuple(said)


def _index(called: str) -> Letter:
    return Letter(called, _M)


def _delta(first: str, then: str) -> Written:
    return lambda n: n.delta(n.letter(first), n.letter(then))
