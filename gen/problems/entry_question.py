"""One entry of an answer at small whole numbers: a question with a number for its answer.

The wrong numbers that misconceptions lead to are known as well, where they differ from the right one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, product
from math import floor, isfinite, log10
from typing import TypeAlias

import numpy as np

from gen.derivation.check import value_of
from gen.derivation.evaluate import Numbers, OutOfDomainError
from gen.derivation.points import POINTS, dim_names
from gen.language.function import Array
from gen.language.index import Terms
from gen.language.node import Node
from gen.problems.distractors import right_when_turned, wrongs
from gen.problems.misconception import Misconception
from gen.problems.pick import number_from
from gen.problems.small_numbers import sizes_of, small_numbers
from gen.problems.task import Derive
from gen.problems.worked import Worked

DIGITS = 3  # significant ones that are asked for where the answer is no whole number
LARGEST = 10_000.0
MOST_ENTRIES = 400
TRIES = 12
Table: TypeAlias = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class EntryQuestion:
    """Which entry of the answer is asked for, at which numbers; what is right, and what mistakes give.

    `place` numbers the entry from 1, `()` for a scalar answer; `given` are the values of the symbols,
    row by row. An answer within `tolerance` of a value counts as that value. `exact` says that the
    right one is a whole number.
    """

    given: tuple[tuple[str, Table], ...]
    place: tuple[int, ...]
    value: float
    tolerance: float
    exact: bool
    near: tuple[tuple[float, Misconception], ...]


def entry_question(worked: Worked, seed: str) -> EntryQuestion | None:
    """The question; None for a problem whose answer has no number, or none that is fit to be asked."""
    if not _askable(worked):
        return None
    lines = [(wrong.answer.line, wrong.misconception) for wrong in wrongs(worked)]
    for attempt in range(TRIES):
        found = _at(worked, lines, f"{seed}/{attempt}", attempt)
        if found is not None:
            return found
    return None


def _askable(worked: Worked) -> bool:
    derivation = worked.derivation
    if derivation is None or worked.answer.line is None or not isinstance(worked.task, Derive):
        return False
    functions = any("elementwise" in form for _, form in worked.task.symbols)
    return derivation.problem.kind != "differential" and derivation.upstream is None and not functions


_Wrong: TypeAlias = tuple[Node | Terms | None, Misconception]


def _at(worked: Worked, lines: list[_Wrong], seed: str, attempt: int) -> EntryQuestion | None:
    names = dim_names(worked.symbols)
    sizes = sizes_of(names, attempt % 2)
    values: dict[str, Array] = {}
    given: list[tuple[str, Table]] = []
    for node in worked.symbols:
        drawn = small_numbers(node, sizes, seed, calm=attempt >= TRIES // 2)
        if drawn is None:
            return None
        values[node.name] = np.broadcast_to(drawn + 0j, (POINTS, 1, *drawn.shape))
        given.append((node.name, tuple(tuple(round(x) for x in row) for row in drawn)))
    assert isinstance(worked.task, Derive)
    numbers = Numbers(values, sizes, worked.task.symmetric)
    line = worked.answer.line
    derivation = worked.derivation
    assert line is not None
    assert derivation is not None
    right = _value(numbers, line, worked)
    # The function itself must be defined there too.
    if right is None or _value(numbers, derivation.problem.expr, worked) is None:
        return None
    turned = right.T if right_when_turned(worked) and right.ndim == 2 else None
    others = [(_value(numbers, wrong, worked), m) for wrong, m in lines if wrong is not None]
    best: EntryQuestion | None = None
    for place in _places(right, seed):
        value = float(right[place])
        near = _near(value, place, others, None if turned is None else _entry(turned, place))
        if value != 0 and abs(value) < LARGEST and (best is None or len(near) > len(best.near)):
            best = EntryQuestion(
                tuple(given), _numbered(place, worked), value, tolerance_of(value), _is_whole(value), near
            )
    return best


def _value(numbers: Numbers, line: Node | Terms, worked: Worked) -> Array | None:
    """The value of a line at the numbers; None where there is none."""
    try:
        with np.errstate(all="ignore"):
            found = value_of(line, numbers.axes(worked.free), numbers)[0, 0]
    except (OutOfDomainError, np.linalg.LinAlgError):
        return None
    if not np.isfinite(found).all() or np.abs(found.imag).max(initial=0.0) > 1e-9:
        return None
    return np.asarray(found.real)


def _places(right: Array, seed: str) -> list[tuple[int, ...]]:
    """The entries in an order that depends on the seed."""
    every = islice(product(*(range(size) for size in right.shape)), MOST_ENTRIES)
    return sorted(every, key=lambda place: number_from(f"{seed}/{place}"))


def _near(
    value: float,
    place: tuple[int, ...],
    others: list[tuple[Array | None, Misconception]],
    as_well: float | None,
) -> tuple[tuple[float, Misconception], ...]:
    """What mistakes give in this place: numbers that no rounding takes for the right one or each other."""
    known = [value, *([] if as_well is None else [as_well])]
    found: list[tuple[float, Misconception]] = []
    for array, misconception in others:
        wrong = None if array is None else _entry(array, place)
        if wrong is not None and all(_apart(wrong, other) for other in known):
            known.append(wrong)
            found.append((wrong, misconception))
    return tuple(found)


def _entry(array: Array, place: tuple[int, ...]) -> float | None:
    """An entry, where there is such a place."""
    if array.ndim != len(place) or any(at >= size for at, size in zip(place, array.shape, strict=True)):
        return None
    value = float(array[place]) + 0.0  # no negative zero
    return value if isfinite(value) and abs(value) < LARGEST else None


def _apart(a: float, b: float) -> bool:
    return abs(a - b) > 2 * (tolerance_of(a) + tolerance_of(b))


def tolerance_of(value: float) -> float:
    """How far an answer may be off: one in the last of the digits that are asked for.

    >>> tolerance_of(12.0), tolerance_of(0.1234)
    (0.01, 0.001)
    """
    if _is_whole(value):
        return 0.01
    return 10.0 ** (floor(log10(abs(value))) - DIGITS + 1)


def _is_whole(value: float) -> bool:
    return abs(value - round(value)) < 1e-9


def _numbered(place: tuple[int, ...], worked: Worked) -> tuple[int, ...]:
    """A place as people count it: of a vector one number, of a scalar none."""
    shape = worked.answer.shape
    if len(shape) == len(place):
        return tuple(at + 1 for at in place)
    # A matrix expression has two places even where its shape has fewer.
    return tuple(at + 1 for at in place[: len(shape)])
