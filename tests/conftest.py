"""What every test has in common."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

# Examples must be the same on every machine, and a slow machine is no failure.
settings.register_profile("suite", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("suite")


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a person has set for colours and debugging must not change a test."""
    for name in ("NO_COLOR", "FORCE_COLOR", "FREEINDEX_DEBUG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    yield
