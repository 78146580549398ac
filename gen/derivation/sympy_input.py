"""SymPy matrix expressions as text of the matrix language; loaded only when one is given."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, TypeAlias

import sympy
from sympy.matrices import expressions as matrices
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction
from sympy.matrices.expressions.diagonal import DiagMatrix, DiagonalMatrix, DiagonalOf
from sympy.matrices.expressions.matexpr import MatrixElement

from gen.errors import Code, InputError, input_error
from gen.language.declaration import Declaration
from gen.language.dimension import ONE, Dim, named
from gen.language.names import is_reserved, name_fault
from gen.language.parse_errors import MAX_DEPTH

SUM, MINUS, TERM, POSTFIX, ATOM = 1, 2, 3, 4, 5  # how tightly a text binds; `-A*B` is a MINUS
Written: TypeAlias = tuple[str, int]

FUNCTIONS = {
    **{getattr(sympy, name): name for name in "exp log sin cos tan sinh cosh tanh sign erf".split()},
    sympy.asin: "arcsin",
    sympy.acos: "arccos",
    sympy.atan: "arctan",
    sympy.Abs: "abs",
    sympy.Heaviside: "step",
}


def translate(expr: object) -> tuple[str, dict[str, Declaration]]:
    """(text of the matrix language, declarations of its symbols) of a SymPy expression.

    n × 1 symbols are vectors, 1 × 1 symbols and plain ones scalars (of domain
    `positive` where SymPy knows it); a symbol that is the dimension of another stays
    a dimension. The expression is read as it stands: nothing is evaluated. Raises
    InputError: `unsupported` naming the part that the language has not, `syntax` for
    a name that it cannot hold, `name_clash`, `too_large`.
    """
    if not isinstance(expr, sympy.Basic | matrices.MatrixExpr | sympy.MatrixBase):
        kind = type(expr).__name__
        raise input_error(
            "unsupported",
            f"an expression is text or a SymPy expression, not of type {kind}",
            hint='an example: derive("W*X", "W")',
        )
    try:
        reader = _Reader(expr)
        return reader.write(expr, 0)[0], reader.declarations
    except RecursionError:
        raise _too_deep() from None


class _Reader:
    """One walk over one expression; `declarations` grows on the way."""

    def __init__(self, expr: Any) -> None:
        self.declarations: dict[str, Declaration] = {}
        self.meaning: dict[str, Any] = {}
        self.dims: set[Any] = set()
        for part in sympy.preorder_traversal(expr):
            if isinstance(part, sympy.MatrixSymbol | sympy.Identity | sympy.ZeroMatrix | sympy.OneMatrix):
                for size in part.shape:
                    self.dims |= set(size.free_symbols)

    def write(self, e: Any, depth: int) -> Written:
        """An expression as text, with how tightly it binds."""
        if depth > MAX_DEPTH:
            raise _too_deep()
        deeper = depth + 1

        def at(part: Any, need: int) -> str:
            return _at(self.write(part, deeper), need)

        match e:
            case sympy.MatrixSymbol():
                return self._symbol(e, self._dim(e.shape[0]), self._dim(e.shape[1])), ATOM
            case sympy.Symbol():
                return self._scalar(e), ATOM
            case sympy.Number() if e.is_finite:
                return _number(e)
            case sympy.Identity() | sympy.ZeroMatrix() | sympy.OneMatrix():
                return self._constant(e), ATOM
            case sympy.MatAdd() | sympy.Add():
                return _added([self.write(part, deeper) for part in e.args])
            case sympy.MatMul() | sympy.Mul():
                return self._product(e.args, deeper)
            case sympy.HadamardProduct():
                return ".*".join(at(part, POSTFIX) for part in e.args), TERM
            case sympy.HadamardPower() if _is_matrix(e.base) and not _is_matrix(e.exp):
                return f"{at(e.base, ATOM)}.^{self._exponent(e.exp, deeper)}", POSTFIX
            case matrices.MatPow() if e.exp.is_Integer:
                if e.exp == -1:
                    return f"inv({at(e.base, SUM)})", ATOM
                return f"{at(e.base, ATOM)}^{int(e.exp)}", POSTFIX
            case sympy.Pow():
                return self._power(e.base, e.exp, deeper)
            case matrices.Transpose():
                return f"{at(e.arg, POSTFIX)}'", POSTFIX
            case matrices.Trace():
                return f"tr({at(e.arg, SUM)})", ATOM
            case matrices.Determinant():
                return f"det({at(e.arg, SUM)})", ATOM
            case sympy.KroneckerProduct():
                text = at(e.args[-1], SUM)
                for part in reversed(e.args[:-1]):
                    text = f"kron({at(part, SUM)}, {text})"
                return text, ATOM
            case matrices.DotProduct():
                return "*".join(
                    self._turned(v, row, deeper) for v, row in zip(e.args, (True, False), strict=True)
                ), TERM
            case DiagMatrix():
                return f"diag({self._turned(e.args[0], False, deeper)})", ATOM
            case DiagonalOf() if e.arg.shape[0] == e.arg.shape[1]:
                return f"diag({at(e.arg, SUM)})", ATOM
            case DiagonalMatrix() if e.arg.shape[0] == e.arg.shape[1]:
                return f"{at(e.arg, POSTFIX)}.*eye({self._dim(e.shape[0]).text()})", TERM
            case ElementwiseApplyFunction():
                return self._elementwise(e, deeper)
            case MatrixElement() if e.parent.shape == (1, 1):
                return self.write(e.parent, deeper)
            case sympy.Max() if len(e.args) == 2 and 0 in e.args:
                return f"relu({at(_other(e.args), SUM)})", ATOM
            case sympy.E:
                return "exp(1)", ATOM
        name = FUNCTIONS.get(type(e))
        if name is not None and not _is_matrix(e.args[0]):
            return f"{name}({at(e.args[0], SUM)})", ATOM
        raise _unsupported(e)

    # --- names and sizes ---

    def _scalar(self, e: Any) -> str:
        if e in self.dims:
            return self._name(e)
        return self._symbol(e, ONE, ONE, "positive" if e.is_positive else None)

    def _symbol(self, e: Any, rows: Dim, cols: Dim, domain: str | None = None) -> str:
        name = self._name(e)
        self.declarations[name] = Declaration(name, rows, cols, domain=domain)
        return name

    def _name(self, e: Any) -> str:
        """The name of a symbol, which must be one of the language and mean one thing only."""
        name = str(e.name)
        fault = name_fault(name)
        if fault is not None:
            raise input_error("syntax", fault[0], source=name, start=0, end=len(name), hint=fault[1])
        if is_reserved(name):
            raise _named("name_clash", name, f"{name} is a function and cannot be a symbol")
        if self.meaning.setdefault(name, e) != e:
            raise _named("name_clash", name, f"{name} stands for two different symbols")
        return name

    def _dim(self, size: Any) -> Dim:
        """A dimension: a whole number, a symbol or a product of them."""
        if isinstance(size, sympy.Integer) and size > 0:
            return Dim(int(size))
        if isinstance(size, sympy.Symbol):
            return named(self._name(size))
        if isinstance(size, sympy.Pow) and isinstance(size.exp, sympy.Integer) and size.exp > 0:
            return self._dims([size.base] * int(size.exp))
        if isinstance(size, sympy.Mul):
            return self._dims(size.args)
        raise input_error(
            "unsupported",
            f"the dimension {_shown(size)} is not part of the language",
            hint="a dimension is a name, a whole number from 1 on or a product: k*n",
        )

    def _dims(self, sizes: Any) -> Dim:
        out = ONE
        for size in sizes:
            out = out * self._dim(size)
        return out

    def _constant(self, e: Any) -> str:
        rows, cols = (self._dim(size) for size in e.shape)
        if isinstance(e, sympy.Identity):
            return f"eye({rows.text()})"
        name = "zeros" if isinstance(e, sympy.ZeroMatrix) else "ones"
        return f"{name}({rows.text()})" if cols.is_one else f"{name}({rows.text()},{cols.text()})"

    # --- operations ---

    def _product(self, parts: Any, depth: int) -> Written:
        """Factors in SymPy's order; those with a negative exponent behind a quotient sign."""
        sign, above, below = "", list[str](), list[str]()
        flat = [p for part in parts for p in (part.args if isinstance(part, sympy.Mul) else (part,))]
        for part in flat:
            if part == -1:
                sign = "" if sign else "-"
                continue
            bottom = _denominator(part)
            if bottom is not None:
                below.append(_at(self.write(bottom, depth), POSTFIX))
                continue
            text, binds = self.write(part, depth)
            if not above and binds == MINUS:
                sign, text, binds = "" if sign else "-", text[1:], TERM
            first = not above and not _is_matrix(part)
            above.append(_at((text, binds), TERM if first else POSTFIX))
        text = "*".join(above) or "1"
        for bottom in below:
            text += f"/{bottom}"
        one = len(above) == 1 and not below
        return sign + text, MINUS if sign else (POSTFIX if one else TERM)

    def _power(self, base: Any, exponent: Any, depth: int) -> Written:
        if exponent == sympy.S.Half:
            return f"sqrt({_at(self.write(base, depth), SUM)})", ATOM
        bottom = _denominator(sympy.Pow(base, exponent, evaluate=False))
        if bottom is not None:
            return f"1/{_at(self.write(bottom, depth), POSTFIX)}", TERM
        return f"{_at(self.write(base, depth), ATOM)}^{self._exponent(exponent, depth)}", POSTFIX

    def _exponent(self, e: Any, depth: int) -> str:
        return _at(self.write(e, depth), ATOM)

    def _turned(self, vector: Any, row: bool, depth: int) -> str:
        """A vector as a row or as a column, whatever it is."""
        is_row = vector.shape[0] == 1
        text = self.write(vector, depth)
        return _at(text, POSTFIX) if is_row == row or vector.shape == (1, 1) else f"{_at(text, POSTFIX)}'"

    # --- functions applied to every entry ---

    def _elementwise(self, e: Any, depth: int) -> Written:
        (x,), body = e.function.variables, e.function.expr
        inner = self.write(e.expr, depth)
        size = f"ones({self._dim(e.shape[0]).text()},{self._dim(e.shape[1]).text()})"
        if not body.has(x):
            return f"{_at(self.write(body, depth), POSTFIX)}*{size}", TERM
        return self._entrywise(body, x, inner, size, depth)

    def _entrywise(self, body: Any, x: Any, inner: Written, size: str, depth: int) -> Written:
        """`body` as a function of x, applied to each entry of the matrix `inner`."""
        if depth > MAX_DEPTH:
            raise _too_deep()

        def down(part: Any) -> Written:
            return self._entrywise(part, x, inner, size, depth + 1)

        if body == x:
            return inner
        if not body.has(x):
            return self.write(body, depth)
        match body:
            case sympy.Add():
                return _added([down(p) if p.has(x) else self._spread(p, size, depth) for p in body.args])
            case sympy.Mul():
                plain = [p for p in body.args if not p.has(x)]
                moving = [_at(down(p), POSTFIX) for p in body.args if p.has(x)]
                together = ".*".join(moving)
                if not plain:
                    return together, TERM
                if plain == [-1]:
                    return f"-{together}", MINUS
                text, binds = self._product(plain, depth)
                text += f"*({together})" if len(moving) > 1 else f"*{together}"
                return text, MINUS if binds == MINUS else TERM
            case sympy.Pow() if body.exp == sympy.S.Half:
                return f"sqrt({_at(down(body.base), SUM)})", ATOM
            case sympy.Pow() if not body.exp.has(x):
                return f"{_at(down(body.base), ATOM)}.^{self._exponent(body.exp, depth)}", POSTFIX
            case sympy.Max() if len(body.args) == 2 and 0 in body.args:
                return f"relu({_at(down(_other(body.args)), SUM)})", ATOM
        name = FUNCTIONS.get(type(body))
        if name is None:
            raise _unsupported(body)
        return f"{name}({_at(down(body.args[0]), SUM)})", ATOM

    def _spread(self, e: Any, size: str, depth: int) -> Written:
        """A number beside matrices, as a matrix of that number."""
        if e == 1:
            return size, ATOM
        text, binds = self._product((e,), depth)
        return f"{_at((text, binds), MINUS)}*{size}", MINUS if binds == MINUS else TERM


def _at(written: Written, need: int) -> str:
    text, binds = written
    return text if binds >= need else f"({text})"


def _added(terms: list[Written]) -> Written:
    """A sum; SymPy sorts terms by an order of its own, here what is subtracted comes last."""
    first, *rest = sorted(terms, key=lambda term: term[1] == MINUS)
    out = first[0]
    for text, binds in rest:
        out += f" - {text[1:]}" if binds == MINUS else f" + {_at((text, binds), TERM)}"
    return out, SUM


def _number(e: Any) -> Written:
    """A number exactly: 2, 1/3; a float by its shortest decimal."""
    if e.is_Rational:
        text = str(abs(Fraction(int(e.p), int(e.q))))
    elif abs(e) < 1e308:
        text = repr(abs(float(e)))
    else:
        raise input_error("too_large", f"the number {_shown(e)} is too large")
    if e < 0:
        return f"-{text}", MINUS
    return text, TERM if "/" in text else ATOM


def _denominator(e: Any) -> Any:
    """b^k where a scalar is written b^-k with a number k, else None."""
    if not isinstance(e, sympy.Pow) or not e.exp.is_Number or not e.exp.is_negative:
        return None
    return e.base if e.exp == -1 else sympy.Pow(e.base, -e.exp, evaluate=False)


def _other(args: Any) -> Any:
    """The argument of Max(x, 0) that is not 0."""
    return args[0] if args[1] == 0 else args[1]


def _is_matrix(e: Any) -> bool:
    return bool(getattr(e, "is_Matrix", False))


def _shown(e: Any) -> str:
    text = " ".join(str(e).split())
    return text if len(text) <= 60 else text[:59] + "…"


def _unsupported(e: Any) -> InputError:
    hint = None
    if type(e) in FUNCTIONS:
        hint = f"for a function of each entry write .applyfunc({type(e).__name__})"
    message = f"{type(e).__name__} in {_shown(e)} is not part of the language"
    return input_error("unsupported", message, hint=hint)


def _named(code: Code, name: str, message: str) -> InputError:
    return input_error(code, message, source=name, start=0, end=len(name))


def _too_deep() -> InputError:
    return input_error("too_large", f"the expression is nested more than {MAX_DEPTH} deep")
