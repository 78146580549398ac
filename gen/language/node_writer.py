"""The walk over matrix expressions for every notation: who needs brackets is decided here once."""

from __future__ import annotations

from gen.language.catalogue import function_named
from gen.language.node import Node
from gen.language.notation import ATOM, NOTHING, POSTFIX, SUM, TERM, Notation, Path


def node_text(node: Node, n: Notation, marks: frozenset[Path], path: Path = ()) -> str:
    """A matrix expression, with its own mark."""
    text, _ = bare(node, n, marks, path)
    return n.mark(text) if path in marks else text


def unmarked(node: Node, n: Notation) -> tuple[str, int]:
    """A node in which nothing is marked, and how tightly it binds; the lines of a derivation share nodes.

    Formulas on lines of their own and those within a sentence are in two notations: both are noted.
    """
    known = node.as_text
    if known is None:
        made = _composed(node, n, NOTHING, ())
        node.as_text = (n, made, n, made)
        return made
    if known[0] is n:
        return known[1]
    if known[2] is n:
        return known[3]
    made = _composed(node, n, NOTHING, ())
    node.as_text = (n, made, known[0], known[1])
    return made


def bare(node: Node, n: Notation, marks: frozenset[Path], path: Path) -> tuple[str, int]:
    """A node without a mark of its own, and how tightly it binds."""
    return _composed(node, n, marks, path) if marks else unmarked(node, n)


def _operand(node: Node, i: int, need: int, n: Notation, marks: frozenset[Path], path: Path) -> str:
    """An operand of a node: bracketed where it binds less tightly than needed."""
    if not marks:
        operand = node.args[i]
        if operand.kind == "symbol":
            return n.named(operand)
        text, binds = unmarked(operand, n)
        return text if binds >= need else n.brackets(text)
    here = (*path, i)
    text, binds = _composed(node.args[i], n, marks, here)
    if binds < need:
        text = n.brackets(text)
    return n.mark(text) if here in marks else text


def _composed(node: Node, n: Notation, marks: frozenset[Path], path: Path) -> tuple[str, int]:
    kind, args = node.kind, node.args
    if kind == "product":
        return _product(node, n, marks, path)
    if kind == "call":
        return _call(node, n, marks, path)
    if kind == "sum":
        return _sum(node, n, marks, path), SUM
    if kind == "transpose":
        return n.transpose(_operand(node, 0, POSTFIX, n, marks, path)), POSTFIX
    if kind == "symbol":
        return n.named(node), ATOM
    if kind == "number":
        text = n.number(node.number)
        up, down = node.number.as_integer_ratio()
        return text, ATOM if up >= 0 and down == 1 else TERM - 1
    if kind == "size":
        return n.size(node.dims[0]), ATOM if len(node.dims[0].names) <= 1 else TERM
    if kind == "constant":
        return n.constant(node.name, node.dims), ATOM
    if kind == "hadamard":
        return n.hadamard.join([_operand(node, i, POSTFIX, n, marks, path) for i in range(len(args))]), TERM
    if kind == "quotient":
        binds = TERM if node.elementwise else n.fraction_binds
        # A ⊗ B / s would read as A ⊗ (B / s).
        need = POSTFIX if args[0].kind == "call" else TERM
        left = _operand(node, 0, SUM if binds > TERM else need, n, marks, path)
        right = _operand(node, 1, SUM if binds > TERM else POSTFIX, n, marks, path)
        return n.quotient(left, right, node.elementwise), binds
    if kind == "power":
        if args[0].kind in ("power", "transpose", "quotient") and n.fraction_binds > TERM:
            base = n.brackets(node_text(args[0], n, marks, (*path, 0)))
        else:
            base = _operand(node, 0, ATOM if args[0].kind == "call" else POSTFIX, n, marks, path)
        return n.power(base, _operand(node, 1, ATOM, n, marks, path), node.elementwise), POSTFIX
    assert kind == "differential"
    inside = node_text(args[0], n, marks, (*path, 0))
    return n.differential(inside, args[0].kind == "symbol"), n.differential_binds


def _call(node: Node, n: Notation, marks: frozenset[Path], path: Path) -> tuple[str, int]:
    function = function_named(node.name)
    need = ATOM if len(node.args) == 1 else POSTFIX
    inside: list[str] = []
    bracketed: list[str] = []
    # Each argument is written once: twice would double the work with every level of nesting.
    for i, a in enumerate(node.args):
        text, binds = bare(a, n, marks, (*path, i)) if marks else unmarked(a, n)
        tight = n.brackets(text) if binds < need else text
        if marks and (*path, i) in marks:
            text, tight = n.mark(text), n.mark(tight)
        inside.append(text)
        bracketed.append(tight)
    return n.call(function, tuple(inside), tuple(bracketed)), n.call_binds(function)


def _sum(node: Node, n: Notation, marks: frozenset[Path], path: Path) -> str:
    out = ""
    for i, arg in enumerate(node.args):
        here = (*path, i)
        if i > 0 and _is_opposite(arg):
            # After a minus a product needs no brackets: a - b c.
            sign, text = True, bare(arg.args[1], n, marks, (*here, 1))[0]
            text = n.mark(text) if (*here, 1) in marks else text
        else:
            sign, text = _signed(arg, n, marks, here)
        if here in marks:
            text = n.mark(text)
        if i == 0:
            out = (n.negative if sign else "") + text
        else:
            out += (n.minus if sign else n.plus) + text
    return out


def _is_opposite(node: Node) -> bool:
    """Is it -1 times a product that has no sign of its own?"""
    if node.kind != "product" or len(node.args) != 2 or node.args[0].kind != "number":
        return False
    inner = node.args[1]
    if node.args[0].number != -1 or inner.kind != "product":
        return False
    return inner.args[0].kind != "number" or inner.args[0].number > 0


def _signed(node: Node, n: Notation, marks: frozenset[Path], path: Path) -> tuple[bool, str]:
    """(is it negative, its text without the sign)."""
    if node.kind == "number" and node.number.numerator < 0:
        return True, n.number(-node.number)
    if node.kind == "product" and node.args[0].kind == "number" and node.args[0].number.numerator < 0:
        return True, _product(node, n, marks, path, absolute=True)[0]
    if node.kind == "quotient" and not node.elementwise:
        sign, _ = _signed(node.args[0], n, marks, path)
        if sign:
            left_need = SUM if n.fraction_binds > TERM else TERM
            left, binds = _unsigned(node.args[0], n, marks, (*path, 0))
            left = n.brackets(left) if binds < left_need else left
            right_need = SUM if n.fraction_binds > TERM else POSTFIX
            return True, n.quotient(left, _operand(node, 1, right_need, n, marks, path), False)
    text, binds = bare(node, n, marks, path)
    return False, n.brackets(text) if binds < TERM else text


def _unsigned(node: Node, n: Notation, marks: frozenset[Path], path: Path) -> tuple[str, int]:
    if node.kind == "product":
        return _product(node, n, marks, path, absolute=True)
    return n.number(abs(node.number)), ATOM


def _product(
    node: Node, n: Notation, marks: frozenset[Path], path: Path, *, absolute: bool = False
) -> tuple[str, int]:
    args = node.args
    lead, start = "", 0
    negative = False
    if args[0].kind == "number" and len(args) > 1:
        value, start = args[0].number, 1
        negative = value.numerator < 0 and not absolute
        lead = n.negative if negative else ""
        if abs(value.numerator) != 1 or value.denominator != 1:
            lead += n.number(abs(value)) + n.times
    return lead + _factors(node, n, marks, path, start, lead), (TERM - 1 if negative else TERM)


def _factors(node: Node, n: Notation, marks: frozenset[Path], path: Path, start: int, lead: str) -> str:
    """The factors from `start` on, behind `lead`: a number, a sign or nothing."""
    args = node.args
    parts: list[str] = []
    for i, a in enumerate(args[start:], start):
        kind = a.kind
        if kind == "number" and 0 < i < len(args) - 1 and (*path, i) not in marks:
            value = a.number
            # Less than nothing in the middle is the opposite of what follows: -(-x), not -(-1) x.
            if value == -1 or (value < 0 and i == start and lead == n.negative):
                size = "" if value == -1 else n.number(-value) + n.times
                parts.append(n.brackets(n.negative + size + _factors(node, n, marks, path, i + 1, size)))
                break
        if kind == "symbol" and not marks:
            parts.append(n.named(a))
            continue
        need = POSTFIX if kind != "quotient" or i > start else TERM
        if kind == "hadamard" and i == len(args) - 1 == start and lead in ("", n.negative):
            need = TERM
        if i == 0 and args[0].kind == "product" and n.fraction_binds <= TERM and args[1].rows.is_one:
            # A 1 × 1 chain is bracketed in front of what is not one row: (x'*A*x)*b, but a'*x*x'*b.
            need = TERM
        parts.append(_operand(node, i, need, n, marks, path))
    return n.times.join(parts)
