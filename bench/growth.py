"""How time and memory grow with the length of a product and the depth of a composition; prints JSON."""

from __future__ import annotations

import json
import tracemalloc
from typing import Any

from bench.ours import forget, solved
from bench.timing import milliseconds

LONGEST = 12


def product_of(k: int) -> dict[str, Any]:
    """A1*X*A2*X*…*Ak*X by X."""
    square = {"shape": ["n", "n"]}
    names = dict.fromkeys(("X", *(f"A{j}" for j in range(1, k + 1))), square)
    return {
        "expr": "*".join(f"A{j}*X" for j in range(1, k + 1)),
        "wrt": "X",
        "kind": "tensor4",
        "symbols": names,
    }


def composition_of(k: int) -> dict[str, Any]:
    """sum(sin(A*sin(A*…*x))), k levels deep, by x."""
    expr = "x"
    for _ in range(k):
        expr = f"sin(A*{expr})"
    return {
        "expr": f"sum({expr})",
        "wrt": "x",
        "kind": "gradient",
        "symbols": {"A": {"shape": ["n", "n"]}, "x": {"shape": ["n"]}},
    }


def measured(case: dict[str, Any]) -> dict[str, float]:
    """Milliseconds, and the largest memory in use at once in MB."""
    time = milliseconds(lambda: solved(case, check=False), forget)
    forget()
    tracemalloc.start()
    solved(case, check=False)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {"time": time, "memory": peak / 1e6}


if __name__ == "__main__":
    curves = {
        what: [measured(make(k)) for k in range(1, LONGEST + 1)]
        for what, make in (("product", product_of), ("composition", composition_of))
    }
    print(json.dumps(curves))
