"""The way in: text and declarations to a typed node."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from gen.errors import Code, InputError, input_error
from gen.language.declaration import Declaration, together
from gen.language.inference import Inference
from gen.language.names import is_reserved, name_fault
from gen.language.node import Node
from gen.language.parser import parse, split_definition
from gen.language.shapes import Shapes
from gen.language.syntax import Syntax

NONE: frozenset[str] = frozenset()


@dataclass(slots=True)
class Reading:
    """An expression as read: its node, its symbols by name, and its own name if it has one.

    `names` holds every name in use, of symbols, functions and dimensions, which
    indices and names of the program's own must avoid. `unmentioned` are the variables
    that neither the expression nor a declaration names.
    """

    node: Final[Node]
    symbols: Final[Mapping[str, Node]]
    definition: Final[str | None] = None
    names: Final[frozenset[str]] = frozenset()
    unmentioned: Final[frozenset[str]] = frozenset()


def read(
    text: str,
    declarations: Mapping[str, Declaration] | Iterable[Declaration] = (),
    *,
    strict: bool = False,
    wrt: Iterable[str] = (),
) -> Reading:
    """Read `F = W*X` or `W*X`.

    `wrt` names the variables: those that the expression does not contain are
    added to `symbols`, with their declared shape or a shape of their own.
    `strict`: a name that is not declared is an error. Raises InputError.
    """
    items = declarations.values() if isinstance(declarations, (dict, Mapping)) else declarations
    table = together(items)
    name, expression, offset = split_definition(text)
    tree = _parsed(text, " " * offset + expression)
    inference = Inference(text, tree, table, strict=strict)
    node = inference.read(tree)
    shapes, variables = inference.shapes, tuple(wrt)
    unmentioned = NONE
    for variable in variables:
        # What was read as a symbol can be a variable.
        if variable not in shapes.symbols:
            if variable not in table:
                unmentioned |= {variable}
            _add_variable(inference, variable)
    in_use = shapes.names_in_use()
    if name is not None:
        _check_definition(shapes, name, text, in_use)
        shapes.reserve(name)
    for variable in variables:
        if f"d{variable}" in in_use or f"d{variable}" == name:
            raise _increment(shapes, variable)
    if shapes.settled:
        used = in_use.union((name,)) if name else in_use
        return Reading(node, shapes.symbols, name, used, unmentioned)
    names = shapes.finish()
    symbols = {key: shapes.final(found, names) for key, found in shapes.symbols.items()}
    given = [dim for found in names.values() for dim in found.names]
    used = in_use.union(given, (name,)) if name else in_use.union(given)
    return Reading(shapes.final(node, names), symbols, name, used, unmentioned)


def _parsed(text: str, blanked: str) -> Syntax:
    """The source tree of a text whose definition is blanked out; errors show the text as it was typed."""
    try:
        return parse(blanked)
    except InputError as error:
        raise InputError(replace(error.report, source=text)) from None


def elaborate(
    syntax: Syntax, declarations: Mapping[str, Declaration], *, source: str, strict: bool = False
) -> Node:
    """The node of a source tree; `source` is the text it was parsed from."""
    inference = Inference(source, syntax, declarations, strict=strict)
    node, shapes = inference.read(syntax), inference.shapes
    return node if shapes.settled else shapes.final(node, shapes.finish())


def _add_variable(inference: Inference, name: str) -> None:
    """A variable must be a name that can be one; it need not occur in the expression."""
    shapes = inference.shapes
    fault = name_fault(name)
    if fault:
        raise _wrt_error("syntax", name, fault[0], fault[1])
    known = shapes.declarations.get(name)
    if is_reserved(name) or (known and known.function):
        raise _wrt_error("name_clash", name, f"{name} is a function, not a variable")
    if known is None and name in shapes.dims:
        raise _wrt_error("name_clash", name, f"{name} is a dimension, not a variable")
    if known is None and inference.strict:
        report = inference.unknown_name(name, Syntax("name", (), name, 0, 0)).report
        raise _wrt_error("unknown_name", name, report.message, report.hint)
    shapes.symbol(name)


def _wrt_error(code: Code, name: str, message: str, hint: str | None = None) -> InputError:
    return input_error(code, message, where="wrt", source=name, start=0, end=len(name), hint=hint)


def _check_definition(shapes: Shapes, name: str, text: str, in_use: frozenset[str]) -> None:
    """The expression's own name must be new."""
    start = text.index(name)
    place = Syntax("name", (), name, start, start + len(name))
    fault = name_fault(name)
    if fault:
        raise shapes.error("syntax", fault[0], place, hint=fault[1])
    if is_reserved(name) or name in in_use:
        message = f"{name} already stands for something else and cannot name the expression"
        raise shapes.error("name_clash", message, place, hint="name it F, or leave the name out")


def _increment(shapes: Shapes, variable: str) -> InputError:
    """dX is the increment of the variable X and cannot be a symbol."""
    name = f"d{variable}"
    message = f"{name} stands for the differential of {variable} and cannot be a symbol"
    place = next((p for p in shapes.tree.walk() if p.op in ("name", "call") and p.name == name), None)
    if place is None:
        return input_error("name_clash", message, where="let", source=name, start=0, end=len(name))
    return shapes.error("name_clash", message, place, hint="give the symbol another name")
