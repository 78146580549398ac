"""What every test has in common."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

# Examples must be the same on every machine, and a slow machine is no failure.
settings.register_profile("suite", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("suite")


ACCEPT = "FREEINDEX_ACCEPT"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --accept` writes golden files anew instead of comparing with them."""
    parser.addoption("--accept", action="store_true", help="write the golden files anew")


def pytest_configure(config: pytest.Config) -> None:
    """Tell the tests, which may run in other processes, what was asked for."""
    if config.getoption("--accept"):
        os.environ[ACCEPT] = "1"


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a person has set for colours and debugging must not change a test."""
    for name in ("NO_COLOR", "FORCE_COLOR", "FREEINDEX_DEBUG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    yield
