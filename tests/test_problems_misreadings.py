"""Wrong readings of indices and of shapes: wrong by definition and by numbers, each a mistake with a name."""

from __future__ import annotations

import pytest

from gen.derivation.record import Display
from gen.language.index import factor_letters
from gen.language.text import text
from gen.problems.answer_points import AnswerPoints
from gen.problems.catalogue import FAMILY_NAMED
from gen.problems.distractors import distractors, wrongs
from gen.problems.family import member
from gen.problems.first_wrong import is_wrong
from gen.problems.item import Choice, FindError
from gen.problems.make_item import make_item
from gen.problems.misconception import Wrong
from gen.problems.misreadings import misread_answers, misread_lines
from gen.problems.pick import Pick
from gen.problems.read_task import solve_read
from gen.problems.task import Read
from gen.problems.worked import Worked

SHAPES = {"A": "m x n", "B": "n x p", "C": "m x p", "S": "n x n", "a": "m", "x": "n"}

# What is read, and the wrong answers with their mistakes.
INDICES = (
    (
        "A*B + C",
        {
            "sum-sign-forgotten": "free: i, j, k; dummy: none",
            "free-for-dummy": "free: j; dummy: i, k",
            "twice-means-summed": "free: none; dummy: i, j, k",
            "order-misread": "free: i; dummy: j",
        },
    ),
    ("A*x", {"free-for-dummy": "free: j; dummy: i", "order-misread": "free: i, k; dummy: j"}),
    ("a'*A*x", {"dummy-index-reused": "free: none; dummy: j", "order-misread": "free: i; dummy: j, l"}),
    ("tr(S)", {"sum-sign-forgotten": "free: j; dummy: none", "order-misread": "free: i; dummy: j"}),
)
OF_SHAPES = (
    (
        "A*B",
        "A",
        {
            "shape-of-variable": "m x n",
            "shape-of-function": "m x p",
            "rows-for-columns": "p x m x m x n",
            "inner-axis-counted": "m x n x p x m x n",
            "variable-counted-twice": "m x p x m x n x m x n",
        },
    ),
    ("A*x", "x", {"shape-of-variable": "n", "shape-of-function": "m", "inner-axis-counted": "m x n x n"}),
    ("a'*A*x", "A", {"shape-of-function": "scalar", "inner-axis-counted": "m x n x m x n"}),
)
READING = ("free-and-dummy", "shape-of-derivative")


def read(what: str, expr: str, wrt: str = "") -> Worked:
    used = tuple((name, shape) for name, shape in SHAPES.items() if name in expr.replace("tr", ""))
    return solve_read(Read("indices" if what == "indices" else "shape", expr, used, wrt))


def first_of_each(found: tuple[Wrong, ...]) -> dict[str, str]:
    answers: dict[str, str] = {}
    for wrong in found:
        answers.setdefault(wrong.misconception.name, wrong.answer.text)
    return answers


@pytest.mark.parametrize(("expr", "expected"), INDICES)
def test_indices_told_apart_wrongly(expr: str, expected: dict[str, str]) -> None:
    worked = read("indices", expr)
    found = first_of_each(misread_answers(worked))
    assert expected.items() <= found.items()
    # The right answer by its definition: an index is free in every term, or bound in one.
    line = worked.steps[-1].after
    assert isinstance(line, tuple)
    bound = {x.name for t in line for x in t.bound}
    free = {x.name for t in line for f in t.factors for x in factor_letters(f)} - bound
    for answer in found.values():
        said = answer.removeprefix("free: ").split("; dummy: ")
        sets = [set() if part == "none" else set(part.split(", ")) for part in said]
        assert (sets[0], len(sets[1])) != (free, len(bound)), answer


@pytest.mark.parametrize(("expr", "wrt", "expected"), OF_SHAPES)
def test_shapes_misread(expr: str, wrt: str, expected: dict[str, str]) -> None:
    worked = read("shape", expr, wrt)
    found = misread_answers(worked)
    assert expected.items() <= first_of_each(found).items()
    assert worked.answer.shape not in [wrong.answer.shape for wrong in found]


def test_what_lies_the_other_way_in_other_books_is_no_mistake() -> None:
    assert "n x m" not in [w.answer.text for w in misread_answers(read("shape", "A*x", "x"))]
    assert "n x m" not in [w.answer.text for w in misread_answers(read("shape", "a'*A*x", "A"))]


def test_a_transpose_that_is_not_read_spoils_a_line_and_not_the_answer() -> None:
    worked = read("indices", "B + S'*B")
    lines = {w.misconception.name: w for w in misread_lines(worked)}
    wrong = lines["forgotten-transpose"]
    assert wrong.answer.text == worked.answer.text
    line = wrong.steps[-1].after
    assert isinstance(line, tuple)
    assert "S[i,j]*B[j,k]" in text(line)
    assert "forgotten-transpose" not in first_of_each(misread_answers(worked))


def test_sums_of_two_terms_may_share_a_letter() -> None:
    worked = read("indices", "S*B + S'*B")
    assert worked.answer.text == "free: i, k; dummy: j, l"
    assert "free: i, k; dummy: j" not in [wrong.answer.text for wrong in misread_answers(worked)]
    worked = read("indices", "S*S*B + S'*B")
    assert worked.answer.text == "free: i, k; dummy: j, l, s"
    assert first_of_each(misread_answers(worked))["dummy-index-reused"] == "free: i, k; dummy: j"


@pytest.mark.parametrize("family", READING)
@pytest.mark.parametrize("seed", range(12))
def test_every_member_can_be_a_choice_and_wrong_lines_are_wrong(family: str, seed: int) -> None:
    one = member(FAMILY_NAMED[family], Pick(seed=f"misread/{seed}"), names=str(seed))
    worked = solve_read(one.task) if isinstance(one.task, Read) else None
    assert worked is not None
    answers = [worked.answer.text, *(w.answer.text for w in misread_answers(worked))]
    assert len(set(answers)) == len(answers) >= 4
    assert wrongs(worked) == misread_answers(worked)
    assert distractors(worked, 3, Pick(seed="s")) == distractors(worked, 3, Pick(seed="s"))
    item = make_item(one, "choice", seed="s")
    assert item is not None and isinstance(item.body, Choice)
    mistakes = [o.misconception.name for o in item.body.options if o.misconception is not None]
    kinds = {w.misconception.name for w in misread_answers(worked)}
    assert len(set(mistakes)) == min(3, len(kinds))
    for wrong in misread_lines(worked):
        line, right = wrong.steps[wrong.first].after, worked.steps[wrong.first].after
        assert line != right
        fits = isinstance(line, tuple) and {x for t in line for f in t.factors for x in factor_letters(f)}
        if isinstance(line, tuple) and fits == set(worked.free):
            assert is_wrong(AnswerPoints(worked), line)


@pytest.mark.parametrize("family", READING)
def test_the_mistake_of_a_worked_reading_is_to_be_found(family: str) -> None:
    made = [
        item
        for seed in range(12)
        if (item := make_item(member(FAMILY_NAMED[family], Pick(seed=f"{seed}")), "find-error", seed="s"))
    ]
    assert len(made) >= 4
    for item in made:
        assert isinstance(item.body, FindError)
        wrong, _ = item.body.lines[item.body.wrong]
        assert wrong != item.body.right
        assert isinstance(wrong, Display) == isinstance(item.body.right, Display)


def test_none_are_asked_for() -> None:
    assert distractors(read("indices", "A*x"), 0, Pick()) == ()
