"""Functions and constants applied: number of arguments, shape rules, sizes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from gen.errors import Code, InputError, nearest
from gen.language.catalogue import FUNCTION_NAMED, function_named
from gen.language.dimension import ONE, Dim
from gen.language.foreign_names import FOREIGN
from gen.language.misfits import bracketed, not_square, scalar_hint
from gen.language.names import CONSTANTS, SPECIAL_CONSTANTS, is_reserved
from gen.language.node import Node, call, constant, multiply
from gen.language.shapes import Shapes, Typed, typed
from gen.language.signature import Pattern, Signature, dimension_of
from gen.language.syntax import Syntax
from gen.language.wording import excerpt, pattern_words, renamed


def rules_for(shapes: Shapes, syntax: Syntax) -> tuple[Signature, ...]:
    """The shape rules of the called function that take as many arguments as are given.

    Raises InputError: `unknown_function`, or `syntax` for a wrong number.
    """
    name = syntax.name
    function = FUNCTION_NAMED.get(name)
    if function is None:
        known = shapes.declarations.get(name)
        if name in SPECIAL_CONSTANTS:
            raise shapes.error("unsupported", f"{name} stands in answers, not in expressions", syntax)
        if known is None or not known.function:
            raise _unknown_function(shapes, syntax)
        function = function_named(name)
    count = len(syntax.args)
    fitting = tuple([rule for rule in function.rules if len(rule.params) == count])
    if not fitting:
        raise _wrong_count(shapes, syntax, {len(rule.params) for rule in function.rules})
    return fitting


def applied(shapes: Shapes, syntax: Syntax, rules: tuple[Signature, ...], args: list[Node]) -> Node:
    """The call, its shape by the first rule that has 1 where the arguments have 1."""
    name = syntax.name
    for rule in rules:
        if all(map(_may_match, rule.params, args)):
            break
    else:
        raise _no_rule(shapes, name, rules[0], _placed(args, syntax))
    sizes: dict[str, Dim] = {}
    for at, pattern in enumerate(rule.params):
        arg = args[at]
        if pattern.same:
            return call(name, arg.rows, arg.cols, *args)
        if pattern.is_square and arg.rows is not arg.cols:
            _need_square(shapes, name, typed(arg, syntax.args[at]))
        for want, has in ((pattern.rows, arg.rows), (pattern.cols, arg.cols)):
            if len(want.names) == 1:
                other = sizes.setdefault(want.names[0], has)
                if other is not has:
                    fault = partial(_arguments, shapes, name, rule, _placed(args, syntax))
                    shapes.equal(other, has, fault)
    result = rule.result
    rows = ONE if result.rows is ONE else renamed(result.rows, sizes)
    cols = ONE if result.cols is ONE else renamed(result.cols, sizes)
    return call(name, rows, cols, *args)


def sized_constant(shapes: Shapes, syntax: Syntax) -> Node:
    """eye(n), ones(m,n), zeros(n), comm(m,n), seldiag(n)."""
    _check_count(shapes, syntax)
    return constant(syntax.name, *(_dimension(shapes, arg) for arg in syntax.args))


def filled(shapes: Shapes, syntax: Syntax, value: Typed) -> Node:
    """vector(c) and matrix(c): c times ones of the size that the context gives."""
    _check_count(shapes, syntax)
    if not value.node.is_scalar:
        message = f"{syntax.name} needs a scalar, but {shapes.words(value)} is {shapes.shape(value)}"
        raise shapes.error("not_scalar", message, value, hint=scalar_hint(shapes, value))
    ones = constant("ones", *shapes.shapeless(syntax, 2 if syntax.name == "matrix" else 1))
    return ones if value.node.kind == "number" and value.node.number == 1 else multiply(value.node, ones)


def _dimension(shapes: Shapes, syntax: Syntax) -> Dim:
    for part in syntax.walk():
        if part.op == "name" and part.name in shapes.declarations:
            message = f"{part.name} is declared as a symbol and cannot be a dimension"
            raise shapes.error("name_clash", message, part)
        if part.op == "name" and is_reserved(part.name):
            raise shapes.error("syntax", f"{part.name} is a function, not a dimension", part)
    text = shapes.source[syntax.start : syntax.end].replace("(", "").replace(")", "")
    simple = all(p.op in ("name", "number", "product") for p in syntax.walk())
    dim = dimension_of(text) if simple else None
    if dim is None:
        hint = "a dimension is a name, a whole number from 1 on or a product: eye(k*n)"
        message = f"{excerpt(text, 0, len(text))} is not a dimension"
        raise shapes.error("syntax", message, syntax, hint=hint)
    return dim


def _placed(args: list[Node], syntax: Syntax) -> list[Typed]:
    return [typed(arg, place) for arg, place in zip(args, syntax.args, strict=True)]


def _may_match(pattern: Pattern, arg: Node) -> bool:
    """Has the argument 1 where the rule has it? Names are compared afterwards."""
    return pattern.same or (
        (pattern.rows is not ONE or arg.rows.is_one) and (pattern.cols is not ONE or arg.cols.is_one)
    )


def _need_square(shapes: Shapes, name: str, arg: Typed) -> None:
    hint = f"for a row write {name}({bracketed(shapes.words(arg))}')" if arg.node.is_row else None
    shapes.equal(arg.node.rows, arg.node.cols, lambda: not_square(shapes, name, arg, hint))


def _check_count(shapes: Shapes, syntax: Syntax) -> None:
    if len(syntax.args) not in CONSTANTS[syntax.name]:
        raise _wrong_count(shapes, syntax, CONSTANTS[syntax.name])


def _unknown_function(shapes: Shapes, syntax: Syntax) -> InputError:
    name = syntax.name
    close = nearest(name, [*FUNCTION_NAMED, *CONSTANTS])
    hint = FOREIGN.get(name) or (f"did you mean {close}?" if close else None)
    if len(name) == 1 or name in shapes.declarations or name in shapes.dims:
        hint = f"for a product write {name}*(...)"
    at = Syntax("name", (), name, syntax.start, syntax.start + len(name))
    return shapes.error("unknown_function", f"{name} is not a function", at, hint=hint)


def _wrong_count(shapes: Shapes, syntax: Syntax, counts: Iterable[int]) -> InputError:
    need, has = " or ".join(str(n) for n in sorted(counts) if n), len(syntax.args)
    what = "argument" if need == "1" else "arguments"
    given = "1 is" if has == 1 else f"{has} are"
    return shapes.error("syntax", f"{syntax.name} takes {need} {what}, but {given} given", syntax)


def _no_rule(shapes: Shapes, name: str, rule: Signature, args: list[Typed]) -> InputError:
    arg, pattern = next((a, p) for a, p in zip(args, rule.params, strict=True) if not _may_match(p, a.node))
    need = pattern_words(pattern)
    message = f"{name} needs {need}, but {shapes.words(arg)} is {shapes.shape(arg)}"
    hint = None
    if arg.node.kind == "symbol" and arg.node.name not in shapes.declarations:
        example = "n" if pattern.is_vector else "scalar"
        hint = f"if {arg.node.name} is {need}, declare it: {arg.node.name}: {example}"
    elif arg.node.is_row:
        hint = f"for a row write {name}({bracketed(shapes.words(arg))}')"
    code: Code = "not_scalar" if need == "a scalar" else "shape"
    return shapes.error(code, message, arg, hint=hint)


def _arguments(shapes: Shapes, name: str, rule: Signature, args: list[Typed]) -> InputError:
    wanted = ", ".join(f"{p.rows.text()} × {p.cols.text()}" for p in rule.params)
    message = f"{name} needs arguments of shapes {wanted}, but {shapes.both(args[0], args[-1])}"
    return shapes.error("shape", message, args[0], args[-1])
