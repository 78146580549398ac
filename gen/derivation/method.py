"""The methods, one record each: for which kinds they are offered, and why not for the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gen.derivation.components_method import components
from gen.derivation.differential_method import differential_method
from gen.derivation.entry_methods import backprop, index
from gen.derivation.question import Question
from gen.derivation.result import Derivation
from gen.derivation.second_order import second_by_index
from gen.derivation.stacked_method import vec

KINDS: tuple[str, ...] = (
    "gradient",
    "jacobian",
    "tensor3",
    "tensor3m",
    "tensor4",
    "vecjac",
    "differential",
    "hessian",
    "hessian4",
    "vechess",
)
FIRST_ORDER_ENTRIES = ("gradient", "jacobian", "tensor3", "tensor3m", "tensor4")


def by_index(q: Question) -> Derivation:
    """Index notation, for first and second derivatives."""
    return index(q) if q.problem.order == 1 else second_by_index(q)


@dataclass(frozen=True, slots=True)
class Method:
    """A way to derive: `kinds` are those it is offered for, `otherwise` says why not for another."""

    name: str
    title: str
    kinds: tuple[str, ...]
    otherwise: str
    run: Callable[[Question], Derivation]


METHODS: tuple[Method, ...] = (
    Method(
        "index",
        "In index notation",
        (*FIRST_ORDER_ENTRIES, "hessian", "hessian4"),
        "index notation gives entries, and a vec form or a differential has none of its own",
        by_index,
    ),
    Method(
        "backprop",
        "Backpropagation",
        FIRST_ORDER_ENTRIES,
        "backpropagation contracts first derivatives with an upstream gradient",
        backprop,
    ),
    Method(
        "differential",
        "With differentials",
        ("gradient", "jacobian", "differential", "hessian"),
        "a differential is linear in dX, and a tensor cannot be read off from it",
        differential_method,
    ),
    Method(
        "vec",
        "With stacked columns",
        ("gradient", "jacobian", "vecjac", "vechess"),
        "the vec method gives the Jacobian of stacked columns, not a tensor",
        vec,
    ),
    Method(
        "components",
        "Entry by entry",
        FIRST_ORDER_ENTRIES,
        "the components method writes out first derivatives entry by entry",
        components,
    ),
)

METHOD_NAMED: Mapping[str, Method] = {m.name: m for m in METHODS}
