"""Kinds of rules in words for students."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gen.derivation.record import Kind

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
