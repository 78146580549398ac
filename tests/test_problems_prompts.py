"""Prompts: everything that is given is declared, and what is asked is set without complaint."""

from __future__ import annotations

import pytest

from gen.document.prose import prose
from gen.language.declaration import DOMAINS, STRUCTURES, declaration_from
from gen.language.latex import symbol_tex
from gen.problems.declared import DOMAIN_WORDS, STRUCTURE_WORDS, let
from gen.problems.forms import FORM_NAMED
from gen.problems.item import Open
from gen.problems.make_item import item_of
from gen.problems.prompts import prompt_of
from gen.problems.solve import solve
from gen.problems.task import Derive
from tests.problem_samples import TASKS, member_of

WORKED = {name: solve(task) for name, task in TASKS.items()}


@pytest.mark.parametrize("form", FORM_NAMED)
@pytest.mark.parametrize("name", TASKS)
def test_a_prompt_declares_every_symbol_and_is_prose(name: str, form: str) -> None:
    item = item_of(member_of(name), WORKED[name], form, seed="s")
    if item is None:
        return
    assert prose(item.prompt)
    for symbol, declared in item.worked.task.symbols:
        space = "$" if declaration_from(symbol, declared).function else r"\in"
        assert f"${symbol_tex(symbol)}{space}" in item.prompt
    assert item.prompt[-1] in ".?"


def test_forms_ask_for_different_things() -> None:
    asked = [item_of(member_of("trace"), WORKED["trace"], form, seed="s") for form in FORM_NAMED]
    prompts = {item.prompt for item in asked if item is not None}
    assert len(prompts) == len(FORM_NAMED)


def test_structure_domain_and_story_are_said() -> None:
    said = r"Let $S\in\mathbf R^{n \times n}$ be symmetric and positive definite. "
    assert prompt_of(WORKED["symmetric"], Open()).startswith("Let $S$ be a precision matrix. " + said)
    assert r"Let $x\in\mathbf R^{n}$ have positive entries. The function $f$ acts on every entry." in let(
        WORKED["abstract"]
    )


def test_every_structure_and_domain_has_words() -> None:
    assert set(STRUCTURE_WORDS) == set(STRUCTURES)
    assert set(DOMAIN_WORDS) == set(DOMAINS)


@pytest.mark.parametrize(
    ("name", "words"),
    (
        ("tensor", "the derivative of $F=W"),
        ("stacked", r"the matrix $\partial \operatorname{vec}(F)"),
        ("hessian", "the Hessian of"),
        ("layout", "the Jacobian in denominator layout of"),
        ("differential", "by differentials"),
        ("deltas", "from 1 to $n$"),
    ),
)
def test_what_is_asked_is_named(name: str, words: str) -> None:
    assert words in prompt_of(WORKED[name], Open())


def test_a_scalar_is_declared_as_a_number() -> None:
    worked = solve(Derive("a*x'*x", "x", (("a", "scalar positive"), ("x", "n"))))
    assert let(worked) == r"Let $x\in\mathbf R^{n}$. Let $a\in\mathbf R$ be positive."


@pytest.mark.parametrize(
    ("declared", "words"),
    (
        ("n x n symmetric", "move together"),
        ("n x n skew", "falls as"),
        ("n x n diagonal", "off the diagonal stay 0"),
        ("n x n lower", "above the diagonal stay 0"),
        ("n x n spd", "every entry is a variable of its own"),
    ),
)
def test_it_is_said_which_entries_of_a_structured_variable_are_free(declared: str, words: str) -> None:
    task = Derive("a'*Z*b", "Z", (("Z", declared), ("a", "n"), ("b", "n")))
    assert words in prompt_of(solve(task), Open())
    plain = Derive("a'*Z*b", "Z", (("Z", "n x n"), ("a", "n"), ("b", "n")))
    assert words not in prompt_of(solve(plain), Open())
