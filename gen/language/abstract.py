"""Abstract elementwise functions f, declared `f: elementwise`; their derivatives are f_1, f_2, …"""

from __future__ import annotations

import zlib
from functools import cache
from math import pi

import numpy as np

from gen.language.function import Array, Function


@cache
def abstract_function(name: str) -> Function:
    """The record of f, f_1, f_2 …; by numbers a fixed function that is no polynomial stands in.

    The stand-in of f is sin(x + c) + exp(x/2) with c from the name, so that two
    abstract functions differ; f_k is its k-th derivative.
    """
    base, order = split_order(name)
    shift = zlib.crc32(base.encode()) % 100 / 50

    def value(z: Array) -> Array:
        return np.asarray(np.sin(z + shift + order * pi / 2) + 0.5**order * np.exp(z / 2))

    strokes = "'" * order if order < 4 else f"^{{({order})}}"
    return Function(
        name=name,
        title=f"the function {base}",
        signatures=("same -> same",),
        tex=f"{base}{strokes}" + "({0})" if len(base) == 1 else rf"\\mathit{{{{{base}}}}}{strokes}" + "({0})",
        because=f"{base} acts on each entry, with the slope {base}{PRIMES[min(order + 1, 3)]}",
        source="chain rule",
        value=value,
        expression=name,
        derivative=f"{base}_{order + 1}(x)",
        domain=_moderate,
    )


PRIMES = ("", "′", "″", "‴")


def split_order(name: str) -> tuple[str, int]:
    """`f_2` as f and 2; a name without a number at its end is the function itself."""
    base, mark, digits = name.rpartition("_")
    return (base, int(digits)) if mark and base and digits.isdigit() else (name, 0)


def _moderate(z: Array) -> bool:
    return bool((np.abs(z.real) < 20).all())
