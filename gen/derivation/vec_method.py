"""The vec method: differential, then vec, until the line reads (matrix) · vec(dX)."""

from __future__ import annotations

from gen.derivation.differential_rules import differential_rules
from gen.derivation.linear_map import linear_map
from gen.derivation.node_engine import run_nodes
from gen.derivation.pushing import DifferentialLaws, increment
from gen.derivation.record import Reason, Rewritten, Rule, Step
from gen.derivation.vec_laws import VecLaws, vec
from gen.derivation.vec_rules import vec_rules
from gen.language.answer_functions import vech
from gen.language.brevity import brief, with_transposes_inside
from gen.language.dimension import ONE
from gen.language.filled import is_zero, zero
from gen.language.function import Fresh
from gen.language.node import Node, call, constant, differential, multiply, negative, transposed
from gen.language.normal_form import without_identities
from gen.language.product_form import times
from gen.language.reduction_form import diagonal
from gen.language.sum_form import plus
from gen.language.transposition import flip


def _collect(node: Node, fresh: Fresh) -> Rewritten | None:
    """Applied by `vec_steps`, which knows the increment."""
    return None


COLLECT = Rule(
    "vec_collect",
    "linearity",
    "M v + N v = (M + N) v",
    "the common vector is taken out",
    "Magnus & Neudecker (2019), ch. 9",
    "A*x + B*x => (A + B)*x",
    "key",
    "line",
    _collect,
)


def vec_steps(expr: Node, variable: Node, fresh: Fresh) -> tuple[Node, tuple[Step, ...], Node]:
    """The first line vec(D(F)), the steps, and the Jacobian ∂vec(F)/∂vec(X)ᵀ in normal form.

    Raises linear_map.NotLinearError where a map around dX has no matrix in the language.
    """
    start = call("vec", expr.rows * expr.cols, ONE, differential(expr))
    step = increment(variable)
    steps = run_nodes(start, (*differential_rules(variable), *vec_rules(step)), fresh)
    last = steps[-1].after if steps else start
    assert isinstance(last, Node)
    if step.name not in last.names:
        return start, steps, zero(expr.rows * expr.cols, variable.rows * variable.cols)
    jacobian = _collected(linear_map(last, step))
    after = zero(start.rows, start.cols) if is_zero(jacobian) else _applied(jacobian, vec(step))
    if after != last:
        steps = (*steps, Step(COLLECT, (), last, after, _reason(step), ((0,),)))
    return start, steps, jacobian


def vec_jacobian(expr: Node, variable: Node, fresh: Fresh) -> Node:
    """The Jacobian of `vec_steps` without the steps."""
    step = increment(variable)
    line = DifferentialLaws(variable).pushed_in(differential(expr), fresh)
    if step.name not in line.names:
        return zero(expr.rows * expr.cols, variable.rows * variable.cols)
    jacobian = linear_map(VecLaws(step).brought(vec(line), fresh), step)
    return _collected(jacobian)


def _collected(jacobian: Node) -> Node:
    """The matrix in a short form, in which a ⊗ keeps the transposes that its law has given it."""
    return with_transposes_inside(brief(without_identities(jacobian)))


def _applied(jacobian: Node, stack: Node) -> Node:
    if jacobian.kind == "constant" and jacobian.name == "eye":
        return stack
    if jacobian.kind == "number" and jacobian.number == 1:
        return stack
    return multiply(jacobian, stack)


def _reason(step: Node) -> Reason:
    return ("everything in front of ", vec(step), " is collected into one matrix")


STRUCTURED = Rule(
    "structured_increment",
    "vec_identity",
    "vec(dX) = D vech(dX) for symmetric X",
    "the increment has the structure of the variable: only its free entries move",
    "Magnus & Neudecker (2019), 3.8",
    "vec(X) => dup(n)*vech(X)",
    "key",
    "line",
    _collect,
)


def structured_steps(
    steps: tuple[Step, ...], start: Node, jacobian: Node, variable: Node
) -> tuple[tuple[Step, ...], Node]:
    """One more step for a structured variable, and the Jacobian by its free entries."""
    step = increment(variable)
    spread, entries, words = _free_entries(variable, step)
    whole = _collected(times(jacobian, spread))
    last = steps[-1].after if steps else start
    assert isinstance(last, Node)
    if step.name not in last.names:
        return steps, zero(jacobian.rows, spread.cols)
    after = zero(start.rows, start.cols) if is_zero(whole) else multiply(whole, entries)
    return (*steps, Step(STRUCTURED, (), last, after, words, ())), whole


def by_free_entries(jacobian: Node, variable: Node) -> Node:
    """The Jacobian by the free entries of a structured variable."""
    return _collected(times(jacobian, _free_entries(variable, increment(variable))[0]))


def _free_entries(variable: Node, step: Node) -> tuple[Node, Node, Reason]:
    """vec(dX) = spread · entries for the structure of X, and the reason in words."""
    n = variable.rows
    down = transposed(constant("elim", n))
    if variable.structure == "symmetric":
        dup = constant("dup", n)
        words: Reason = (
            variable,
            " is symmetric: the duplication matrix ",
            dup,
            " puts each entry of vech twice",
        )
        return dup, vech(step), words
    if variable.structure == "skew":
        spread = multiply(plus(constant("eye", n * n), negative(constant("comm", n, n))), down)
        return spread, vech(step), (variable, " is skew: an entry below the diagonal and minus it above")
    if variable.structure == "lower":
        return down, vech(step), (variable, " is lower triangular: ", down, " puts vech below zeros")
    select = transposed(constant("seldiag", n))
    return select, diagonal(step), (variable, " is diagonal: ", select, " spreads the diagonal")


def gradient_of(jacobian: Node) -> Node:
    """The gradient of a scalar by a vector: its 1 × n Jacobian, transposed."""
    return flip(jacobian)
