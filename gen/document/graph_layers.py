"""Layers of a directed graph without circles: which node stands in which, in what order, how far along it.

The usual way for such pictures: layers by the longest path, a place kept in every layer that an edge
passes, few crossings by mean positions of neighbours, then centres near those of neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

_SWEEPS, _SETTLE = 8, 60


@dataclass(frozen=True, slots=True)
class Layers:
    """`layers` hold nodes and places kept free, in their order; `centres` are those of all along a layer.

    `routes` are, for each edge, what it passes, both ends included. Numbers from `count` on are places.
    """

    layers: tuple[tuple[int, ...], ...]
    centres: tuple[float, ...]
    routes: tuple[tuple[int, ...], ...]


def layered(sizes: Sequence[float], edges: Sequence[tuple[int, int]], gap: float, pass_gap: float) -> Layers:
    """The layers of a graph whose nodes take so much of a layer; the edges go from source to target.

    Nodes are at least `gap` apart from edge to edge; a passing edge needs `pass_gap` for itself.
    Nodes must come after all they depend on: source < target.
    """
    level = _levels(len(sizes), edges)
    wide = list(sizes)
    routes: list[tuple[int, ...]] = []
    for source, target in edges:
        between = range(level[source] + 1, level[target])
        places = tuple(range(len(wide), len(wide) + len(between)))
        wide += [pass_gap] * len(between)
        level += list(between)
        routes.append((source, *places, target))
    links = sorted({pair for route in routes for pair in pairwise(route)})
    order = [[n for n in range(len(wide)) if level[n] == k] for k in range(max(level, default=0) + 1)]
    order = _few_crossings(order, links)
    centres = _centres(order, links, wide, gap)
    return Layers(tuple(map(tuple, order)), centres, tuple(routes))


def _levels(count: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """The longest path from a source; what nothing leads to stands just before what it leads to."""
    level = [0] * count
    for source, target in sorted(edges, key=lambda edge: edge[1]):
        level[target] = max(level[target], level[source] + 1)
    for node in range(count):
        after = [level[target] for source, target in edges if source == node]
        if after and all(target != node for _, target in edges):
            level[node] = min(after) - 1
    return level


def _few_crossings(order: list[list[int]], links: Sequence[tuple[int, int]]) -> list[list[int]]:
    best, fewest = order, _crossings(order, links)
    for sweep in range(_SWEEPS):
        order = [list(layer) for layer in order]
        forward = sweep % 2 == 0
        steps = range(1, len(order)) if forward else range(len(order) - 2, -1, -1)
        for k in steps:
            beside = {n: p for p, n in enumerate(order[k - 1 if forward else k + 1])}
            mean: dict[int, float] = {}
            for place, node in enumerate(order[k]):
                near = [
                    beside[b if a == node else a]
                    for a, b in links
                    if node in (a, b) and (b if a == node else a) in beside
                ]
                mean[node] = sum(near) / len(near) if near else float(place)
            order[k].sort(key=lambda node: mean[node])
        count = _crossings(order, links)
        if count < fewest:
            best, fewest = order, count
    return best


def _crossings(order: list[list[int]], links: Sequence[tuple[int, int]]) -> int:
    place = {n: p for layer in order for p, n in enumerate(layer)}
    level = {n: k for k, layer in enumerate(order) for n in layer}
    return sum(
        level[a] == level[c] and (place[a] - place[c]) * (place[b] - place[d]) < 0
        for (a, b), (c, d) in combinations(links, 2)
    )


def _centres(
    order: list[list[int]], links: Sequence[tuple[int, int]], wide: Sequence[float], gap: float
) -> tuple[float, ...]:
    """Centres near the mean of their neighbours, in order and far enough apart; the least edge is at 0."""
    centre = [0.0] * len(wide)
    for layer in order:
        _spread(layer, dict.fromkeys(layer, 0.0), centre, wide, gap)
    near: dict[int, list[int]] = {n: [] for n in range(len(wide))}
    for a, b in links:
        near[a].append(b)
        near[b].append(a)
    for sweep in range(_SETTLE):
        for layer in order if sweep % 2 else reversed(order):
            wanted = {
                n: (sum(centre[m] for m in near[n]) / len(near[n]) if near[n] else centre[n]) for n in layer
            }
            _spread(layer, wanted, centre, wide, gap)
    first = min((centre[n] - wide[n] / 2 for n in range(len(wide))), default=0.0)
    return tuple(c - first for c in centre)


def _spread(
    layer: list[int], wanted: dict[int, float], centre: list[float], wide: Sequence[float], gap: float
) -> None:
    """The nodes of a layer as near to where they are wanted as their order and their gaps allow."""
    below = None
    for node in layer:
        least = wanted[node] if below is None else centre[below] + (wide[below] + wide[node]) / 2 + gap
        centre[node] = max(wanted[node], least)
        below = node
    shift = sum(wanted[n] - centre[n] for n in layer) / len(layer) if layer else 0.0
    for node in layer:
        centre[node] += shift
