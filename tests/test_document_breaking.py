"""Where long formulas are cut, and estimates of size."""

from __future__ import annotations

import pytest

from gen.document.breaking import broken, height, pieces, width
from gen.document.tex import Tex


@pytest.mark.parametrize(
    ("tex", "cut"),
    [
        ("a+b=c", ("a", "{}+b", "{}=c")),
        ("-a+b", ("-a", "{}+b")),
        (r"(a+b)\,c", (r"(a+b)\,c",)),
        (r"x^{a+b}+\frac{c-d}{e}", ("x^{a+b}", r"{}+\frac{c-d}{e}")),
        (r"\left(a+b\right)-c", (r"\left(a+b\right)", "{}-c")),
        (r"\chg{a+b}-c", (r"\chg{a}", r"{}+\chg{b}", "{}-c")),
        (r"\chg{a}", (r"\chg{a}",)),
    ],
)
def test_pieces_are_cut_before_operators_outside_groups(tex: str, cut: tuple[str, ...]) -> None:
    assert pieces(Tex(tex)) == cut


def test_nothing_is_lost_in_cutting() -> None:
    tex = Tex(r"\sum_{i} (a_i + b_i)\,(c - d) = \begin{pmatrix} 1 & 2 \end{pmatrix} + e")
    assert "".join(pieces(tex)).replace("{}", "").replace(" ", "") == tex.replace(" ", "")


def test_a_long_bracket_is_cut_inside() -> None:
    tex = Tex("(" + "+".join(rf"A_{{{n}}}\,X\,B_{{{n}}}" for n in range(12)) + ")")
    assert len(pieces(tex)) == 12
    assert len(pieces(tex, room=1000)) == 1


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


def test_brackets_are_cut_only_where_tex_finds_no_room() -> None:
    made = broken(Tex(r"a-\operatorname{f}(b+c)_{i}"))
    assert made == (
        r"\Piece{a}\Either{{}-\operatorname{f}(b+c)_{i}}"
        r"{\Piece{{}-\operatorname{f}(b}\Piece{{}+c)_{i}}}"
    )
    assert broken(Tex(r"-f(b+c)\,d")) == (
        r"\Either{-f(b+c)\,d}{\Either{-f(b+c)}{\Piece{-f(b}\Piece{{}+c)}}\Piece{\,d}}"
    )
    assert broken(Tex("a+b")) == r"\Piece{a}\Piece{{}+b}"
