"""Mistakes about functions of matrices and vectors: rules for numbers carried over to them."""

from __future__ import annotations

from collections.abc import Iterator

from gen.derivation.record import Rewritten
from gen.language.dimension import ONE
from gen.language.function import Fresh
from gen.language.index import Entry, Factor, Index, Letter, Partial, Term, substitute
from gen.language.node import Node, call, constant, multiply, number, quotient
from gen.language.transposition import flip
from gen.problems.misconception import Misconception
from gen.problems.mistake_places import instead, is_call, nodes_in, terms_of
from gen.problems.mistake_sources import ELEMENTWISE, SCALAR_RULES
from gen.problems.reform import chain_of, each, mapped, parts_of


def inverse_like_reciprocal(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """−X⁻² ∂X for −X⁻¹ ∂X X⁻¹."""
    terms = terms_of(right)
    if not is_call(place, "inv") or len(terms) != 1 or len(terms[0].factors) != 3:
        return None
    first, middle, last = terms[0].factors
    if not (isinstance(first, Entry) and isinstance(middle, Partial) and isinstance(last, Entry)):
        return None
    if middle.inner is None or not isinstance(last.row, Letter) or last.col is None:
        return None
    squared = Entry(multiply(first.node, last.node), first.row, first.col)
    changes: dict[str, Index] = {last.row.name: last.col}
    bound = tuple(x for x in terms[0].bound if x != last.row)
    return instead(right, Term(terms[0].coef, (squared, substitute(middle, changes)), bound))


def inverse_without_sign(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """X⁻¹ ∂X X⁻¹, its minus lost."""
    if not is_call(place, "inv"):
        return None
    return instead(right, *[Term(-t.coef, t.factors, t.bound) for t in terms_of(right)])


def as_if_factors_commuted(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """n A^(n−1) ∂A for a power of a matrix: the first term, as many times as there are terms."""
    terms = terms_of(right)
    nodes = {n for t in terms for n in nodes_in(t)}
    if len(terms) < 2 or len(nodes) != 1 or any(len(nodes_in(t)) != len(t.factors) for t in terms):
        return None
    return instead(right, Term(terms[0].coef * len(terms), terms[0].factors, terms[0].bound))


def softmax_as_elementwise(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """s ∘ ∂u, without the term that keeps the sum at 1."""
    terms = terms_of(right)
    if not is_call(place, "softmax", "softmaxrows") or len(terms) < 2:
        return None
    return instead(right, terms[0])


def determinant_as_logdet(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """tr(X⁻¹ ∂X), without det X in front."""
    if not is_call(place, "det"):
        return None
    out = [
        Term(t.coef, tuple(f for f in t.factors if not _is_scalar_call(f, "det")), t.bound)
        for t in terms_of(right)
    ]
    return instead(right, *out)


def _is_scalar_call(factor: Factor, name: str) -> bool:
    return isinstance(factor, Entry) and factor.node.kind == "call" and factor.node.name == name


def norm_as_square(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """2 u ∂u for u ∂u/‖u‖."""
    if not is_call(place, "norm2", "normF"):
        return None
    out: list[Term] = []
    for t in terms_of(right):
        kept = tuple(f for f in t.factors if not (isinstance(f, Entry) and f.node.is_scalar))
        if len(kept) == len(t.factors):
            return None
        out.append(Term(t.coef * 2, kept, t.bound))
    return instead(right, *out)


def norm_left_standing(place: Factor | Term, right: Rewritten, fresh: Fresh) -> Rewritten | None:
    """‖u‖ kept in front of the derivative of ‖u‖²."""
    if not isinstance(place, Partial) or place.inner is None or place.inner.node.kind != "power":
        return None
    norm = Entry(place.inner.node.args[0])
    return instead(right, *[Term(t.coef, (norm, *t.factors), t.bound) for t in terms_of(right)])


def norm_for_residual(node: Node) -> Iterator[Node]:
    """2‖AX − B‖ Aᵀ for 2 Aᵀ(AX − B): the norm for its operand, the rest as it lies or turned."""
    if node.is_scalar:
        return

    def norm(n: Node) -> Iterator[Node]:
        scalars, chain = chain_of(n)
        for k, inner in enumerate(chain):
            if inner.kind == "sum":
                name = "norm2" if inner.cols.is_one else "normF"
                kept = (*chain[:k], *chain[k + 1 :])
                for rest in (kept, tuple(flip(a) for a in kept[::-1])):
                    yield multiply(*scalars, call(name, ONE, ONE, inner), *rest)

    yield from each(node, ("product",), norm)


def logdet_like_log(node: Node) -> Iterator[Node]:
    """1/det U for U⁻ᵀ: the number alone, then times the identity, then nothing else at all."""

    def turned(n: Node) -> Node:
        return n.args[0] if n.kind == "transpose" and n.args[0].is_scalar else n

    def number_alone(n: Node) -> Node:
        return turned(_one_over_det(n.args[0]) if _is_inverse(n) else n)

    def identity(n: Node) -> Node:
        if not _is_inverse(n):
            return n
        return multiply(_one_over_det(n.args[0]), constant("eye", n.rows, n.cols))

    inverses = dict.fromkeys(n for n in parts_of(node) if _is_inverse(n))
    if inverses:
        yield mapped(node, number_alone)
        yield mapped(node, identity)
    for n in inverses:
        yield _one_over_det(n.args[0])


def _is_inverse(node: Node) -> bool:
    return node.kind == "call" and node.name == "inv"


def _one_over_det(node: Node) -> Node:
    return quotient(number(1), call("det", ONE, ONE, node))


FUNCTIONS: tuple[Misconception, ...] = (
    Misconception(
        "inverse-like-reciprocal",
        "The inverse differentiated like 1/x",
        r"$-X^{-2}\,\mathrm dX$ is the rule for numbers. Matrices do not commute: differentiate "
        r"$X X^{-1} = I$ and you get $\mathrm d(X^{-1}) = -X^{-1}\,\mathrm dX\,X^{-1}$, one inverse on "
        r"either side.",
        SCALAR_RULES,
        frozenset(("chain_rule",)),
        in_rule=inverse_like_reciprocal,
    ),
    Misconception(
        "inverse-sign-lost",
        "The minus of the inverse lost",
        r"The derivative of an inverse has a minus: $\mathrm d(X^{-1}) = -X^{-1}\,\mathrm dX\,X^{-1}$, "
        r"just as "
        r"the slope of $1/x$ is $-1/x^2$.",
        "sign lost: 4 of 145 questions",
        frozenset(("chain_rule",)),
        in_rule=inverse_without_sign,
    ),
    Misconception(
        "power-as-if-commuting",
        "A matrix power differentiated like a power of numbers",
        r"$\mathrm d(X^2) = \mathrm dX\,X + X\,\mathrm dX$, which is $2X\,\mathrm dX$ only if $X$ and "
        r"$\mathrm dX$ commute. Differentiate each factor where it stands and leave the others in their "
        r"places.",
        SCALAR_RULES,
        frozenset(("product_rule",)),
        in_rule=as_if_factors_commuted,
    ),
    Misconception(
        "softmax-as-elementwise",
        "Softmax differentiated as if it were elementwise",
        r"Every entry of the softmax depends on every entry of its argument, through the sum below: "
        r"$\partial s_i/\partial u_q = s_i\delta_{iq} - s_i s_q$. You kept the first term only.",
        ELEMENTWISE,
        frozenset(("chain_rule",)),
        in_rule=softmax_as_elementwise,
    ),
    Misconception(
        "determinant-as-logdet",
        "The determinant differentiated like its logarithm",
        r"$\mathrm d\log\det X = \operatorname{tr}(X^{-1}\mathrm dX)$, but for the determinant itself "
        r"$\det X$ stays in front: $\mathrm d\det X = \det X\,\operatorname{tr}(X^{-1}\mathrm dX)$.",
        SCALAR_RULES,
        frozenset(("chain_rule",)),
        in_rule=determinant_as_logdet,
    ),
    Misconception(
        "logdet-like-log",
        "The log-determinant differentiated like log x",
        r"$1/x$ is the slope of the logarithm of a number. In $\log\det X$ the determinant is inside, and "
        r"its own derivative $\det X\,X^{-\mathsf T}$ comes as a factor: $\det X$ cancels and $X^{-\mathsf "
        "T}$ is left, a matrix of the shape of $X$.",
        SCALAR_RULES,
        frozenset(("chain_rule",)),
        in_form=logdet_like_log,
        functions=frozenset(("logdet", "log det")),
    ),
    Misconception(
        "norm-as-square",
        "A norm differentiated like its square",
        r"$\|u\|^2$ has the derivative $2u^{\mathsf T}\mathrm du$, but $\|u\|$ is its square root, so it has "
        r"$u^{\mathsf T}\mathrm du/\|u\|$. Look whether there is a square.",
        "norm and squared norm: 3 of 145 questions",
        frozenset(("chain_rule",)),
        in_rule=norm_as_square,
    ),
    Misconception(
        "norm-for-residual",
        "The norm where the residual should stand",
        r"$\|U\|^2$ is the sum of the squares $U_{ij}^2$, so $\partial\|U\|^2 = 2\sum_{ij} U_{ij}\,\partial "
        r"U_{ij}$: the residual $U$ itself stays as a factor, not its norm. $2u$ with $u = \|U\|$ would want "
        r"$\partial\|U\|$ as well, which is $\sum_{ij} U_{ij}\,\partial U_{ij}/\|U\|$.",
        "norm left standing: 3 of 145 questions",
        frozenset(("norm_index",)),
        in_form=norm_for_residual,
        functions=frozenset(("norm2", "normF")),
    ),
    Misconception(
        "norm-left-standing",
        "The norm left standing beside the derivative of its square",
        r"$\|u\|^2$ is the sum of the squares of all entries; its derivative is $2u^{\mathsf T}\mathrm du$. "
        "No norm is left.",
        "norm left standing: 3 of 145 questions",
        frozenset(("norm_index",)),
        in_rule=norm_left_standing,
    ),
)
