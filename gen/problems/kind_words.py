"""Kinds of rules in words for students."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gen.derivation.record import Kind, Rule

KIND_WORDS: Mapping[Kind, str] = MappingProxyType(
    {
        "index_form": "write it out with indices",
        "linearity": "linearity",
        "product_rule": "the product rule",
        "chain_rule": "the chain rule",
        "delta_substitution": "deltas for the partial derivatives of entries",
        "contraction": "deltas that end sums",
        "matrix_form": "back from indices to matrices",
        "differential": "a law of differentials",
        "vec_identity": "a law of stacked columns",
        "expand": "write every entry out",
        "identify": "read the answer off",
    }
)
# Rules that books do not call by the name of their kind.
_OWN_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "quotient_rule": "the quotient rule",
        "quotient_differential": "the quotient rule",
    }
)


def kind_words(rule: Rule) -> str:
    """What kind of rule a rule is, as a student would say.

    >>> from gen.derivation.calculus_rules import CALCULUS
    >>> [kind_words(rule) for rule in CALCULUS if rule.name in ("quotient_rule", "product_rule")]
    ['the quotient rule', 'the product rule']
    """
    return _OWN_WORDS.get(rule.name, KIND_WORDS[rule.kind])
