"""Variables with a structure: every structure is there, and the answer has it where it should."""

from __future__ import annotations

import pytest

from gen.language.declaration import STRUCTURES
from gen.problems.family import Family, member
from gen.problems.pick import Pick
from gen.problems.solve import solve
from gen.problems.structured_families import STRUCTURED_FAMILIES
from gen.problems.structured_families import STRUCTURES as ASKED
from gen.problems.task import Derive

families = pytest.mark.parametrize("family", STRUCTURED_FAMILIES, ids=lambda family: family.name)


def test_every_structure_of_the_language_is_asked() -> None:
    assert set(ASKED) == set(STRUCTURES)


@families
def test_every_structure_is_drawn(family: Family) -> None:
    tasks = [member(family, Pick(seed=f"{seed}")).task for seed in range(40)]
    drawn = {dict(t.symbols)[t.wrt].split()[-1] for t in tasks if isinstance(t, Derive)}
    assert drawn == set(STRUCTURES)


@families
def test_structure_does_not_change_the_score_of_a_plain_member(family: Family) -> None:
    lengths = set[int]()
    for place in range(len(ASKED)):
        lengths.add(len(solve(member(family, Pick((place,))).task).key_steps))
    assert len(lengths) == 1
