"""What is wrong in a chapter is told with its file, its line, its column and what is marked there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gen.document.figures import FIGURES, FigureKind, FigureRequest, figure_named
from gen.document.inline import Maths, plain
from gen.document.lines import derivation_block
from gen.document.note_blocks import Box, Compared, Derived, Exercise, Figure, Paragraph
from gen.document.note_tex import book_tex
from gen.language.style import Style
from gen.project.directives import DIRECTIVES
from gen.project.roles import ROLES
from tests.notes_projects import faults_in, notes_of, shown

BAD: list[tuple[str, list[tuple[str, str]]]] = [
    (
        "# A\n\n```{derive W*X\n:wrt: W\n```\n",
        [("1.md:3:1: the name of a directive stands in braces, without blanks", "```{derive W*X")],
    ),
    (
        "# A\n\nText with $a_b_c$.\n",
        [("1.md:3:15: the formula cannot be set: a second subscript", "_")],
    ),
    (
        "# A\n\n$$\na +\n\\frac{b}\n$$\n",
        [("1.md:5:1: the formula cannot be set: \\frac lacks {...}", "\\frac")],
    ),
    (
        "# A\n\n- a\n  - b\n    - c\n      - d\n        - e\n",
        [("1.md:7:9: lists and quotations may stand 4 deep at most", "- e")],
    ),
    (
        "# A\n\nText[^1], `[^2]` and \\[^3].\n\n[^1]: A note.\n",
        [("1.md:3:5: there are no footnotes", "[^1]"), ("1.md:5:1: there are no footnotes", "[^1]")],
    ),
    ("no heading\n", [("1.md:1:1: the chapter has no title", "no heading")]),
    ("# A\n\n# B\n", [("1.md:3:1: the chapter has a second title", "# B")]),
    ("text\n\n# A\n", [("1.md:3:1: the title of a chapter comes first", "# A")]),
    ("# A\n\n#### deep\n", [("1.md:3:1: a heading of level 4 is too deep", "#### deep")]),
    ("# A\n\n```{derve} W*X\n:wrt: W\n```\n", [("1.md:3:4: there is no directive 'derve'", "{derve}")]),
    (
        "# A\n\n```{derive} W*X\n:wrt: W\n",
        [("1.md:3:1: the directive derive is not closed", "```{derive} W*X")],
    ),
    (
        "# A\n\n```{derive} W*X\n:wrt: W\n\n```{derive} W*X\n:wrt: W\n```\n",
        [("1.md:3:4: the directive derive is not closed", "{derive}")],
    ),
    ("# A\n\n```{derive} W*X\n:wtr: W\n```\n", [("1.md:4:2: derive has no option 'wtr'", "wtr")]),
    ("# A\n\n```{derive} W*X\n```\n", [("1.md:3:4: derive needs the option wrt", "{derive}")]),
    (
        "# A\n\n```{derive}\n:wrt: W\n```\n",
        [("1.md:3:4: derive needs an expression, such as F = W*X behind its name", "{derive}")],
    ),
    ("# A\n\n```{derive} W*(X\n:wrt: W\n```\n", [("1.md:3:17: a closing bracket is missing", "\n")]),
    (
        "# A\n\n- item\n\n  ```{derive} W*sin(\n  :wrt: W\n  ```\n",
        [("1.md:5:21: something is missing after (", "\n")],
    ),
    ("# A\n\n```{derive} W*X\n:wrt: Q2 3\n```\n", [("1.md:4:7: a name cannot contain a blank", "Q2 3")]),
    (
        "# A\n\n```{derive} W*X\n:wrt: W\n:let: W: m x n; X: q y z\n```\n",
        [("1.md:5:22: y is not expected here", "y")],
    ),
    (
        "# A\n\n```{derive} W*X\n:wrt: W\n:let: W: m x n; X: k x p\n```\n",
        [
            (
                "1.md:3:13: the columns of the left factor are not the rows of the right one: "
                "W is m × n and X is k × p",
                "W*X",
            )
        ],
    ),
    (
        "# A\n\n```{derive} W*X\n:wrt: W\n:method: indx\n```\n",
        [('1.md:5:10: method does not know "indx"', "indx")],
    ),
    (
        "# A\n\n```{derive} W*X\n:wrt: W\n:kind: gradient\n```\n",
        [("1.md:3:13: a gradient is taken of a scalar", "W*X")],
    ),
    ("# A\n\n```{derive} W*X\n:wrt: W\n\nbody\n```\n", [("1.md:6:1: derive has no body", "body")]),
    (
        "# A\n\n```{derive} W*X\n:wrt W\n```\n",
        [
            ("1.md:3:4: derive needs the option wrt", "{derive}"),
            ("1.md:4:1: an option is :name: value", ":wrt W"),
        ],
    ),
    ("# A\n\n```{derive} W*X\n:wrt: W\n:wrt: X\n```\n", [("1.md:5:2: the option wrt is given twice", "wrt")]),
    ("# A\n\n```{derive} W*X\n:wrt: W\n:label: a b\n```\n", [("1.md:5:9: 'a b' is no label", "a b")]),
    (
        "# A\n\n```{derive} W*X\n:wrt: W\n:label: a\n```\n\n(a)=\n## S\n",
        [("1.md:8:2: the label a is given twice", "a")],
    ),
    (
        "# A\n\n(a)=\n\ntext\n",
        [("1.md:3:2: a label stands before a heading, a formula on its own line, or a directive", "a")],
    ),
    (
        "# A\n\n(a)=\n",
        [("1.md:3:2: a label stands before a heading, a formula on its own line, or a directive", "a")],
    ),
    (
        "# A\n\nsee {ref}`nothing` and {eq}`x`\n",
        [
            ("1.md:3:11: nothing has the label 'nothing'", "nothing"),
            ("1.md:3:29: nothing has the label 'x'", "x"),
        ],
    ),
    (
        "# A\n\n(sec-a)=\n## S\n\nsee {ref}`sec-b` or {eq}`sec-a`\n",
        [
            ("1.md:6:11: nothing has the label 'sec-b'", "sec-b"),
            ("1.md:6:26: sec-a is no formula but Section 1.1", "sec-a"),
        ],
    ),
    ("# A\n\na {rfe}`x`\n", [("1.md:3:4: there is no role 'rfe'", "rfe")]),
    ("# A\n\na {expr}`W*(X` b\n", [("1.md:3:14: a closing bracket is missing", "`")]),
    ("# A\n\na {expr}`A*B = B*(A` b\n", [("1.md:3:20: a closing bracket is missing", "`")]),
    ("# A\n\na {expr}`A*x | A: m y n` b\n", [("1.md:3:21: y is not expected here", "y")]),
    (
        "# A\n\na {expr}`A*x | A: m x n; x: p` b\n",
        [
            (
                "1.md:3:10: the columns of the left factor are not the rows of the right one: "
                "A is m × n and x is p × 1",
                "A*x",
            )
        ],
    ),
    (
        "# A\n\n```{compare} W*X\n:wrt: W\n:sizes: q=2\n```\n",
        [("1.md:5:9: nothing here has the dimension q", "q=2")],
    ),
    (
        "# A\n\n```{compare} W*X\n:wrt: W\n:sizes: m=5\n```\n",
        [
            (
                "1.md:5:9: there is no picture with these sizes: the flattened matrix is 10 by 10, a "
                "picture has at most 6 rows and columns",
                "m=5",
            )
        ],
    ),
    (
        "# A\n\n```{compare} F = A*X*B\n:wrt: X\n:sizes: m=2, n=2\n```\n",
        [
            (
                "1.md:5:9: there is no picture with these sizes: an entry of this derivative is A_11 B_11, "
                "too long for a cell of the picture",
                "m=2, n=2",
            )
        ],
    ),
    (
        "# A\n\n```{compare} F = W*X\n:wrt: W\n:methods: vec, components\n:sizes: m=2\n```\n",
        [
            (
                "1.md:6:9: there is no picture with these sizes: the method index is not among the methods",
                "m=2",
            )
        ],
    ),
    (
        "# A\n\n```{compare} f = A*x\n:wrt: x\n:sizes: m=2\n```\n",
        [
            (
                "1.md:5:9: there is no picture with these sizes: only the derivative of a matrix by a matrix "
                "has a picture",
                "m=2",
            )
        ],
    ),
    ("# A\n\na {entry}`W[i,j]*X[j` b\n", [("1.md:3:21: a closing bracket is missing", "`")]),
    ("# A\n\na {entry}`W[i,i,i]` b\n", [("1.md:3:11: W is not declared", "W")]),
    ("# A\n\na $\\input{x}$ b\n", [("1.md:3:4: \\input is not allowed in a formula", "\\input")]),
    ("# A\n\n$$\n\\foo\n$$\n", [("1.md:4:1: \\foo is not allowed in a formula", "\\foo")]),
    (
        "# A\n\na <b>x</b>\n",
        [("1.md:3:3: raw HTML is not let through", "<b>"), ("1.md:3:7: raw HTML is not let through", "</b>")],
    ),
    ("# A\n\n<div>\nx\n</div>\n", [("1.md:3:1: raw HTML is not let through", "<div>")]),
    ("# A\n\n```{raw} tex\n\\foo\n```\n", [("1.md:3:4: raw tex is not let through", "{raw}")]),
    ("# A\n\nText $$ x = 1.\n", [("1.md:3:6: $$ is not closed", "$$")]),
    ("# A\n\nan {expr}`W*X, of\n\nmore\n", [("1.md:3:4: {expr}` is not closed", "{expr}`")]),
    ("# A\n\n![x](y.png)\n", [("1.md:3:1: a picture stands in a figure", "![")]),
    (
        "# A\n\n```{figure} missing.png\ncaption\n```\n",
        [("1.md:3:13: there is no picture missing.png", "missing.png")],
    ),
    (
        "# A\n\n```{figure} flatening\n:of: W*X\n:wrt: W\n```\n",
        [("1.md:3:13: there is no figure 'flatening'", "flatening")],
    ),
    (
        "# A\n\n```{identity} T\n:of: A*B\n:equals: B*A\n:let: A: n x n; B: n x n\n```\n",
        [("1.md:4:6: this identity does not hold: at a random point its sides differ by 1", "A*B")],
    ),
    (
        "# A\n\n```{identity} T\n:of: A*B\n:equals: B'\n:let: A: m x n; B: n x p\n```\n",
        [
            (
                "1.md:5:10: the sides do not go together: "
                "- needs equal shapes, but (A*B) is m × p and (B') is p × n",
                "B'",
            )
        ],
    ),
    ("# A\n\n```{identity} T\n:of: A*B\n```\n", [("1.md:3:4: of goes with equals", "{identity}")]),
    (
        "# A\n\n```{identity} T\n:of: A*(B\n:equals: B\n```\n",
        [("1.md:4:10: a closing bracket is missing", "\n")],
    ),
    ("# A\n\n```{problem}\n```\n", [("1.md:3:4: problem asks nothing", "{problem}")]),
    (
        "# A\n\n```{problem}\n:family: trace-prodct\n```\n",
        [('1.md:4:10: family does not know "trace-prodct"', "trace-prodct")],
    ),
    (
        "# A\n\n```{problem}\n:family: trace-product\n:difficulty: 5\n```\n",
        [("1.md:5:14: no problem of trace-product of difficulty 5 can be asked in the form open", "5")],
    ),
    ("# A\n\n```{problem} W*X\n:wrt: W\n:fade: 2\n```\n", [("1.md:5:8: fade goes with the form fade", "2")]),
    (
        "# A\n\n```{problem} W*X\n:family: trace-product\n```\n",
        [
            ("1.md:3:4: problem needs the option wrt", "{problem}"),
            ("1.md:4:10: family goes with a generated problem, which has no expression", "trace-product"),
        ],
    ),
    ("# A\n\n```{solution} nope\n```\n", [("1.md:3:15: no problem has the label 'nope'", "nope")]),
    (
        "# A\n\n```{problem} W*X\n:wrt: W\n:label: p\n```\n\n```{solution} p\n```\n\n```{solution} p\n```\n",
        [("1.md:11:15: p has a solution already", "p")],
    ),
    ("# A\n\n```{only} docx\nx\n```\n", [("1.md:3:11: there is no format 'docx'", "docx")]),
    ("# A\n\n```{definition}\n```\n", [("1.md:3:4: definition is empty", "{definition}")]),
    (
        "# A\n\n````{definition} T\n## head\n\n```{derive} W*X\n```\n````\n",
        [
            ("1.md:4:1: a heading has no place here", "## head"),
            ("1.md:6:4: derive needs the option wrt", "{derive}"),
        ],
    ),
    ("# A\n\n```{reference} x\n```\n", [("1.md:3:16: reference takes nothing behind its name", "x")]),
    ("# A\n\n:::foo\nx\n:::\n", [("1.md:3:1: colons need a directive behind them", ":::foo")]),
    ("# A\n\n[a](other.md)\n", [("1.md:3:5: a link leads to an https: or mailto: address", "other.md")]),
    ("# A\n\n````{definition} T\ntext {ref}`no`\n````\n", [("1.md:4:12: nothing has the label 'no'", "no")]),
    (
        "# A\n\n> - x\n>\n>   ```{derive} W*!X\n>   :wrt: W\n>   ```\n",
        [("1.md:5:19: unexpected character !", "!")],
    ),
    (
        "# A\n\n| a | b |\n|---|---|\n| $\\bad$ | {ref}`q` |\n",
        [
            ("1.md:5:4: \\bad is not allowed in a formula", "\\bad"),
            ("1.md:5:18: nothing has the label 'q'", "q"),
        ],
    ),
    (
        "# A\n\n```{definition} A *title* with $\\bad$\ntext\n```\n",
        [("1.md:3:33: \\bad is not allowed in a formula", "\\bad")],
    ),
    ("# A {ref}`x`\n", [("1.md:1:11: nothing has the label 'x'", "x")]),
    ("", [("1.md:1:1: the chapter has no title", "\n")]),
    (
        "# A\n\n```{derive} det(\n:wrt: W\n```\n\n```{compare} W*X\n:wrt: W\n:methods: index, foo\n```\n",
        [
            ("1.md:3:17: something is missing after (", "\n"),
            ('1.md:9:11: methods does not know "foo"', "index, foo"),
        ],
    ),
    ("# A\n\n```\nunclosed\n", [("1.md:3:1: the fence is not closed", "```")]),
]


@pytest.mark.parametrize(
    ("chapter", "faults"), BAD, ids=lambda value: value if isinstance(value, str) else ""
)
def test_faults_have_their_place(tmp_path: Path, chapter: str, faults: list[tuple[str, str]]) -> None:
    assert [shown(fault, tmp_path) for fault in faults_in(tmp_path, chapter)] == faults


def test_hints_count_columns_in_the_file(tmp_path: Path) -> None:
    (fault,) = faults_in(tmp_path, "# A\n\n```{derive} W*(X\n:wrt: W\n```\n")
    assert fault.hint == "the bracket opened at column 15 is never closed"


def test_a_directive_swallowed_by_another_names_its_line(tmp_path: Path) -> None:
    text = "# A\n\n```{derive} W*X\n:wrt: W\n\n```{derive} W*X\n:wrt: W\n```\n"
    (fault,) = faults_in(tmp_path, text)
    assert fault.hint is not None and fault.hint.startswith("line 6 begins another one")


def test_names_and_options_are_said_once() -> None:
    names = [known.name for known in DIRECTIVES]
    assert len(set(names)) == len(names)
    for known in DIRECTIVES:
        options = [key.name for key in known.options]
        assert len(set(options)) == len(options)
        assert known.about


def test_formats_tell_of_every_directive_option_and_role() -> None:
    said = (Path(__file__).parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")
    for kind in DIRECTIVES:
        assert f"{{{kind.name}}}" in said
        for key in kind.options:
            assert f"`{key.name}`" in said, f"{kind.name}: {key.name}"
    for role in ROLES:
        assert f"{{{role.name}}}" in said


def test_declarations_of_a_directive_come_before_the_shared_ones(tmp_path: Path) -> None:
    chapter = "# A\n\n```{derive} W*X\n:wrt: W\n:let: W: k x n\n```\n"
    notes = notes_of(tmp_path, chapter, more='[symbols]\nW = "m x n"\nX = "n x p"\n')
    (derived,) = notes.chapters[0].blocks
    assert isinstance(derived, Derived)
    assert derived.paper.result is not None
    assert r"k \times p \times k \times n" in str(derived.paper.result.words)
    symbols = '{"W": "k x n", "X": "n x p"}'
    assert derived.call == f'derive("W*X", "W", symbols={symbols}, method="index")'


def test_the_call_makes_the_same_answer_again(tmp_path: Path) -> None:
    chapter = "# A\n\n```{derive} f = x'*S*x\n:wrt: x\n:order: 2\n:let: S: n x n symmetric\n```\n"
    (derived,) = notes_of(tmp_path, chapter).chapters[0].blocks
    assert isinstance(derived, Derived)
    names: dict[str, Any] = {}
    exec(f"from gen import derive\nfound = {derived.call}", names)
    assert derivation_block(names["found"]) == derived.paper


def test_the_check_of_an_answer_runs_and_catches_a_wrong_one(tmp_path: Path) -> None:
    chapter = "# A\n\n```{derive} tr(A*X*B)\n:wrt: X\n```\n"
    (derived,) = notes_of(tmp_path, chapter).chapters[0].blocks
    assert isinstance(derived, Derived)
    exec(derived.check, {})
    wrong = derived.check.replace("return A.T @ B.T", "return 2 * A.T @ B.T")
    assert wrong != derived.check
    with pytest.raises(AssertionError):
        exec(wrong, {})


FIGURES_BAD = [
    ("flattening\n:of: W*(X\n:wrt: W", "1.md:4:10: a closing bracket is missing", "\n"),
    (
        "flattening\n:of: W*X\n:wrt: W\n:sizes: m=2, q=3",
        "1.md:6:9: q is no dimension of this figure",
        "m=2, q=3",
    ),
    ("flattening\n:of: W*X\n:wrt: W\n:sizes: n=30", "1.md:6:9: n is 30, but a size is from 1 to 12", "n=30"),
    ("flattening\n:of: W*X", "1.md:3:13: the figure needs a variable", "flattening"),
    ("sparsity W*)X\n:wrt: W", "1.md:3:24: unexpected )", ")"),
    ("commutation\n:of: W", "1.md:4:2: commutation has no option of", "of"),
    ("flattening\n:of: W*X\n:wrt: Z 1", "1.md:5:7: a name cannot contain a blank", "Z 1"),
    (
        "kron-blocks\n:of: X*A*X\n:wrt: X\n:product: 3",
        "1.md:6:11: there are 2 Kronecker products here, and no number 3",
        "3",
    ),
    ("kron-blocks\n:of: A*B\n:product: 0", "1.md:5:11: product must be a whole number from 1 to 99", "0"),
    ("index-diagram\n:of: W*X\n:layout: numerator", "1.md:5:2: index-diagram has no option layout", "layout"),
]


@pytest.mark.parametrize(("figure", "message", "marked"), FIGURES_BAD)
def test_faults_of_figures_have_their_place(tmp_path: Path, figure: str, message: str, marked: str) -> None:
    (fault,) = faults_in(tmp_path, f"# A\n\n```{{figure}} {figure}\n```\n")
    assert shown(fault, tmp_path) == (message, marked)


@pytest.mark.parametrize("kind", FIGURES, ids=lambda kind: kind.name)
def test_every_kind_of_figure_can_be_asked_for(tmp_path: Path, kind: FigureKind) -> None:
    asked = {"of": kind.example.of, "wrt": kind.example.wrt}
    asked["sizes"] = ", ".join(f"{name}={size}" for name, size in kind.example.sizes.items())
    options = "".join(f":{name}: {value}\n" for name, value in asked.items() if value)
    (figure,) = (
        notes_of(tmp_path, f"# A\n\n```{{figure}} {kind.name}\n{options}Words.\n```\n").chapters[0].blocks
    )
    assert isinstance(figure, Figure)
    assert (figure.number, figure.drawing, plain(figure.caption)) == (
        "1.1",
        kind.make(replace(kind.example, style=Style())),
        "Words.",
    )


@pytest.mark.parametrize(("option", "turned"), [("", True), (":layout: numerator\n", False)])
@pytest.mark.parametrize("kind", ["flattening", "sparsity", "kron-blocks"])
def test_figures_are_in_the_layout_of_the_notes_or_their_own(
    tmp_path: Path, kind: str, option: str, turned: bool
) -> None:
    chapter = f"# A\n\n```{{figure}} {kind}\n:of: W*X\n:wrt: W\n{option}Words.\n```\n"
    more = 'notation = { layout = "denominator" }\n'
    (figure,) = notes_of(tmp_path, chapter, more=more).chapters[0].blocks
    assert isinstance(figure, Figure)
    asked = FigureRequest("", "W*X", "W", {}, {}, style=Style())
    assert figure.drawing == figure_named(kind).make(
        replace(asked, layout="denominator" if turned else "numerator")
    )


def test_a_figure_draws_the_product_that_is_asked_for(tmp_path: Path) -> None:
    chapter = "# A\n\n```{figure} kron-blocks\n:of: X*A*X\n:wrt: X\n:product: 2\nWords.\n```\n"
    (figure,) = notes_of(tmp_path, chapter).chapters[0].blocks
    assert isinstance(figure, Figure) and figure.drawing.name == "Blocks of I_n ⊗ (X A)"


HOLDING = [
    ("vec(A*X*B)", "kron(B',A)*vec(X)", ""),
    ("comm(m,n)*vec(A)", "vec(A')", "A: m x n"),
    ("kron(A,B)*kron(C,D)", "kron(A*C,B*D)", ""),
    ("inv(A*B)", "inv(B)*inv(A)", "A: n x n; B: n x n"),
    ("A*eye", "A", "A: m x n"),
    ("tr(A'*B)", "vec(A)'*vec(B)", ""),
    ("logdet(A)", "log(det(A))", "A: n x n spd"),
    ("softmax(x + c*ones(n))", "softmax(x)", "x: n; c: scalar"),
]


@pytest.mark.parametrize(("of", "equals", "let"), HOLDING)
def test_identities_that_hold(tmp_path: Path, of: str, equals: str, let: str) -> None:
    options = f":of: {of}\n:equals: {equals}\n" + (f":let: {let}\n" if let else "")
    assert faults_in(tmp_path, f"# A\n\n```{{identity}}\n{options}```\n") == ()
    if of not in ("A*eye", "softmax(x + c*ones(n))"):
        wrong = options.replace(f":equals: {equals}", f":equals: 2*{equals}")
        (fault,) = faults_in(tmp_path, f"# A\n\n```{{identity}}\n{wrong}```\n")
        assert "does not hold" in fault.message


def test_an_identity_that_holds_is_printed(tmp_path: Path) -> None:
    chapter = "# A\n\n```{identity} Transposes\n:of: (A*B)'\n:equals: B'*A'\n```\n"
    (box,) = notes_of(tmp_path, chapter).chapters[0].blocks
    assert isinstance(box, Box)
    assert box.kind == "identity"
    assert "B^{" in str(box.blocks[0])


def test_an_exercise_of_a_family_is_the_same_every_time(tmp_path: Path) -> None:
    chapter = "# A\n\n```{problem}\n:family: trace-product\n:seed: 5\n```\n"
    first, second = (notes_of(tmp_path, chapter).chapters[0].blocks[0] for _ in range(2))
    assert first == second
    other = notes_of(tmp_path, chapter.replace("5", "6")).chapters[0].blocks[0]
    assert isinstance(first, Exercise) and isinstance(other, Exercise)
    assert other.problem.prompt != first.problem.prompt


def test_a_generated_exercise_stays_when_others_come_before_it(tmp_path: Path) -> None:
    problem = "\n```{problem}\n:family: trace-product\n:seed: 5\n```\n"
    one = notes_of(tmp_path, f"# A\n{problem}").chapters[0].blocks[0]
    two = notes_of(tmp_path, f"# A\n\n```{{problem}}\nWhy?\n```\n{problem}").chapters[0].blocks[1]
    assert isinstance(one, Exercise) and isinstance(two, Exercise)
    assert one.problem.prompt == two.problem.prompt
    assert (one.number, two.number) == ("1.1", "1.2")


def test_expressions_take_declarations_and_equations(tmp_path: Path) -> None:
    form = "{expr}`vec(X)'*kron(B,A)*vec(X) | X: n x m; A: n x n; B: m x m`"
    chapter = f"# A\n\n{form} and {{expr}}`tr(A*B) = tr(B*A) | A: m x n; B: n x m`.\n"
    tex = book_tex(notes_of(tmp_path, chapter), "pdflatex")
    assert r"$\operatorname{vec}(X)^{\mathsf{T}}\,(B \otimes A)\,\operatorname{vec}(X)$ and" in tex
    assert r"$\operatorname{tr}(A\,B) = \operatorname{tr}(B\,A)$" in tex


def test_a_comparison_is_drawn_with_the_sizes_asked_for(tmp_path: Path) -> None:
    chapter = "# A\n\n```{compare} F = W*X\n:wrt: W\n:sizes: m=3, n=2, p=2\n```\n"
    (block,) = notes_of(tmp_path, chapter).chapters[0].blocks
    assert isinstance(block, Compared) and block.picture is not None
    assert (len(block.picture.flat), len(block.picture.column_labels)) == (6, 6)


def test_all_parts_of_a_comparison_have_the_sizes_and_letters_asked_for(tmp_path: Path) -> None:
    asked = "F = W*X\n:wrt: W\n:methods: index, components\n:sizes: m=2, n=3, p=2\n"
    more = '[notation]\nletters = "abcdefg"\n'
    (block,) = notes_of(tmp_path, f"# A\n\n```{{compare}} {asked}```\n", more=more).chapters[0].blocks
    assert isinstance(block, Compared) and block.picture is not None
    written = block.parts[1]
    assert "$m=2$, $n=3$, $p=2$" in written.paper.intro
    assert block.picture.intro.startswith("With $m=2$, $n=3$, $p=2$")
    assert r"\partial F_{ab}" in written.paper.discussion[0] and "(a,b)" in block.picture.rule
    assert written.call.endswith('method="components", sizes={"m": 2, "n": 3, "p": 2})')
    exec(f"from gen import derive\n{written.call}", {})


def test_sizes_that_are_too_large_to_be_written_out_are_told_where_they_stand(tmp_path: Path) -> None:
    asked = "F = W*X\n:wrt: W\n:methods: components\n:sizes: m=3, n=5\n"
    (fault,) = faults_in(tmp_path, f"# A\n\n```{{compare}} {asked}```\n")
    assert shown(fault, tmp_path)[1] == "m=3, n=5" and "more than 12 entries" in fault.message


@pytest.mark.parametrize(
    ("let", "message", "marked"),
    [
        ("W: m x n foo", "foo is not expected here", "foo"),
        ("m: n; W: m x n", "m is a dimension of W and cannot also be a symbol", "m"),
        ("W: m x n; dW: m x n", "dW stands for the differential of W and cannot be a symbol", "dW"),
        ("W: m x n; W: n x n", "W is declared twice", "W"),
    ],
)
def test_a_bad_declaration_is_marked_where_it_is_bad(
    tmp_path: Path, let: str, message: str, marked: str
) -> None:
    (fault,) = faults_in(tmp_path, f"# A\n\n```{{derive}} W*X\n:wrt: W\n:let: {let}\n```\n")
    column = 7 + (let.rindex(marked) if marked != "m" else 0)
    assert shown(fault, tmp_path) == (f"1.md:5:{column}: {message}", marked)


@pytest.mark.parametrize(
    ("asked", "english", "german"),
    [
        ("F = A*x\n:wrt: x\n:layout: denominator", "the Jacobian of", "die Jacobi-Matrix von"),
        ("tr(S*A)\n:wrt: S\n:let: S: n x n skew", "entry (r,q) falls", "der Eintrag (r,q) fällt"),
        ("x'*A*x\n:wrt: x\n:order: 2", "Derive the Hessian of", "Leiten Sie die Hesse-Matrix von"),
        ("W*X\n:wrt: W\n:kind: vecjac\n:methods: vec", "Derive the matrix", "Leiten Sie die Matrix"),
        ("W*X\n:wrt: W\n:kind: differential\n:methods: differential", "in terms of", "ausgedrückt durch"),
    ],
)
def test_an_exercise_asks_in_the_language_of_the_notes(
    tmp_path: Path, asked: str, english: str, german: str
) -> None:
    for language, said in (("en", english), ("de", german)):
        more = f'language = "{language}"\n'
        (block,) = notes_of(tmp_path, f"# A\n\n```{{problem}} {asked}\n```\n", more=more).chapters[0].blocks
        assert isinstance(block, Exercise) and isinstance(block.prompt[0], Paragraph)
        shown = "".join(getattr(piece, "text", getattr(piece, "tex", "")) for piece in block.prompt[0].inside)
        assert said in shown.replace("{", "").replace("}", "")


def test_backpropagation_to_a_scalar_does_not_print_the_lines_by_indices_again(tmp_path: Path) -> None:
    chapter = "# A\n\n```{compare} f = tr(A*X)\n:wrt: X\n:methods: index, backprop\n```\n"
    (block,) = notes_of(tmp_path, chapter).chapters[0].blocks
    assert isinstance(block, Compared)
    first, second = block.parts
    assert first.paper.lines and first.web.lines
    assert (second.paper.lines, second.paper.result, second.web.lines, second.web.results) == (
        (),
        None,
        (),
        (),
    )
    assert "its lines are those in index notation" in second.paper.intro


def test_backpropagation_through_a_matrix_keeps_its_lines(tmp_path: Path) -> None:
    chapter = "# A\n\n```{compare} F = W*X\n:wrt: W\n:methods: index, backprop\n```\n"
    (block,) = notes_of(tmp_path, chapter).chapters[0].blocks
    assert isinstance(block, Compared) and all(part.paper.lines for part in block.parts)


@pytest.mark.parametrize(
    ("variable", "said"), [("X: n x n", "by two entries of $X$"), ("x: scalar", "twice by $x$")]
)
def test_a_second_derivative_is_by_two_entries(tmp_path: Path, variable: str, said: str) -> None:
    of = "logdet(X)" if variable[0] == "X" else "exp(x)"
    chapter = f"# A\n\n```{{derive}} f = {of}\n:wrt: {variable[0]}\n:order: 2\n:let: {variable}\n```\n"
    (block,) = notes_of(tmp_path, chapter).chapters[0].blocks
    assert isinstance(block, Derived) and said in block.paper.intro


@pytest.mark.parametrize("asked", [":family: trace-product", "f = x'*A*x\n:wrt: x\n:let: A: n x n; x: n"])
def test_a_generated_question_is_in_the_notation_of_the_notes(tmp_path: Path, asked: str) -> None:
    given = f"{{problem}} {asked}" if asked[0] != ":" else f"{{problem}}\n{asked}"
    chapter = f"# A\n\n```{given}\n:form: fade\n```\n"
    more = '[notation]\nmatrices = "bold"\ntranspose = "prime"\nletters = "abcdefgh"\n'
    (block,) = notes_of(tmp_path, chapter, more=more).chapters[0].blocks
    assert isinstance(block, Exercise) and isinstance(block.prompt[0], Paragraph)
    formulas = " ".join(piece.tex for piece in block.prompt[0].inside if isinstance(piece, Maths))
    assert "bm{" in formulas or "boldsymbol{" in formulas or "mathbf{" in formulas.replace(r"\mathbf R", "")
    assert "mathsf{T}" not in formulas
