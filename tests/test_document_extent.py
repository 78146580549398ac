"""Estimates of the size of formulas."""

from __future__ import annotations

import pytest

from gen.document.extent import height, width

# Widths that TeX measured, in ems of an 11 point text.
MEASURED = [
    (10.9, r"A_{1}\,X^{\mathsf T}+A_{2}\,X^{\mathsf T}+A_{3}\,X^{\mathsf T}"),
    (3.4, r"W_{ij}\,X_{jk}"),
    (2.5, r"\frac{\partial F_{ik}}{\partial W_{qr}}"),
    (8.1, r"(X^{\mathsf T}\otimes I_m)\operatorname{vec}(W)"),
    (8.2, r"\begin{pmatrix}X_{11}&X_{12}&X_{13}\\X_{21}&X_{22}&X_{23}\end{pmatrix}"),
]


@pytest.mark.parametrize(("ems", "tex"), MEASURED)
def test_widths_are_near_what_tex_measures(ems: float, tex: str) -> None:
    assert width(tex) == pytest.approx(ems, rel=0.25)


def test_matrices_of_matrices_are_measured_from_the_inside() -> None:
    inner = r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}"
    outer = rf"\begin{{pmatrix}} {inner} & {inner} \\ {inner} & {inner} \end{{pmatrix}}"
    assert width(outer) > 2 * width(inner)
    assert height(outer) > 2 * height(inner) > height("a") > 0
