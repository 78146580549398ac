"""A promise without a test is not one: every test that `docs/reliability.md` names is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
_ROW = re.compile(
    r"^\| (?!promise \||---)(?P<promise>.+?) \| (?P<how>.+?) \| (?P<tests>.+?) \|$", re.MULTILINE
)
_NAME = re.compile(r"`(test_\w+\.py)::(test_\w+)`")


def test_every_promise_names_tests_that_are_there() -> None:
    rows = _ROW.findall((ROOT / "docs" / "reliability.md").read_text(encoding="utf-8"))
    assert rows
    for promise, _, tests in rows:
        named = _NAME.findall(tests)
        assert named, promise
        for file, name in named:
            tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
            assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, promise
