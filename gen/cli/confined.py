"""What is said once when TeX is to run and this system offers no sandbox for it."""

from __future__ import annotations

from gen.build.sandbox import active
from gen.cli.screen import note

UNCONFINED = (
    "note: TeX runs without a sandbox here, held by its own switches and limits only; "
    "freeindex doctor says what is missing"
)


def tell_unconfined() -> None:
    """Say on standard error that TeX is in no sandbox, where it is in none."""
    if active() is None:
        note(UNCONFINED)
