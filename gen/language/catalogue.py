"""Every function of the language, in one tuple: parser, rules, printers and tests read it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gen.language.elementwise import ELEMENTWISE
from gen.language.function import Function
from gen.language.matrix_functions import MATRIX_FUNCTIONS

FUNCTIONS: tuple[Function, ...] = MATRIX_FUNCTIONS + ELEMENTWISE

FUNCTION_NAMED: Mapping[str, Function] = MappingProxyType({f.name: f for f in FUNCTIONS})
