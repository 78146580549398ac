"""What to say about operands whose shapes do not fit."""

from __future__ import annotations

from gen.errors import InputError
from gen.language.catalogue import function_named
from gen.language.node import Node
from gen.language.shapes import Shapes, Typed

# Names that a person who types them undeclared may mean as dimensions.
_LIKE_DIMENSIONS = ("m", "n", "p", "d", "k")


def scalar_hint(shapes: Shapes, typed: Typed) -> str | None:
    """The hint for an undeclared small letter that was read as a vector, alone or times scalars."""
    node: Node = typed.node
    while node.kind in ("transpose", "product", "quotient") or _is_entrywise(node):
        big = [arg for arg in node.args if not arg.is_scalar]
        if len(big) != 1:
            return None
        node = big[0]
    if node.kind != "symbol" or node.name in shapes.declarations or not node.cols.is_one:
        return None
    hint = f"if {node.name} is a scalar, declare it: {node.name}: scalar"
    if node.name in _LIKE_DIMENSIONS:
        hint += f"; if it is a dimension, declare what has it: x: {node.name}"
    return hint


def _is_entrywise(node: Node) -> bool:
    return node.kind == "call" and function_named(node.name).elementwise


def bracketed(words: str) -> str:
    """In brackets unless it is a single word."""
    return words if words.replace("_", "").isalnum() else f"({words})"


def scalar_and_matrix(shapes: Shapes, left: Typed, sign: str, right: Typed) -> InputError:
    """A scalar is added to something that is none."""
    small, big = (left, right) if left.node.is_scalar else (right, left)
    c = shapes.words(small)
    if big.node.cols.is_one:
        hint = f"for a vector whose entries are all {c} write vector({c})"
    else:
        hint = f"write matrix({c}) for a matrix whose entries are all {c}, or {bracketed(c)}*eye"
    other = scalar_hint(shapes, big)
    message = f"{sign} needs equal shapes, but {shapes.both(left, right)}"
    return shapes.error("shape", message, left, right, hint=f"{hint}; {other}" if other else hint)


def unlike(shapes: Shapes, left: Typed, sign: str, right: Typed) -> InputError:
    """The shapes on both sides of an elementwise sign differ."""
    a, b = left.node, right.node
    hint = None
    if shapes.alike(a.rows, b.cols) and shapes.alike(a.cols, b.rows):
        hint = f"did you mean {shapes.words(left)} {sign} {bracketed(shapes.words(right))}'?"
    elif sign in (".*", "./"):
        hint = scalar_hint(shapes, left) or scalar_hint(shapes, right)
    message = f"{sign} needs equal shapes, but {shapes.both(left, right)}"
    return shapes.error("shape", message, left, right, hint=hint)


def misfit(shapes: Shapes, left: Typed, right: Typed) -> InputError:
    """The columns of the left factor are not the rows of the right one."""
    a, b = left.node, right.node
    x, y = bracketed(shapes.words(left)), bracketed(shapes.words(right))
    hint = scalar_hint(shapes, left) or scalar_hint(shapes, right)
    if a.is_vector and b.is_vector:
        inner = f"for the inner product write {x}'*{y}"
        hint = f"{inner}; {hint}" if hint else inner
    elif hint is None and shapes.alike(a.rows, b.rows):
        hint = f"did you mean {x}'*{y}?"
    elif hint is None and shapes.alike(a.cols, b.cols):
        hint = f"did you mean {x}*{y}'?"
    message = f"the columns of the left factor are not the rows of the right one: {shapes.both(left, right)}"
    return shapes.error("shape", message, left, right, hint=hint)


def divisor(shapes: Shapes, right: Typed) -> InputError:
    """What stands after / is no scalar."""
    hint = scalar_hint(shapes, right)
    if hint is None:
        square = shapes.alike(right.node.rows, right.node.cols)
        hint = "entry by entry write ./" + (", for the inverse inv(...)" if square else "")
    message = f"/ needs a scalar divisor, but {shapes.words(right)} is {shapes.shape(right)}"
    return shapes.error("shape", message, right, hint=hint)


def not_square(shapes: Shapes, what: str, arg: Typed, hint: str | None) -> InputError:
    """A square matrix is needed."""
    message = f"{what} needs a square matrix, but {shapes.words(arg)} is {shapes.shape(arg)}"
    return shapes.error("not_square", message, arg, hint=scalar_hint(shapes, arg) or hint)
