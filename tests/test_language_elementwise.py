"""Elementwise functions by numbers, near the edges of where they are evaluated."""

from __future__ import annotations

from math import erf, pi

import numpy as np

from gen.language.catalogue import FUNCTION_NAMED

STEP = 1e-30


def test_erf_and_its_slope_keep_their_digits_up_to_the_edge() -> None:
    """A check compares to 1e-9, so that a value must be far better than that."""
    x = np.linspace(-4, 4, 801)
    found = FUNCTION_NAMED["erf"].value(x + 1j * STEP)
    assert np.abs(found.real - [erf(number) for number in x]).max() < 1e-14
    assert np.abs(found.imag / STEP - 2 / np.sqrt(pi) * np.exp(-(x**2))).max() < 1e-13
