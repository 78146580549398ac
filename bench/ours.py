"""This project on the cases; prints JSON. Run by `python -m bench`."""

from __future__ import annotations

import json
import re
from typing import Any

from bench.cases import cases
from bench.timing import caches, milliseconds
from gen.derivation.derive import derive
from gen.derivation.result import Derivation
from gen.errors import FreeIndexError

CACHES = caches()
NAME = re.compile(r"[A-Za-z_]\w*")


def solved(case: dict[str, Any], *, check: bool, cache: bool = False) -> Derivation:
    """Declarations read, expression parsed, every step recorded, the text of every line written."""
    derivation = derive(
        case["expr"], case["wrt"], symbols=case["symbols"], kind=case["kind"], check=check, cache=cache
    )
    derivation.texts()
    return derivation


def forget() -> None:
    """Empty every cache of the project."""
    for cache in CACHES:
        cache.cache_clear()


def renamed(case: dict[str, Any]) -> dict[str, Any]:
    """The same question about other names."""
    names = {name: f"{name}_2" for name in case["symbols"]}
    expr = NAME.sub(lambda found: names.get(found[0], found[0]), case["expr"])
    symbols = {names[name]: form for name, form in case["symbols"].items()}
    return {**case, "expr": expr, "wrt": names[case["wrt"]], "symbols": symbols}


def measured(case: dict[str, Any]) -> dict[str, Any]:
    """The figures of one case."""
    try:
        right = solved(case, check=True).verified
    except FreeIndexError:
        return {"id": case["id"], "right": False}
    other = renamed(case)

    def known() -> None:
        forget()
        solved(case, check=True, cache=True)

    return {
        "id": case["id"],
        "right": right,
        "plain": milliseconds(lambda: solved(case, check=False), forget),
        "checked": milliseconds(lambda: solved(case, check=True), forget),
        "again": milliseconds(lambda: solved(other, check=True, cache=True), known),
    }


if __name__ == "__main__":
    print(json.dumps([measured(case) for case in cases()]))
