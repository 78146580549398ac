"""A derivation's JSON held against numbers that the program has had no part in.

The original expression is differentiated by central differences, and every text
that is printed, of steps and of results, is evaluated by `tests.numbers`.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from gen.derivation.derive import derive, derive_all, read_expression
from gen.language.catalogue import FUNCTION_NAMED
from gen.language.text import text
from tests.number_tables import CONSTANTS, ELEMENTWISE, FUNCTIONS, OPERATIONS
from tests.numbers import value

Json = dict[str, Any]
Real = NDArray[np.float64]

PRIMES = (3, 2, 5, 7)
SLOPE = 1e-3  # the step of a five-point difference: its error is about SLOPE**4
TOLERANCE = 1e-6
TRIES = 240
INVERTED = ("inv", "det", "logdet", "adj")  # an inverse stands in their derivatives
MOST_SINGULAR = 1e8  # beyond it rounding shows in an inverse, though not in what is differentiated
MOST_AXES = 30
NAME = re.compile(r"(?<![\w.])[A-Za-z]\w*")
SIZELESS = re.compile(r"\b(vector|matrix)\(|\beye\b(?!\()")


def answer(expr: str, wrt: str, method: str | None = "index", **options: Any) -> Json:
    """The JSON of one derivation."""
    return derive(expr, wrt, method=method, **options).to_json()


def answers(expr: str, wrt: str, **options: Any) -> list[Json]:
    """The JSON of the derivations by every method that is offered."""
    return [d.to_json() for d in derive_all(expr, (wrt,), ("all",), **options)]


def texts(derivation: Json) -> list[str]:
    """The chain of lines; every step must begin where the last one ended."""
    lines: list[str] = []
    for step in derivation["steps"]:
        assert not lines or step["before"]["text"] == lines[-1]
        lines += [step["after"]["text"]] if lines else [step["before"]["text"], step["after"]["text"]]
    return lines


def rules(derivation: Json) -> list[str]:
    """The names of the rules in order."""
    return [step["rule"] for step in derivation["steps"]]


@dataclass(frozen=True)
class Point:
    """Values for every symbol, and sizes for every dimension."""

    env: Mapping[str, Real]
    sizes: Mapping[str, int]


class _UnevenError(Exception):
    """Here a line is not real, or the expression too steep for differences: another point is taken."""


class NoPointError(AssertionError):
    """A derivation cannot be held: no point is one for differences, or a line has too many letters."""


def hold(derivation: Json) -> None:
    """Assert that every printed line and every form of the answer is the derivative."""
    _hold_form(derivation)
    with patch.dict(ELEMENTWISE, _abstract(derivation)):
        _hold_somewhere(derivation)


def _abstract(d: Json) -> dict[str, Callable[[Any], Any]]:
    """Functions that stand in for the abstract ones of a derivation, and for their slopes."""
    out: dict[str, Callable[[Any], Any]] = {}
    for nth, name in enumerate(n for n, s in d["problem"]["symbols"].items() if "function" in s):
        rate = 0.5 + 0.2 * nth
        for order in range(5):
            out[f"{name}_{order}" if order else name] = partial(_stand_in, rate, order)
    return out


def _stand_in(rate: float, order: int, a: Any) -> Any:
    """exp(r a) + sin(a), differentiated `order` times."""
    return rate**order * np.exp(rate * a) + (np.sin, np.cos)[order % 2](a) * (-1) ** (order // 2)


def _hold_somewhere(derivation: Json) -> None:
    for least in (1e-9, -1.0):
        for point in (p for p in _points(derivation) if _is_regular(derivation, p, least)):
            try:
                with np.errstate(all="ignore"):
                    return _hold_at(derivation, point)
            except (np.linalg.LinAlgError, _UnevenError):
                # X*X' has an inverse only where X is wide, sqrt(x) is real only for some x.
                continue
    raise NoPointError(f"no point for {derivation['problem']['expr']}")


def agrees(derivation: Json, closed_form: str) -> None:
    """Assert that a closed form has the value and the shape of the answer."""
    form = "vec" if derivation["problem"]["kind"] in ("vecjac", "vechess") else "matrix"
    ours = derivation["results"][form]
    if ours is None:
        ours, form = derivation["results"]["index"], "index"
    if SIZELESS.search(closed_form):
        shape = ",".join(str(n) for n in ours["shape"])
        whole = f"({closed_form}) + zeros({shape})" if shape else closed_form
        closed_form = text(read_expression(whole, derivation["problem"]["symbols"], ()).node)
    for least in (1e-9, -1.0):
        for point in (p for p in _points(derivation) if _is_regular(derivation, p, least)):
            theirs = value(closed_form, point.env, point.sizes)
            if form == "index":
                found = _by_index(derivation, ours["text"], point)
                assert found.size == theirs.size
            else:
                found = value(ours["text"], point.env, point.sizes)
                assert _shape(found) == _shape(theirs), f"{ours['text']} against {closed_form}"
            _near(found, theirs, f"{ours['text']} against {closed_form}")
            return
    raise AssertionError(f"no point for {derivation['problem']['expr']}")


def _hold_at(derivation: Json, point: Point) -> None:
    tensor = _slopes(derivation, point)
    truth = tensor
    if derivation["upstream"] is not None:
        upstream = point.env[derivation["upstream"]]
        truth = np.einsum("ik,ikqr->qr", upstream.reshape(tensor.shape[:2]), tensor)[None, None]
    wrt, method = derivation["problem"]["wrt"], derivation["problem"]["method"]
    along = _slopes(derivation, point, [point.env["d" + wrt]])[:, :, 0, 0]
    _hold_results(derivation, point, truth, tensor, along)
    structure = derivation["problem"]["symbols"][wrt]["structure"]
    rows = _rows(derivation, *along.shape)
    for line in texts(derivation) if method != "components" else ():
        if method == "vec":
            _near(value(line, point.env, point.sizes), along.T.reshape(-1)[rows], line)
        elif method == "differential":
            _near(value(line, point.env, point.sizes), along, line)
        # The evaluator moves a single entry, which is no partial by a structured variable.
        elif structure is None or "d(" not in line:
            _near(_by_index(derivation, line, point), truth.reshape(-1), line)


def _hold_form(d: Json) -> None:
    """What holds of any derivation, whatever its numbers."""
    assert d["schema"] == "freeindex/derivation/1"
    assert d["verified"] is True
    passed = 1e-6 if d["problem"]["order"] == 2 else 1e-9
    assert d["check"]["max_error"] < passed
    texts(d)
    for step in d["steps"]:
        assert step["check"] is None or step["check"]["max_error"] < passed
        assert step["because"].strip()
    taken = set(d["problem"]["symbols"]) | _dimensions(d) | set(FUNCTION_NAMED)
    ours = [*d["indices"], d["value"]["name"], *([d["upstream"]] if d["upstream"] else [])]
    assert len(set(ours)) == len(ours)
    assert not set(ours) & taken


def _hold_results(d: Json, point: Point, truth: Real, tensor: Real, along: Real) -> None:
    index, matrix, stacked = (d["results"][form] for form in ("index", "matrix", "vec"))
    assert index or matrix or stacked
    if index:
        shape = tuple(_size(n, point.sizes) for n in index["shape"])
        assert shape == tuple(_size(d["indices"][i], point.sizes) for i in index["free"])
        assert shape == tuple(n for n in truth.shape if n != 1)
        _near(_by_index(d, index["text"], point), truth.reshape(-1), index["text"])
    if matrix:
        found = value(matrix["text"], point.env, point.sizes)
        expected = along if d["problem"]["kind"] == "differential" else _as_matrix(d, truth)
        assert _shape(found) == expected.shape == _declared(matrix["shape"], point.sizes), matrix["text"]
        _near(found.reshape(expected.shape), expected, matrix["text"])
    if stacked:
        i, k, q, r = tensor.shape
        structure = d["problem"]["symbols"][d["problem"]["wrt"]]["structure"]
        expected = tensor.transpose(1, 0, 3, 2).reshape(i * k, q * r)[_rows(d, i, k)]
        expected = expected[:, _free_entries(structure, q, r)]
        if d["problem"]["layout"] == "denominator":
            expected = expected.T
        found = value(stacked["text"], point.env, point.sizes)
        assert _shape(found) == expected.shape == _declared(stacked["shape"], point.sizes), stacked["text"]
        _near(found.reshape(expected.shape), expected, stacked["text"])


def _free_entries(structure: str | None, rows: int, cols: int) -> list[int]:
    """Which places of the stacked variable a Jacobian by its free entries has a column for."""
    places = [(q, r) for r in range(cols) for q in range(rows)]
    if structure == "diagonal":
        return [k for k, (q, r) in enumerate(places) if q == r]
    return [k for k, (q, r) in enumerate(places) if structure is None or q >= r]


def _rows(d: Json, rows: int, cols: int) -> list[int]:
    """Which places of what is stacked have a row: of a gradient only free entries."""
    structure = d["problem"]["symbols"][d["problem"]["wrt"]]["structure"]
    return _free_entries(structure if d["problem"]["order"] == 2 else None, rows, cols)


def _as_matrix(d: Json, truth: Real) -> Real:
    """The gradient or Jacobian in the shape that the conventions give it."""
    i, k, q, r = truth.shape
    if (i, k) == (1, 1):
        return np.asarray(truth[0, 0])
    out = truth[:, :, 0, 0] if (q, r) == (1, 1) else truth.reshape(i * k, q * r)
    return out.T if d["problem"]["layout"] == "denominator" else out


def _shape(found: NDArray[Any]) -> tuple[int, ...]:
    return found.shape if found.ndim else (1, 1)


def _declared(shape: list[int | str], sizes: Mapping[str, int]) -> tuple[int, ...]:
    """A JSON shape as rows and columns."""
    rows, cols = [*[_size(n, sizes) for n in shape], 1, 1][:2]
    return rows, cols


def _by_index(d: Json, line: str, point: Point) -> NDArray[Any]:
    # An array has at most 32 axes, and a long derivation more letters than that.
    letters = {*NAME.findall(line), *d["free"]}
    here = {i: r for i, r in d["indices"].items() if i in letters}
    if len(here) > MOST_AXES:
        raise NoPointError(f"{len(here)} letters in one line of {d['problem']['expr']}")
    return value(line, point.env, point.sizes, indices=here, free=tuple(d["free"]))


def _near(found: NDArray[Any], expected: NDArray[Any], what: str) -> None:
    if not np.max(np.abs(found), initial=0.0) < 1e9 or np.max(np.abs(found.imag), initial=0.0) > 1e-6:
        raise _UnevenError
    scale = max(0.01, float(np.max(np.abs(expected), initial=0.0)))
    error = float(np.max(np.abs(found.reshape(-1) - expected.reshape(-1)), initial=0.0)) / scale
    assert error < TOLERANCE, f"{what} is off by {error:.1e}"


# --- the derivative by differences -----------------------------------------------------


def _slopes(d: Json, point: Point, along: Sequence[Real] = ()) -> Real:
    """The differences, where a smaller step gives the same."""
    wide, fine = (differences(d, point, along, step) for step in (SLOPE, SLOPE / 2))
    if not np.max(np.abs(wide - fine)) < 1e-8 * max(0.01, np.max(np.abs(fine))):
        raise _UnevenError
    return fine


def differences(d: Json, point: Point, along: Sequence[Real] = (), step: float = SLOPE) -> Real:
    """∂F_ik/∂X_qr of the expression as typed; an axis of size 1 is kept. Order 2: ∂²f/∂X_ik∂X_qr.

    With `along` the slopes in these directions only, in place of those by q and r.
    """
    problem, expr = d["problem"], _source(d)
    name = problem["wrt"]
    base = point.env[name]
    moves = _directions(problem["symbols"][name]["structure"], base, problem["symmetric"])
    shape = base.shape or (1, 1)

    def first(at: Mapping[str, Any]) -> NDArray[Any]:
        """The expression, or for order 2 its gradient by the complex step."""
        if problem["order"] == 1:
            return value(expr, at, point.sizes)
        slopes = [value(expr, {**at, name: at[name] + 1e-30j * m}, point.sizes).imag / 1e-30 for m in moves]
        return np.asarray(slopes).reshape(shape)

    columns = []
    for move in along or moves:
        samples = [first({**point.env, name: base + k * step * move}).real for k in (-2, -1, 1, 2)]
        columns.append((samples[0] - 8 * samples[1] + 8 * samples[2] - samples[3]) / (12 * step))
    height, width = np.asarray(columns[0]).shape or (1, 1)
    by = (len(along), 1) if along else shape
    out: Real = np.asarray(columns).reshape(*by, height, width).transpose(2, 3, 0, 1)
    return out


def _directions(structure: str | None, base: Real, symmetric: str) -> list[Real]:
    """How a variable moves when one of its entries grows by 1, row by row; projected: half to each place."""
    rows, cols = base.shape or (1, 1)
    moves = [_direction(structure, rows, cols, q, r).reshape(base.shape) for q, r in np.ndindex(rows, cols)]
    if (structure, symmetric) == ("symmetric", "projected"):
        return [m / np.sum(m) for m in moves]
    return moves


def _direction(structure: str | None, rows: int, cols: int, q: int, r: int) -> Real:
    """How a variable moves when its free entry (q,r) grows by 1."""
    out = np.zeros((rows, cols))
    if structure == "diagonal" and q != r:
        return out
    if structure == "lower" and q < r:
        return out
    if structure == "skew":
        out[q, r] += 1
        out[r, q] -= 1
        return out
    out[q, r] = 1
    if structure == "symmetric":
        out[r, q] = 1
    return out


# --- points ------------------------------------------------------------------------------


def _is_regular(d: Json, point: Point, least: float) -> bool:
    """Is the expression real, finite and larger than `least` there and nearby?"""
    name = d["problem"]["wrt"]
    nearby = {**point.env, name: point.env[name] + 3 * SLOPE * _signs(d, name, point)}
    with np.errstate(all="ignore"):
        try:
            found = [_real_value(_source(d), env, point.sizes) for env in (point.env, nearby)]
        except (np.linalg.LinAlgError, _UnevenError):
            return False
    fine = [np.all(np.isfinite(v)) and np.all(v.imag == 0) for v in found]
    return all(fine) and all(least < np.max(np.abs(v)) < 1e4 for v in found)


def _real_value(expr: str, env: Mapping[str, Any], sizes: Mapping[str, int]) -> NDArray[Any]:
    """The value where every part is real: sqrt(x)*sqrt(y) as a whole is real for negative x and y too."""
    with ExitStack() as guards:
        for table in (ELEMENTWISE, FUNCTIONS, OPERATIONS):
            guarded = {name: _guarded(name, function) for name, function in table.items()}
            guards.enter_context(patch.dict(table, guarded))
        return value(expr, env, sizes)


def _guarded(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def real_only(*args: Any) -> Any:
        out = function(*args)
        if name in INVERTED and not np.max(np.linalg.cond(args[0])) < MOST_SINGULAR:
            raise _UnevenError
        if np.any(np.imag(out) != 0):
            raise _UnevenError
        return out

    return real_only


def _source(d: Json) -> str:
    """The expression as typed; eye, vector(c) and matrix(c), which are input only, with their sizes."""
    expr: str = d["problem"]["expr"].split("=")[-1]
    if SIZELESS.search(expr):
        return text(read_expression(expr, d["problem"]["symbols"], ()).node)
    return expr


def _signs(d: Json, name: str, point: Point) -> Real:
    base, rng = point.env[name], np.random.default_rng(1)
    return _structured(
        d["problem"]["symbols"][name]["structure"], np.asarray(rng.choice([-1.0, 1.0], base.shape))
    )


def _points(d: Json) -> Iterator[Point]:
    names = sorted(_dimensions(d))
    rng = np.random.default_rng(zlib.crc32(d["problem"]["expr"].encode()))
    for attempt in range(TRIES):
        order = names if attempt % 2 == 0 else names[::-1]
        sizes = {n: PRIMES[k % len(PRIMES)] for k, n in enumerate(order)}
        mood = 4 * attempt // TRIES
        env = {n: _draw(rng, s, sizes, mood) for n, s in _variables(d).items()}
        wrt = d["problem"]["wrt"]
        env["d" + wrt] = _structured(
            d["problem"]["symbols"][wrt]["structure"], np.asarray(rng.normal(size=env[wrt].shape))
        )
        if d["upstream"] is not None:
            env[d["upstream"]] = rng.normal(size=_value_shape(d["value"]["shape"], sizes))
        yield Point(env, sizes)


def _value_shape(shape: list[int | str], sizes: Mapping[str, int]) -> tuple[int, ...]:
    return _declared(shape, sizes) if shape else ()


def _draw(rng: np.random.Generator, symbol: Json, sizes: Mapping[str, int], mood: int) -> Real:
    shape = _value_shape(symbol["shape"], sizes)
    a = np.asarray(rng.uniform(0.4, 1.4, shape))
    square = len(shape) == 2 and shape[0] == shape[1]
    domain = symbol["domain"]
    if domain is None and mood == 0:
        a = np.asarray(a * rng.choice([-1.0, 1.0], shape))
    if domain == "small" or (domain is None and mood == 2):
        a = 0.2 * a
    if domain in ("simplex", "rowsimplex"):
        a = a / a.sum(axis=1 if domain == "rowsimplex" and shape[1] > 1 else 0, keepdims=True)
    if domain == "pm1":
        a = np.asarray(rng.choice([-1.0, 1.0], shape))
    if square and (domain in ("spd", "nonsing", "posdet") or (domain is None and mood == 3)):
        tilt = np.asarray(rng.uniform(-0.3, 0.3, shape))
        a = 0.2 * a @ a.T + np.eye(shape[0]) + tilt - tilt.T
    return _structured(symbol["structure"], a)


def _structured(structure: str | None, a: Real) -> Real:
    if structure == "symmetric":
        return (a + a.T) / 2
    if structure == "skew":
        return a - a.T
    if structure == "diagonal":
        return np.asarray(a * np.eye(len(a)))
    return np.tril(a) if structure == "lower" else a


def _variables(d: Json) -> dict[str, Json]:
    """The symbols that have a value: all but abstract functions."""
    return {n: s for n, s in d["problem"]["symbols"].items() if "shape" in s}


def _dimensions(d: Json) -> set[str]:
    """Every dimension name of symbols, value, indices and results."""
    shapes = [s["shape"] for s in _variables(d).values()]
    shapes += [d["value"]["shape"], list(d["indices"].values())]
    shapes += [r["shape"] for r in d["results"].values() if r]
    known = {*d["problem"]["symbols"], *CONSTANTS, *FUNCTIONS, *ELEMENTWISE}
    shapes += [[name] for name in NAME.findall(_source(d)) if name not in known]
    return {name for shape in shapes for n in shape for name in NAME.findall(str(n))}


def _size(n: int | str, sizes: Mapping[str, int]) -> int:
    return round(float(value(str(n), {}, sizes).real))
