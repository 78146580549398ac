"""Wrong answers: proven wrong by numbers, of plausible shape, different from each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from gen.derivation.check import value_of
from gen.language.node import Node
from gen.problems import distractors as module
from gen.problems.answer_points import AnswerPoints, apart, symmetrised, worlds
from gen.problems.distractors import distractors, right_when_turned, wrongs
from gen.problems.misconception import Misconception
from gen.problems.misconceptions import MISCONCEPTION_NAMED, MISCONCEPTIONS
from gen.problems.pick import Pick
from gen.problems.reform import parts_of, well_formed
from gen.problems.solve import solve
from gen.problems.task import Derive, Task
from tests.wrong_answers import DERIVED, PROBLEMS, READ, called, solved

tasks = pytest.mark.parametrize("task", PROBLEMS, ids=called)


@tasks
def test_every_wrong_answer_is_wrong_and_like_no_other(task: Task) -> None:
    worked = solved(task)
    points = AnswerPoints(worked)
    values = [points.right]
    found = wrongs(worked)
    assert found
    for wrong in found:
        line = wrong.answer.line
        assert line is not None
        value = points.value(line)
        assert value is not None
        assert all(apart(value, other) for other in values), wrong.answer.text
        values.append(value)


@tasks
def test_the_shape_is_that_of_the_right_answer_or_of_its_transpose(task: Task) -> None:
    worked = solved(task)
    for wrong in wrongs(worked):
        if isinstance(wrong.answer.line, Node):
            assert well_formed(wrong.answer.line)
            right = worked.answer.line
            assert isinstance(right, Node)
            shape = (wrong.answer.line.rows, wrong.answer.line.cols)
            assert shape in ((right.rows, right.cols), (right.cols, right.rows))
        else:
            assert wrong.answer.shape == worked.answer.shape


@tasks
def test_the_steps_are_right_until_the_mistake_and_chain_afterwards(task: Task) -> None:
    worked = solved(task)
    for wrong in wrongs(worked):
        assert wrong.steps[: wrong.first] == worked.steps[: wrong.first]
        assert wrong.steps[wrong.first].before == worked.steps[wrong.first].before
        assert wrong.steps[wrong.first].after != worked.steps[wrong.first].after
        for one, following in zip(wrong.steps, wrong.steps[1:], strict=False):
            assert one.after == following.before


def test_every_misconception_strikes() -> None:
    implausible = {
        "trace-kept",
        "kron-identity-lost",
        "inner-for-outer",
        "diag-dropped",
        "norm-for-residual",
    }  # of another shape: `verify` knows them
    struck = {w.misconception.name for task in (*PROBLEMS, *READ) for w in wrongs(solved(task))}
    assert struck >= {m.name for m in MISCONCEPTIONS} - implausible


@tasks
def test_distractors_are_reproducible_and_of_different_misconceptions(task: Task) -> None:
    worked = solved(task)
    chosen = distractors(worked, 3, Pick(seed="s"))
    assert chosen == distractors(worked, 3, Pick(seed="s"))
    assert len(chosen) == min(3, len(wrongs(worked)))
    kinds = {w.misconception.name for w in wrongs(worked)}
    assert len({w.misconception.name for w in chosen}) == min(len(chosen), len(kinds))


def test_another_seed_gives_other_distractors() -> None:
    worked = solved(DERIVED[1])
    assert len({distractors(worked, 3, Pick(seed=str(k))) for k in range(6)}) > 1


def test_slips_come_last() -> None:
    worked = solved(DERIVED[1])
    for k in range(5):
        assert not any(w.misconception.plain for w in distractors(worked, 3, Pick(seed=str(k))))


def test_none_are_asked_for() -> None:
    assert distractors(solved(DERIVED[0]), 0, Pick()) == ()


def test_a_transpose_that_changes_nothing_is_no_mistake() -> None:
    free, symmetric = Derive("x'*A*x", "x", ()), Derive("x'*A*x", "x", (("A", "n x n symmetric"),))
    assert "2*A*x" in [w.answer.text for w in wrongs(solved(free))]
    assert "2*A*x" not in [w.answer.text for w in wrongs(solved(symmetric))]
    assert solved(symmetric).answer.text == "2*A*x"


def test_a_row_gradient_and_a_turned_jacobian_are_another_layout() -> None:
    for task in (Derive("A*x", "x", ()), Derive("a'*x", "x", ()), Derive("A*X*B", "X", (), "vecjac")):
        assert right_when_turned(solved(task))
        assert not [w for w in wrongs(solved(task)) if w.misconception.name == "transposed-answer"]
    assert not right_when_turned(solved(Derive("tr(A*X)", "X", ())))


def test_the_right_answer_in_other_words_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A seeded fault: a misconception that gives the right answer, turned twice, and one that never fits."""

    def harmless(node: Node) -> Iterator[Node]:
        turned = Node("transpose", node.cols, node.rows, (node,))
        yield Node("transpose", node.rows, node.cols, (turned,))
        if node.kind == "product" and not node.is_square:
            yield Node("product", node.rows, node.cols, (*node.args, *node.args))

    faulty = replace(MISCONCEPTION_NAMED["kron-swapped"], name="harmless", in_form=harmless)
    monkeypatch.setattr(module, "MISCONCEPTIONS", (faulty,))
    for task in DERIVED:
        assert wrongs(solved(task)) == ()


@pytest.mark.parametrize("m", MISCONCEPTIONS, ids=lambda m: m.name)
def test_a_record_is_complete(m: Misconception) -> None:
    made = [m.in_rule, m.in_form] if m.in_reading is None or m.rules or m.in_form else [m.in_reading]
    assert sum(mistake is not None for mistake in made) == 1
    assert m.in_rule is None or m.rules
    assert m.title and m.source and len(m.tell) > 60
    assert m.tell.count("$") % 2 == 0
    assert m.tell.endswith(".")


def test_names_are_unique_and_there_are_enough() -> None:
    assert len(MISCONCEPTION_NAMED) == len(MISCONCEPTIONS) >= 14


def test_wrong_answers_stay_wrong_where_positive_definite_matrices_are_symmetric() -> None:
    """With S = Sᵀ, S⁻ᵀ and S⁻¹ are one option: no two answers may differ by that alone."""
    task = Derive("logdet(S) + x'*inv(S)*x", "S", (("S", "n x n spd"), ("x", "n")))
    worked = solve(task)
    numbers = next(worlds(worked))
    symmetric = symmetrised(numbers, worked)
    assert symmetric is not None
    lines = [worked.answer.line, *(w.answer.line for w in wrongs(worked))]
    values = [value_of(line, symmetric.axes(worked.free), symmetric) for line in lines if line is not None]
    assert len(values) > 5
    for k, one in enumerate(values):
        assert all(np.abs(one - other).max() > 1e-6 for other in values[:k]), lines[k]


def test_an_outer_factor_is_lost_only_where_it_is_one() -> None:
    """Nobody loses both factors of a softmax and its minus at once."""
    lost = {
        task.expr
        for task in DERIVED
        if any(w.misconception.name == "chain-outer-lost" for w in wrongs(solved(task)))
    }
    assert "softmax(A*x)" not in lost
    assert "sigmoid(W*x)" in lost


@pytest.mark.parametrize(("structure", "other"), (("skew", "symmetric"), ("diagonal", "symmetric")))
def test_a_structure_is_called_by_its_name(structure: str, other: str) -> None:
    worked = solve(Derive("a'*Z*b", "Z", (("Z", f"n x n {structure}"), ("a", "n"), ("b", "n"))))
    (free,) = [w.misconception for w in wrongs(worked) if w.misconception.name.endswith("-as-free")]
    assert structure in free.title
    assert f"a {other}" not in free.tell.replace(structure, "")


@tasks
def test_a_lost_transpose_is_not_called_a_mixed_layout(task: Task) -> None:
    worked = solved(task)
    right = worked.answer.line
    for wrong in wrongs(worked):
        if wrong.misconception.name == "layouts-mixed":
            assert isinstance(right, Node) and isinstance(wrong.answer.line, Node)
            assert "sum" in {n.kind for n in parts_of(right)}
