"""Normal-form constructors: products with cancelled inverses, sums of like terms, transposes pushed in.

A product is (coefficient, scalars with powers, chain of matrices); factors keep
their order. Used for results, never for what the author typed.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from gen.language.catalogue import FUNCTION_NAMED
from gen.language.dimension import ONE, Dim
from gen.language.node import (
    Node,
    add,
    call,
    constant,
    hadamard,
    multiply,
    number,
    power,
    quotient,
    size,
    transposed,
)


class Parts(NamedTuple):
    """coefficient × scalars × chain; the chain's own shape is rows × cols."""

    coef: Fraction
    scalars: tuple[tuple[Node, Fraction], ...]
    chain: tuple[Node, ...]


def parts(node: Node) -> Parts:
    """A node taken apart as a product."""
    if node.kind == "number":
        return Parts(node.number, (), ())
    if node.kind == "product":
        return _join([parts(a) if a.is_scalar or a.kind == "quotient" else _chain(a) for a in node.args])
    if node.kind == "quotient" and not node.elementwise:
        left, right = parts(node.args[0]), parts(node.args[1])
        if right.coef == 0:
            return Parts(Fraction(1), ((node, Fraction(1)),), ())
        over = [(_scalar_chain(right.chain), Fraction(1))] if right.chain else []
        below = tuple((base, -e) for base, e in (*right.scalars, *over))
        return Parts(left.coef / right.coef, left.scalars + below, left.chain)
    if node.kind == "power" and node.is_scalar and node.args[1].kind == "number":
        return Parts(Fraction(1), ((node.args[0], node.args[1].number),), ())
    if node.is_scalar:
        return Parts(Fraction(1), ((node, Fraction(1)),), ())
    return _chain(node)


def _chain(node: Node) -> Parts:
    return parts(node) if node.kind == "product" else Parts(Fraction(1), (), (node,))


def _scalar_chain(chain: tuple[Node, ...]) -> Node:
    return multiply(*chain)


def _join(pieces: list[Parts]) -> Parts:
    """Pieces in order; a 1 × 1 chain that another chain follows becomes a scalar."""
    coef, scalars, chain = Fraction(1), list[tuple[Node, Fraction]](), list[Node]()
    for piece in pieces:
        coef *= piece.coef
        scalars += piece.scalars
        if piece.chain and chain and chain[0].rows == ONE and chain[-1].cols == ONE:
            scalars.append((_scalar_chain(tuple(chain)), Fraction(1)))
            chain = []
        if piece.chain and chain and piece.chain[0].rows == ONE and piece.chain[-1].cols == ONE:
            if chain[-1].cols != ONE or len(pieces) > 1:
                scalars.append((_scalar_chain(piece.chain), Fraction(1)))
                continue
        chain += piece.chain
    return Parts(coef, tuple(scalars), tuple(chain))


def compose(coef: Fraction, scalars: tuple[tuple[Node, Fraction], ...], chain: tuple[Node, ...]) -> Node:
    """A product node: number, scalars, chain; negative powers go below a fraction bar."""
    above: list[Node] = []
    below: list[Node] = []
    for base, exponent in scalars:
        side = above if exponent > 0 else below
        side.append(base if abs(exponent) == 1 else power(base, number(abs(exponent))))
    if coef.denominator != 1:
        below.insert(0, number(coef.denominator))
    top = [*above, *chain]
    if coef.numerator != 1 or not top:
        top.insert(0, number(coef.numerator))
    node = multiply(*top)
    return quotient(node, multiply(*below)) if below else node


def times(*factors: Node) -> Node:
    """The product in normal form; shapes must fit or be scalar."""
    rows, cols = _shape(factors)
    whole = _join([parts(f) for f in factors])
    coef = whole.coef
    scalars: dict[Node, Fraction] = {}
    for base, exponent in whole.scalars:
        scalars[base] = scalars.get(base, Fraction(0)) + exponent
    chain, sign, extra = _tidy(whole.chain)
    coef *= sign
    for base in extra:
        scalars[base] = scalars.get(base, Fraction(0)) + 1
    if coef == 0 or any(_is_zero(c) for c in chain):
        return zero(rows, cols)
    if not chain and (rows, cols) != (ONE, ONE):
        chain = [constant("eye", rows)]
    kept = tuple((b, e) for b, e in scalars.items() if e != 0)
    return compose(coef, kept, tuple(chain))


def _shape(factors: tuple[Node, ...]) -> tuple[Dim, Dim]:
    chain = [f for f in factors if not f.is_scalar]
    return (chain[0].rows, chain[-1].cols) if chain else (ONE, ONE)


def zero(rows: Dim, cols: Dim) -> Node:
    """Zero of a shape: 0, zeros(n) or zeros(m,n)."""
    if rows == ONE and cols == ONE:
        return number(0)
    return constant("zeros", rows) if cols == ONE else constant("zeros", rows, cols)


def ones(rows: Dim, cols: Dim) -> Node:
    """Ones of a shape."""
    if rows == ONE and cols == ONE:
        return number(1)
    if cols == ONE:
        return constant("ones", rows)
    return constant("ones", rows, cols) if rows != ONE else transposed(constant("ones", cols))


def _is_zero(node: Node) -> bool:
    inner = node.args[0] if node.kind == "transpose" else node
    return (inner.kind == "constant" and inner.name == "zeros") or (
        inner.kind == "number" and inner.number == 0
    )


is_zero = _is_zero


def _tidy(chain: tuple[Node, ...]) -> tuple[list[Node], int, list[Node]]:
    """Identity matrices dropped, neighbours that are inverse to each other cancelled."""
    out: list[Node] = []
    extra: list[Node] = []
    for node in chain:
        if node.kind == "constant" and node.name == "eye":
            continue
        if out and _inverse_of(out[-1]) == node:
            out.pop()
            continue
        if out and _is_ones(out[-1]) and _is_ones(node) and out[-1].cols != ONE and node.rows != ONE:
            # 1ᵀ1 = n
            extra.append(size(node.rows))
            left, right = out.pop().rows, node.cols
            if (left, right) != (ONE, ONE):
                out.append(ones(left, right))
            continue
        if out and out[-1].cols == ONE and node.rows == ONE and _is_ones(out[-1]) and _is_ones(node):
            out[-1] = ones(out[-1].rows, node.cols)
            continue
        out.append(node)
    return out, 1, extra


def _is_ones(node: Node) -> bool:
    inner = node.args[0] if node.kind == "transpose" else node
    return inner.kind == "constant" and inner.name == "ones"


def _inverse_of(node: Node) -> Node:
    if node.kind == "call" and node.name == "inv":
        return node.args[0]
    if node.kind == "transpose":
        return transposed(_inverse_of(node.args[0]))
    return call("inv", node.rows, node.cols, node)


def flip(node: Node) -> Node:
    """The transpose in normal form: pushed into products, dropped where it changes nothing."""
    if node.is_scalar or _is_symmetric(node):
        return node
    if node.kind == "transpose":
        return node.args[0]
    if node.structure == "skew":
        return times(number(-1), node)
    if node.kind == "product":
        whole = parts(node)
        return compose(whole.coef, whole.scalars, tuple(flip(c) for c in reversed(whole.chain)))
    if node.kind == "quotient" and not node.elementwise:
        return quotient(flip(node.args[0]), node.args[1])
    if node.kind == "hadamard":
        return hadamard(*(flip(a) for a in node.args))
    if node.kind == "call" and node.name == "kron":
        return call("kron", node.cols, node.rows, *(flip(a) for a in node.args))
    if node.kind == "constant":
        if node.name == "comm":
            return constant("comm", node.dims[1], node.dims[0])
        if node.name in ("ones", "zeros") and len(node.dims) == 2:
            return constant(node.name, node.dims[1], node.dims[0])
    return transposed(node)


def flip_chain(scalar: Node) -> Node:
    """A 1 × 1 product read backwards: x'*A*y as y'*A'*x."""
    whole = parts(scalar)
    return compose(whole.coef, whole.scalars, tuple(flip(c) for c in reversed(whole.chain)))


def _is_symmetric(node: Node) -> bool:
    if node.structure in ("symmetric", "diagonal"):
        return True
    if node.kind == "constant":
        return node.name == "eye" or (len(node.dims) == 2 and node.rows == node.cols and node.name != "comm")
    if node.kind == "call":
        if node.name == "diag":
            return node.cols != ONE
        function = FUNCTION_NAMED[node.name]
        return (function.elementwise or node.name == "inv") and _is_symmetric(node.args[0])
    if node.kind in ("sum", "hadamard"):
        return node.is_square and all(_is_symmetric(a) for a in node.args)
    if node.kind == "power":
        return node.is_square and _is_symmetric(node.args[0])
    if node.kind == "product":
        whole = parts(node)
        chain = whole.chain
        return node.is_square and len(chain) > 0 and tuple(flip(c) for c in reversed(chain)) == chain
    return False


is_symmetric = _is_symmetric


def plus(*terms: Node) -> Node:
    """A sum in normal form: like terms collected, zeros dropped, common factors taken out."""
    rows, cols = terms[0].rows, terms[0].cols
    collected: dict[tuple[object, ...], tuple[Fraction, Parts]] = {}
    for term in _flat(terms):
        p = parts(term)
        key = _term_key(p, collected, term.is_scalar)
        coef = collected[key][0] if key in collected else Fraction(0)
        kept = collected[key][1] if key in collected else p
        collected[key] = (coef + p.coef, kept)
    live = [Parts(coef, p.scalars, p.chain) for coef, p in collected.values() if coef != 0]
    live = [p for p in live if not any(_is_zero(c) for c in p.chain)]
    if not live:
        return zero(rows, cols)
    if len(live) == 1:
        return compose(*live[0])
    return _factored(live)


def _flat(terms: tuple[Node, ...]) -> list[Node]:
    return [t for term in terms for t in (_flat(term.args) if term.kind == "sum" else [term])]


def _term_key(
    p: Parts, known: dict[tuple[object, ...], tuple[Fraction, Parts]], scalar: bool
) -> tuple[object, ...]:
    scalars = frozenset(p.scalars)
    key = (scalars, p.chain)
    if key in known or not scalar or not p.chain:
        return key
    turned = (scalars, tuple(flip(c) for c in reversed(p.chain)))
    return turned if turned in known else key


def _factored(live: list[Parts]) -> Node:
    """The sum with what all terms share in front, behind or as scalars taken out, if anything."""
    scalars = tuple(s for s in live[0].scalars if all(s in p.scalars for p in live))
    chains = [p.chain for p in live]
    front, back = _common(chains)
    coef = (
        _common_coefficient(live) if (scalars or front or back or _shares_coefficient(live)) else Fraction(1)
    )
    rows, cols = _chain_shape(chains[0])
    inner_rows = rows if not front else front[-1].cols
    inner_cols = cols if not back else back[0].rows
    inner: list[Node] = []
    for p in live:
        left = tuple(s for s in p.scalars if s not in scalars)
        chain = p.chain[len(front) : len(p.chain) - len(back)]
        if not chain and (inner_rows, inner_cols) != (ONE, ONE):
            chain = (constant("eye", inner_rows),)
        inner.append(compose(p.coef / coef, left, chain))
    body = add(*inner)
    if coef == 1 and not scalars and not front and not back:
        return body
    if coef == -1 and not scalars and not front and not back:
        return add(*(compose(*p) for p in live))
    outer = compose(coef, scalars, ())
    head = [] if outer.kind == "number" and outer.number == 1 else [outer]
    if outer.kind == "quotient":
        inside = multiply(*(x for x in (outer.args[0], *front, body, *back) if not _is_one(x)))
        return quotient(inside, outer.args[1])
    return multiply(*head, *front, body, *back)


def _is_one(node: Node) -> bool:
    return node.kind == "number" and node.number == 1


def _chain_shape(chain: tuple[Node, ...]) -> tuple[Dim, Dim]:
    return (chain[0].rows, chain[-1].cols) if chain else (ONE, ONE)


def _common(chains: list[tuple[Node, ...]]) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """The longest common front and then back of all chains, as far as the rest stays square or equal."""
    shortest = min(len(c) for c in chains)
    back = 0
    while back < shortest and all(c[-1 - back] == chains[0][-1 - back] for c in chains):
        back += 1
    front = 0
    while front < shortest - back and all(c[front] == chains[0][front] for c in chains):
        front += 1
    first = chains[0]
    return first[:front], first[len(first) - back :] if back else ()


def _shares_coefficient(live: list[Parts]) -> bool:
    return all(abs(p.coef) == abs(live[0].coef) for p in live) and abs(live[0].coef) != 1


def _common_coefficient(live: list[Parts]) -> Fraction:
    if not all(abs(p.coef) == abs(live[0].coef) for p in live):
        return Fraction(1)
    first = live[0].coef
    return first if first > 0 or all(p.coef < 0 for p in live) else -first


def had(*factors: Node) -> Node:
    """The elementwise product in normal form: scalars in front, equal factors as powers, ones dropped."""
    rows, cols = factors[0].rows, factors[0].cols
    front: list[Node] = []
    inner: dict[Node, Fraction] = {}
    for factor in factors:
        p = parts(factor)
        body = multiply(*p.chain) if p.chain else ones(rows, cols)
        if p.coef != 1 or p.scalars:
            front.append(compose(p.coef, p.scalars, ()))
        for piece in body.args if body.kind == "hadamard" else (body,):
            base, exponent = _elementwise_power(piece)
            if _is_zero(base):
                return zero(rows, cols)
            if not _is_ones(base):
                inner[base] = inner.get(base, Fraction(0)) + exponent
    pieces = [b if e == 1 else power(b, number(e), elementwise=True) for b, e in inner.items() if e != 0]
    body = hadamard(*pieces) if pieces else ones(rows, cols)
    return times(*front, body) if front else body


def _elementwise_power(node: Node) -> tuple[Node, Fraction]:
    if node.kind == "power" and node.elementwise and node.args[1].kind == "number":
        return node.args[0], node.args[1].number
    return node, Fraction(1)


def trace(node: Node) -> Node:
    """tr in normal form: scalars in front, a trace of a 1 × 1 chain is that chain, tr(I) is n."""
    p = parts(node)
    if node.is_scalar:
        return node
    if node.kind == "constant" and node.name == "eye":
        return size(node.dims[0])
    if node.kind == "sum":
        return plus(*(trace(a) for a in node.args))
    chain = p.chain or (constant("eye", node.rows),)
    for cut, factor in enumerate(chain):
        if factor.rows == ONE:
            return times(compose(p.coef, p.scalars, ()), multiply(*chain[cut:], *chain[:cut]))
    body = call("tr", ONE, ONE, multiply(*chain))
    return times(compose(p.coef, p.scalars, ()), body)


def diagonal(node: Node) -> Node:
    """diag in normal form: of a vector a matrix, of a matrix its diagonal."""
    if node.cols == ONE and node.rows != ONE:
        if _is_ones(node):
            return constant("eye", node.rows)
        p = parts(node)
        body = call("diag", node.rows, node.rows, multiply(*p.chain))
        return times(compose(p.coef, p.scalars, ()), body)
    if node.kind == "constant" and node.name == "eye":
        return constant("ones", node.rows)
    if node.kind == "call" and node.name == "diag":
        return node.args[0]
    p = parts(node)
    body = call("diag", node.rows, ONE, multiply(*p.chain))
    return times(compose(p.coef, p.scalars, ()), body)
