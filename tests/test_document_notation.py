"""The switches of the notation: what each changes in everything that is printed, on paper and on screens."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from gen import derive
from gen.build.documents import needs_of
from gen.build.engine import choose
from gen.build.typeset import typeset
from gen.cli.main import main
from gen.document.blocks import DerivationBlock
from gen.document.format import format_named
from gen.document.formula import both
from gen.document.items import item_block
from gen.document.lesson import problem_block
from gen.document.naming import partial_of, stacked_partial_of, whole_partial_of
from gen.document.pen import USUAL, pen_for
from gen.document.render import render
from gen.document.sentence import sentence
from gen.document.web_page import to_html
from gen.document.written import expression
from gen.errors import InputError
from gen.language.mathml import MATHML
from gen.language.style import Matrices, Partial, Style, Sums, Transpose, notations
from gen.problems.catalogue import FAMILY_NAMED
from gen.problems.family import example
from gen.problems.make_item import make_item
from gen.problems.task import with_letters
from gen.project.assemble import assemble, single
from gen.project.notation import NOTATION_KEYS, Notation
from gen.project.sheet import examine, read_sheet
from gen.project.source import source_of

USED = {"sums": "einstein", "partial": "round", "transpose": "sans", "matrices": "plain"}
SWITCHES = (
    Notation(sums="sigma"),
    Notation(partial="upright"),
    Notation(transpose="roman"),
    Notation(transpose="prime"),
    Notation(transpose="top"),
    Notation(matrices="bold"),
    Notation(letters="abcdefgh"),
    Notation("sigma", partial="upright", transpose="top", matrices="bold", letters="stuvpwz"),
)
STYLES = tuple(
    Style(sums, partial, transpose, matrices)
    for sums in get_args(Sums)
    for partial in get_args(Partial)
    for transpose in get_args(Transpose)
    for matrices in get_args(Matrices)
)


def named(notation: Notation) -> str:
    usual = Notation()
    parts = (f"{key}={getattr(notation, key)}" for key in (*USED, "letters"))
    return ",".join(
        p
        for p, key in zip(parts, (*USED, "letters"), strict=True)
        if getattr(notation, key) != getattr(usual, key)
    )


def solved(notation: Notation) -> str:
    """The notes of a question in every method, as TeX, in a notation."""
    methods = ("index", "vec", "components", "backprop")
    found = tuple(derive("F = A*X", "A", method=method, letters=notation.letters) for method in methods)
    tex = render(single(found, notation), format_named("notes"), "pdflatex")
    return tex.partition(r"\begin{document}")[2]


@pytest.mark.parametrize(
    ("notation", "line", "result"),
    [
        (
            Notation(),
            r"\frac{\partial}{\partial W_{qr}}\bigl(W_{ij}\,X_{jk}\bigr)",
            r"\frac{\partial \operatorname{vec}(F)}{\partial \operatorname{vec}(W)^{\mathsf{T}}}"
            r"=X^{\mathsf{T}} \otimes I_{m}",
        ),
        (
            Notation(sums="sigma"),
            r"\frac{\partial}{\partial W_{qr}}\Bigl(\sum_{j} W_{ij}\,X_{jk}\Bigr)",
            r"\frac{\partial \operatorname{vec}(F)}{\partial \operatorname{vec}(W)^{\mathsf{T}}}"
            r"=X^{\mathsf{T}} \otimes I_{m}",
        ),
        (
            Notation(partial="upright"),
            r"\frac{\mathrm{d}}{\mathrm{d} W_{qr}}\bigl(W_{ij}\,X_{jk}\bigr)",
            r"\frac{\mathrm{d} \operatorname{vec}(F)}{\mathrm{d} \operatorname{vec}(W)^{\mathsf{T}}}"
            r"=X^{\mathsf{T}} \otimes I_{m}",
        ),
        (
            Notation(transpose="top"),
            r"\frac{\partial}{\partial W_{qr}}\bigl(W_{ij}\,X_{jk}\bigr)",
            r"\frac{\partial \operatorname{vec}(F)}{\partial \operatorname{vec}(W)^{\top}}"
            r"=X^{\top} \otimes I_{m}",
        ),
        (
            Notation(transpose="prime"),
            r"\frac{\partial}{\partial W_{qr}}\bigl(W_{ij}\,X_{jk}\bigr)",
            r"\frac{\partial \operatorname{vec}(F)}{\partial \operatorname{vec}(W)^{\prime}}"
            r"=X^{\prime} \otimes I_{m}",
        ),
        (
            Notation(transpose="roman"),
            r"\frac{\partial}{\partial W_{qr}}\bigl(W_{ij}\,X_{jk}\bigr)",
            r"\frac{\partial \operatorname{vec}(F)}{\partial \operatorname{vec}(W)^{\mathrm{T}}}"
            r"=X^{\mathrm{T}} \otimes I_{m}",
        ),
        (
            Notation(matrices="bold"),
            r"\frac{\partial}{\partial W_{qr}}\bigl(W_{ij}\,X_{jk}\bigr)",
            r"\frac{\partial \operatorname{vec}(\boldsymbol{F})}"
            r"{\partial \operatorname{vec}(\boldsymbol{W})^{\mathsf{T}}}"
            r"=\boldsymbol{X}^{\mathsf{T}} \otimes \boldsymbol{I}_{m}",
        ),
        (
            Notation(letters="abcdefgh"),
            r"\frac{\partial}{\partial W_{cd}}\bigl(W_{ae}\,X_{eb}\bigr)",
            r"\frac{\partial \operatorname{vec}(F)}{\partial \operatorname{vec}(W)^{\mathsf{T}}}"
            r"=X^{\mathsf{T}} \otimes I_{m}",
        ),
    ],
    ids=lambda value: named(value) if isinstance(value, Notation) else "",
)
def test_each_switch_as_it_prints(notation: Notation, line: str, result: str) -> None:
    found = tuple(derive("F = W*X", "W", method=m, letters=notation.letters) for m in ("index", "vec"))
    block = problem_block(1, found, pen=pen_for(notation.style))
    index, vec = block.parts[:2]
    assert line in [x.right for x in index.lines]  # type: ignore[union-attr]  # both are derivations
    assert vec.result.tex == result  # type: ignore[union-attr]  # both are derivations


def test_everything_in_a_document_follows() -> None:
    tex = solved(SWITCHES[-1])
    assert r"\partial" not in tex and r"\mathsf" not in tex
    # A name of a matrix stands alone nowhere, an entry is never bold.
    maths = re.sub(r"\\(text|mbox|operatorname)\{[^{}]*\}", "", " ".join(re.findall(r"\$([^$]*)\$", tex)))
    assert not re.search(r"(?<![{\\A-Za-z])[AXF](?![A-Za-z_])", maths)
    assert not re.search(r"\\boldsymbol\{[A-HJ-Z]\}_\{[a-z]", tex)
    assert r"\delta_{su}" in tex and "_{ik}" not in tex and "_{qr}" not in tex
    assert "(s,t,u,v)" in tex  # the picture


@pytest.mark.parametrize("notation", SWITCHES, ids=named)
def test_a_document_of_each_switch_is_typeset(notation: Notation) -> None:
    found = tuple(
        derive(
            "F = A*inv(X)*B",
            "X",
            symbols={"X": "2 x 2", "A": "2 x 2", "B": "2 x 2"},
            method=m,
            letters=notation.letters,
        )
        for m in ("index", "vec")
    )
    document, notes = single(found, notation), format_named("notes")
    engine = choose(needs_of(notes, document))
    assert typeset(render(document, notes, engine.plain_name), engine, name="notes").pdf.startswith(b"%PDF")


@pytest.mark.parametrize("style", STYLES, ids=str)
def test_mathml_of_every_style_is_well_formed(style: Style) -> None:
    pen = pen_for(style)
    for expr, wrt in (("F = A*X'*inv(X)'*B", "X"), ("f = x'*A*x", "x"), ("F = sigmoid(W*X)", "W")):
        d = derive(expr, wrt, check=False)
        sides = (partial_of(d), whole_partial_of(d), stacked_partial_of(d), expression(d.problem.expr))
        for made in (
            *(both(side, pen) for side in sides),
            *(both(expression(x), pen) for x in d.lines() if isinstance(x, tuple)),
        ):
            ET.fromstring(f"<math>{made.mathml}</math>")
            assert "<" not in made.spoken


def test_a_page_follows_too() -> None:
    pen = pen_for(Style("sigma", "upright", "top", "bold"))
    page = to_html(*(derive("F = W*X", "W", method=m, letters="abcdef") for m in ("index", "vec")), pen=pen)
    shown = re.sub(r'(alttext|aria-label)="[^"]*"', "", page)
    assert "∂" not in shown and "<mo>⊤</mo>" in shown and "<mi>𝑾</mi>" in shown and "<mi>𝑰</mi>" in shown
    assert "<mi>W</mi><mrow><mi>c</mi><mi>d</mi>" in shown  # entries are plain
    assert "partial of" in page  # what is read aloud names what is meant


def test_the_inverse_of_a_transpose() -> None:
    node = derive("F = inv(X)'", "X", check=False).problem.expr
    made = {s: expression(node)(notations(Style(transpose=s)).latex) for s in ("sans", "top", "prime")}
    assert made == {
        "sans": r"X^{-\mathsf{T}}",
        "top": r"X^{-\top}",
        "prime": r"\bigl(X^{-1}\bigr)^{\prime}",
    }


def test_laws_in_reasons_follow() -> None:
    style = Style(transpose="top", matrices="bold", partial="upright")
    made = sentence("∂F/∂W and vec(AXB) = (Bᵀ ⊗ A) vec(X), entry A_ij", style)
    assert r"\mathrm{d}\boldsymbol{F}/\mathrm{d}\boldsymbol{W}" in made
    assert r"(\boldsymbol{B}^{\top}\otimes \boldsymbol{A})" in made and "$A_{ij}$" in made
    assert "{AXB}" in made


def test_equal_styles_are_one_notation_and_the_usual_one_is_the_known_one() -> None:
    assert notations(Style()) is notations(Style())
    assert notations(Style("sigma")).mathml is MATHML
    assert USUAL.implying(True) is USUAL and USUAL.implying(False).style == Style("sigma")


# --- letters ----------------------------------------------------------------------


@pytest.mark.parametrize("method", ["index", "vec", "components", "backprop", "differential"])
def test_letters_are_used_in_order(method: str) -> None:
    expr, kind = ("f = a'*X*b", "gradient") if method == "differential" else ("F = W*X", None)
    wrt = "X" if method == "differential" else "W"
    for cache in (True, False):
        d = derive(expr, wrt, kind=kind, method=method, letters="uvxyzst", cache=cache)
        assert d.verified
        assert {letter.name for letter in d.letters()} <= set("uvxyzst")
    plain = derive(expr, wrt, kind=kind, method=method)
    assert not {"u", "v", "y", "z"} & {letter.name for letter in plain.letters()}


def test_letters_avoid_names_in_use() -> None:
    d = derive("F = W*X", "W", symbols={"W": "a x n", "X": "n x p"}, letters="abcdef")
    assert "a" not in {letter.name for letter in d.letters()}
    assert [letter.name for letter in d.free] == ["b", "i", "c", "d"]


@pytest.mark.parametrize(
    ("letters", "words"),
    [("abc", "there must be 4"), ("abca", "a twice"), ("ABcd", "'A'"), ("ab1d", "'1'"), ("αbcd", "'α'")],
)
def test_wrong_letters_are_told(letters: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        derive("W*X", "W", letters=letters)
    problem = '[[problem]]\nof = "W*X"\nwrt = "W"\n'
    text = f'id = "a"\ntitle = "A"\nnotation = {{ letters = "{letters}" }}\n{problem}'
    _, (fault,) = examine(source_of(text, "sheet.toml"))
    assert words in fault.message and "sheet.toml:3:" in fault.message


# --- forms ------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["open", "choice", "fade", "find-error"])
def test_every_form_follows(form: str) -> None:
    member = example(FAMILY_NAMED["trace-product"])
    member = replace(member, task=with_letters(member.task, "stuvpwz"))
    item = make_item(member, form, seed="s")
    assert item is not None
    block = item_block(1, item, pen=pen_for(Style("einstein", "upright", "top", "bold")))
    text = repr((block.prompt, block.asked, block.parts))
    assert r"\\partial" not in text and r"\\mathsf" not in text and r"\\boldsymbol" in text
    assert r"\\boldsymbol" in block.prompt.replace("\\", "\\\\")
    # What is told of a mistake names letters of its own.
    derived = repr((block.prompt, block.asked, [x for x in block.parts if isinstance(x, DerivationBlock)]))
    assert not re.search(r"_\{[ikqr]", derived)


# --- where a person says it -------------------------------------------------------


def test_a_sheet_says_it(tmp_path: Path) -> None:
    file = tmp_path / "sheet.toml"
    file.write_text(
        'id = "a"\ntitle = "A"\n'
        'notation = { partial = "upright", transpose = "top", matrices = "bold", letters = "abcdef" }\n'
        '[[problem]]\nof = "F = W*X"\nwrt = "W"\n',
        encoding="utf-8",
    )
    tex = render(assemble(read_sheet(file)), format_named("solutions"), "pdflatex")
    assert r"\frac{\mathrm{d} F_{ab}}{\mathrm{d} W_{cd}}=\delta_{ac}\,X_{db}" in tex
    assert {key.name for key in NOTATION_KEYS} == set(Notation.__dataclass_fields__)


def test_the_command_line_says_it(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    switches = "transpose=prime,letters=abcdef,sums=sigma"
    assert main(["derive", "F = W*X", "--wrt", "W", "--notation", switches, "--format", "tex"]) == 0
    assert rb"\sum_{e} W_{ae}" in capsysbinary.readouterr().out
    assert main(["derive", "W*X", "--wrt", "W", "--notation", "transpose=tops", "--format", "tex"]) == 2
    assert b'did you mean "top"?' in capsysbinary.readouterr().err
    assert main(["derive", "W*X", "--wrt", "W", "--notation", "partial=upright"]) == 2
    assert b"tex, html, pdf" in capsysbinary.readouterr().err
    assert main(["derive", "W*X", "--wrt", "W", "--notation", "letters=abcdef"]) == 0
    assert "W_ae X_eb" in capsysbinary.readouterr().out.decode()
