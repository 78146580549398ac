"""The form `open`: a question with room for an answer."""

from __future__ import annotations

from fractions import Fraction

from gen.problems.form import Form, Options
from gen.problems.item import Open
from gen.problems.pick import Pick
from gen.problems.worked import Worked


def _open(worked: Worked, options: Options, pick: Pick) -> Open:
    return Open()


OPEN = Form(
    "open",
    "Open question",
    "the whole derivation is asked for",
    Fraction(1),
    lambda worked: True,
    _open,
)
