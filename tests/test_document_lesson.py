"""From derivations to problems: lines, marks, results, and how the faces fit."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from gen.derivation.chain_rules import LOG_SOFTMAX
from gen.derivation.derive import derive_all
from gen.derivation.method import METHODS
from gen.derivation.result import Derivation
from gen.document.blocks import DerivationBlock, FlatteningBlock, Space, TextBlock
from gen.document.conventions import conventions
from gen.document.lesson import problem_block, symbols_of
from gen.document.lines import derivation_block
from gen.document.pen import PLAIN, USUAL
from gen.document.telling import TELLINGS
from gen.document.tex import Tex
from gen.document.wording import sentence_tex, words
from gen.language.catalogue import FUNCTIONS
from gen.language.dimension import named, triangle
from gen.language.function import Function
from gen.language.latex import dim_tex

ALL = ("index", "vec", "components", "backprop")


@cache
def solved(expr: str, wrt: str, *methods: str) -> tuple[Derivation, ...]:
    """The derivations in the order of `methods`."""
    made = {d.method: d for d in derive_all(expr, (wrt,), methods)}
    return tuple(made[method] for method in methods)


def test_the_seed_question_in_index_notation() -> None:
    block = derivation_block(solved("F = W*X", "W", "index")[0])
    assert [line.right for line in block.lines][1:] == [
        r"\frac{\partial}{\partial W_{qr}}\bigl(W_{ij}\,X_{jk}\bigr)",
        r"\frac{\partial W_{ij}}{\partial W_{qr}}\,X_{jk}",
        r"\delta_{iq}\,\delta_{jr}\,X_{jk}",
        r"\delta_{iq}\,X_{rk}",
    ]
    assert block.lines[0].left == r"\frac{\partial F_{ik}}{\partial W_{qr}}"
    assert all(line.left == "" for line in block.lines[1:])
    assert block.lines[-1].shape == r"m \times p \times m \times n"
    assert block.result is not None
    assert block.result.tex == r"\frac{\partial F_{ik}}{\partial W_{qr}}=\delta_{iq}\,X_{rk}"
    assert block.result.words == r"four free indices: a tensor of shape $m \times p \times m \times n$"


def test_sums_are_written_where_that_is_asked_for() -> None:
    block = derivation_block(solved("F = W*X", "W", "index")[0], PLAIN)
    assert r"\sum_{j} " in block.lines[1].right


def test_sums_are_written_where_implied_ones_would_be_ambiguous() -> None:
    block = derivation_block(solved("L = normF(W*X - Y)^2", "W", "index")[0], USUAL)
    assert any(r"\sum" in line.right for line in block.lines)


def test_changes_are_marked_and_marks_change_nothing_else() -> None:
    for derivation in solved("F = W*X", "W", "index", "backprop"):
        lines = derivation_block(derivation).lines
        marked = [line for line in lines if line.marked]
        assert marked
        for line in marked:
            assert r"\chg{" in line.marked
            assert line.marked.replace(r"\chg", "").replace("{", "").replace("}", "") == line.right.replace(
                "{", ""
            ).replace("}", "")


def test_the_results_of_the_four_methods() -> None:
    index, vec, components, backprop = (derivation_block(d) for d in solved("F = W*X", "W", *ALL))
    assert vec.result is not None and backprop.result is not None and index.result is not None
    assert vec.result.tex.endswith(r"=X^{\mathsf{T}} \otimes I_{m}")
    assert r"mp \times mn" in vec.result.words
    assert backprop.result.tex == r"\frac{\partial L}{\partial W}=G\,X^{\mathsf{T}}"
    assert components.result is None
    assert components.lines[-1].left == r"\frac{\partial F}{\partial W}"


def test_how_it_was_checked_is_said_with_figures() -> None:
    block = derivation_block(solved("F = W*X", "W", "index")[0])
    assert block.checked.startswith("Checked at 3 random points with $m=")
    assert "complex step" in block.checked


def test_the_problem_shows_all_methods_and_how_they_fit() -> None:
    block = problem_block(3, solved("F = W*X", "W", *ALL), marks=6, space=Space("lines", 4))
    kinds = [type(part) for part in block.parts]
    assert kinds == [DerivationBlock] * 3 + [FlatteningBlock, DerivationBlock, TextBlock]
    assert (block.number, block.marks, block.space.amount) == (3, 6, 4)
    assert [symbol.tex for symbol in block.symbols] == ["W", "X", "F"]
    assert block.title == r"The derivative of $F=W\,X$ with respect to $W$"
    assert block.prompt != ""
    fits = block.parts[-1]
    assert isinstance(fits, TextBlock)
    assert len(fits.paragraphs) == 3


def test_the_picture_is_that_of_the_derivation() -> None:
    block = problem_block(1, solved("F = W*X", "X", "index", "vec"))
    picture = next(part for part in block.parts if isinstance(part, FlatteningBlock))
    assert picture.flat_name == r"I_{p} \otimes W"
    assert (len(picture.flat), len(picture.flat[0])) == (6, 4)
    for row, line in enumerate(picture.flat):
        for column, cell in enumerate(line):
            k, i = divmod(row, 3)
            r, q = divmod(column, 2)
            assert cell.tex == (f"W_{{{i + 1}{q + 1}}}" if k == r else "0")


@pytest.mark.parametrize(("expr", "wrt"), [("f = a'*x", "x"), ("f = tr(A*X*B)", "X"), ("y = A*x", "x")])
def test_there_is_no_picture_without_two_matrices(expr: str, wrt: str) -> None:
    block = problem_block(1, solved(expr, wrt, "index"))
    assert [type(part) for part in block.parts] == [DerivationBlock]


def test_a_gradient_has_the_shape_of_its_variable() -> None:
    block = derivation_block(solved("f = tr(A*X*B)", "X", "index")[0])
    assert block.result is not None
    assert block.result.tex == r"\frac{\partial f}{\partial X}=A^{\mathsf{T}}\,B^{\mathsf{T}}"
    assert r"\times" in block.result.words


def test_an_expression_without_the_variable_says_so() -> None:
    (derivation,) = derive_all("f = a'*b", ("c",), ("index",), symbols={"c": "n"})
    block = derivation_block(derivation)
    assert "does not contain $c$" in block.checked
    assert block.result is not None


def test_symbols_of_a_problem_have_shapes_and_roles() -> None:
    rows = symbols_of(solved("F = W*X", "W", "index")[0])
    assert [(row.tex, row.shape, row.role) for row in rows] == [
        ("W", r"m \times n", "the variable"),
        ("X", r"n \times p", ""),
        ("F", r"m \times p", Tex(r"$F=W\,X$")),
    ]


def test_the_conventions_say_what_is_used() -> None:
    def said(**options: Any) -> str:
        return " ".join(sentence_tex(x, USUAL) for x in conventions(USUAL.words, **options))

    assert "stands twice in a product is summed, unless it is free on the left side" in said()
    assert r"$\sum$" in said(einstein=False)
    assert "denominator" in said(layout="denominator")
    assert r"$\delta_{ac}$" in said(letters="abcd") and r"\partial W_{cd}" in said(letters="abcd")


def test_laws_in_sentences_are_set_as_mathematics() -> None:
    made = words("vec(AYB) = (Bᵀ ⊗ A) vec(Y) with A = ", USUAL)
    assert made == (r"$\operatorname{vec}(AYB)=(B^{\mathsf{T}}\otimes A)\,\operatorname{vec}(Y)$ with $A=$ ")
    assert words("row i of W", USUAL) == "row $i$ of $W$"
    assert words("the sum of a ", USUAL) == "the sum of a "
    assert words("A diagonal variable", USUAL) == "A diagonal variable"
    assert words("the slope is 1/√(1 − u²)", USUAL) == r"the slope is $1/\sqrt{1-u^{2}}$"


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_no_reason_of_a_function_shows_raw_formulas(function: Function) -> None:
    plain = re.sub(r"\$[^$]*\$", "", words(function.because, USUAL))
    assert not re.search(r"[_^=²⁻√Σ∘ᵀ∂]|\\ensuremath|\\surd", plain)


def test_the_reason_of_the_logarithm_of_a_softmax_is_mathematics() -> None:
    assert "_" not in re.sub(r"\$[^$]*\$", "", words(LOG_SOFTMAX, USUAL))


def test_a_table_of_one_entry_loses_its_brackets() -> None:
    block = derivation_block(solved("f = x'*A*x", "x", "components")[0])
    assert "pmatrix" not in block.lines[1].right
    assert r"\begin{pmatrix}" in block.lines[2].right


@pytest.mark.parametrize(
    ("kind", "method", "result"),
    [
        ("hessian", "index", r"\frac{\partial^2 f}{\partial x\,\partial x^{\mathsf{T}}}="),
        ("hessian", "differential", r"\frac{\partial^2 f}{\partial x\,\partial x^{\mathsf{T}}}="),
        ("gradient", "differential", r"\frac{\partial f}{\partial x}="),
        ("gradient", "vec", r"\frac{\partial f}{\partial x}="),
    ],
)
def test_results_of_other_kinds_are_named(kind: str, method: str, result: str) -> None:
    order = 2 if kind == "hessian" else 1
    (derivation,) = derive_all("f = x'*A*x", ("x",), (method,), kind=kind, order=order)
    block = derivation_block(derivation)
    assert block.result is not None
    assert block.result.tex.startswith(result)


def test_every_method_can_be_told() -> None:
    assert {telling.method for telling in TELLINGS} == {method.name for method in METHODS}


def test_a_name_with_an_index_gets_brackets_before_another() -> None:
    block = derivation_block(solved("F_1 = W*X", "W", "index")[0])
    assert block.lines[0].left == r"\frac{\partial (F_{1})_{ik}}{\partial W_{qr}}"


def test_the_length_of_vech_is_set_as_mathematics() -> None:
    assert dim_tex(triangle(named("n"))) == "n(n+1)/2"
