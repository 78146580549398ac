"""Every family, in one tuple."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gen.problems.delta_families import DELTA_FAMILIES
from gen.problems.elementwise_families import ELEMENTWISE_FAMILIES
from gen.problems.family import Family
from gen.problems.form_families import FORM_FAMILIES
from gen.problems.hadamard_families import HADAMARD_FAMILIES
from gen.problems.index_families import INDEX_FAMILIES
from gen.problems.norm_families import NORM_FAMILIES
from gen.problems.product_families import PRODUCT_FAMILIES
from gen.problems.trace_families import TRACE_FAMILIES
from gen.problems.transpose_families import TRANSPOSE_FAMILIES

FAMILIES: tuple[Family, ...] = (
    *INDEX_FAMILIES,
    *DELTA_FAMILIES,
    *PRODUCT_FAMILIES,
    *TRANSPOSE_FAMILIES,
    *TRACE_FAMILIES,
    *FORM_FAMILIES,
    *NORM_FAMILIES,
    *HADAMARD_FAMILIES,
    *ELEMENTWISE_FAMILIES,
)

FAMILY_NAMED: Mapping[str, Family] = MappingProxyType({family.name: family for family in FAMILIES})
