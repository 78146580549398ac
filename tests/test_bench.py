"""The benches find what they measure: a name that moves in the program is seen here, not in the next run."""

from __future__ import annotations

import importlib

import pytest

from bench.class_build import Stages, timed


@pytest.mark.parametrize("name", ["class_build", "growth", "notes", "ours", "scale", "sheets", "sympy_peer"])
def test_a_bench_can_be_loaded(name: str) -> None:
    assert importlib.import_module(f"bench.{name}") is not None


def test_what_stages_are_timed_is_there() -> None:
    with timed(Stages()):
        pass
