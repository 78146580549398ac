"""The methods, one record each: for which kinds they are offered, and why not for the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gen.derivation.components_method import components
from gen.derivation.entry_methods import backprop, index
from gen.derivation.question import Question
from gen.derivation.result import Derivation
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
        FIRST_ORDER_ENTRIES,
        "index notation gives entries, and a vec form or a differential has none of its own",
        index,
    ),
    Method(
        "backprop",
        "Backpropagation",
        FIRST_ORDER_ENTRIES,
        "backpropagation contracts first derivatives with an upstream gradient",
        backprop,
    ),
    Method(
        "vec",
        "With stacked columns",
        ("gradient", "jacobian", "vecjac"),
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
