"""Every family, in one tuple."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gen.problems.attention_families import ATTENTION_FAMILIES
from gen.problems.batch_families import BATCH_FAMILIES
from gen.problems.chain_families import CHAIN_FAMILIES
from gen.problems.determinant_families import DETERMINANT_FAMILIES
from gen.problems.family import Family
from gen.problems.gaussian_families import GAUSSIAN_FAMILIES
from gen.problems.hessian_families import HESSIAN_FAMILIES
from gen.problems.inverse_families import INVERSE_FAMILIES
from gen.problems.jacobian_families import JACOBIAN_FAMILIES
from gen.problems.kronecker_families import KRONECKER_FAMILIES
from gen.problems.logistic_families import LOGISTIC_FAMILIES
from gen.problems.normalisation_families import NORMALISATION_FAMILIES
from gen.problems.power_families import POWER_FAMILIES
from gen.problems.product_families import PRODUCT_FAMILIES
from gen.problems.regularised_families import REGULARISED_FAMILIES
from gen.problems.scalar_families import SCALAR_FAMILIES
from gen.problems.softmax_families import SOFTMAX_FAMILIES
from gen.problems.structured_families import STRUCTURED_FAMILIES
from gen.problems.tensor_families import TENSOR_FAMILIES

FAMILIES: tuple[Family, ...] = (
    *PRODUCT_FAMILIES,
    *SOFTMAX_FAMILIES,
    *LOGISTIC_FAMILIES,
    *INVERSE_FAMILIES,
    *DETERMINANT_FAMILIES,
    *GAUSSIAN_FAMILIES,
    *KRONECKER_FAMILIES,
    *JACOBIAN_FAMILIES,
    *HESSIAN_FAMILIES,
    *CHAIN_FAMILIES,
    *BATCH_FAMILIES,
    *NORMALISATION_FAMILIES,
    *ATTENTION_FAMILIES,
    *STRUCTURED_FAMILIES,
    *TENSOR_FAMILIES,
    *SCALAR_FAMILIES,
    *POWER_FAMILIES,
    *REGULARISED_FAMILIES,
)

FAMILY_NAMED: Mapping[str, Family] = MappingProxyType({family.name: family for family in FAMILIES})
