"""Cycles are looked for seldom while a command runs, and as before when it has ended."""

from __future__ import annotations

import gc

import pytest

from gen.cli.collecting import RARER, THRESHOLDS, seldom_collected


def test_the_thresholds_come_back_whatever_happens() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyboardInterrupt), seldom_collected():
        assert gc.get_threshold() == THRESHOLDS
        raise KeyboardInterrupt
    assert gc.get_threshold() == before


class Cycle:
    """An object that holds itself."""

    def __init__(self) -> None:
        self.own = self


@pytest.mark.parametrize(("kept", "factor"), [(True, RARER), (False, 1)])
def test_what_is_kept_is_looked_through_more_seldom(kept: bool, factor: int) -> None:
    held: list[Cycle] = []
    gc.collect()  # of what others have left
    with seldom_collected():
        gc.set_threshold(1000, *THRESHOLDS[1:])
        for _ in range(1500):
            made = Cycle()
            if kept:
                held.append(made)
        assert gc.get_threshold()[0] == 1000 * factor
