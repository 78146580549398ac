"""Prompts in Markdown: what is understood, and what prints literally."""

from __future__ import annotations

import pytest

from gen.document.prose import prose
from gen.document.tex import Tex
from gen.errors import InputError


@pytest.mark.parametrize(
    ("source", "tex"),
    [
        ("*a* **b** `c_d`", r"\emph{a} \textbf{b} \texttt{c\_d}"),
        ("$F = WX$ and 5%", r"$F = WX$ and 5\%"),
        (r"\input{x} and \$5", r"\textbackslash{}input\{x\} and \$5"),
        ("<b>x</b>", "{<}b{>}x{<}/b{>}"),
        ("# no heading", r"\# no heading"),
        ("[text](http://x.example)", "{[}text{]}(http://x.example)"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("costs $5 and $6 more", r"costs \$5 and \$6 more"),
        ("costs $5 and $6 and $7", r"costs \$5 and \$6 and \$7"),
        ("$20,000-$30,000 for $n$ of 5", r"\$20{,}000{-}\$30{,}000 for $n$ of 5"),
        ("$ x $ or $$ x $$", "\\$ x \\$ or \n\\[x\\]"),
        (r"$a$ and 2$b$", r"$a$ and 2$b$"),
        ("`$x$` and $y$", r"\texttt{\$x\$} and $y$"),
        (r"\$5 but not $5", r"\$5 but not \$5"),
        ("*$x$* and **$y$**", r"\emph{$x$} and \textbf{$y$}"),
        ("~~~\n$x$\n~~~", r"\ListingSet{\null \$x\$}"),
        ("```\nfor i:\n  y  = 2\n```", "\\ListingSet{\\null for\\ i:\\newline\n\\null ~~y\\ \\ =\\ 2}"),
        ("$x$", "$x$"),
    ],
)
def test_prose(source: str, tex: str) -> None:
    made = prose(source)
    assert isinstance(made, Tex)
    assert made == tex


def test_the_same_words_hold_other_formulas() -> None:
    assert [prose(f"*Let* ${f}$ be ${g}$.") for f, g in (("x", r"A\,b"), ("α", "x"))] == [
        r"\emph{Let} $x$ be $A\,b$.",
        r"\emph{Let} ${\alpha}$ be $x$.",
    ]


def test_lists_keep_their_order() -> None:
    made = prose("1. one\n2. two\n   - inner")
    assert made.index(r"\begin{enumerate}") < made.index("one") < made.index("two") < made.index("inner")
    assert made.count(r"\begin{") == made.count(r"\end{") == 2


def test_display_mathematics() -> None:
    assert r"\[F = WX\]" in prose("before\n\n$$F = WX$$\n\nafter")


def test_a_dangerous_formula_is_refused() -> None:
    with pytest.raises(InputError, match=r"\\input is not allowed"):
        prose(r"see $\input{/etc/passwd}$")


def test_lists_deeper_than_latex_takes_are_refused() -> None:
    deep = "\n".join("  " * level + "- x" for level in range(6))
    with pytest.raises(InputError, match="4 deep"):
        prose(deep)


def test_tables_and_quotations() -> None:
    made = prose("Look:\n\n| $x$ | b |\n|--:|:-:|\n| 1 & 2 | $a$ |\n\n> *Hm.*\n\nDone")
    assert r"\TableSet{rc}" in made and r"1 \& 2 & $a$\\" in made
    assert "\\begin{quote}\n\\emph{Hm.}" in made and made.endswith("Done")
    assert made.index("Look:") < made.index("TableSet") < made.index("quote")


def test_a_formula_in_a_cell_has_no_line_of_its_own() -> None:
    assert r"$x$ & $y$" in prose("| a | b |\n|---|---|\n| $$x$$ | $y$ |\n")
    assert prose("| a |\n|---|\n| $|x|$ |").count("&") == 0


def test_quotations_deeper_than_latex_takes_are_refused() -> None:
    with pytest.raises(InputError, match="4 deep"):
        prose("> > > > > x")
