"""Formulas that TeX cannot set are told before it is run, at their place."""

from __future__ import annotations

import pytest

from gen.document.mathguard import guarded
from gen.document.mathshape import check_shape
from gen.errors import InputError

GOOD = [
    r"\frac12 + \frac{a}{b}_i^2",
    r"a'' + a'^2 + a_i'",
    r"\left.\frac{\partial f}{\partial x}\right|_{x=0}",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}^{\mathsf T}",
    r"\begin{array}{cc} a & b \end{array}",
    r"\sum_{i}^{n} \hat\beta_i \sqrt[3]{x}",
    r"\underbrace{W X}_{m \times p}",
    r"x^\prime_\alpha \text{ for all } i",
    r"{a_1}_2",
    r"\operatorname{vec}(F)^{\mathsf T}",
    r"\bigl(a\bigr) \langle x\rangle",
    r"",
    r"\mathbf R^{m\times n}",
    r"\overset{!}{=}",
    r"[i,j]",
]
BAD = [
    (r"\frac{a}", r"\frac", "lacks"),
    (r"a_b_c", "_", "a second subscript"),
    (r"a^2^3", "^", "a second superscript"),
    (r"a^2'", "'", "a second superscript"),
    (r"a_", "_", "subscript needs something"),
    (r"{a^}", "^", "superscript needs something"),
    (r"\left x\right)", r"\left", "needs a bracket"),
    (r"\hat", r"\hat", "lacks"),
    (r"\text{a_b}", "_", "nothing is mathematics"),
    (r"\text a", r"\text", "lacks"),
    (r"\sqrt", r"\sqrt", "lacks"),
    (r"a_{i_j_k}", "_", "a second subscript"),
    (r"\begin{matrix} a^ & b \end{matrix}", "^", "superscript needs something"),
]


@pytest.mark.parametrize("source", GOOD)
def test_what_tex_can_set(source: str) -> None:
    check_shape(source)
    guarded(source)


@pytest.mark.parametrize(("source", "marked", "words"), BAD)
def test_what_tex_cannot_set(source: str, marked: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        check_shape(source)
    report = caught.value.report
    assert report.source is not None
    assert report.source[report.start : report.end] == marked
    assert words in report.message
