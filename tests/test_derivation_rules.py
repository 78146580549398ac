"""Every rule of the engine: its printed example is what it does, and it keeps value and shape."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import numpy as np
import pytest

import gen.derivation
from gen.derivation.derive import derive
from gen.derivation.differential_rules import differential_rules
from gen.derivation.engine import run
from gen.derivation.letters import Alphabet
from gen.derivation.node_engine import run_nodes
from gen.derivation.pushing import increment
from gen.derivation.record import Phase, Rule
from gen.derivation.vec_rules import vec_rules
from gen.errors import InputError
from gen.language.declaration import declare
from gen.language.dimension import named
from gen.language.index import Term, Terms
from gen.language.index_parser import parse_terms
from gen.language.node import Node, differential, symbol
from gen.language.reading import read
from gen.language.text import text
from tests.derivations import texts
from tests.numbers import value

N = named("n")
VARIABLE, STEP = symbol("X", N, N), symbol("dX", N, N)
# All square, so that every example fits; X is the variable of the rules made for one.
SYMBOLS = {
    **{name: symbol(name, N, N) for name in "ABWX"},
    **{name: symbol(name, N) for name in "xy"},
    "b": symbol("b", N * N),
    "a": symbol("a"),
}
SIZE = 3
NO_WORDS = ("multiply_out", "differentiate_entries")  # tables: no text form


def _found(value: object) -> Iterable[Rule]:
    """The rules in a module's attribute: one, or tuples of them and of phases."""
    if isinstance(value, Rule):
        yield value
    elif isinstance(value, Phase):
        yield from value.rules
    elif isinstance(value, tuple):
        for part in value:
            yield from _found(part)


def _all_rules() -> dict[str, Rule]:
    """Every rule of the program: those that stand in modules, and those made for a variable."""
    rules: dict[str, Rule] = {}
    for info in iter_modules(gen.derivation.__path__):
        for found in vars(import_module(f"gen.derivation.{info.name}")).values():
            rules |= {r.name: r for r in _found(found)}
    return rules | {r.name: r for r in (*differential_rules(VARIABLE), *vec_rules(VARIABLE))}


RULES = _all_rules()
INDEX = [r for r in RULES.values() if r.scope in ("factor", "term")]
NODE = [r for r in RULES.values() if r.scope == "node"]
LINE = [r for r in RULES.values() if r.scope == "line"]


def _halves(rule: Rule) -> tuple[str, str]:
    before, after = rule.example.split(" => ")
    return before, after


def _name(rule: Rule) -> str:
    return rule.name


def test_every_kind_of_place_has_rules() -> None:
    assert len(INDEX) >= 19
    assert len(NODE) >= 15
    assert len(LINE) >= 4


@pytest.mark.parametrize("rule", RULES.values(), ids=_name)
def test_a_rule_is_fully_described(rule: Rule) -> None:
    assert rule.law.strip() and rule.because.strip() and rule.source.strip()
    assert rule.grain in ("key", "routine")
    assert re.fullmatch(r"[a-z0-9_]+", rule.name)
    assert rule.name in NO_WORDS or rule.example.count(" => ") == 1


# --- rules for index terms ----------------------------------------------------------------


def _alphabet(example: str) -> Alphabet:
    """Dummies that clash with no letter of the left side."""
    return Alphabet({*re.findall(r"\b[a-z][0-9]*\b", example.split(" => ")[0]), *SYMBOLS, "n"})


def _always(line: Terms) -> bool:
    return True


@pytest.mark.parametrize("rule", INDEX, ids=_name)
def test_an_index_rule_does_what_its_example_says(rule: Rule) -> None:
    before, after = _halves(rule)
    line = parse_terms(before, SYMBOLS, dict.fromkeys(("j", "k"), N) if "(j,k)" in before else None)
    steps = run(line, (Phase("one rule", (rule,), _always),), _alphabet(rule.example))
    assert text(line) == before
    assert steps, "the rule does not apply to its own example"
    assert text(steps[0].after) == after  # type: ignore[arg-type]  # index lines are terms
    assert len(steps) == 1, "and then it has nothing more to do"


@pytest.mark.parametrize("rule", [*INDEX, *(r for r in LINE if "[" in r.example)], ids=_name)
def test_an_index_example_is_true(rule: Rule) -> None:
    """Both sides by numbers, by the evaluator that the program has no part in."""
    before, after = _halves(rule)
    bound = {x for group in re.findall(r"sum\[([^]]*)\]", rule.example) for x in group.split(",")}
    letters = set(re.findall(r"(?<=[\[,(])([a-z]\d*)(?=[\],)>])", rule.example)) - set(SYMBOLS)
    indices = _ranges(rule.example, letters)
    free = sorted(letters - bound)
    rng = np.random.default_rng(5)
    env = {n: rng.uniform(0.5, 1.5, _shape(s)) for n, s in SYMBOLS.items()}
    left, right = (value(side, env, {"n": SIZE}, indices=indices, free=free) for side in (before, after))
    assert np.max(np.abs(left)) > 0 or after == "0"
    np.testing.assert_allclose(left, right, atol=1e-11)


def _ranges(example: str, letters: set[str]) -> dict[str, int | str]:
    """What an index of a stacked axis runs over; the others run to n."""
    stacked = set(re.findall(r"(?:vec\(\w+\)|b|kron\([^)]*\))\[([a-z])", example))
    stacked |= set(re.findall(r"delta\[([a-z]),\(", example))
    stacked |= set(re.findall(r"kron\([^)]*\)\[[a-z],([a-z])\]", example))
    return {x: "n*n" if x in stacked else "n" for x in letters}


def _shape(node: Node) -> tuple[int, ...]:
    rows, cols = node.rows.size({"n": SIZE}), node.cols.size({"n": SIZE})
    return () if node.is_scalar else (rows, cols)


# --- rules for matrix expressions -----------------------------------------------------------


def _parsed(source: str, names: dict[str, Node]) -> Node:
    """The left side of an example: D(...) around an expression, or an expression."""
    inside = re.fullmatch(r"D\((.*)\)", source)
    node = read(inside[1] if inside else source, [declare("a: scalar")]).node
    names |= {name: _symbol(node, name) for name in node.names}
    return differential(node) if inside else node


def _symbol(node: Node, name: str) -> Node:
    if node.kind == "symbol" and node.name == name:
        return node
    return next(_symbol(a, name) for a in node.args if name in a.names)


def _applied(rule: Rule) -> tuple[Node, Node]:
    """The example's left side, and what the rule of that name makes of it."""
    before, _ = _halves(rule)
    names: dict[str, Node] = {}
    node = _parsed(before, names)
    variable = _variable(before, names)
    made = {r.name: r for r in (*differential_rules(variable), *vec_rules(variable))}
    steps = run_nodes(node, (made[rule.name],), Alphabet({*names}))
    assert steps, "the rule does not apply to its own example"
    assert isinstance(steps[0].after, Node)
    return node, steps[0].after


def _variable(source: str, names: dict[str, Node]) -> Node:
    """What varies: W beside X, the vector where there is no matrix; for a constant, something else."""
    if source == "D(A)":
        return VARIABLE
    return next(names[n] for n in "WXx" if n in names)


@pytest.mark.parametrize("rule", NODE, ids=_name)
def test_a_matrix_rule_does_what_its_example_says(rule: Rule) -> None:
    before, after = _halves(rule)
    node, found = _applied(rule)
    assert text(node) == before
    assert text(found) == after
    assert (found.rows, found.cols) == (node.rows, node.cols)


@pytest.mark.parametrize("rule", NODE, ids=_name)
def test_a_matrix_example_is_true(rule: Rule) -> None:
    before, after = _halves(rule)
    names: dict[str, Node] = {}
    _parsed(before, names)
    dims = sorted({n for s in names.values() for d in (s.rows, s.cols) for n in d.names})
    sizes = dict(zip(dims, (3, 2, 5, 7), strict=False))
    rng = np.random.default_rng(6)
    step = increment(_variable(before, names))
    env = {
        n: rng.uniform(0.5, 1.5, () if s.is_scalar else (s.rows.size(sizes), s.cols.size(sizes)))
        for n, s in {**names, step.name: step}.items()
        if s.rows.names == () or set(s.rows.names) <= set(sizes)
    }
    left, right = (value(side, env, sizes) for side in (before, after))
    assert left.shape == right.shape
    np.testing.assert_allclose(left, right, atol=1e-11)


# --- rules for whole lines ------------------------------------------------------------------

LINES: dict[str, tuple[str, str, str]] = {
    "structured_increment": ("A*S", "S", "vec"),
    "matrix_form": ("tr(A*X*B)", "X", "index"),
    "product_entries": ("B*X*X", "X", "index"),
    "vec_collect": ("A*x + B*x", "x", "vec"),
    "gather_increment": ("tr(A*X*B)", "X", "differential"),
    "free_entries": ("tr(A*S)", "S", "differential"),
    "multiply_out": ("W*X", "W", "components"),
    "differentiate_entries": ("W*X", "W", "components"),
}


def test_every_rule_for_a_line_is_tried_here() -> None:
    assert {r.name for r in LINE} == set(LINES)


@pytest.mark.parametrize("name", LINES)
def test_a_rule_for_a_line_takes_its_step(name: str) -> None:
    from_derivation = _derived(*LINES[name])
    assert name in from_derivation


def _derived(expr: str, wrt: str, method: str) -> list[str]:
    found = derive(expr, wrt, method=method, symbols={"S": "n x n symmetric"})
    texts(found.to_json())
    return [s.rule.name for s in found.steps]


def test_the_rules_of_a_phase_never_undo_one_another() -> None:
    """A line that a phase has finished is left as it is by the same phase."""
    line: tuple[Term, ...] = parse_terms("d((W*X)[i,k], W[q,r])", SYMBOLS)
    phases = import_module("gen.derivation.index_method").PHASES
    done = run(line, phases, _alphabet("d((W*X)[i,k], W[q,r])"))[-1].after
    assert isinstance(done, tuple)
    assert run(done, phases, _alphabet("delta[i,q]*X[r,k]")) == ()


@pytest.mark.parametrize("name", ("identities.jsonl", "peers.jsonl"))
def test_a_rule_that_settles_has_nothing_more_to_do_where_it_was(name: str) -> None:
    """The engine does not try it again on the line that it gave."""
    seen = 0
    for row in (Path(__file__).parent / "data" / name).read_text(encoding="utf-8").splitlines():
        case = json.loads(row)
        for method in ("index", "backprop"):
            options = {"symbols": case["symbols"], "method": method}
            try:
                found = derive(case["expr"], case["wrt"], **options, check=False, cache=False)
            except InputError:
                continue
            for step in found.steps:
                if step.rule.settles and isinstance(step.after, tuple):
                    seen += 1
                    assert all(step.rule.apply(term, Alphabet(())) is None for term in step.after)
    assert seen > 10
