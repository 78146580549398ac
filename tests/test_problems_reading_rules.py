"""The rules of reading tasks do what their examples say, and both sides of an example are equal."""

from __future__ import annotations

import numpy as np
import pytest

from gen.derivation.engine import run
from gen.derivation.letters import Alphabet
from gen.derivation.record import Phase, Rule
from gen.language.index import Terms
from gen.language.index_parser import parse_terms
from gen.language.text import text
from gen.problems.index_world import free_letters, nodes_of
from gen.problems.reading_rules import READING_RULES
from tests.numbers import value

SYMBOLS = (("A", "m x m"), ("B", "m x m"), ("X", "m x m"))
OF_TERMS = [rule for rule in READING_RULES if rule.scope == "term"]


def _name(rule: Rule) -> str:
    return rule.name


def _always(line: Terms) -> bool:
    return True


def test_the_others_are_about_shapes() -> None:
    assert len(OF_TERMS) >= 3
    assert all(rule.example.startswith("shape of ") for rule in READING_RULES if rule not in OF_TERMS)


@pytest.mark.parametrize("rule", OF_TERMS, ids=_name)
def test_an_example_is_what_the_rule_does_and_true(rule: Rule) -> None:
    before, after = rule.example.split(" => ")
    nodes = nodes_of(SYMBOLS)
    ranges = {"i": nodes["A"].rows, "k": nodes["A"].rows, "j": nodes["A"].rows}
    line = parse_terms(before, nodes, ranges)
    (step,) = run(line, (Phase("one rule", (rule,), _always),), Alphabet({*nodes, "m", "i", "k"}))
    assert isinstance(step.after, tuple)
    assert text(step.after) == after
    free = [x.name for x in free_letters(line)]
    rng = np.random.default_rng(3)
    env = {name: rng.uniform(0.5, 1.5, (3, 3)) for name, _ in SYMBOLS}
    sizes: dict[str, int | str] = dict.fromkeys(("i", "j", "k"), 3)
    left, right = (value(side, env, {"m": 3}, indices=sizes, free=free) for side in (before, after))
    assert np.max(np.abs(left)) > 0
    np.testing.assert_allclose(left, right, atol=1e-12)
