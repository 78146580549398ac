"""What occurs several times in a piece of Python is computed once."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Set
from itertools import count

_SHORTEST = 12
_CHEAP = ("np.eye", "np.ones", "np.zeros")


def computed_once(code: str, taken: Set[str]) -> tuple[list[str], str]:
    """(assignments, the expression that uses them): every call that occurs twice gets a name.

    Names are t1, t2, ... without those that are `taken`.
    """
    free = (name for k in count(1) if (name := f"t{k}") not in taken)
    lines: list[tuple[str, str]] = [("", code)]
    while (again := _repeated([text for _, text in lines])) is not None:
        name = next(free)
        pattern = re.compile(r"(?<![\w.])" + re.escape(again))
        lines = [(left, pattern.sub(name, text)) for left, text in lines]
        # It stands behind what it uses; everything that uses it comes later.
        used = [k for k, (left, _) in enumerate(lines) if left and re.search(rf"\b{left}\b", again)]
        lines.insert(max(used, default=-1) + 1, (name, again))
    return [f"{left} = {text}" for left, text in lines[:-1]], lines[-1][1]


def _repeated(texts: list[str]) -> str | None:
    """The longest call that occurs at least twice."""
    calls: Counter[str] = Counter()
    for text in texts:
        for node in ast.walk(ast.parse(text, mode="eval")):
            if isinstance(node, ast.Call):
                calls[ast.get_source_segment(text, node) or ""] += 1
    often = [c for c, k in calls.items() if k > 1 and len(c) >= _SHORTEST]
    often = [c for c in often if "_z" not in c or c.startswith("(lambda _z")]
    return max((c for c in often if not c.startswith(_CHEAP)), key=len, default=None)
