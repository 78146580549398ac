"""The differential method: dF in terms of dX, and the gradient or Jacobian read off from it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from gen.derivation.check import Points
from gen.derivation.contraction import collect, contract
from gen.derivation.delta_rules import structured_deltas
from gen.derivation.differential_rules import differential_rules
from gen.derivation.entry_methods import matrix_shape, notes_on
from gen.derivation.frame import Frame
from gen.derivation.node_engine import run_nodes
from gen.derivation.pushing import increment
from gen.derivation.question import AGAINST, Question
from gen.derivation.raising import raise_terms
from gen.derivation.record import Problem, Reason, Result, Results, Rewritten, Rule, Step
from gen.derivation.result import Derivation
from gen.derivation.second_order import first_derivative
from gen.derivation.stacked_method import along_increment
from gen.derivation.unfold import unfold
from gen.derivation.verification import checked_steps, somewhere, truth_of, with_results_checked, worst_of
from gen.errors import input_error
from gen.language.answer_functions import vech
from gen.language.brevity import brief
from gen.language.dimension import ONE, Dim
from gen.language.filled import is_zero, zero
from gen.language.function import Fresh
from gen.language.index import Delta, Entry, Factor, Letter, Term, Terms
from gen.language.node import Node, call, differential, multiply, transposed
from gen.language.normal_form import normal_form
from gen.language.product_form import times
from gen.language.reduction_form import diagonal
from gen.language.squares import with_authors_squares
from gen.language.token_count import tokens
from gen.language.transposition import flip, is_symmetric


def _gather(node: Node, fresh: Fresh) -> Rewritten | None:
    """Applied by `differential_method`, which knows the increment."""
    return None


GATHER = Rule(
    "gather_increment",
    "identify",
    "df = tr(Gᵀ dX), dF = J dx",
    "what stands around the increment is gathered: the trace is cyclic, a scalar is its own transpose",
    "Magnus & Neudecker (2019), ch. 9",
    "tr(A*dX*B) => tr((A'*B')'*dX)",
    "key",
    "line",
    _gather,
)


FREE_ENTRIES = Rule(
    "free_entries",
    "identify",
    "tr(Gᵀ dX) = vech(G + Gᵀ − G ∘ I)ᵀ vech(dX)",
    "only the free entries of a structured variable move, and each takes those with it that it determines",
    "Magnus & Neudecker (2019), 3.8",
    "tr(A*dX) => vech(A + A' - A.*eye(n))'*vech(dX)",
    "key",
    "line",
    _gather,
)


def differential_method(q: Question) -> Derivation:
    """dF for the increment dX; the answer is G in tr(Gᵀ dX), J in J dx, or dF itself."""
    p, f = q.problem, q.frame()
    if p.wrt.structure is not None and p.kind in ("jacobian", "hessian"):
        raise input_error(
            "unsupported",
            f"the {p.kind} by a {p.wrt.structure} variable cannot be read off from the differential",
            hint="the index and vec methods know structured variables",
        )
    subject = _subject(q, f)
    start = differential(subject)
    step = increment(p.wrt)
    steps = run_nodes(start, differential_rules(p.wrt), f.alphabet)
    last = steps[-1].after if steps else start
    assert isinstance(last, Node)
    after, answer = _read_off(last, step, subject, p, f)
    if answer is None and not is_zero(last):
        raise input_error(
            "unsupported",
            "what stands around the increment has no matrix in the language",
            hint="try --method index",
        )
    if after != last:
        steps = (*steps, Step(GATHER, (), last, after, _reason(after, step), ()))
    if answer is not None and p.kind == "gradient":
        steps = (*steps, *_freed(after, answer, step, p))
    if answer is not None and p.kind == "jacobian" and p.layout == "denominator":
        answer = flip(answer)
    results = Results(matrix=None if answer is None else Result(answer, matrix_shape(answer)))
    notes = notes_on(p, is_zero(last), results)
    bare = Derivation(p, f.value, (), None, steps, results, None, AGAINST, False, notes)
    if not q.check:
        return bare

    def held(points: Points) -> Derivation:
        stepped = checked_steps(steps, (), along_increment(p.wrt, points), p.order)
        if p.kind == "differential":
            return replace(bare, steps=stepped, check=worst_of(stepped), verified=True, sizes=points.sizes)
        return with_results_checked(bare, stepped, points, truth_of(p, points.numbers, f, None))

    return somewhere(p, f, held)


def _subject(q: Question, f: Frame) -> Node:
    """What D is applied to: the expression, or its gradient for a second derivative."""
    if q.problem.order == 1:
        return q.problem.expr
    gradient = first_derivative(q.problem.expr, f, q.problem.symmetric)[1]
    if gradient is None:
        raise input_error("unsupported", "the gradient has no matrix form to differentiate again")
    return gradient


def _by_free_entries(last: Node, step: Node, f: Frame, projected: bool) -> Node | None:
    """The gradient by a structured variable: every δ of the unconstrained one is a structured δ."""
    whole = tuple(
        Term(term.coef * delta.coef, term.factors[:at] + delta.factors + term.factors[at + 1 :], term.bound)
        for term in _expanded(last, None, None, step, f.alphabet)
        for at, x in enumerate(term.factors)
        if isinstance(x, Entry) and x.node == step
        for delta in structured_deltas(f.variable, x, f.by, projected=projected)
    )
    raised = raise_terms(collect(tuple(contract(t)[0] for t in whole)), f.x_row, f.x_col)
    return None if raised is None else brief(raised)


def _read_off(last: Node, step: Node, subject: Node, p: Problem, f: Frame) -> tuple[Node, Node | None]:
    """The last line, with the increment gathered, and the answer."""
    kind, variable, projected = p.kind, p.wrt, p.symmetric == "projected"
    if step.name not in last.names:
        nothing = zero(last.rows, last.cols)
        by = {"gradient": (p.wrt.rows, p.wrt.cols), "differential": (last.rows, last.cols)}
        return nothing, zero(*by.get(kind, _jacobian_shape(subject, p.wrt)))
    if kind == "differential":
        tidy = normal_form(last)
        best = tidy if tokens(tidy) < tokens(last) else last
        return best, best
    if kind == "gradient":
        terms = linear_entries(last, None, None, step, f)
        raised = raise_terms(terms, f.x_row, f.x_col)
        if not terms:
            return (last if is_zero(last) else zero(last.rows, last.cols)), raised
        if raised is None:
            return last, None
        gradient = with_authors_squares(brief(raised), [subject])
        line = _gathered(gradient, step)
        return line, gradient if variable.structure is None else _by_free_entries(last, step, f, projected)
    row, col = (f.first_row, f.first_col) if kind == "hessian" else (f.f_row, f.f_col)
    terms = linear_entries(last, row, col, step, f)
    targets = (row, col) if step.is_scalar else (row or col, f.x_row or f.x_col)
    raised = raise_terms(terms, *targets)
    if not terms:
        return (last if is_zero(last) else zero(last.rows, last.cols)), raised
    if raised is None:
        return last, None
    jacobian = with_authors_squares(brief(raised), [subject])
    return _moved(jacobian, step, subject), jacobian


def _freed(line: Node, gradient: Node, step: Node, p: Problem) -> tuple[Step, ...]:
    """For a structured variable, the line in its free entries: the gradient by these stands in it."""
    structure = p.wrt.structure
    if structure is None or p.wrt.is_scalar:
        return ()
    if is_zero(gradient):
        after = zero(line.rows, line.cols)
    elif structure == "symmetric" and p.symmetric == "projected":
        after = _gathered(gradient, step)
    elif structure == "diagonal":
        after = multiply(transposed(diagonal(gradient)), diagonal(step))
    else:
        after = multiply(transposed(vech(gradient)), vech(step))
    if after == line:
        return ()
    return (Step(FREE_ENTRIES, (), line, after, (p.wrt, *_freed_words(structure, p.symmetric)), ()),)


def _freed_words(structure: str, convention: str) -> Reason:
    whole = "the gradient without structure"
    if structure == "symmetric" and convention == "projected":
        return (f" is symmetric: the symmetric part of {whole} is taken",)
    if structure == "symmetric":
        added = f"{whole} and its transpose are added, the diagonal counted once"
        return (" is symmetric: an entry and its mirror image move together, so ", added)
    if structure == "skew":
        return (
            f" is skew: the mirror image of an entry is minus it, so the transpose of {whole} is taken off",
        )
    if structure == "diagonal":
        return (f" is diagonal: only the diagonal of {whole} counts",)
    return (f" is lower triangular: the part of {whole} above the diagonal is dropped",)


def _jacobian_shape(subject: Node, variable: Node) -> tuple[Dim, Dim]:
    """Shape of the function by a scalar; else entries of the function by entries of the variable."""
    if variable.is_scalar:
        return subject.rows, subject.cols
    return subject.rows * subject.cols, variable.rows * variable.cols


def _moved(jacobian: Node, step: Node, subject: Node) -> Node:
    """J dx in the shape of the function, where rows stand for columns."""
    if step.is_scalar:
        return times(jacobian, step)
    moved = multiply(jacobian, transposed(step) if step.rows.is_one else step)
    return transposed(moved) if subject.is_row else moved


def _gathered(gradient: Node, step: Node) -> Node:
    if step.is_scalar:
        return times(gradient, step)
    turned = gradient.args[0] if gradient.kind == "transpose" else transposed(gradient)
    if is_symmetric(gradient):
        turned = gradient
    if step.rows.is_one:
        return multiply(step, turned)
    product = multiply(turned, step)
    return product if step.cols.is_one else call("tr", ONE, ONE, product)


def linear_entries(node: Node, row: Letter | None, col: Letter | None, step: Node, f: Frame) -> Terms:
    """The entry of an expression linear in dX as terms in which dX_st is replaced by δ_sq δ_tr."""
    out: list[Term] = []
    for term in _expanded(node, row, col, step, f.alphabet):
        factors: list[Factor] = []
        for x in term.factors:
            if isinstance(x, Entry) and x.node == step:
                pairs = ((x.row, f.x_row), (x.col, f.x_col))
                factors += [Delta(a, b) for a, b in pairs if a is not None and b is not None]
            else:
                factors.append(x)
        if not any(isinstance(x, Entry) and is_zero(x.node) for x in factors):
            out.append(contract(Term(term.coef, tuple(factors), term.bound))[0])
    return collect(tuple(out))


def _expanded(node: Node, row: Letter | None, col: Letter | None, step: Node, fresh: Fresh) -> list[Term]:
    """Terms whose only factor with the increment is an entry of the increment itself."""
    pending, done = [Term(Fraction(1), (Entry(node, row, col),))], list[Term]()
    while pending:
        term = pending.pop(0)
        place = next((k for k, x in enumerate(term.factors) if _open(x, step)), None)
        if place is None:
            done.append(term)
            continue
        x = term.factors[place]
        assert isinstance(x, Entry)
        inner = x.node
        while inner.kind == "transpose":
            x = Entry(inner.args[0], x.col, x.row)
            inner = x.node
        summands = inner.args if inner.kind == "sum" else (inner,)
        for summand in summands:
            if inner.kind == "sum" and step.name not in summand.names:
                continue
            new = unfold(summand, x.row, x.col, fresh, lambda n: step.name in n.names)
            factors = (*term.factors[:place], *new.factors, *term.factors[place + 1 :])
            pending.append(Term(term.coef * new.coef, factors, term.bound + new.bound))
    return done


def _open(factor: Factor, step: Node) -> bool:
    return isinstance(factor, Entry) and step.name in factor.node.names and factor.node != step


def _reason(after: Node, step: Node) -> Reason:
    if after.kind == "call":
        return ("the trace is cyclic and a matrix and its transpose have one trace: ", step, " comes last")
    return ("what stands around ", step, " is gathered in front of it")
