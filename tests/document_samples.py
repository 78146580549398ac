"""Documents typed by hand, for the tests of the document layer."""

from __future__ import annotations

from gen.document.blocks import (
    CalloutBlock,
    ChoiceBlock,
    DerivationBlock,
    Document,
    FlatteningBlock,
    KeyBlock,
    Line,
    MarkRow,
    OptionLine,
    ProblemBlock,
    Result,
    Space,
    Student,
    Symbol,
)
from gen.document.flattening import flattening
from gen.document.prose import prose
from gen.document.tex import Tex

SYMBOLS = (
    Symbol(Tex("W"), Tex(r"m\times n"), "weights, the variable"),
    Symbol(Tex("X"), Tex(r"n\times p"), Tex(r"inputs, one column an example")),
    Symbol(Tex("F"), Tex(r"m\times p"), Tex(r"outputs, $F=WX$")),
)


def index_part() -> DerivationBlock:
    """∂F/∂W entry by entry."""
    return DerivationBlock(
        title="In index notation",
        intro=Tex(r"Write one entry of $F$, then differentiate it by one entry of $W$."),
        lines=(
            Line(
                left=Tex(r"F_{ik}"),
                right=Tex(r"\sum_{j} W_{ij}\,X_{jk}"),
                reason=Tex(r"row $i$ of $W$ times column $k$ of $X$"),
            ),
            Line(
                left=Tex(r"\frac{\partial F_{ik}}{\partial W_{qr}}"),
                right=Tex(r"\sum_{j} \frac{\partial W_{ij}}{\partial W_{qr}}\,X_{jk}"),
                marked=Tex(r"\sum_{j} \chg{\frac{\partial W_{ij}}{\partial W_{qr}}}\,X_{jk}"),
                reason=Tex(r"product rule; $X$ does not depend on $W$"),
            ),
            Line(
                right=Tex(r"\sum_{j} \delta_{iq}\,\delta_{jr}\,X_{jk}"),
                marked=Tex(r"\sum_{j} \chg{\delta_{iq}\,\delta_{jr}}\,X_{jk}"),
                reason=Tex(r"an entry of $W$ changes only with itself"),
            ),
            Line(
                right=Tex(r"\delta_{iq}\,X_{rk}"),
                marked=Tex(r"\delta_{iq}\,\chg{X_{rk}}"),
                reason=Tex(r"$\delta_{jr}$ replaces the dummy index $j$ by $r$"),
                shape=Tex(r"m\times p\times m\times n"),
            ),
        ),
        result=Result(
            Tex(r"\frac{\partial F_{ik}}{\partial W_{qr}}=\delta_{iq}\,X_{rk}"),
            Tex(r"four free indices: a tensor of shape $m\times p\times m\times n$"),
        ),
        checked=Tex(
            r"Checked at 3 random points with $(m,n,p)=(3,5,2)$: every line agrees to $4\cdot10^{-16}$."
        ),
        discussion=(
            Tex(
                r"Nothing has been flattened or contracted: the answer carries the two indices of $F$ and "
                r"the "
                r"two of $W$. The factor $\delta_{iq}$ says that row $i$ of $F$ depends on row $i$ of $W$ "
                r"only."
            ),
        ),
        name="In index notation",
    )


def vec_part() -> DerivationBlock:
    """The Jacobian of the stacked columns."""
    return DerivationBlock(
        title="Flattened",
        intro=Tex(r"Stack the columns of $F$ and of $W$."),
        lines=(
            Line(
                left=Tex(r"\operatorname{vec}(F)"),
                right=Tex(r"\operatorname{vec}(I_m\,W\,X)"),
                marked=Tex(r"\operatorname{vec}(\chg{I_m}\,W\,X)"),
                reason=Tex(r"multiplying by $I_m$ changes nothing"),
            ),
            Line(
                right=Tex(r"(X^{\mathsf T}\otimes I_m)\operatorname{vec}(W)"),
                marked=Tex(r"\chg{(X^{\mathsf T}\otimes I_m)}\operatorname{vec}(W)"),
                reason=Tex(r"$\operatorname{vec}(AWB)=(B^{\mathsf T}\otimes A)\operatorname{vec}(W)$"),
                shape=Tex(r"mp\times 1"),
            ),
        ),
        result=Result(
            Tex(
                r"\frac{\partial\operatorname{vec}(F)}{\partial\operatorname{vec}(W)^{\mathsf "
                r"T}}=X^{\mathsf T}\otimes I_m"
            ),
            Tex(r"a matrix of shape $mp\times mn$"),
        ),
        checked="Checked at 3 random points against complex-step derivatives.",
        name="Flattened",
    )


def components_part() -> DerivationBlock:
    """Every entry written out for m = 2, n = 2, p = 3."""
    rows = r"\\".join(
        "&".join(f"W_{{{i}1}}X_{{1{k}}}+W_{{{i}2}}X_{{2{k}}}" for k in (1, 2, 3)) for i in (1, 2)
    )
    blocks = r"\\".join(
        "&".join(f"X_{{1{k}}}&X_{{2{k}}}" if i == q else "0&0" for k in (1, 2, 3))
        for i in (1, 2)
        for q in (1, 2)
    )
    return DerivationBlock(
        title="In components",
        intro=Tex(r"Take $m=2$, $n=2$, $p=3$ and multiply everything out."),
        lines=(
            Line(
                left=Tex("F"),
                right=Tex(
                    r"\begin{pmatrix}W_{11}&W_{12}\\W_{21}&W_{22}\end{pmatrix}"
                    r"\begin{pmatrix}X_{11}&X_{12}&X_{13}\\X_{21}&X_{22}&X_{23}\end{pmatrix}"
                ),
                reason="the two matrices written out",
            ),
            Line(
                right=Tex(r"\begin{pmatrix}" + rows + r"\end{pmatrix}"),
                reason="row times column",
                shape=Tex(r"2\times3"),
            ),
            Line(
                left=Tex(r"\frac{\partial F_{12}}{\partial W}"),
                right=Tex(r"\begin{pmatrix}X_{12}&X_{22}\\0&0\end{pmatrix}"),
                reason=Tex(r"$F_{12}=W_{11}X_{12}+W_{12}X_{22}$ holds only the first row of $W$"),
            ),
            Line(
                left=Tex(r"\frac{\partial F}{\partial W}"),
                right=Tex(r"\begin{pmatrix}" + blocks + r"\end{pmatrix}"),
                reason="the same for each of the six entries, put where the entry stands",
                shape=Tex(r"(2\cdot2)\times(3\cdot2)"),
            ),
        ),
        checked="Checked entry by entry against the tensor.",
        name="In components",
    )


def backprop_part() -> DerivationBlock:
    """The gradient of a loss."""
    return DerivationBlock(
        title=Tex(r"Where $X^{\mathsf T}$ comes from"),
        intro=Tex(r"For a loss $L$ with upstream gradient $G=\partial L/\partial F$,"),
        lines=(
            Line(
                left=Tex(r"\frac{\partial L}{\partial W_{qr}}"),
                right=Tex(r"\sum_{i,k} G_{ik}\,\frac{\partial F_{ik}}{\partial W_{qr}}"),
                marked=Tex(r"\sum_{i,k} G_{ik}\,\chg{\frac{\partial F_{ik}}{\partial W_{qr}}}"),
                reason=Tex(r"chain rule: $L$ depends on $W$ through every entry of $F$"),
            ),
            Line(
                right=Tex(r"\sum_{i,k} G_{ik}\,\delta_{iq}\,X_{rk}"),
                marked=Tex(r"\sum_{i,k} G_{ik}\,\chg{\delta_{iq}\,X_{rk}}"),
                reason="the tensor from above",
            ),
            Line(
                right=Tex(r"\sum_{k} G_{qk}\,X_{rk}"),
                marked=Tex(r"\sum_{k} \chg{G_{qk}}\,X_{rk}"),
                reason=Tex(r"$\delta_{iq}$ replaces $i$ by $q$"),
            ),
            Line(
                right=Tex(r"(G\,X^{\mathsf T})_{qr}"),
                marked=Tex(r"\chg{(G\,X^{\mathsf T})_{qr}}"),
                reason=Tex(r"$X_{rk}=(X^{\mathsf T})_{kr}$: a matrix product"),
                shape=Tex(r"m\times n"),
            ),
        ),
        result=Result(
            Tex(r"\frac{\partial L}{\partial W}=G\,X^{\mathsf T}"), Tex(r"the shape of $W$: $m\times n$")
        ),
        checked=Tex(r"Checked at 3 random points: $4\cdot10^{-16}$."),
        discussion=(
            Tex(
                r"The textbook answer $X^{\mathsf T}$ is what stands beside $G$. It is not the derivative "
                r"of $F$; "
                r"it is what the derivative does to $G$."
            ),
        ),
        name="Where X' comes from",
    )


def flattening_part() -> FlatteningBlock:
    """The picture for m = 2, n = 2, p = 3."""
    return flattening(
        (2, 3, 2, 2),
        lambda i, k, q, r: Tex(f"X_{{{r}{k}}}") if i == q else None,
        (2, 3, 2, 1),
        flat_name=Tex(r"X^{\mathsf T}\otimes I_2"),
        intro=Tex(
            r"With $m=2$, $n=2$, $p=3$ the tensor, the block matrix and the flattened matrix hold the same "
            r"twenty-four entries in different places."
        ),
    )


def seed_problem() -> ProblemBlock:
    """The question the project was born from."""
    return ProblemBlock(
        number=1,
        title=Tex(r"The derivative of $F=WX$ with respect to $W$"),
        prompt=prose(
            r"Derive $\partial F/\partial W$ from the definition. *Why* do textbooks write $X^{\mathsf T}$?"
        ),
        parts=(
            index_part(),
            vec_part(),
            components_part(),
            flattening_part(),
            backprop_part(),
            CalloutBlock(
                "Remember",
                Tex(r"One derivative, four faces: $\delta_{iq}X_{rk}$ holds them all."),
                "Remember",
            ),
        ),
        marks=6,
        space=Space("blank", 80),
        symbols=SYMBOLS,
        closing=Tex(
            r"The \emph{simple answer} $X^{\mathsf T}$ is what multiplies $G$: it is not the "
            r"derivative of $F$, "
            r"it is what the derivative does to $G$."
        ),
        name="F = W*X by W",
    )


def seed_document() -> Document:
    """A sheet as a lecturer would write it."""
    second = ProblemBlock(
        number=2,
        title=Tex(r"The derivative of $F=WX$ with respect to $X$"),
        prompt=prose(r"Derive $\partial F/\partial X$ in the same way, and say what its flattening is."),
        parts=(vec_part(),),
        marks=4,
        space=Space("lines", 9),
        symbols=SYMBOLS,
        name="F = W*X by X",
    )
    third = ProblemBlock(
        number=3,
        title="A picture",
        prompt=prose(
            "Draw the block matrix for your sizes.\n\n1. Choose $m$, $n$, $p$.\n2. Fill in the entries."
        ),
        marks=1,
        space=Space("grid", 60),
    )
    return Document(
        title="Derivatives of matrix products",
        course="Machine Learning",
        author="A. Lecturer",
        date="3 November 2026",
        term="Autumn 2026",
        instructions=prose("Show every step and say *why* it holds. Give the shape of each answer."),
        convention=(
            Tex(r"Repeated sums are written out; free indices are $i,k$ of $F$ and $q,r$ of the variable."),
            Tex(r"Matrix by matrix: the tensor $\partial F_{ik}/\partial X_{qr}$, and its vec form."),
        ),
        symbols=SYMBOLS,
        problems=(seed_problem(), second, third),
        opening=(
            Tex(
                r"What is the derivative of a matrix product? Textbooks answer with a transpose, and leave "
                r"out how a derivative of a matrix by a matrix, which has four indices, can be a matrix "
                r"with two."
            ),
            Tex(r"These notes derive it four times and show that the four answers are one."),
        ),
    )


HOSTILE = "\\input{/etc/passwd} 100% & $5_#{}~^\\"


def hostile_document() -> Document:
    """Text that would do harm if it were taken for TeX, and much too long a title."""
    long = "A very long title about the derivatives of products of matrices and of sums of products " * 2
    problem = ProblemBlock(
        number=1,
        title=HOSTILE,
        prompt=prose(HOSTILE.replace("$", "") + " and <b>bold</b>"),
        parts=(
            DerivationBlock(
                HOSTILE, (Line(Tex("x"), reason=HOSTILE),), Result(Tex("x"), HOSTILE), name=HOSTILE
            ),
        ),
        name=HOSTILE,
    )
    return Document(
        title=long + HOSTILE,
        course=HOSTILE,
        author="Zoë Nguyễn-Łukasz O'Brien \u202e",
        problems=(problem,),
        student=Student(HOSTILE, "#1_%"),
    )


def long_document() -> Document:
    """Twelve lines, with formulas and reasons that fit no column."""
    terms = "+".join(rf"A_{{{n}}}\,X^{{\mathsf T}}\,B_{{{n}}}" for n in range(1, 13))
    lines = [
        Line(
            left=Tex(r"\frac{\partial\operatorname{tr}(A\,X\,B\,X^{\mathsf T}C)}{\partial X_{qr}}")
            if n == 0
            else Tex(""),
            right=Tex("+".join(rf"A_{{{k}}}\,X^{{\mathsf T}}" for k in range(1, 2 + n))),
            marked=Tex(r"\chg{" + "+".join(rf"A_{{{k}}}\,X^{{\mathsf T}}" for k in range(1, 2 + n)) + "}"),
            reason="a reason that is so long that it cannot stand on one line of its column " * (1 + n % 2),
        )
        for n in range(10)
    ]
    lines.append(Line(right=Tex(rf"({terms})\,Y=\left({terms}\right)Y"), reason="a bracket of twelve terms"))
    lines.append(
        Line(left=Tex(terms), right=Tex("Z"), reason="the left side is the long one", shape=Tex(r"m\times n"))
    )
    part = DerivationBlock(
        "A long derivation", tuple(lines), Result(Tex(f"{terms}={terms}"), "of shape m × n")
    )
    return Document(title="Long lines", problems=(ProblemBlock(1, "Long", "", (part,)),))


def bare_document() -> Document:
    """Nothing but what is required."""
    return Document(title="Bare", problems=(ProblemBlock(1, "", ""),))


def asked_document() -> Document:
    """Every block that problems of a set use, one of each kind."""
    letters = ("A", "B", "C", "D")
    answers = (Tex(r"A^{\mathsf{T}}"), Tex(r"B\,A"), Tex(r"A\odot B"), Tex("0"))
    lines = (
        Line(left=Tex("f"), right=Tex("a+b"), reason="given", label="1"),
        Line(right=Tex(r"\BlankLine{4.0em}{0.85em}{0.35em}"), reason="the sum rule", label="2"),
        Line(right=Tex(r"a\,\Blank{0.9em}{0.85em}{0.35em}"), reason=Tex(r"\BlankReason{}"), label="3"),
        Line(right=Tex("c"), reason=Tex(r"\BlankReasons{}"), label="4", marks="2"),
    )
    lettered = tuple(
        Line(left=Tex("t"), right=tex, reason="a step", label=letter)
        for letter, tex in zip(letters, answers, strict=True)
    )
    right = (
        OptionLine(letter, tex, tex == answers[1], "right" if tex == answers[1] else "a common mistake")
        for letter, tex in zip(letters, answers, strict=True)
    )
    choice = ChoiceBlock(tuple(OptionLine(x, tex) for x, tex in zip(letters, answers, strict=True)))
    wide = ChoiceBlock((OptionLine("A", Tex("+".join(["x"] * 40))),), title="Long answers")
    hints = ("the shape", "the rule", "the place", Tex(r"the next line is $B\,A$"))
    scheme = (MarkRow(2, Tex(r"the product $B\,A$"), "line 4"), MarkRow(1, "its shape"))
    solved = DerivationBlock("Solution", lines[3:], Result(Tex("c"), "a scalar", "1"))
    order = DerivationBlock("", lettered, boxed=True)
    key = KeyBlock("Answer: B", tuple(right), "Answer: B")
    problems = (
        ProblemBlock(1, "Choose", "Which?", (key, solved), 3, Space("blank", 2), asked=(choice, wide)),
        ProblemBlock(2, "Complete", "Fill in.", marks=3, asked=(DerivationBlock("", lines),), hints=hints),
        ProblemBlock(3, "Order", "Number.", marks=3, asked=(order,), hints=hints, scheme=scheme),
    )
    return Document("Asked", problems, hints="foot", marking=("Follow-through.",))
