"""The directives: one record each, in the order of the reference."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gen.project.box_directives import DEFINITION, ONLY, RAW_TEXT, REMARK, WARNING
from gen.project.derive_directive import COMPARE, DERIVE
from gen.project.directive import DirectiveKind
from gen.project.figure_directive import FIGURE
from gen.project.identity_directive import IDENTITY
from gen.project.problem_directive import PROBLEM, SOLUTION
from gen.project.reference_directive import REFERENCE

DIRECTIVES: tuple[DirectiveKind, ...] = (
    DERIVE,
    COMPARE,
    PROBLEM,
    SOLUTION,
    DEFINITION,
    REMARK,
    WARNING,
    IDENTITY,
    FIGURE,
    REFERENCE,
    ONLY,
    RAW_TEXT,
)
DIRECTIVE_NAMED: Mapping[str, DirectiveKind] = MappingProxyType({kind.name: kind for kind in DIRECTIVES})
