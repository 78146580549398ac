"""Matrices with dots: the corners stay."""

from __future__ import annotations

from gen.document.dotted import dotted
from gen.document.tex import Tex

ROW = " & ".join(rf"A_{{1{k}}}\,X_{{{k}1}}" for k in range(1, 9))
WIDE = Tex(rf"\begin{{pmatrix}} {ROW} \\ {ROW} \end{{pmatrix}}")


def test_what_has_room_is_left_as_it_was() -> None:
    assert dotted(WIDE, 100.0) is WIDE
    assert dotted(Tex("a+b+c"), 1.0) == "a+b+c"


def test_columns_between_the_first_and_the_last_are_left_out() -> None:
    made = dotted(WIDE, 12.0)
    assert made.count("&") == 4 and made.count(r"\cdots") == 2
    assert r"A_{11}\,X_{11}" in made and r"A_{18}\,X_{81}" in made and "A_{12}" not in made


def test_where_that_is_not_enough_the_last_column_goes_too() -> None:
    made = dotted(WIDE, 3.0)
    assert r"A_{11}\,X_{11} & \cdots" in made and "A_{18}" not in made


def test_of_many_rows_the_ends_stay() -> None:
    rows = r" \\ ".join(rf"a_{{{n}1}} & b_{{{n}}} & c_{{{n}}}" for n in range(1, 6))
    made = dotted(Tex(rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"), 1.0)
    assert made.count(r"\\") == 2
    assert r"\vdots & \ddots" in made and "a_{11}" in made and "a_{51}" in made and "a_{21}" not in made


def test_a_matrix_within_an_entry_stays_whole() -> None:
    inner = r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}"
    row = " & ".join([inner] * 3)
    outer = Tex(rf"\begin{{pmatrix}} {row} \\[\TileGap] {row} \end{{pmatrix}}")
    made = dotted(outer, 15.0)
    assert made.count(inner) == 4 and made.count(r"\cdots") == 2
