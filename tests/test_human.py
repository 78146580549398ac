"""Derivations by hand, in `human/*.md`, and the program's beside them.

A file is prose with three fenced blocks. `question`: the expression, then lines
`wrt X`, `method index`, `let A: m x n`, and the ranges of the `free` and `bound`
indices. `lines`: the chain as a textbook prints it, a reason above every line
that begins with `= `. `answer`: the closed form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gen.derivation.derive import derive
from tests.derivations import Json, agrees, hold, texts
from tests.number_tables import Array
from tests.numbers import value

FILES = sorted((Path(__file__).parent / "human").glob("*.md"))
FORM = re.compile(
    r"# .+?\n\n.+?\n\n```question\n(?P<question>.+?)```\n\n"
    r"```lines\n(?P<lines>.+?)```\n\n```answer\n(?P<answer>.+?)\n```\n",
    re.S,
)
SIZES = {"m": 3, "n": 2, "p": 5, "N": 7}
MORE = 1.5  # how many times the lines of a textbook a derivation may have
CLOSE = 1e-6  # second derivatives are differences of first ones


@dataclass(frozen=True)
class Human:
    """A derivation by hand: what is asked, its lines with their reasons, the answer."""

    expr: str
    options: dict[str, Any]
    free: dict[str, str]
    bound: dict[str, str]
    lines: tuple[str, ...]
    reasons: tuple[str, ...]
    answer: str

    def derived(self) -> Json:
        """The program's derivation of the same."""
        return derive(self.expr, **self.options).to_json()


def _read(path: Path) -> Human:
    found = FORM.fullmatch(path.read_text(encoding="utf-8"))
    assert found, f"{path.name} is not written in the form of these files"
    expr, *said = found["question"].strip().splitlines()
    options: dict[str, Any] = {"symbols": {}}
    ranges: dict[str, dict[str, str]] = {"free": {}, "bound": {}}
    for line in said:
        key, rest = line.split(" ", 1)
        if key == "let":
            name, shape = rest.split(": ")
            options["symbols"][name] = shape
        elif key in ranges:
            ranges[key] = dict(pair.split(": ") for pair in rest.split(", "))
        else:
            options[key] = int(rest) if key == "order" else rest
    first, *rest_lines = found["lines"].strip("\n").splitlines()
    reasons, after = rest_lines[::2], rest_lines[1::2]
    assert first.startswith("  ")
    assert all(line.startswith("= ") for line in after)
    assert not any(reason.startswith(("= ", " ")) for reason in reasons)
    lines = (first.strip(), *(line.removeprefix("= ") for line in after))
    return Human(expr, options, ranges["free"], ranges["bound"], lines, tuple(reasons), found["answer"])


def _point(human: Human) -> dict[str, Any]:
    """One value for every symbol: positive, not symmetric unless declared so, the increment too."""
    rng = np.random.default_rng(len(human.expr))
    out: dict[str, Any] = {}
    shapes = dict(human.options["symbols"])
    wrt = human.options["wrt"]
    value_rows = "m" if human.expr.startswith("sigmoid") else "N"
    shapes |= {"d" + wrt: shapes[wrt], "g": value_rows, "G": "N x p"}
    for name, shape in shapes.items():
        found = re.match(r"(\w)(?: x (\w))?", shape)
        assert found
        rows, cols = found.groups()
        a = rng.uniform(0.4, 1.4, (SIZES[rows], SIZES[cols] if cols else 1))
        if cols == rows:
            a = a + 3 * np.eye(len(a))
        out[name] = (a + a.T) / 2 if "symmetric" in shape else a
    return out


def _values(human: Human) -> list[Array]:
    env = _point(human)
    indices = {**human.free, **human.bound}
    return [value(line, env, SIZES, indices=indices, free=tuple(human.free)) for line in human.lines]


def test_there_are_twenty() -> None:
    assert len(FILES) >= 20


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_lines_by_hand_are_equal(path: Path) -> None:
    human = _read(path)
    first, *others = _values(human)
    for line, found in zip(human.lines[1:], others, strict=True):
        assert np.allclose(found, first, rtol=CLOSE, atol=CLOSE), line


def test_a_wrong_line_is_seen() -> None:
    """The comparison by numbers would notice a transpose that is forgotten."""
    human = _read(FILES[2])
    wrong = human.lines[-1].replace("A'", "A")
    first, other = _values(Human(**{**human.__dict__, "lines": (human.lines[0], wrong)}))
    assert not np.allclose(other, first)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_program_finds_the_answer(path: Path) -> None:
    human = _read(path)
    found = human.derived()
    hold(found)
    if found["results"]["matrix"]:
        agrees(found, human.answer)
    else:
        assert texts(found)[-1] == human.answer


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_program_needs_no_more_than_half_as_many_lines_again(path: Path) -> None:
    human = _read(path)
    key = [step for step in human.derived()["steps"] if step["grain"] == "key"]
    shown = "\n".join(f"{s['rule']}: {s['because']}\n= {s['after']['text']}" for s in key)
    assert len(key) <= MORE * (len(human.lines) - 1), shown
