"""Where long formulas are cut."""

from __future__ import annotations

import pytest

from gen.document.breaking import broken, terms
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
        ("a=-b", ("a", "{}=-b")),
        (r"\{a\}\,b-c", (r"\{a\}\,b", "{}-c")),
        (
            r"\begin{pmatrix} a+b & c \\ d & e \end{pmatrix}+f",
            (r"\begin{pmatrix} a+b & c \\ d & e \end{pmatrix}", "{}+f"),
        ),
        (r"\cdots+\timesx", (r"\cdots", r"{}+\timesx")),
        ("(" * 12 + "a+b" + ")" * 12 + "-c", ("(" * 12 + "a+b" + ")" * 12, "{}-c")),
        ("{" * 12 + "a+b" + "}" * 12 + "-c", ("{" * 12 + "a+b" + "}" * 12, "{}-c")),
        ("(a+b", ("(a+b",)),
        ("", ()),
    ],
)
def test_terms_are_cut_before_operators_outside_groups(tex: str, cut: tuple[str, ...]) -> None:
    assert tuple(terms(tex)) == cut


def test_nothing_is_lost_in_cutting() -> None:
    tex = r"\sum_{i} (a_i + b_i)\,(c - d) = \begin{pmatrix} 1 & 2 \end{pmatrix} + e"
    assert "".join(terms(tex)).replace("{}", "").replace(" ", "") == tex.replace(" ", "")


def test_a_long_bracket_is_cut_inside() -> None:
    tex = "(" + "+".join(rf"A_{{{n}}}\,X\,B_{{{n}}}" for n in range(12)) + ")"
    assert broken(Tex(tex)).count(r"\Piece") == 12


def test_brackets_within_brackets_are_whole() -> None:
    assert broken(Tex("(a+[b-(c+d)])")) == r"\Either{(a+[b-(c+d)])}{\Piece{(a}\Piece{{}+[b-(c+d)])}}"
    deep = "(" * 12 + "a+b" + ")" * 12
    assert broken(Tex(f"(c+{deep})")) == rf"\Either{{(c+{deep})}}{{\Piece{{(c}}\Piece{{{{}}+{deep})}}}}"


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
