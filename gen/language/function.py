"""What a function of the matrix language is: one record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from numpy.typing import NDArray

from gen.language.index import Index, Letter, Terms
from gen.language.node import Node
from gen.language.signature import Signature, signature

Array: TypeAlias = NDArray[Any]
Fresh: TypeAlias = Callable[..., Letter]


@dataclass(frozen=True, slots=True)
class Function:
    """A function, its shape rule, its derivative and its definition by numbers.

    `signatures`: shape rules such as `n x n -> scalar` or `m x n, p x q -> m*p x n*q`,
    tried in order; a dimension name stands for any dimension, the same one throughout
    (`rules`: the same, taken apart).
    Exactly one of three says how it is differentiated:
    `entry(args, row, col, fresh)`, its definition by indices, for functions linear in
    every argument; `law(args, increments)`, its differential, for the others;
    `expression`, a SymPy expression in x, for elementwise functions, whose
    derivative comes from SymPy unless `derivative` (matrix language, in x) says it.
    A function of a matrix that has no closed differential of its own may have one under
    the trace (`trace_law`, as `law`) and along a ray (`ray_law(A, t)`: df(tA)/dt).
    `value` takes arrays of shape (..., rows, cols) and is an analytic continuation,
    so that the complex step may be used on it. `domain` says at which arguments it
    is differentiable, `where` says so in words; `tex` prints it, `{0}` standing for
    the first argument.
    `tight` means that `tex` needs no brackets around its argument.
    """

    name: str
    title: str
    signatures: tuple[str, ...]
    tex: str
    because: str
    source: str
    value: Callable[..., Array]
    entry: Callable[[tuple[Node, ...], Index | None, Index | None, Fresh], Terms] | None = None
    law: Callable[[tuple[Node, ...], tuple[Node, ...]], Node] | None = None
    expression: str | None = None
    derivative: str | None = None
    trace_law: Callable[[tuple[Node, ...], tuple[Node, ...]], Node] | None = None
    ray_law: Callable[[Node, Node], Node] | None = None
    domain: Callable[..., bool] | None = None
    example: str = ""
    where: str = "everywhere"
    rules: tuple[Signature, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rules", tuple(signature(text) for text in self.signatures))

    @property
    def elementwise(self) -> bool:
        """Applied entry by entry."""
        return self.expression is not None
