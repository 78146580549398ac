"""Every family, in one tuple."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gen.problems.attention_families import ATTENTION_FAMILIES
from gen.problems.batch_families import BATCH_FAMILIES
from gen.problems.chain_families import CHAIN_FAMILIES
from gen.problems.delta_families import DELTA_FAMILIES
from gen.problems.determinant_families import DETERMINANT_FAMILIES
from gen.problems.elementwise_families import ELEMENTWISE_FAMILIES
from gen.problems.family import Family
from gen.problems.form_families import FORM_FAMILIES
from gen.problems.gaussian_families import GAUSSIAN_FAMILIES
from gen.problems.hadamard_families import HADAMARD_FAMILIES
from gen.problems.hessian_families import HESSIAN_FAMILIES
from gen.problems.index_families import INDEX_FAMILIES
from gen.problems.inverse_families import INVERSE_FAMILIES
from gen.problems.jacobian_families import JACOBIAN_FAMILIES
from gen.problems.kronecker_families import KRONECKER_FAMILIES
from gen.problems.logistic_families import LOGISTIC_FAMILIES
from gen.problems.norm_families import NORM_FAMILIES
from gen.problems.normalisation_families import NORMALISATION_FAMILIES
from gen.problems.power_families import POWER_FAMILIES
from gen.problems.product_families import PRODUCT_FAMILIES
from gen.problems.regularised_families import REGULARISED_FAMILIES
from gen.problems.scalar_families import SCALAR_FAMILIES
from gen.problems.softmax_families import SOFTMAX_FAMILIES
from gen.problems.structured_families import STRUCTURED_FAMILIES
from gen.problems.tensor_families import TENSOR_FAMILIES
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
    *JACOBIAN_FAMILIES,
    *KRONECKER_FAMILIES,
    *TENSOR_FAMILIES,
    *SCALAR_FAMILIES,
    *POWER_FAMILIES,
    *INVERSE_FAMILIES,
    *DETERMINANT_FAMILIES,
    *STRUCTURED_FAMILIES,
    *HESSIAN_FAMILIES,
    *NORMALISATION_FAMILIES,
    *SOFTMAX_FAMILIES,
    *CHAIN_FAMILIES,
    *BATCH_FAMILIES,
    *ATTENTION_FAMILIES,
    *LOGISTIC_FAMILIES,
    *REGULARISED_FAMILIES,
    *GAUSSIAN_FAMILIES,
)

FAMILY_NAMED: Mapping[str, Family] = MappingProxyType({family.name: family for family in FAMILIES})
