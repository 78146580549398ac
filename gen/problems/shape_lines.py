"""The shape of a derivative, read off in lines: the indices of the function, then those of the variable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from gen.derivation.frame import Frame
from gen.derivation.record import Display, Kind, Reason, Rewritten, Rule, Step
from gen.language.function import Fresh
from gen.language.index import Entry, Letter, Partial, Terms, one
from gen.language.latex import latex, shape_tex
from gen.language.node import Node, size
from gen.language.text import text


def _read_off(terms: Terms, fresh: Fresh) -> Rewritten | None:
    """Applied by `shape_steps`, which knows what is differentiated by what."""
    return None


def _rule(name: str, kind: Kind, law: str, because: str, example: str) -> Rule:
    return Rule(name, kind, law, because, "definition", example, "key", "line", _read_off)


BOTH_SHAPES = _rule(
    "shape_of_derivative",
    "index_form",
    "shape ∂F/∂X = shape F × shape X",
    "every entry of the function is differentiated by every entry of the variable",
    "shape of d((W*X)[i,k], W[q,r]) => shape of W*X x shape of W",
)
SHAPE_OF = _rule(
    "shape_of_part",
    "identify",
    "A is m × n: A_ij has i = 1 … m and j = 1 … n",
    "an index has the range of its axis",
    "shape of W*X => m x p",
)


# What a shape is made of: expressions, each with an index for every axis.
Parts: TypeAlias = tuple[tuple[Node, tuple[Letter, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the shape: as TeX and as text; both are empty for a scalar."""

    tex: str
    typed: str


def shape_steps(f: Frame, expr: Node, parts: Parts) -> tuple[Display, tuple[Step, ...]]:
    """The first line and the steps; each line is the same shape, better known.

    `parts` are what the shape is made of: the function and the variable, each with its indices.
    """
    partial = one(Partial(one(Entry(expr, f.f_row, f.f_col)), f.by))
    asked = [_asked(node) for node, _ in parts]
    known = [_known(indices) for _, indices in parts]
    lines = [
        _line(_Part(_shape_of_tex(latex(partial)), f"shape of {text(partial)}")),
        *[_line(*known[:k], *asked[k:]) for k in range(len(parts) + 1)],
    ]
    reasons: list[Reason] = [(BOTH_SHAPES.because,), *[_axes(node, indices) for node, indices in parts]]
    rules = (BOTH_SHAPES, *[SHAPE_OF] * len(parts))
    steps = [Step(r, (), a, b, why) for r, a, b, why in zip(rules, lines, lines[1:], reasons, strict=False)]
    return lines[0], tuple(steps)


def _shape_of_tex(tex: str) -> str:
    return rf"\operatorname{{shape}}\left({tex}\right)"


def _asked(node: Node) -> _Part:
    return _Part(_shape_of_tex(latex(node)), f"shape of {text(node)}")


def _known(free: tuple[Letter, ...]) -> _Part:
    dims = tuple(x.dim for x in free)
    return _Part(shape_tex(dims) if dims else "", " x ".join(d.text() for d in dims))


def _line(*parts: _Part) -> Display:
    there = [p for p in parts if p.typed]
    if not there:
        return Display(shape_tex(()), "scalar")
    return Display(r" \times ".join(p.tex for p in there), " x ".join(p.typed for p in there))


def _axes(node: Node, free: tuple[Letter, ...]) -> Reason:
    if not free:
        return (node, " is a number: it has no free index")
    if len(free) == 1:
        return (node, " has ", size(free[0].dim), " entries: the free index ", free[0])
    if len(free) > 2:
        ranges: Reason = (node, " has the ranges ", *_listed([size(x.dim) for x in free]))
        return (*ranges, ": the indices ", *_listed(free))
    rows, cols = free
    each: Reason = (node, " has ", size(rows.dim), " rows and ", size(cols.dim), " columns")
    return (*each, ": the free indices ", rows, " and ", cols)


def _listed(these: Sequence[Node | Letter]) -> Reason:
    """As in `m, n and p`."""
    listed: Reason = (these[0],)
    for one_more in these[1:-1]:
        listed = (*listed, ", ", one_more)
    return (*listed, " and ", these[-1])
