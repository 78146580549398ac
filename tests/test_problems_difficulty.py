"""The published formula of difficulty: document, code and catalogue say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gen.problems.catalogue import FAMILIES
from gen.problems.difficulty import (
    A_FURTHER_INDEX,
    A_KEY_STEP,
    A_KIND,
    A_TRAP,
    LEVELS,
    difficulty,
    level_of,
)
from gen.problems.family import member
from gen.problems.pick import Pick
from gen.problems.solve import solve
from gen.problems.task import Derive, Read, Simplify, Symbols, Task
from gen.problems.traps import TRAPS, Trap

DOCUMENT = (Path(__file__).parent.parent / "docs" / "difficulty.md").read_text(encoding="utf-8")
EXAMPLES = [
    dict(re.findall(r"^    (\w+) +(.+)$", block, re.MULTILINE))
    for block in DOCUMENT.split("\n\n")
    if re.match(r"    (derive|simplify) ", block)
]
WEIGHTS = (A_KEY_STEP, A_KIND, A_FURTHER_INDEX, A_TRAP)
# One problem for each trap, and one that differs as little as possible and has it not.
WITH_AND_WITHOUT: dict[str, tuple[Task, Task]] = {
    "reused_variable": (
        Derive("X*X", "X", (("X", "n x n"),)),
        Derive("X*A", "X", (("X", "n x n"), ("A", "n x n"))),
    ),
    "non_commuting": (
        Derive("A*X*B", "X", (("X", "n x n"), ("A", "n x n"), ("B", "n x n"))),
        Derive("A*X", "X", (("X", "n x n"), ("A", "n x n"))),
    ),
    "transposed_variable": (
        Derive("A*X'", "X", (("X", "n x m"), ("A", "n x m"))),
        Derive("A'*X", "X", (("X", "n x m"), ("A", "n x m"))),
    ),
    "inverse_or_determinant": (
        Derive("logdet(X)", "X", (("X", "n x n"),)),
        Derive("tr(X)", "X", (("X", "n x n"),)),
    ),
    "nested_functions": (
        Derive("exp(norm2(x))", "x", (("x", "n"),)),
        Derive("norm2(x)", "x", (("x", "n"),)),
    ),
    "elementwise_product": (
        Derive("a.*x", "x", (("a", "n"), ("x", "n"))),
        Derive("a'*x", "x", (("a", "n"), ("x", "n"))),
    ),
    "structured_variable": (
        Derive("tr(A*S)", "S", (("A", "n x n"), ("S", "n x n symmetric"))),
        Derive("tr(A*S)", "A", (("A", "n x n"), ("S", "n x n symmetric"))),
    ),
    "second_derivative": (
        Derive("x'*A*x", "x", (("A", "n x n"), ("x", "n")), order=2),
        Derive("x'*A*x", "x", (("A", "n x n"), ("x", "n"))),
    ),
    "counting_delta": (
        Simplify("sum[j](delta[j,j]*A[i,k])", (("j", "n"), ("i", "n"), ("k", "n")), (("A", "n x n"),)),
        Simplify("sum[j](delta[i,j]*A[j,k])", (("j", "n"), ("i", "n"), ("k", "n")), (("A", "n x n"),)),
    ),
    "like_terms": (
        Simplify("A[i,k] + sum[j](delta[i,j]*A[j,k])", (("j", "n"),), (("A", "n x m"),)),
        Simplify("A[k,i] + sum[j](delta[i,j]*A[j,k])", (("j", "n"),), (("A", "n x n"),)),
    ),
    "kept_delta": (
        Simplify("sum[j](delta[i,q]*delta[j,r]*A[j,k])", tuple((x, "n") for x in "ijkqr"), (("A", "n x n"),)),
        Simplify(
            "sum[i,j](delta[i,q]*delta[j,r]*A[j,i])", tuple((x, "n") for x in "ijqr"), (("A", "n x n"),)
        ),
    ),
    "transposed_factor": (
        Read("indices", "A*B'", (("A", "m x n"), ("B", "p x n"))),
        Read("indices", "A*B", (("A", "m x n"), ("B", "n x p"))),
    ),
}


def pairs(text: str) -> Symbols:
    """`W: m x n, X: n x p` as pairs."""
    return tuple((name, form) for name, form in (part.split(": ") for part in text.split(", ")))


def task_of(block: dict[str, str]) -> Task:
    if "simplify" in block:
        return Simplify(block["simplify"], pairs(block["ranges"]), pairs(block["with"]))
    return Derive(block["derive"], block["by"], pairs(block["with"]))


def test_the_document_has_an_example_of_every_level() -> None:
    assert [int(block["level"]) for block in EXAMPLES] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("block", EXAMPLES, ids=lambda block: f"level {block['level']}")
def test_the_figures_of_the_document_are_those_of_the_program(block: dict[str, str]) -> None:
    found = difficulty(solve(task_of(block)))
    counts = (found.key_steps, found.kinds, max(0, found.order - 2), len(found.traps))
    weighed = " + ".join(f"{w} * {n}" for w, n in zip(WEIGHTS, counts, strict=True))
    assert block["score"] == f"{weighed} = {found.score}"
    assert found.score == sum(w * n for w, n in zip(WEIGHTS, counts, strict=True))
    assert block["level"] == str(found.level)
    assert block["traps"] == (", ".join(found.traps) or "none")


def test_the_formula_in_words_has_the_weights_of_the_program() -> None:
    (line,) = re.findall(r"^    score = (.+)$", DOCUMENT, re.MULTILINE)
    names = ("key steps", "kinds of rules", "further indices", "traps")
    assert line == " + ".join(f"{w} * {name}" for w, name in zip(WEIGHTS, names, strict=True))


def test_the_document_names_every_trap_in_the_words_of_the_program() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", DOCUMENT, re.MULTILINE)
    assert rows == [(trap.name, trap.words) for trap in TRAPS]


def test_the_levels_of_the_document_are_those_of_the_program() -> None:
    rows = re.findall(r"^\| (\d) \| (?:up to )?(\d+)(?: to (\d+))?(?: and more)? \|", DOCUMENT, re.MULTILINE)
    assert len(rows) == 5
    for level, first, last in rows:
        for score in (first, last or first):
            assert level_of(int(score)) == int(level)
    tops = [int(last or first) for _, first, last in rows[:-1]]
    assert tuple(tops) == LEVELS
    assert level_of(LEVELS[-1] + 1) == 5


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_a_trap_is_seen_where_it_is_and_only_there(trap: Trap) -> None:
    there, absent = (difficulty(solve(task)).traps for task in WITH_AND_WITHOUT[trap.name])
    assert trap.name in there
    assert trap.name not in absent


def test_the_families_cover_every_level() -> None:
    levels = set[int]()
    for family in FAMILIES:
        for seed in range(3):
            worked = solve(member(family, Pick(seed=f"{family.name}/{seed}")).task, check=False)
            levels.add(difficulty(worked).level)
    assert levels == {1, 2, 3, 4, 5}
