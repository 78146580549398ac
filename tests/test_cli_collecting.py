"""Cycles are looked for seldom while a command runs, and as before when it has ended."""

from __future__ import annotations

import gc

import pytest

from gen.cli.collecting import THRESHOLDS, seldom_collected


def test_the_thresholds_come_back_whatever_happens() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyboardInterrupt), seldom_collected():
        assert gc.get_threshold() == THRESHOLDS
        raise KeyboardInterrupt
    assert gc.get_threshold() == before
