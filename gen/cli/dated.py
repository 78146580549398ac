"""The date that the PDFs of this run of the program carry."""

from __future__ import annotations

import os

from gen.build.epoch import VARIABLE, epoch_of


def wanted_epoch() -> int:
    """What the environment says. Raises InputError where that is no date."""
    return epoch_of(os.environ.get(VARIABLE))
