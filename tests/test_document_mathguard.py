"""Only commands that set mathematics may stand between dollars."""

from __future__ import annotations

import pytest

from gen.document.mathguard import guarded
from gen.errors import InputError

DANGEROUS = [
    r"\input{/etc/passwd}",
    r"\write18{ls}",
    r"\immediate\openin5=x",
    r"\csname input\endcsname x",
    r"\def\x{1}",
    r"\catcode`\$=12",
    r"\directlua{os.exit()}",
    r"\special{x}",
    r"\pdfximage{x}",
    r"\pdffiledump{x}",
    "^^5cinput x",
    r"\includegraphics{x}",
    r"\begin{filecontents}{x}\end{filecontents}",
    r"\loop\iftrue\repeat",
    r"\let\x=\input",
    r"\@",
    r"\alphabet",
    r"x\inputx",
    "x^^5c",
    "x$",
    r"x\$",
    "a % b",
    "#1",
    "\x00",
    "中",
]


@pytest.mark.parametrize("source", DANGEROUS)
def test_everything_else_is_refused_at_its_place(source: str) -> None:
    with pytest.raises(InputError) as caught:
        guarded(source)
    report = caught.value.report
    assert "is not allowed in a formula" in report.message
    assert report.source == source
    assert report.start is not None and report.end is not None and report.start < report.end


@pytest.mark.parametrize(
    "source", ["{x", "x}", "x}{", r"\left( x", r"\right) x", r"\begin{pmatrix}1", "a & b"]
)
def test_what_is_unbalanced_is_refused(source: str) -> None:
    with pytest.raises(InputError):
        guarded(source)


def test_the_nearest_command_is_named() -> None:
    with pytest.raises(InputError) as caught:
        guarded(r"\parital F")
    assert caught.value.report.hint == r"did you mean \partial?"


@pytest.mark.parametrize(
    "source",
    [
        r"\partial F_{ik}/\partial W_{qr}",
        r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
        r"\left( \frac12 \right)^{\mathsf T}\!,\;\{x\}",
        r"f=\alpha\,\boldsymbol{1}^{\mathsf{T}}x'\otimes [a_{ij}]\;|x|\ <1",
        r"\lVert WX - Y\rVert_F^2 \quad \text{for all } i",
    ],
)
def test_mathematics_passes_unchanged(source: str) -> None:
    assert guarded(source) == source


def test_letters_of_mathematics_become_commands() -> None:
    assert guarded("α ≤ Σ") == r"{\alpha} {\le} {\Sigma}"


@pytest.mark.parametrize("deep", (101, 500, 20_000))
def test_a_formula_may_not_be_nested_without_end(deep: int) -> None:
    with pytest.raises(InputError) as raised:
        guarded("{" * deep + "x" + "}" * deep)
    assert raised.value.report.code == "too_large"
    assert guarded("{" * 100 + "x" + "}" * 100)
