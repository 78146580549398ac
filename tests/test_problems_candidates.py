"""Candidates: drawn where the score is likely, none twice, none that is taken; walked to the last."""

from __future__ import annotations

from itertools import islice

from gen.problems.candidates import ATTEMPTS, Candidates
from gen.problems.measured import canonical_at, score_at, skeleton_at
from gen.problems.slot import Slot, Wanted
from gen.problems.target import distinct, promising, sampled, serving, target

WANTED = Wanted(("trace-product",), (), 2)
SLOT = Slot("trace", WANTED)


def _score(wanted: Wanted) -> int:
    found = target(wanted)
    assert found is not None
    return found


def test_draws_are_not_taken_and_none_comes_twice() -> None:
    score = _score(WANTED)
    for measured in ((), (WANTED,)):
        first = list(Candidates(measured).drawn(SLOT, score, "1", ()))
        taken = {canonical_at(one.place) for one in first[::2]}
        second = list(Candidates(measured).drawn(SLOT, score, "1", taken))
        assert 0 < len(second) < len(first) <= ATTEMPTS
        assert len({one.place for one in first}) == len(first)
        assert not taken & {canonical_at(one.place) for one in second}


def test_nearly_all_that_is_drawn_has_the_score() -> None:
    score = _score(WANTED)
    found = [one for k in range(6) for one in Candidates((WANTED,)).drawn(SLOT, score, str(k), ())]
    assert sum(score_at(one.place) == score for one in found) >= 0.9 * len(found)


def test_the_walk_comes_to_every_member_with_the_score_and_remembers_the_end() -> None:
    score = _score(WANTED)
    every = {canonical_at(place) for place in distinct(WANTED, score)}
    candidates = Candidates(())
    taken: set[str] = set()
    while one := next(candidates.walked(SLOT, score, "1", taken, frozenset(), fresh=True), None):
        taken.add(canonical_at(one.place))
    assert taken == every
    assert candidates.is_dry(SLOT, score)
    assert not list(candidates.walked(SLOT, score, "1", (), frozenset(), fresh=True))
    again = candidates.walked(SLOT, score, "1", (), frozenset(), fresh=False)
    assert next(again, None) is not None


def test_the_walk_leaves_out_structures_that_are_avoided() -> None:
    score = _score(WANTED)
    first = next(Candidates(()).walked(SLOT, score, "1", (), frozenset(), fresh=True))
    avoided = frozenset((skeleton_at(first.place),))
    others = Candidates((WANTED,)).walked(SLOT, score, "1", (), avoided, fresh=True)
    assert all(skeleton_at(one.place) not in avoided for one in islice(others, 5))


def test_only_families_that_have_the_score_are_drawn_from() -> None:
    wanted = Wanted(("jacobian-of-a-layer", "jacobian-scalar-times-vector", "layer-jacobian"), (), 3)
    score = _score(wanted)
    families = promising(wanted, score)
    assert set(families) < set(serving(wanted))
    having = {name for kin in sampled(wanted) if kin.score == score for name in kin.families}
    assert set(families) == having
    assert promising(wanted, -5) == serving(wanted)
