"""Every family, in one tuple."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gen.problems.family import Family
from gen.problems.product_families import PRODUCT_FAMILIES

FAMILIES: tuple[Family, ...] = PRODUCT_FAMILIES

FAMILY_NAMED: Mapping[str, Family] = MappingProxyType({family.name: family for family in FAMILIES})
