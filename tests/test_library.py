"""What a program or a notebook gets from `import gen`."""

from __future__ import annotations

import re
import subprocess
import sys

import pylatex
import pytest

import gen
from gen import derive, to_latex, to_pylatex
from gen.build.engine import by_name
from gen.build.typeset import typeset
from gen.derivation.result import Derivation, words_tex
from gen.language.latex import latex, shape_tex

QUESTIONS = [
    ("W*X", "W", "index"),
    ("W*X", "W", "vec"),
    ("W*X", "W", "backprop"),
    ("W*X", "W", "components"),
    ("W*X", "A", "index"),
    ("tr(A*X*B)", "X", "index"),
    ("softmax(A*x)", "x", "index"),
    ("norm2(A*x - b_1)^2/2", "x", "index"),
    ("sum(sqrt(x_hat).*abs(alpha*x_hat))", "x_hat", "index"),
    ("X^3", "X", "vec"),
    ("logdet(X) + det(X)*normF(X)", "X", "index"),
    ("X./Y + kron(diag(x), Z)", "X", "index"),
]
# What MathJax sets with the packages it loads by default.
MATHJAX = frozenset(
    r"""\begin \end \frac \tfrac \partial \bigl \bigr \Bigl \Bigr \sum \delta \operatorname \mathsf
    \mathrm \mathit
    \mathbf \text \quad \Rightarrow \times \displaystyle \otimes \odot \oslash \lVert \rVert \lvert \rvert
    \sqrt \det \log \alpha \lambda \sigma \ge \exp \sin \cos \tan""".split()
)


@pytest.fixture(scope="module", params=QUESTIONS, ids=lambda q: " ".join(q))
def derivation(request: pytest.FixtureRequest) -> Derivation:
    expr, wrt, method = request.param
    return derive(expr, wrt, method=method)


def test_the_public_names() -> None:
    assert set(gen.__all__) == {
        "derive",
        "to_html",
        "to_latex",
        "to_numpy",
        "to_pylatex",
        "verify",
    }
    assert all(callable(getattr(gen, name)) for name in gen.__all__)


def test_importing_and_deriving_load_neither_sympy_nor_pylatex() -> None:
    code = (
        "import sys\n"
        "import gen\n"
        "heavy = ('sympy', 'pylatex', 'jinja2')\n"
        "assert not [m for m in heavy if m in sys.modules], 'import gen'\n"
        "d = gen.derive('W*X', 'W')\n"
        "d._repr_latex_(), d.to_json(), gen.to_numpy(d)\n"
        "assert not [m for m in heavy if m in sys.modules], 'derive'\n"
        "gen.to_latex(d)\n"
        "assert 'sympy' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def balanced(tex: str) -> bool:
    """Braces match, and every environment ends where it should."""
    bare = re.sub(r"\\[\\{}]", "", tex)
    depth = 0
    for char in bare:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    open_environments: list[str] = []
    for kind, name in re.findall(r"\\(begin|end)\{([a-z*]+)\}", tex):
        if kind == "begin":
            open_environments.append(name)
        elif not open_environments or open_environments.pop() != name:
            return False
    return depth == 0 and not open_environments


def texts(tex: str) -> list[str]:
    return re.findall(r"\\text\{([^{}]*)\}", tex)


def test_a_notebook_shows_only_what_mathjax_knows(derivation: Derivation) -> None:
    shown = derivation._repr_latex_()
    assert shown.startswith(r"$\displaystyle\begin{aligned}") and shown.endswith(r"\end{aligned}$")
    assert shown.count("$") == 2
    assert balanced(shown)
    assert set(re.findall(r"\\[A-Za-z]+", shown)) <= MATHJAX
    assert all(not set(words) & set("#$%&_\\^~") for words in texts(shown))


def test_a_notebook_shows_every_reason_and_the_answer(derivation: Derivation) -> None:
    shown = derivation._repr_latex_()
    words = " ".join(texts(shown))
    for step in derivation.steps:
        for piece in step.because:
            if isinstance(piece, str):
                assert all(word in words for word in re.findall(r"[a-z]{3,}", piece))
    assert derivation.answer is not None
    last = shown[shown.rindex(r"\Rightarrow") :]
    assert latex(derivation.answer.line) in last and shape_tex(derivation.answer.shape) in last


def test_signs_of_tex_are_shown_as_they_are() -> None:
    assert words_tex("u_i & 5% of {x}") == (r"\text{u}\_\text{i }\&\text{ 5}\%\text{ of }\{\text{x}\}")
    assert words_tex("plain words") == r"\text{plain words}"
    assert words_tex("") == ""


def test_the_seed_question_in_latex() -> None:
    tex = to_latex(derive("W*X", "W"))
    assert tex.startswith("\\begin{align*}\n") and tex.endswith("\n\\end{align*}")
    assert r"\delta_{iq}\,X_{rk}" in tex
    assert "\\underline" not in tex
    assert "\\underline{" in to_latex(derive("W*X", "W"), marks=True)


def test_latex_is_balanced_and_free_of_macros_of_ours(derivation: Derivation) -> None:
    for marks in (False, True):
        tex = to_latex(derivation, marks=marks)
        assert balanced(tex)
        assert r"\chg" not in tex
        assert tex.count("$") % 2 == 0


def test_every_derivation_compiles_with_amsmath_alone() -> None:
    made = [derive(expr, wrt, method=method) for expr, wrt, method in QUESTIONS]
    body = "\n\n".join(to_latex(d, marks=k % 2 == 0) for k, d in enumerate(made))
    # Latin Modern, since the embedded engine has no fonts for the default.
    head = "\\documentclass{article}\n\\usepackage{lmodern}\n\\usepackage{amsmath}\n"
    done = typeset(
        f"{head}\\begin{{document}}\n{body}\n\\end{{document}}\n", by_name("tinytex"), name="block"
    )
    assert done.log.first_error is None
    assert done.log.missing_characters == ()


def test_a_derivation_is_appended_to_a_pylatex_document() -> None:
    document = pylatex.Document(page_numbers=False)
    with document.create(pylatex.Section("Derivatives")):
        document.append("100% plain text & more")
        for expr, wrt, method in QUESTIONS[:4]:
            document.append(to_pylatex(derive(expr, wrt, method=method), marks=True))
    tex = document.dumps()
    assert tex.count(r"\usepackage{amsmath}") == 1
    assert tex.count(r"\begin{alignat*}{2}") == 4
    done = typeset(tex, by_name("tinytex"), name="document")
    assert (done.log.first_error, done.log.missing_characters) == (None, ())


def test_a_pylatex_object_says_the_same_as_the_block() -> None:
    d = derive("W*X", "W")
    inner = to_latex(d).removeprefix("\\begin{align*}\n").removesuffix("\n\\end{align*}")
    assert inner in to_pylatex(d).dumps()
