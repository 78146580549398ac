"""Every function of the language, in one tuple: parser, rules, printers and tests read it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gen.language.abstract import abstract_function
from gen.language.answer_functions import ANSWER_FUNCTIONS
from gen.language.elementwise import ELEMENTWISE
from gen.language.function import Function
from gen.language.matrix_functions import MATRIX_FUNCTIONS

FUNCTIONS: tuple[Function, ...] = MATRIX_FUNCTIONS + ELEMENTWISE

_IN_ANSWERS: Mapping[str, Function] = MappingProxyType({f.name: f for f in ANSWER_FUNCTIONS})

FUNCTION_NAMED: Mapping[str, Function] = MappingProxyType({f.name: f for f in FUNCTIONS})


def function_named(name: str) -> Function:
    """The record of a called function; a name that is not in the catalogue is an abstract one."""
    return FUNCTION_NAMED.get(name) or _IN_ANSWERS.get(name) or abstract_function(name)
