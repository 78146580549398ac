"""What a form of a problem is: how a solved task is put to a student."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from gen.problems.item import Body
from gen.problems.pick import Pick
from gen.problems.worked import Worked

# How much of a worked solution is left out: so many last lines, the reasons, or a factor of each key line.
Fading: TypeAlias = int | Literal["reasons", "factors"]


@dataclass(frozen=True, slots=True)
class Options:
    """What a sheet may say about a form: how a solution fades, and how many answers one is chosen from."""

    fade: Fading = 2
    answers: int = 4


@dataclass(frozen=True, slots=True)
class Form:
    """One form.

    `make` gives the body, None where the task does not lend itself to the form; `fits` says
    quickly whether it may, and `possible` whether it does where that is quicker than to make it.
    `share` is the part of the marks of an open question that it is worth. `again` brings back what is
    recorded of a body (`form_record`), where that is quicker than to draw it; None where it does not fit.
    """

    name: str
    title: str
    about: str
    share: Fraction
    fits: Callable[[Worked], bool]
    make: Callable[[Worked, Options, Pick], Body | None]
    possible: Callable[[Worked], bool] | None = None
    again: Callable[[Worked, Any], Body | None] | None = None
