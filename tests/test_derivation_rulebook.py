"""The book of rules holds every rule record that is made anywhere in the program."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from gen.derivation.index_method import PHASES
from gen.derivation.record import Rule
from gen.derivation.reference import example_of
from gen.derivation.rulebook import CHAPTERS, RULES
from gen.language.node import Node
from gen.language.text import text
from gen.problems.reading_rules import READING_RULES

ROOT = Path(__file__).parent.parent


def made_in(file: Path) -> Iterator[str]:
    """The names of the rules that `file` makes, by `Rule(...)` or by a function that gives a Rule."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    makers = {"Rule"}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.FunctionDef)
            and isinstance(node.returns, ast.Name)
            and node.returns.id == "Rule"
        ):
            makers.add(node.name)
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in makers):
            continue
        name = node.args[0] if node.args else next(k.value for k in node.keywords if k.arg == "name")
        # A maker passes on the name it was given, which stands where the maker is called.
        if isinstance(name, ast.Constant):
            yield str(name.value)


def test_no_rule_is_missing_and_none_is_there_twice() -> None:
    files = sorted((ROOT / "gen").rglob("*.py"))
    made = [name for file in files for name in made_in(file)]
    assert len(made) > 40
    assert sorted(made) == sorted(rule.name for rule in (*RULES, *READING_RULES))


def test_a_rule_that_is_in_no_book_would_be_found(tmp_path: Path) -> None:
    file = tmp_path / "new.py"
    file.write_text(
        'def _made(name: str) -> Rule:\n    return Rule(name)\nA = _made("a")\nB = Rule(name="b")\n'
    )
    assert list(made_in(file)) == ["a", "b"]


def test_every_rule_of_the_index_method_is_the_very_record() -> None:
    assert {rule for phase in PHASES for rule in phase.rules} <= set(RULES)


def test_chapters_have_a_purpose() -> None:
    assert len({chapter.title for chapter in CHAPTERS}) == len(CHAPTERS)
    assert all(chapter.purpose.endswith(".") and chapter.rules for chapter in CHAPTERS)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_examples_are_read_as_they_are_typed(rule: Rule) -> None:
    found = example_of(rule)
    if found is None:
        assert rule.example == ""
        return
    for side, typed in zip((found.before, found.after), rule.example.split(" => "), strict=True):
        assert (side if isinstance(side, str) else text(side) if side else "0") == typed


def test_all_examples_but_those_with_vech_are_expressions() -> None:
    typed = [
        rule.name for rule in RULES if (e := example_of(rule)) and not isinstance(e.before, Node | tuple)
    ]
    assert typed == ["free_entries", "structured_increment"]
