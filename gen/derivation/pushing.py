"""How D(U) is pushed inward until only dX is left: one law for each kind of expression."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from operator import is_
from typing import TypeAlias

from gen.derivation.chain_rules import LOG_SOFTMAX, is_log_softmax, law_words, power_words, without
from gen.derivation.engine import StuckError
from gen.derivation.node_engine import rebuilt
from gen.derivation.reasons import independent, vanishing
from gen.derivation.record import Reason, Rewritten
from gen.derivation.slope import slope_of
from gen.language.catalogue import function_named
from gen.language.dimension import ONE
from gen.language.filled import is_zero, ones, zero
from gen.language.function import Fresh
from gen.language.node import (
    Node,
    add,
    call,
    differential,
    hadamard,
    multiply,
    negative,
    number,
    power,
    quotient,
    symbol,
    transposed,
)
from gen.language.product_form import times
from gen.language.product_parts import raised_to
from gen.language.reduction_form import had

Law: TypeAlias = Callable[[Node, Fresh], Rewritten | None]
DIFFERENTIAL = frozenset(("differential",))


def increment(variable: Node) -> Node:
    """dX, the increment of the variable X."""
    return symbol(f"d{variable.name}", variable.rows, variable.cols)


def _inside(node: Node) -> Node | None:
    return node.args[0] if node.kind == "differential" else None


class DifferentialLaws:
    """The rules for one variable; each method is the `apply` of one record."""

    def __init__(self, variable: Node) -> None:
        self.variable = variable

    def _live(self, node: Node) -> bool:
        return self.variable.name in node.names

    def _d(self, node: Node) -> Node:
        """D(node), written dX at once for the variable and dXᵀ for its transpose."""
        if node == self.variable:
            return increment(node)
        if node.kind == "transpose" and node.args[0] == self.variable:
            return transposed(increment(self.variable))
        return differential(node)

    def laws(self) -> tuple[Law, ...]:
        """In the order they are tried."""
        return (
            *(self.constant, self.variable_itself, self.sums, self.factors, self.products),
            *(self.transposes, self.quotients, self.powers, self.functions),
        )

    def pushed_in(self, node: Node, fresh: Fresh) -> Node:
        """The expression with every D in it pushed in as far as the laws go, without the steps."""
        if not node.args:
            return node
        if node.kind == "differential":
            for law in self.laws():
                found = law(node, fresh)
                if found is not None:
                    assert isinstance(found.new, Node)
                    return self.pushed_in(found.new, fresh)
            raise StuckError(node.args[0])
        args = tuple([self.pushed_in(a, fresh) for a in node.args])
        return node if all(map(is_, args, node.args)) else rebuilt(node, args)

    def constant(self, node: Node, fresh: Fresh) -> Rewritten | None:
        """D(A) = 0."""
        u = _inside(node)
        if u is None or self._live(u):
            return None
        return Rewritten(
            zero(u.rows, u.cols), (*independent([u], self.variable), ", so its differential is zero")
        )

    def variable_itself(self, node: Node, fresh: Fresh) -> Rewritten | None:
        """D(X) = dX."""
        u = _inside(node)
        if u != self.variable:
            return None
        return Rewritten(increment(u), ("the differential of ", u, " is its increment"))

    def sums(self, node: Node, fresh: Fresh) -> Rewritten | None:
        """D(A+B) = D(A) + D(B); what is constant is dropped."""
        u = _inside(node)
        if u is None or u.kind != "sum":
            return None
        live = [a for a in u.args if self._live(a)]
        dead = [a for a in u.args if not self._live(a)]
        if not live:
            return None
        words: Reason = ()
        if len(live) > 1:
            words = ("the differential of a sum is the sum of the differentials",)
        if dead:
            words = (*words, *(("; ",) if words else ()), *vanishing(dead, self.variable, "differential"))
        return Rewritten(add(*(self._scaled(a) for a in live)), words)

    def _scaled(self, node: Node) -> Node:
        """D(c U) as c D(U) for a plain number c."""
        if node.kind == "product" and node.args[0].kind == "number" and len(node.args) > 1:
            return multiply(node.args[0], self._d(multiply(*node.args[1:])))
        return self._d(node)

    def factors(self, node: Node, fresh: Fresh) -> Rewritten | None:
        """D(cA) = c D(A) and D(A/c) = D(A)/c for a constant scalar c."""
        u = _inside(node)
        if u is None or u.kind not in ("product", "quotient"):
            return None
        live = [a for a in u.args if self._live(a)]
        dead = [a for a in u.args if not self._live(a)]
        if len(live) != 1 or not dead or not all(a.is_scalar for a in dead):
            return None
        words: Reason = ("a constant factor stays in front of the differential",)
        if u.kind == "product":
            return Rewritten(multiply(*dead, self._d(live[0])), words)
        if self._live(u.args[1]):
            return None
        return Rewritten(quotient(self._d(live[0]), u.args[1]), ("a constant divisor stays",))

    def products(self, node: Node, fresh: Fresh) -> Rewritten | None:
        """D(AB) = D(A)B + A D(B), for matrix, elementwise and scalar products."""
        u = _inside(node)
        if u is None or u.kind not in ("product", "hadamard"):
            return None
        join = multiply if u.kind == "product" else hadamard
        live = [k for k, a in enumerate(u.args) if self._live(a)]
        if not live:
            return None
        terms = [join(*(self._d(a) if k == at else a for k, a in enumerate(u.args))) for at in live]
        dead = [a for a in u.args if not self._live(a) and a.kind != "number"]
        gone = independent(dead, self.variable)
        words: Reason = ("product rule: each factor is differentiated in turn",)
        if len(live) == 1:
            only = (", so only ", u.args[live[0]], " is differentiated")
            words = ("product rule; ", *gone, *only) if gone else ("a constant factor stays",)
        return Rewritten(add(*terms), words)

    def transposes(self, node: Node, fresh: Fresh) -> Rewritten | None:
        """D(A') = D(A)'."""
        u = _inside(node)
        if u is None or u.kind != "transpose" or not self._live(u):
            return None
        return Rewritten(
            transposed(self._d(u.args[0])), ("transposing and differentiating may change places",)
        )

    def quotients(self, node: Node, fresh: Fresh) -> Rewritten | None:
        """D(A/b) = D(A)/b − A D(b)/b²."""
        u = _inside(node)
        if u is None or u.kind != "quotient" or not self._live(u):
            return None
        top, below = u.args
        terms: list[Node] = []
        if self._live(top):
            terms.append(quotient(self._d(top), below, elementwise=u.elementwise))
        if self._live(below):
            square = raised_to(below, Fraction(2), elementwise=u.elementwise and not below.is_scalar)
            join = hadamard if u.elementwise and not (top.is_scalar or below.is_scalar) else multiply
            upper = join(top, self._d(below))
            terms.append(negative(quotient(upper, square, elementwise=u.elementwise)))
        words: Reason = ("quotient rule: ", self.variable, " stands above and below")
        if not self._live(top):
            words = ("quotient rule for a constant over ", below)
        if not self._live(below):
            words = ("a constant divisor divides entry by entry",)
        return Rewritten(add(*terms), words)

    def powers(self, node: Node, fresh: Fresh) -> Rewritten | None:
        """D(u^a) = a u^(a−1) D(u); an integer power of a matrix is a product."""
        u = _inside(node)
        if u is None or u.kind != "power" or not self._live(u):
            return None
        base, exponent = u.args
        if u.is_scalar and exponent == number(2) and base.kind == "call" and base.name in ("norm2", "normF"):
            return self._squared_norm(base.args[0])
        if not (u.elementwise or u.is_scalar):
            k = int(exponent.number)
            factor = base if k > 0 else call("inv", base.rows, base.cols, base)
            product = multiply(*([factor] * abs(k)))
            return Rewritten(differential(product), (u, " is a product of equal factors"))
        terms: list[Node] = []
        join = had if not base.is_scalar else times
        if self._live(base):
            if exponent.kind == "number":
                less = exponent.number - 1
                lower = raised_to(base, less, elementwise=u.elementwise)
                slope = times(number(exponent.number), lower)
            else:
                lower = power(base, add(exponent, number(-1)), elementwise=u.elementwise)
                slope = times(exponent, lower)
            terms.append(_spread(slope, self._d(base)))
        if self._live(exponent):
            log = call("log", base.rows, base.cols, base)
            terms.append(times(join(u, log), self._d(exponent)))
        return Rewritten(add(*terms), power_words(u, self.variable.name))

    def _squared_norm(self, u: Node) -> Rewritten:
        """D(‖u‖²) = 2 uᵀ D(u), without the norm and its reciprocal, which would cancel."""
        inner = multiply(transposed(u), self._d(u))
        if u.is_vector:
            words: Reason = ("‖u‖² = uᵀu, so d‖u‖² = 2 uᵀdu",)
        else:
            inner = call("tr", ONE, ONE, inner)
            words = ("‖U‖² = tr(UᵀU), so d‖U‖² = 2 tr(UᵀdU)",)
        if u != self.variable:
            words = (*words, f", here with {'u' if u.is_vector else 'U'} = ", u)
        return Rewritten(multiply(number(2), inner), words)

    def _special(self, u: Node) -> Rewritten | None:
        """tr f(U), and f(tA) by t, for a function without a differential of its own."""
        inner = u.args[0]
        if u.name == "tr" and inner.kind == "call":
            function = function_named(inner.name)
            if function.trace_law is not None:
                law = function.trace_law(inner.args, tuple(self._d(a) for a in inner.args))
                return Rewritten(law, law_words(function, inner.args[0], self.variable))
        function = function_named(u.name)
        matrix = without(inner, self.variable) if self.variable.is_scalar else None
        if function.ray_law is None or matrix is None:
            return None
        slope = function.ray_law(matrix, self.variable)
        words: Reason = ("along the ray ", inner, " the matrix ", matrix, " comes down as a factor")
        return Rewritten(multiply(slope, increment(self.variable)), words)

    def _log_softmax(self, u: Node) -> Rewritten:
        """d log s = du − 1 (sᵀdu), and the same for every row of a softmax of rows."""
        softmax = u.args[0]
        du = self._d(softmax.args[0])
        if softmax.name == "softmax":
            mean = multiply(ones(u.rows, u.cols), multiply(transposed(softmax), du))
        else:
            sums = call("rowsum", u.rows, ONE, hadamard(softmax, du))
            mean = multiply(sums, transposed(ones(u.cols, ONE)))
        return Rewritten(add(du, negative(mean)), (LOG_SOFTMAX,))

    def functions(self, node: Node, fresh: Fresh) -> Rewritten | None:
        """The law of a function: linear ones pass D inside, the others have a differential."""
        u = _inside(node)
        if u is None or u.kind != "call" or not self._live(u):
            return None
        function = function_named(u.name)
        special = self._log_softmax(u) if is_log_softmax(u) else self._special(u)
        if special is not None or function.trace_law is not None:
            return special
        if function.elementwise:
            slope = slope_of(function, u.args[0])
            if is_zero(slope):
                return Rewritten(zero(u.rows, u.cols), (function.because,))
            return Rewritten(_spread(slope, self._d(u.args[0])), ("chain rule: ", function.because))
        if function.law is not None:
            law = function.law(u.args, tuple(self._d(a) for a in u.args))
            return Rewritten(law, law_words(function, u.args[0], self.variable))
        terms = [
            call(u.name, u.rows, u.cols, *(self._d(a) if k == at else a for k, a in enumerate(u.args)))
            for at, a in enumerate(u.args)
            if self._live(a)
        ]
        words: Reason = (f"{function.title} is linear, so the differential passes inside",)
        return Rewritten(add(*terms), words)


def _spread(slope: Node, inner: Node) -> Node:
    """slope ∘ dU, where either may be a scalar and a slope of ones disappears."""
    if inner.is_scalar or slope.is_scalar:
        return multiply(slope, inner)
    if slope.kind == "constant" and slope.name == "ones":
        return inner
    if slope.kind == "product" and slope.args[0].is_scalar:
        scalars = [a for a in slope.args if a.is_scalar]
        rest = [a for a in slope.args if not a.is_scalar]
        core = rest[0] if len(rest) == 1 else multiply(*rest)
        if core.kind == "constant" and core.name == "ones":
            return multiply(*scalars, inner)
        return multiply(*scalars, hadamard(core, inner))
    return hadamard(slope, inner)
