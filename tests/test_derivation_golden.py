"""Derivations kept word for word, in `golden/*.test`.

A file is prose with cases in it. A case is a fenced block `question` (the
expression, then lines `wrt X`, `method vec`, `kind vecjac` or `let A: m x n`),
followed by the fenced blocks `steps` (rule names and lines) and `result`.
`pytest --accept` writes the answers anew; read the difference before committing it.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gen.derivation.derive import derive
from tests.conftest import ACCEPT
from tests.derivations import Json, hold

FILES = sorted((Path(__file__).parent / "golden").glob("*.test"))
CASE = re.compile(
    r"```question\n(?P<question>.*?)```\n\n```steps\n(?P<steps>.*?)```\n\n```result\n(?P<result>.*?)```\n",
    re.S,
)


@dataclass(frozen=True)
class Case:
    """One question of a file, and the answers that stand below it."""

    question: str
    steps: str
    result: str

    def derived(self) -> Json:
        """The derivation asked for."""
        expr, *lines = self.question.strip().splitlines()
        options: dict[str, Any] = {"symbols": {}}
        for line in lines:
            key, said = line.split(" ", 1)
            if key == "let":
                name, shape = said.split(":")
                options["symbols"][name.strip()] = shape.strip()
            else:
                options[key] = said
        return derive(expr, **options).to_json()


def _steps(found: Json) -> str:
    lines = [f"  {found['steps'][0]['before']['text']}"] if found["steps"] else []
    for step in found["steps"]:
        lines += [f"{step['rule']}: {step['because']}", f"= {step['after']['text']}"]
    return "".join(f"{line}\n" for line in lines)


def _result(found: Json) -> str:
    said = [(form, r) for form, r in found["results"].items() if r is not None]
    rows = [f"{form}: {r['text']}  [{' x '.join(str(n) for n in r['shape'])}]" for form, r in said]
    return "".join(f"{line}\n" for line in [*rows, *(f"note: {note}" for note in found["notes"])])


def _cases(path: Path) -> list[Case]:
    return [Case(**found.groupdict()) for found in CASE.finditer(path.read_text(encoding="utf-8"))]


def test_there_are_a_dozen() -> None:
    assert sum(len(_cases(path)) for path in FILES) >= 12


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_case_is_read(path: Path) -> None:
    """A block that does not fit the form would otherwise be passed over."""
    assert len(_cases(path)) == path.read_text(encoding="utf-8").count("```question\n") > 0


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_derivations_are_the_ones_kept(path: Path) -> None:
    whole = path.read_text(encoding="utf-8")
    made = whole
    for case in _cases(path):
        found = case.derived()
        hold(found)
        old = f"{case.question}```\n\n```steps\n{case.steps}```\n\n```result\n{case.result}```\n"
        new = f"{case.question}```\n\n```steps\n{_steps(found)}```\n\n```result\n{_result(found)}```\n"
        made = made.replace(old, new)
    if os.environ.get(ACCEPT):
        path.write_text(made, encoding="utf-8")
    assert made == path.read_text(encoding="utf-8")
