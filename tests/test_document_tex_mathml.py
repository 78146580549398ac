"""Formulas from TeX: every command that authors may type, Core elements only, letters, spaces, words."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from gen.document.intents import with_intents
from gen.document.mathguard import COMMANDS, ENVIRONMENTS, guarded
from gen.document.mathml_letters import lettered
from gen.document.mathshape import check_shape
from gen.document.tex_mathml import tex_formula, tex_mathml

CORE = frozenset(
    """
    math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mroot mrow ms mspace msqrt mstyle msub
    msubsup msup mtable mtd mtext mtr munder munderover
    """.split()
)
TWO = frozenset("frac dfrac tfrac cfrac binom overset underset stackrel".split())
ONE = frozenset(
    """
    sqrt operatorname hat widehat tilde widetilde bar overline underline vec dot ddot acute grave check breve
    overbrace underbrace overrightarrow mathbf mathrm mathit mathsf mathtt mathcal mathnormal boldsymbol bm
    mathop mathrel mathbin mathord phantom hphantom vphantom substack boxed pmod text textbf textit textrm
    """.split()
)
FENCES = frozenset("big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr".split())


def sample(name: str) -> str:
    """A formula with the command."""
    if name in ("left", "right", "middle"):
        return r"\left(a\middle|b\right)"
    if name in ("begin", "end"):
        return r"\begin{matrix}a\end{matrix}"
    if name == "limits":
        return r"\sum\limits_a^b"
    if name in FENCES:
        return rf"a\{name}| b"
    return "a" + rf"\{name}" + ("{x}{y}" if name in TWO else "{x}" if name in ONE else " ") + "b"


def tree(tex: str, large: bool = False) -> ElementTree.Element:
    return ElementTree.fromstring(f"<math>{tex_formula(tex, large).mathml}</math>")


def hold_core(made: ElementTree.Element) -> None:
    """Elements of MathML Core alone, with the children they need, and no TeX left in them."""
    for element in made.iter():
        assert element.tag in CORE
        assert "\\" not in (element.text or "") and not (element.text or "").startswith("&")
        assert element.get("mathvariant") in (None, "normal")
        assert element.get("mathcolor") is None
        if element.tag in ("mi", "mn", "mo", "mtext"):
            assert not len(element) and element.text
        children = {"mfrac": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
        assert len(element) == children.get(element.tag, len(element))


@pytest.mark.parametrize("name", sorted(COMMANDS))
@pytest.mark.parametrize("large", [False, True])
def test_every_command_has_its_mathml(name: str, large: bool) -> None:
    tex = guarded(sample(name))
    check_shape(tex)
    made = tree(tex, large)
    hold_core(made)
    assert len(made) >= 1


@pytest.mark.parametrize("name", sorted(ENVIRONMENTS))
def test_every_environment_is_a_table(name: str) -> None:
    columns = "{cc}" if name == "array" else ""
    cells = r"a\\b" if name == "gathered" else r"a&=b\\c&=d"
    made = tree(rf"\begin{{{name}}}{columns}{cells}\end{{{name}}}", large=True)
    hold_core(made)
    assert len(made.findall(".//mtr")) == 2
    assert len(made.findall(".//mtd")) == (2 if name == "gathered" else 4)


@pytest.mark.parametrize("sign", [",", ";", ":", "!", " ", "{", "}", "|", ">"])
def test_every_sign_with_a_backslash(sign: str) -> None:
    hold_core(tree(guarded(rf"a\{sign}b")))


@pytest.mark.parametrize(
    ("tex", "mathml"),
    [
        (r"\mathbf{Rx}", "<mrow><mi>𝐑</mi><mi>𝐱</mi></mrow>"),
        (r"\bm{\alpha}", "<mi>𝜶</mi>"),
        (r"\mathcal{L}", "<mi>ℒ</mi>"),
        (r"\mathtt{a}", "<mi>𝚊</mi>"),
        (r"\mathrm{d}x", '<mi mathvariant="normal">d</mi><mi>x</mi>'),
        (r"\mathrm{rank}", "<mi>rank</mi>"),
        (r"\operatorname{vec}(X)", '<mo lspace="0" rspace="0">vec</mo><mo stretchy="false">(</mo><mi>X</mi>'
         '<mo stretchy="false">)</mo>'),
        (r"2\log x", '<mn>2</mn><mo lspace="0.1667em" rspace="0.1667em">log</mo><mi>x</mi>'),
        (r"a<b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
        (r"x\not=y", "<mi>x</mi><mo>≠</mo><mi>y</mi>"),
        (r"a+b", '<mi>a</mi><mo form="infix">+</mo><mi>b</mi>'),
        (r"-a", "<mo>−</mo><mi>a</mi>"),
        (r"\sum_j x", "<munder><mo>∑</mo><mi>j</mi></munder><mi>x</mi>"),
        (r"\overline{ab}", '<mrow class="overlined"><mrow><mi>a</mi><mi>b</mi></mrow></mrow>'),
        (r"\hat x", '<mover accent="true"><mi>x</mi><mo stretchy="false">ˆ</mo></mover>'),
        (r"\chg{x}", '<mrow class="changed"><mi>x</mi></mrow>'),
        (r"\text{if }x", "<mtext>if\u00a0</mtext><mi>x</mi>"),
    ],
)  # fmt: skip
def test_mathml(tex: str, mathml: str) -> None:
    assert tex_formula(tex).mathml == mathml


def test_what_a_part_means_is_told_where_it_can_mean_one_thing() -> None:
    assert (
        with_intents(r'<msup><mi>W</mi><mi mathvariant="normal">T</mi></msup>')
        == '<msup intent="transpose($base)"><mi arg="base">W</mi><mi mathvariant="normal">T</mi></msup>'
    )
    assert 'intent="inverse($base)"' in tex_mathml("A^{-1}")
    assert 'intent="partial-derivative($of,$by)"' in tex_mathml(r"\frac{\partial F}{\partial W}")
    assert '<mo intent="kronecker-product">' in tex_mathml(r"A\otimes B")
    for tex in ("A^{2}+B^T", r"\frac{\partial}{\partial x}f", "(AB)^{-1}"):
        assert "intent" not in tex_mathml(tex)


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"\partial F_{ik}/\partial W_{qr}", "partial F sub i k over partial W sub q r"),
        (r"X^{\mathsf T}\otimes I", "X transpose Kronecker I"),
        (r"\sum_j x_j", "sum over j of x sub j"),
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "open bracket row 1: 1, 2; row 2: 3, 4 close bracket"),
        (r"\frac{a+b}{2}", "the whole a plus b over 2"),
        (r"\hat x'", "x hat prime"),
        (r"\mathbf R^{m\times n}", "R to the power m by n"),
    ],
)
def test_words(tex: str, words: str) -> None:
    assert tex_formula(tex).spoken == words


def test_a_long_formula_in_a_line_may_be_broken_and_is_one_to_the_ear() -> None:
    made = tex_mathml("a_1x_1+a_2x_2+a_3x_3+a_4x_4=b_1+b_2+b_3")
    assert made.count("<math") == 7
    assert made.count('aria-hidden="true"') == 7 and made.count("aria-label") == 1
    assert tex_mathml("a_1x_1+a_2x_2+a_3x_3+a_4x_4=b_1+b_2+b_3", large=True).count("<math") == 1


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_nothing_is_lost_where_a_formula_may_be_broken(name: str) -> None:
    tex = guarded(rf"{sample(name)}=b_1+b_2\,c_3+b_4\quad b_5+b_6\,x")
    made = str(tex_mathml(tex))
    shown = re.sub(r"<[^>]*>", "", re.sub(r'(alttext|aria-label)="[^"]*"', "", made))
    assert shown == re.sub(r"<[^>]*>", "", tex_formula(tex).mathml)
    assert made.count("<mspace") == tex_formula(tex).mathml.count("<mspace")


def test_letters_of_all_alphabets() -> None:
    assert lettered("ABab12", "double-struck") == "𝔸𝔹𝕒𝕓𝟙𝟚"
    assert lettered("BLego", "script") == "ℬℒℯℊℴ"
    assert lettered("αΩ∂", "bold") == "𝛂𝛀𝛛"
    assert lettered("a+1", "script") == "𝒶+1"


def test_cells_say_how_they_stand() -> None:
    made = tex_formula(r"\begin{aligned}a&=b\\&=c\end{aligned}", True).mathml
    assert re.findall(r'<mtd class="(\w+)"', made) == ["right", "left", "right", "left"]


def test_a_wide_formula_in_a_line_scrolls() -> None:
    wide = r"\begin{pmatrix}a_{11}&a_{12}&a_{13}&a_{14}&a_{15}\\a_{21}&a_{22}&a_{23}&a_{24}\end{pmatrix}"
    assert tex_mathml(wide).startswith('<span class="wide" tabindex="0" role="group"')
    assert tex_mathml("a+b").startswith("<math")
