"""The mistakes that students make with matrix derivatives: one visible tuple, the most telling ones first.

Where two mistakes lead to one wrong answer, the first of them is the one that is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gen.problems.calculus_mistakes import CALCULUS
from gen.problems.elementwise_mistakes import PRODUCTS
from gen.problems.function_mistakes import FUNCTIONS
from gen.problems.index_mistakes import INDICES
from gen.problems.layout_mistakes import LAYOUTS, TRANSPOSES
from gen.problems.matrix_form_mistakes import MATRIX_FORMS
from gen.problems.misconception import Misconception
from gen.problems.reading_mistakes import READINGS
from gen.problems.slip_mistakes import SLIPS
from gen.problems.structure_mistakes import STRUCTURE

MISCONCEPTIONS: tuple[Misconception, ...] = (
    *STRUCTURE,
    *FUNCTIONS,
    *CALCULUS,
    *TRANSPOSES,
    *INDICES,
    *MATRIX_FORMS,
    *PRODUCTS,
    *LAYOUTS,
    *SLIPS,
    *READINGS,
)

MISCONCEPTION_NAMED: Mapping[str, Misconception] = MappingProxyType({m.name: m for m in MISCONCEPTIONS})
