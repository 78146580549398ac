"""Rules that only tasks of reading and simplifying use; those of derivations are in their own rulebook."""

from __future__ import annotations

from gen.derivation.record import Rule
from gen.problems.entry_rules import SPLIT, WRITE_OUT, WRITE_OUT_TRACE, WRITE_OUT_TRANSPOSE
from gen.problems.one_delta import EQUAL_INDICES
from gen.problems.shape_lines import BOTH_SHAPES, SHAPE_OF

READING_RULES: tuple[Rule, ...] = (
    WRITE_OUT,
    WRITE_OUT_TRACE,
    WRITE_OUT_TRANSPOSE,
    SPLIT,
    EQUAL_INDICES,
    BOTH_SHAPES,
    SHAPE_OF,
)
