"""Questions whose outline is known: answered without being read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from gen.derivation.outline import Outline
from gen.derivation.question import Question
from gen.derivation.renamed import Known, Renamed
from gen.derivation.renaming import Renaming
from gen.derivation.result import Derivation
from gen.language.names import fresh_dimensions
from gen.language.node import Node

KEPT = 1024


@dataclass(slots=True, unsafe_hash=True)
class Asked:
    """A question by its outline, and how it is answered where the outline is new."""

    key: tuple[object, ...]
    outline: Outline = field(compare=False)
    solve: Callable[[], tuple[Derivation, ...]] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """A known derivation, and which of the names of an outline each of its own names stands for.

    `symbols` and `dims` are pairs of a name and the number of the author's; `open` are the
    dimensions that the author has not named.
    """

    known: Known
    symbols: tuple[tuple[str, int], ...]
    dims: tuple[tuple[str, int], ...]
    open: tuple[str, ...]

    def told(self, outline: Outline) -> Derivation:
        """The derivation in the names of a question of this outline."""
        names = outline.names
        symbols: dict[str, str] = {}
        for own, place in self.symbols:
            symbols[own], symbols[f"d{own}"] = names[place], f"d{names[place]}"
        dims = {own: names[place] for own, place in self.dims}
        used = outline.functions.union(names)
        if self.open:
            dims |= zip(self.open, _named(used, len(self.open)), strict=True)
            used = used.union(dims.values())
        known = self.known
        problem = known.derivation.problem
        theirs = Question(problem, used, outline.called, check=False).chosen(known.drawn)
        symbols |= zip(known.chosen[:2], theirs[:2], strict=True)
        letters = dict(zip(known.chosen[2:], theirs[2:], strict=True))
        return Renamed.of(known, Renaming(symbols, dims, letters), outline.source)


def recalled(outline: Outline, solve: Callable[[], tuple[Derivation, ...]]) -> tuple[Derivation, ...]:
    """The derivations of a question; `solve` is called where its outline is not known.

    Errors are those of `solve`, and are not kept: they show the author's names and places.
    """
    kept = _kept(Asked(outline.key, outline, solve))
    return solve() if kept is None else tuple([k.told(outline) for k in kept])


@lru_cache(maxsize=KEPT)
def _kept(asked: Asked) -> tuple[Kept, ...] | None:
    """What is kept of the answers; None where one of them is more than a known derivation renamed."""
    out: list[Kept] = []
    for found in asked.solve():
        kept = _of(found, asked.outline) if isinstance(found, Renamed) else None
        if kept is None:
            return None
        out.append(kept)
    return tuple(out)


def forget() -> None:
    """Empty the cache: for measuring, and for tests that change a rule."""
    _kept.cache_clear()


def known() -> int:
    """How many outlines the cache holds."""
    return _kept.cache_info().currsize


def _of(found: Renamed, outline: Outline) -> Kept | None:
    if found.origin is None:
        return None
    known, renaming = found.origin
    p = known.derivation.problem
    # The names in a product are sorted, so that how it is written depends on what they are.
    if any(len(dim.names) > 1 for s in p.symbols for dim in (s.rows, s.cols)) or _has_products(p.expr):
        return None
    places = {name: number for number, name in enumerate(outline.names)}
    symbols = tuple(
        [(own, places[renaming.symbols[own]]) for own in dict.fromkeys(s.name for s in p.symbols)]
    )
    dims = tuple([(own, places[name]) for own, name in renaming.dims.items() if name in places])
    given = {name: own for own, name in renaming.dims.items() if name not in places}
    fresh = _named(outline.functions.union(outline.names), len(given))
    if given.keys() != set(fresh):
        return None
    return Kept(known, symbols, dims, tuple([given[name] for name in fresh]))


def _named(used: frozenset[str], count: int) -> tuple[str, ...]:
    """The names that so many dimensions get which the author has not named."""
    return tuple(islice(fresh_dimensions(used, alone=count == 1), count))


def _has_products(node: Node) -> bool:
    """Does a constant have a product for its size?"""
    return any(len(dim.names) > 1 for dim in node.dims) or any(map(_has_products, node.args))
