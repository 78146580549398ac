"""Lines of pictures as cubic curves, and the heads of arrows, the same on paper and on screens."""

from __future__ import annotations

from math import hypot
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Curve: TypeAlias = tuple[Point, Point, Point]  # two control points and the end

HEAD_LONG, HEAD_WIDE = 0.3, 0.22
_EASE = 0.45  # how long a line keeps its direction, as a part of the way to the next point


def curves(points: tuple[Point, ...]) -> tuple[Curve, ...]:
    """A smooth line through `points` that leaves and enters each of them along one direction.

    The direction at a point is that from its predecessor to its successor. At both ends the line is
    level, as wires between boxes are; upright where its first or last piece is exactly upright.
    """
    if points[0][0] == points[1][0] or points[-2][0] == points[-1][0]:
        turned = _level(tuple((y, x) for x, y in points))
        return tuple(((b, a), (d, c), (f, e)) for (a, b), (c, d), (e, f) in turned)
    return _level(points)


def _level(points: tuple[Point, ...]) -> tuple[Curve, ...]:
    out: list[Curve] = []
    for k in range(len(points) - 1):
        (x, y), (u, v) = points[k], points[k + 1]
        part = (u - x) * _EASE
        start, end = _slope(points, k), _slope(points, k + 1)
        out.append(((x + part, y + start * part), (u - part, v - end * part), (u, v)))
    return tuple(out)


def _slope(points: tuple[Point, ...], k: int) -> float:
    """How steep the line is at point `k`; level where it turns back or ends."""
    if not 0 < k < len(points) - 1:
        return 0.0
    (x, y), (here, level), (u, v) = points[k - 1], points[k], points[k + 1]
    turns = (level - y) * (v - level) <= 0
    return 0.0 if turns or (here - x) * (u - here) <= 0 else (v - y) / (u - x)


def head(before: Point, tip: Point) -> tuple[Point, Point, Point]:
    """The triangle of an arrow that comes from `before` and points to `tip`."""
    x, y = tip[0] - before[0], tip[1] - before[1]
    length = hypot(x, y) or 1.0
    x, y = x / length, y / length
    back = (tip[0] - HEAD_LONG * x, tip[1] - HEAD_LONG * y)
    half = HEAD_WIDE / 2
    return tip, (back[0] - half * y, back[1] + half * x), (back[0] + half * y, back[1] - half * x)
