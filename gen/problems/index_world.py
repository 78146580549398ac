"""What tasks in index notation share: names as nodes, and lines held against numbers."""

from __future__ import annotations

from collections.abc import Mapping

from gen.derivation.check import candidates
from gen.derivation.record import Step
from gen.derivation.verification import checked_steps
from gen.language.declaration import declaration_from
from gen.language.dimension import Dim
from gen.language.index import Letter, Terms, factor_letters
from gen.language.node import Node, symbol
from gen.language.signature import dimension_of
from gen.problems.task import Symbols


def nodes_of(symbols: Symbols) -> Mapping[str, Node]:
    """The node of every declared name."""
    declared = (declaration_from(name, form) for name, form in symbols)
    return {d.name: symbol(d.name, d.rows, d.cols, d.structure, d.domain) for d in declared}


def ranges_of(ranges: Symbols) -> Mapping[str, Dim]:
    """The dimension of every index."""
    found = {letter: dimension_of(form) for letter, form in ranges}
    assert None not in found.values(), "a range is a dimension"
    return {letter: dim for letter, dim in found.items() if dim is not None}


def free_letters(terms: Terms) -> tuple[Letter, ...]:
    """The indices that are not summed over, in order of appearance."""
    found = (x for t in terms for f in t.factors for x in factor_letters(f) if x not in t.bound)
    return tuple(dict.fromkeys(found))


def dummy_letters(terms: Terms) -> tuple[Letter, ...]:
    """The indices that are summed over, in order of appearance."""
    return tuple(dict.fromkeys(x for t in terms for x in t.bound))


def held(steps: tuple[Step, ...], free: tuple[Letter, ...], nodes: tuple[Node, ...]) -> tuple[Step, ...]:
    """The steps with both lines of each evaluated at random points; CheckError at the guilty one."""
    # Every range needs a size, also one that no symbol and no free index has.
    lines = [steps[0].before, *[s.after for s in steps]] if steps else []
    met = [x for line in lines if isinstance(line, tuple) for x in _letters(line)]
    dims = dict.fromkeys([*[x.dim for x in (*free, *met)], *[n.rows for n in nodes]])
    spread = tuple([symbol(f"{k}", dim, dim) for k, dim in enumerate(dims)])
    first = (*nodes, *spread)[0]
    points = next(candidates(first, first, nodes, spread, "free"))
    return checked_steps(steps, free, points.numbers)


def _letters(terms: Terms) -> list[Letter]:
    return [x for t in terms for x in (*t.bound, *[y for f in t.factors for y in factor_letters(f)])]
