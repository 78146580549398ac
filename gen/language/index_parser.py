"""The index text of FORMATS section 4 as terms: `sum[j](W[i,j]*delta[j,q])`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import prod

from gen.errors import Code, InputError, Where
from gen.language.catalogue import FUNCTION_NAMED
from gen.language.dimension import Dim
from gen.language.index import Delta, Entry, Factor, Order, Partial, Term, Terms
from gen.language.index_scope import IndexScope, is_delta, letter_in
from gen.language.node import Node, call, number, power
from gen.language.parser import parse_index_text
from gen.language.syntax import Syntax

_INDEXED = ("entry", "order", "binder")


def parse_terms(
    text: str,
    symbols: Mapping[str, Node],
    ranges: Mapping[str, Dim] | None = None,
    *,
    where: Where = "answer",
) -> Terms:
    """The terms of an index text.

    `symbols` are the nodes of the names in it. The range of an index is the one in
    `ranges`, else that of an axis or of another index where it stands. Raises
    InputError: `syntax`, `shape` for an index with two ranges or none, and the
    errors of the matrix language for the expressions whose entries are taken.
    """
    tree = parse_index_text(text, where=where)
    scope = IndexScope(text, symbols, ranges or {}, where)
    scope.find_ranges(tree)
    _check_binders(tree, frozenset(), scope.error)
    return _Reader(scope).terms(tree)


class _Reader:
    """From the source tree to terms."""

    def __init__(self, scope: IndexScope) -> None:
        self.scope = scope

    def terms(self, syntax: Syntax) -> Terms:
        """A piece of index text as terms, products multiplied out."""
        if not _has_indices(syntax):
            return self._scalar(syntax)
        match syntax.op:
            case "sum":
                signs = ("+", *syntax.words)
                pieces = [self.terms(arg) for arg in syntax.args]
                return tuple(
                    _scaled(term, 1 if sign == "+" else -1)
                    for sign, piece in zip(signs, pieces, strict=True)
                    for term in piece
                )
            case "product":
                return self._product(syntax)
            case "negative":
                return tuple(_scaled(term, -1) for term in self.terms(syntax.args[0]))
            case "binder":
                bound = tuple(self.scope.letter(letter_in(word, syntax)) for word in syntax.words)
                inner = self.terms(syntax.args[0])
                return tuple(Term(t.coef, t.factors, bound + t.bound) for t in inner)
            case "order":
                first, second = (self.scope.index(letter_in(word, syntax)) for word in syntax.words)
                return (Term(Fraction(1), (Order(first, second),)),)
            case "entry":
                return (Term(Fraction(1), (self._entry(syntax),)),)
            case "call":
                return self._call(syntax)
            case "^" | ".^":
                exponent = self.scope.node(syntax.args[1])
                return self._mapped(syntax, lambda node: _powered(node, exponent))
        raise self.scope.error("unsupported", "this has no meaning for entries", syntax)

    def _scalar(self, syntax: Syntax) -> Terms:
        node = self.scope.node(syntax)
        if not node.is_scalar:
            message = "entries are missing: an index expression adds and multiplies scalars"
            raise self.scope.error("not_scalar", message, syntax)
        parts = node.args if node.kind == "product" and all(a.is_scalar for a in node.args) else (node,)
        coef = prod((part.number for part in parts if part.kind == "number"), start=Fraction(1))
        factors = tuple(Entry(part) for part in parts if part.kind != "number")
        return (Term(coef, factors),) if coef else ()

    def _product(self, syntax: Syntax) -> Terms:
        """A chain; neighbours without indices are read together, as in x'*A*x*delta[i,q]."""
        out: Terms = (Term(Fraction(1), ()),)
        signs = ("*", *syntax.words)
        at = 0
        while at < len(signs):
            stop = at + 1
            if signs[at] == "*" and not _has_indices(syntax.args[at]):
                while stop < len(signs) and signs[stop] == "*" and not _has_indices(syntax.args[stop]):
                    stop += 1
            run = syntax.args[at:stop]
            piece = syntax.args[at]
            if len(run) > 1:
                piece = Syntax("product", run, signs[at + 1 : stop], run[0].start, run[-1].end)
            right = self.terms(piece)
            if signs[at] in ("/", "./"):
                right = (self._reciprocal(right, piece),)
            out = tuple(
                Term(a.coef * b.coef, a.factors + b.factors, a.bound + b.bound) for a in out for b in right
            )
            at = stop
        return out

    def _reciprocal(self, terms: Terms, syntax: Syntax) -> Term:
        if len(terms) != 1 or terms[0].bound:
            raise self.scope.error("unsupported", "a divisor is a product of entries and scalars", syntax)
        factors = tuple(
            self._mapped_factor(f, lambda n: _powered(n, number(-1)), syntax) for f in terms[0].factors
        )
        return Term(1 / terms[0].coef, factors)

    def _entry(self, syntax: Syntax) -> Factor:
        if is_delta(syntax):
            return Delta(self.scope.index(syntax.args[1]), self.scope.index(syntax.args[2]))
        node = self.scope.node(syntax.args[0])
        places = [self.scope.index(arg) for arg in syntax.args[1:]]
        row = places.pop(0) if not node.rows.is_one else None
        return Entry(node, row, places.pop(0) if places else None)

    def _call(self, syntax: Syntax) -> Terms:
        if syntax.name == "d":
            return (Term(Fraction(1), (self._partial(syntax),)),)
        function = FUNCTION_NAMED.get(syntax.name)
        if function is None or not function.elementwise or len(syntax.args) != 1:
            raise self.scope.error("unsupported", f"{syntax.name} is not a function of one entry", syntax)
        return self._mapped(syntax, lambda node: call(syntax.name, node.rows, node.cols, node))

    def _partial(self, syntax: Syntax) -> Partial:
        if len(syntax.args) != 2:
            raise self.scope.error("syntax", "d takes an expression and an entry: d(W[i,j], W[q,r])", syntax)
        by = self.terms(syntax.args[1])
        factor = by[0].factors[0] if len(by) == 1 and by[0].factors else None
        single = isinstance(factor, Entry) and by[0] == Term(Fraction(1), (factor,))
        if not single or not isinstance(factor, Entry) or factor.node.kind != "symbol":
            raise self.scope.error(
                "syntax", "the derivative is taken by an entry of a symbol", syntax.args[1]
            )
        return Partial(self.terms(syntax.args[0]), factor)

    def _mapped(self, syntax: Syntax, change: Callable[[Node], Node]) -> Terms:
        """A function or power of one entry: the same entry of the function or power."""
        terms = self.terms(syntax.args[0])
        if len(terms) != 1 or len(terms[0].factors) != 1 or terms[0].bound or terms[0].coef != 1:
            message = "a function or power is taken of one entry; write it of the whole: exp(A*x)[i]"
            raise self.scope.error("unsupported", message, syntax)
        return (Term(Fraction(1), (self._mapped_factor(terms[0].factors[0], change, syntax),)),)

    def _mapped_factor(self, factor: Factor, change: Callable[[Node], Node], at: Syntax) -> Entry:
        if not isinstance(factor, Entry):
            raise self.scope.error("unsupported", "a function or power is taken of entries only", at)
        return Entry(change(factor.node), factor.row, factor.col)


def _has_indices(syntax: Syntax) -> bool:
    return any(p.op in _INDEXED or (p.op == "call" and p.name == "d") for p in syntax.walk())


def _scaled(term: Term, factor: int) -> Term:
    return Term(term.coef * factor, term.factors, term.bound)


def _powered(node: Node, exponent: Node) -> Node:
    return power(node, exponent, elementwise=not node.is_scalar)


def _check_binders(
    tree: Syntax, bound: frozenset[str], error: Callable[[Code, str, Syntax], InputError]
) -> None:
    """No sum inside another one binds the same letter again."""
    if tree.op == "binder":
        for word in tree.words:
            if word in bound or tree.words.count(word) > 1:
                raise error("syntax", f"{word} is bound twice", tree)
        bound |= frozenset(tree.words)
    for arg in tree.args:
        _check_binders(arg, bound, error)
