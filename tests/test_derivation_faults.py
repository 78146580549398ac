"""Seeded faults: a law that is wrong in one rule is caught at that step, by its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from gen.derivation import chain_rules, components_method, index_method, vec_method
from gen.derivation.components import Table, table
from gen.derivation.derive import derive
from gen.derivation.frame import Frame
from gen.derivation.linear_map import linear_map
from gen.derivation.method import METHOD_NAMED
from gen.derivation.raising import raise_terms
from gen.derivation.record import Phase, Rewritten, Rule
from gen.derivation.verification import CheckError
from gen.language.function import Fresh
from gen.language.index import Delta, Entry, Factor, Letter, Partial, Term, Terms
from gen.language.node import Node, add, call, constant, multiply, negative
from gen.language.normal_form import rebuilt
from tests.derivations import answer

Change = Callable[[Rewritten], Rewritten]


@pytest.fixture(autouse=True)
def _nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was derived by sound rules would hide the fault."""
    monkeypatch.setattr("gen.derivation.derive.recalled", lambda outline, solve: solve())
    monkeypatch.setattr(
        "gen.derivation.derive.answered", lambda question: METHOD_NAMED[question.problem.method].run(question)
    )


def _broken(rule: Rule, change: Change) -> Rule:
    """The rule, with what it gives changed."""

    def apply(place: object, fresh: Fresh) -> Rewritten | None:
        found = rule.apply(place, fresh)
        return None if found is None else change(found)

    return replace(rule, apply=apply)


def _phases(name: str, change: Change) -> tuple[Phase, ...]:
    """The phases of the index method with one rule broken."""
    assert any(r.name == name for p in index_method.PHASES for r in p.rules)
    return tuple(
        replace(p, rules=tuple(_broken(r, change) if r.name == name else r for r in p.rules))
        for p in index_method.PHASES
    )


def _terms(change: Callable[[Terms], Terms]) -> Change:
    def changed(found: Rewritten) -> Rewritten:
        assert isinstance(found.new, tuple)
        return replace(found, new=change(found.new))

    return changed


def _factors(change: Callable[[tuple[Factor, ...]], tuple[Factor, ...]]) -> Change:
    return _terms(lambda terms: tuple(replace(t, factors=change(t.factors)) for t in terms))


def _node(change: Callable[[Node], Node]) -> Change:
    def changed(found: Rewritten) -> Rewritten:
        assert isinstance(found.new, Node)
        return replace(found, new=change(found.new))

    return changed


def _without_transposes(node: Node) -> Node:
    return node.args[0] if node.kind == "transpose" else _rebuilt(node, _without_transposes)


def _rebuilt(node: Node, change: Callable[[Node], Node]) -> Node:
    return rebuilt(node, tuple(change(a) for a in node.args))


def _swapped_kron(node: Node) -> Node:
    if node.kind == "call" and node.name == "kron":
        left, right = node.args
        return call("kron", node.rows, node.cols, right, left)
    return _rebuilt(node, _swapped_kron)


def _crossed(factors: tuple[Factor, ...]) -> tuple[Factor, ...]:
    first, second = factors
    assert isinstance(first, Delta) and isinstance(second, Delta)
    return Delta(first.first, second.second), Delta(second.first, first.second)


def _without_partials(factors: tuple[Factor, ...]) -> tuple[Factor, ...]:
    return tuple(f for f in factors if not isinstance(f, Partial))


def _partials_only(factors: tuple[Factor, ...]) -> tuple[Factor, ...]:
    return tuple(f for f in factors if isinstance(f, Partial))


def _turned(terms: Terms) -> Terms:
    """Entries of partials with row and column changed over: a transpose that was dropped."""
    (term,) = terms
    (partial,) = term.factors
    assert isinstance(partial, Partial)
    (inner,) = partial.body
    (factor,) = inner.factors
    assert isinstance(factor, Entry)
    body = replace(inner, factors=(replace(factor, row=factor.col, col=factor.row),))
    return (replace(term, factors=(replace(partial, body=(body,)),)),)


def _swapped_entries(terms: Terms) -> Terms:
    """Row and column of the first entry under the partial changed over."""
    (term,) = terms
    (partial,) = term.factors
    assert isinstance(partial, Partial)
    (inner,) = partial.body
    first, *rest = inner.factors
    assert isinstance(first, Entry)
    factors = (replace(first, row=first.col, col=first.row), *rest)
    return (replace(term, factors=(replace(partial, body=(replace(inner, factors=factors),)),)),)


SQUARE = dict.fromkeys("ABXW", "n x n")


def _closed(factors: tuple[Factor, ...]) -> tuple[Factor, ...]:
    return tuple(Delta(f.second, f.second) if isinstance(f, Delta) else f for f in factors)


INDEX_FAULTS: tuple[tuple[str, str, str, int, Change], ...] = (
    ("transpose dropped", "X'", "transpose_index", 1, _terms(_turned)),
    ("row and column of a factor swapped", "A*X", "product_index", 1, _terms(_swapped_entries)),
    ("term of the product rule dropped", "X*A*X", "product_rule", 2, _terms(lambda t: t[:1])),
    ("deltas crossed", "A*X*B", "delta_substitution", 3, _factors(_crossed)),
    ("delta dropped", "A*X*B", "delta_substitution", 3, _factors(lambda f: f[:1])),
    ("delta doubled in place of the other", "A*X*B", "delta_substitution", 3, _factors(lambda f: f[:1] * 2)),
    ("delta between the variable's own indices", "A*X*B", "delta_substitution", 3, _factors(_closed)),
    (
        "sign flipped",
        "inv(X)",
        "chain_rule",
        1,
        _terms(lambda t: tuple(Term(-x.coef, x.factors, x.bound) for x in t)),
    ),
    ("inner derivative forgotten", "exp(A*x)", "elementwise_chain_rule", 1, _factors(_without_partials)),
    ("outer slope forgotten", "sin(A*x)", "elementwise_chain_rule", 1, _factors(_partials_only)),
    (
        "exponent forgotten",
        "(A*x).^3",
        "power_rule",
        1,
        _terms(lambda t: tuple(replace(x, coef=x.coef / x.coef) for x in t)),
    ),
    ("summand dropped", "A*X + X*B", "sum_rule", 1, _terms(lambda t: t[1:])),
)


@pytest.mark.parametrize("method", ["index", "backprop"])
@pytest.mark.parametrize(("fault", "expr", "rule", "step", "change"), INDEX_FAULTS)
def test_a_broken_rule_of_the_index_method_is_named(
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    fault: str,
    expr: str,
    rule: str,
    step: int,
    change: Change,
) -> None:
    wrt = "x" if "x" in expr.replace("exp", "") else "X"
    assert answer(expr, wrt, method, symbols=SQUARE)["verified"], "sound before the fault"
    monkeypatch.setattr(index_method, "PHASES", _phases(rule, change))
    with pytest.raises(CheckError, match=rf"^step {step} \({rule}\) does not agree with numbers") as caught:
        derive(expr, wrt, method=method, symbols=SQUARE)
    assert caught.value.exit_status == 1
    assert caught.value.report.code == "internal"


VEC_FAULTS: tuple[tuple[str, str, str, Change], ...] = (
    ("term dropped", "X*A*X", "product_differential", _node(lambda n: n.args[0])),
    ("sign flipped", "inv(X)", "function_differential", _node(negative)),
    ("transpose dropped", "A*(X*B)'", "transpose_differential", _node(_without_transposes)),
    ("inner derivative forgotten", "exp(A*x)", "function_differential", _node(lambda n: n.args[0])),
    ("summand dropped", "A*X + X*B", "sum_differential", _node(lambda n: n.args[0])),
    ("constant factor forgotten", "(A*x).^3", "power_differential", _node(lambda n: n.args[-1])),
    ("kron factors swapped", "A*X*B", "vec_identity", _node(_swapped_kron)),
    ("transpose in kron dropped", "A*X*B", "vec_identity", _node(_without_transposes)),
    (
        "commutation forgotten",
        "X'",
        "vec_transpose",
        _node(lambda n: multiply(constant("eye", n.rows), n.args[1])),
    ),
    (
        "ones in place of the identity",
        "A*X",
        "insert_identity",
        _node(
            lambda n: _rebuilt(
                n, lambda u: multiply(*u.args[:-1], constant("ones", u.args[-1].rows, u.args[-1].cols))
            )
        ),
    ),
    ("doubled", "tr(A*X)", "vec_function", _node(lambda n: add(n, n))),
)


@pytest.mark.parametrize(("fault", "expr", "rule", "change"), VEC_FAULTS)
def test_a_broken_rule_of_the_vec_method_is_named(
    monkeypatch: pytest.MonkeyPatch, fault: str, expr: str, rule: str, change: Change
) -> None:
    wrt = "x" if "x" in expr.replace("exp", "") else "X"
    sound = derive(expr, wrt, method="vec", symbols=SQUARE)
    first = 1 + [s.rule.name for s in sound.steps].index(rule)
    _break_vec(monkeypatch, rule, change)
    with pytest.raises(CheckError, match=rf"^step {first} \({rule}\) does not agree with numbers"):
        derive(expr, wrt, method="vec", symbols=SQUARE)


def _break_vec(monkeypatch: pytest.MonkeyPatch, rule: str, change: Change) -> None:
    """Both rule sets of the vec method, with one rule broken wherever it stands."""
    for place in ("differential_rules", "vec_rules"):
        whole: Callable[[Node], tuple[Rule, ...]] = getattr(vec_method, place)

        def some(of: Node, whole: Callable[[Node], tuple[Rule, ...]] = whole) -> tuple[Rule, ...]:
            return tuple(_broken(r, change) if r.name == rule else r for r in whole(of))

        monkeypatch.setattr(vec_method, place, some)


def test_a_shape_that_no_longer_fits_is_caught_at_its_step_too(monkeypatch: pytest.MonkeyPatch) -> None:
    _break_vec(monkeypatch, "vec_identity", _node(_without_transposes))
    with pytest.raises(CheckError, match=r"^step 3 \(vec_identity\)"):
        derive("W*X", "W", method="vec")


def _crossed_entries(factors: tuple[Factor, ...]) -> tuple[Factor, ...]:
    return tuple(
        replace(f, row=f.col, col=f.row) if isinstance(f, Entry) and f.col is not None else f for f in factors
    )


def test_a_contraction_that_takes_the_wrong_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_method, "PHASES", _phases("contraction", _factors(_crossed_entries)))
    with pytest.raises(CheckError, match=r"^step 4 \(contraction\) does not agree with numbers"):
        derive("A*X", "X", symbols=SQUARE)


def test_a_matrix_form_with_a_transpose_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    def dropped(terms: Terms, row: Letter | None, col: Letter | None) -> Node | None:
        found = raise_terms(terms, row, col)
        return None if found is None else _without_transposes(found)

    monkeypatch.setattr(index_method, "raise_terms", dropped)
    for expr, method, step in (("tr(A*X*B)", "index", 5), ("A*X", "backprop", 5)):
        with pytest.raises(CheckError, match=rf"^step {step} \(matrix_form\) does not agree with numbers"):
            derive(expr, "X", method=method, symbols=SQUARE)


def test_a_wrong_slope_of_a_function(monkeypatch: pytest.MonkeyPatch) -> None:
    """σ′ without its second factor, as a misprint in a record would give it."""

    def slope(function: object, u: Node) -> Node:
        return call("sigmoid", u.rows, u.cols, u)

    monkeypatch.setattr(chain_rules, "slope_of", slope)
    with pytest.raises(CheckError, match=r"^step 1 \(elementwise_chain_rule\)"):
        derive("sigmoid(A*x)", "x")


def test_a_wrong_jacobian_beside_a_right_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The form of the answer is checked by itself, not only the last line."""
    monkeypatch.setattr(vec_method, "linear_map", lambda node, step: _swapped_kron(linear_map(node, step)))
    with pytest.raises(CheckError, match=r"^step 3 \(vec_collect\) does not agree"):
        derive("A*X*B", "X", method="vec", symbols=SQUARE)
    with pytest.raises(CheckError, match=r"^the vec form of the answer does not agree"):
        derive("A*X*B", "X", symbols=SQUARE)


@pytest.mark.parametrize(
    ("expr", "rule", "change"),
    [
        ("x'*A*x", "product_rule", _terms(lambda t: t[:1])),
        ("sum(exp(A*x))", "elementwise_chain_rule", _factors(_without_partials)),
        ("log(sum(exp(x)))", "quotient_rule", _terms(lambda t: t[:1])),
    ],
)
def test_a_broken_rule_is_named_in_a_second_derivative(
    monkeypatch: pytest.MonkeyPatch, expr: str, rule: str, change: Change
) -> None:
    """Both inside the first derivative, where the faults are found first, and by central differences."""
    sound = derive(expr, "x", order=2)
    first = 1 + [s.rule.name for s in sound.steps].index(rule)
    assert sound.verified
    monkeypatch.setattr(index_method, "PHASES", _phases(rule, change))
    with pytest.raises(CheckError, match=rf"^step {first} \({rule}\) does not agree with numbers"):
        derive(expr, "x", order=2)


def test_a_wrong_table_of_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    def flipped(expr: Node, frame: Frame, answer: Terms, sizes: dict[str, int], fresh: Fresh) -> Table:
        whole = table(expr, frame, answer, sizes, fresh)
        first, *rest = whole.cells
        value = tuple(replace(t, coef=-t.coef) for t in first.value)
        return replace(whole, cells=(replace(first, value=value), *rest))

    monkeypatch.setattr(components_method, "table", flipped)
    with pytest.raises(CheckError, match=r"^the table of derivatives does not agree with numbers"):
        derive("W*X", "W", method="components")


def test_without_the_check_a_fault_would_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the numbers that catch it: unchecked, the wrong answer comes out and is not called verified."""
    monkeypatch.setattr(index_method, "PHASES", _phases("product_rule", _terms(lambda t: t[:1])))
    found = derive("X*A*X", "X", symbols=SQUARE, check=False)
    assert not found.verified
    assert found.check is None
