"""Packages, commands and tables by PyLaTeX."""

from __future__ import annotations

from gen.document.blocks import Symbol
from gen.document.filters import FILTERS, outline, short, symbol_line, symbol_strip, symbol_table
from gen.document.folder import template_folder
from gen.document.format import format_named
from gen.document.latex import Needed, command, preamble_of, table
from gen.document.parts import PARTS, kind_of, libraries_of, packages_of
from gen.document.render import render
from gen.document.tex import Tex
from gen.document.words import words_of
from tests.document_samples import bare_document, flattening_part, seed_document


def test_each_package_is_loaded_once_with_all_its_options() -> None:
    made = preamble_of((Needed("a", ("x",)), Needed("b"), Needed("a", ("y", "x"))))
    assert made == "\\usepackage[x,y]{a}\n\\usepackage{b}"


def test_arguments_are_latex_already() -> None:
    assert command("setlength", r"\Room", "2mm") == r"\setlength{\Room}{2mm}"
    assert r"$x$&\emph{y}\\" in table("ll", [["$x$", r"\emph{y}"]])


def test_packages_are_those_of_the_parts_that_are_there() -> None:
    assert packages_of(bare_document()) == ()
    assert Needed("tikz") in packages_of(seed_document())
    assert libraries_of(seed_document()) == ("arrows.meta",)
    assert (
        "tikz"
        not in render(seed_document(), format_named("worksheet"), "pdflatex").split(r"\begin{document}")[0]
    )


def test_every_kind_of_part_has_its_templates() -> None:
    assert kind_of(flattening_part()).paper == "paper/flattening.tex"
    for kind in PARTS:
        assert (template_folder() / kind.paper).is_file()
        assert (template_folder() / kind.slide).is_file()


def test_symbols_as_table_strip_and_line() -> None:
    symbols = (Symbol(Tex("W"), Tex(r"m\times n"), "100% of it"), Symbol(Tex("a"), Tex("")))
    for made in (symbol_table(symbols, words_of("en")), symbol_strip(symbols, words_of("en"))):
        assert r"$m\times n$" in made and "scalar" in made and r"100\% of it" in made
    assert symbol_line(symbols).count(r"\in\mathbf R") == 2
    assert r"R^{m\times n}" in symbol_line(symbols)


def test_running_lines_are_cut_at_a_word() -> None:
    assert short("one two three", 9) == "one two…"
    assert short("one", 9) == "one"
    assert short(Tex("x" * 99), 9) == "x" * 99


def test_the_outline_holds_nothing_that_tex_acts_on() -> None:
    assert outline(r"F = W*X' \x{} 50% é") == "F = W*X' x 50 é"


def test_filters_are_a_fixed_set() -> None:
    assert "join" not in FILTERS and "safe" not in FILTERS
