"""One problem of a family for a reader of notes: there is no class whose problems must be equally hard."""

from __future__ import annotations

from gen.problems.difficulty import level_of
from gen.problems.family import Member
from gen.problems.measured import drawn, fits_at, member_at, score_at
from gen.problems.slot import Wanted
from gen.problems.target import levels

ATTEMPTS = 200


class NoMemberError(Exception):
    """No member was drawn that is as it is wanted; `hint` says what there is."""

    def __init__(self, message: str, hint: str | None) -> None:
        super().__init__(message)
        self.hint = hint


def drawn_member(
    families: tuple[str, ...],
    seed: str,
    *,
    difficulty: int | None = None,
    form: str = "open",
    method: str | None = None,
    layout: str = "numerator",
    symmetric: str = "free",
) -> Member:
    """The first member that the seed leads to and that is as it is wanted. Raises NoMemberError."""
    wanted = Wanted(families, (), difficulty, form, method, layout, symmetric)
    for attempt in range(ATTEMPTS):
        place = drawn(wanted, families, f"{seed}/{attempt}")
        score = score_at(place)
        if score is None or (difficulty is not None and level_of(score) != difficulty):
            continue
        if form == "open" or fits_at(place, form):
            return member_at(place, f"{seed}/{attempt}/names")
    what = " or ".join(families)
    there = levels(wanted)
    asked = "" if difficulty is None else f" of difficulty {difficulty}"
    hint = "there is difficulty " + ", ".join(map(str, there)) if there else None
    raise NoMemberError(f"no problem of {what}{asked} can be asked in the form {form}", hint)
